package app

import (
	"context"
	"sync"
	"time"

	"printstation/app/outbox"
)

// Run keeps the station going until the context ends: each shop is polled, each shop's confirmations go out, each
// printer is asked how it is, and what was left open is taken up (Recover). Call it once.
func (s *Station) Run(ctx context.Context) error {
	return s.run(ctx, true)
}

// RunLanes is Run without polling: for a batch that loads by itself.
func (s *Station) RunLanes(ctx context.Context) error {
	return s.run(ctx, false)
}

func (s *Station) run(ctx context.Context, polling bool) error {
	var wg sync.WaitGroup
	for _, sh := range s.shops {
		if sh.lane != nil {
			wg.Go(func() { sh.lane.Run(ctx) })
		}
		if polling && sh.orders != nil {
			wg.Go(func() { s.every(ctx, func() time.Duration { return s.poll(ctx, sh) }) })
		}
	}
	if polling {
		wg.Go(func() { s.every(ctx, func() time.Duration { return s.tend(ctx) }) })
	}
	for _, pr := range s.printers {
		if polling {
			wg.Go(func() { s.every(ctx, func() time.Duration { s.askPrinter(ctx, pr); return s.pace.Poll }) })
		}
	}
	wg.Wait()
	return nil
}

// every does something now, and again after each pause that it asks for.
func (s *Station) every(ctx context.Context, do func() (wait time.Duration)) {
	for ctx.Err() == nil {
		if !pause(ctx, do()) {
			return
		}
	}
}

// tending is how often Run looks for what was left open.
const tending = 10 * time.Minute

// tend takes up what was left open, at the start and now and then.
func (s *Station) tend(ctx context.Context) time.Duration {
	if err := s.Recover(ctx); err != nil && ctx.Err() == nil {
		s.log.Error("station: recover", "err", err)
	}
	return tending
}

// poll loads a shop's orders and tells when to come again: a platform that limits us says how long to stay away.
func (s *Station) poll(ctx context.Context, sh *shop) time.Duration {
	r, err := s.Load(ctx, sh.ID)
	if err != nil && ctx.Err() == nil {
		s.log.Error("station: poll", "shop", sh.ID, "err", err)
	}
	if fault := r.Faults[sh.ID]; fault != nil {
		return max(s.pace.Poll, fault.RetryAfter)
	}
	return s.pace.Poll
}

// askPrinter refreshes what the status line says of a printer.
func (s *Station) askPrinter(ctx context.Context, pr *printer) {
	state, err := pr.Printer.State(ctx)
	if ctx.Err() != nil {
		return
	}
	pr.mu.Lock()
	changed := pr.state.Ready != state.Ready || (err == nil) != (pr.err == "") || pr.asked.IsZero()
	pr.state, pr.err, pr.asked = state, "", s.now()
	if err != nil {
		pr.err = err.Error()
	}
	pr.mu.Unlock()
	if changed {
		s.hub.tell(Change{Printers: true})
	}
}

// Settle returns when no confirmation waits any more, or the context ends. Run must be running.
func (s *Station) Settle(ctx context.Context) error {
	changes, stop := s.Changes()
	defer stop()
	for {
		waiting, err := s.anyWaiting(ctx)
		if err != nil || !waiting {
			return err
		}
		t := time.NewTimer(time.Second) // changes are hints: look again even without one
		select {
		case <-ctx.Done():
			t.Stop()
			return ctx.Err()
		case <-changes:
		case <-t.C:
		}
		t.Stop()
	}
}

// anyWaiting looks no further than the first entry: a promotion's queue is long, and it is looked at after every call.
func (s *Station) anyWaiting(ctx context.Context) (waiting bool, err error) {
	err = s.store.View(ctx, func(tx Tx) error {
		waiting = false
		for _, err := range tx.Entries(s.shopIDs(), outbox.Waiting) {
			waiting = err == nil
			return err
		}
		return nil
	})
	return waiting, err
}

func (s *Station) queue(ctx context.Context) (QueueStatus, error) {
	var q QueueStatus
	err := s.store.View(ctx, func(tx Tx) error {
		q = QueueStatus{}
		for e, err := range tx.Entries(s.shopIDs(), outbox.Waiting, outbox.Parked, outbox.Failed) {
			if err != nil {
				return err
			}
			switch e.State {
			case outbox.Waiting:
				q.Waiting++
				if q.Oldest.IsZero() || e.QueuedAt.Before(q.Oldest) {
					q.Oldest = e.QueuedAt
				}
			case outbox.Parked:
				q.Parked++
			case outbox.Failed:
				q.Failed++
			}
		}
		return nil
	})
	return q, err
}
