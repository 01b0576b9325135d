package storage

import (
	"fmt"
	"time"
)

// month counts months: year*12 + month-1, in China Standard Time as everything at the bench.
type month uint32

var cst = time.FixedZone("CST", 8*60*60)

func monthOf(t time.Time) month {
	t = t.In(cst)
	return month(t.Year()*12 + int(t.Month()) - 1)
}

// String gives "2026-11".
func (m month) String() string { return fmt.Sprintf("%04d-%02d", m/12, m%12+1) }
