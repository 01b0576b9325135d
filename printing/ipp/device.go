package ipp

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"strconv"

	"printstation/printing"
)

// device is our name of a printer's job: its id, the pages announced, and a mark by which it is told from another job of
// the same id.
type device struct {
	job   int
	pages int
	mark  string // "u" and a hash of its UUID, "n" and a hash of its name, or "x": the printer tells neither
}

var deviceForm = regexp.MustCompile(`^([1-9][0-9]{0,9})-([1-9][0-9]{0,5})-(x|[un][0-9a-f]{8})$`)

// unmarked is the mark of a job whose printer tells neither UUID nor name.
const unmarked = "x"

func (d device) String() string { return fmt.Sprintf("%d-%d-%s", d.job, d.pages, d.mark) }

func parseDevice(s string) (device, error) {
	m := deviceForm.FindStringSubmatch(s)
	if m == nil {
		return device{}, fmt.Errorf("%q: %w", s, printing.ErrNoJob)
	}
	job, err := strconv.ParseInt(m[1], 10, 32)
	if err != nil {
		return device{}, fmt.Errorf("%q: %w", s, printing.ErrNoJob)
	}
	pages, _ := strconv.Atoi(m[2]) // six digits at most
	return device{job: int(job), pages: pages, mark: m[3]}, nil
}

// markOf makes the best mark that the job's attributes allow.
func markOf(job attrs) string {
	if uuid := job.word("job-uuid"); uuid != "" {
		return "u" + shortHash(uuid)
	}
	if name := job.word("job-name"); name != "" {
		return "n" + shortHash(name)
	}
	return unmarked
}

// is reports whether the job that a printer tells of is ours.
func (d device) is(job attrs) bool {
	if id, ok := job.number("job-id"); ok && id != d.job {
		return false
	}
	switch d.mark[0] {
	case 'u':
		return d.mark == "u"+shortHash(job.word("job-uuid"))
	case 'n':
		return d.mark == "n"+shortHash(job.word("job-name"))
	}
	return true
}

func shortHash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:4])
}
