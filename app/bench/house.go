package bench

import (
	"context"
	"time"
)

// defaultKeepDays is how long personal data and label files are kept when the settings do not say.
const defaultKeepDays = 90

// sweeper is a printer that leaves files behind.
type sweeper interface {
	RemoveOlder(ctx context.Context, before time.Time) (int, error)
}

// keepHouse destroys what is past its retention time: now, and then once a day.
func (b *Bench) keepHouse(ctx context.Context) {
	for {
		b.sweep(ctx, time.Now())
		t := time.NewTimer(24 * time.Hour)
		select {
		case <-ctx.Done():
			t.Stop()
			return
		case <-t.C:
		}
	}
}

// sweep destroys the keys of personal data, and the label files, that are older than the retention time.
func (b *Bench) sweep(ctx context.Context, now time.Time) {
	days := b.keepDays
	if days <= 0 {
		days = defaultKeepDays
	}
	before := now.AddDate(0, 0, -days)
	destroyed, err := b.Store.DestroyKeysBefore(ctx, before)
	if err != nil && ctx.Err() == nil {
		b.log.Error("bench: personal data past its time was not destroyed", "err", err)
	}
	if len(destroyed.Months) > 0 {
		b.log.Info("bench: personal data destroyed", "months", destroyed.Months)
	}
	if _, err := b.Store.TrimJournal(ctx, before); err != nil && ctx.Err() == nil {
		b.log.Error("bench: call journal not trimmed", "err", err)
	}
	for _, p := range b.printers {
		s, ok := p.Printer.(sweeper)
		if !ok {
			continue
		}
		n, err := s.RemoveOlder(ctx, before)
		if err != nil {
			b.log.Error("bench: label files past their time were not removed", "printer", p.ID, "err", err)
		}
		if n > 0 {
			b.log.Info("bench: label files removed", "printer", p.ID, "files", n)
		}
	}
}
