package app

import (
	"context"
	"sync"
	"time"

	"printstation/app/outbox"
	"printstation/app/shipping"
)

// Status tells how the station is: what it last heard from printers and shops, and counts read from the store.
func (s *Station) Status(ctx context.Context) (Status, error) {
	st := Status{Demo: s.demo, Station: s.name}
	for _, pr := range s.printers {
		st.Printers = append(st.Printers, pr.status())
	}
	for _, sh := range s.shops {
		st.Shops = append(st.Shops, sh.status(s.shopName(sh.ID)))
	}
	var err error
	if st.Queue, err = s.queue(ctx); err != nil {
		return st, err
	}
	if st.Uncertain, err = s.countUncertain(ctx); err != nil {
		return st, err
	}
	if st.Queue.ConfirmedToday, err = s.confirmedToday(ctx); err != nil {
		return st, err
	}
	ts, err := s.Troubles(ctx)
	st.Failed = len(ts)
	return st, err
}

func (pr *printer) status() PrinterStatus {
	pr.mu.Lock()
	defer pr.mu.Unlock()
	return PrinterStatus{ID: pr.ID, Default: pr.Default, State: pr.state, Err: pr.err, Asked: pr.asked}
}

func (sh *shop) status(name string) ShopStatus {
	sh.mu.Lock()
	defer sh.mu.Unlock()
	return ShopStatus{ID: sh.ID, Name: name, Polled: sh.polled, Fault: sh.fault}
}

func (s *Station) countUncertain(ctx context.Context) (n int, err error) {
	err = s.store.View(ctx, func(tx Tx) error {
		n = 0
		for _, err := range tx.LabelsIn(shipping.LabelUncertain) {
			if err != nil {
				return err
			}
			n++
		}
		return nil
	})
	return n, err
}

// tally counts the confirmations of a day in memory, so that the status line need not read them all each time.
type tally struct {
	mu  sync.Mutex
	day string // "" before the first reading
	n   int
}

// dayOf is a day as a Chinese bench counts days, whatever the machine's zone.
func dayOf(t time.Time) string { return t.In(chinaTime).Format(time.DateOnly) }

// chinaTime is China Standard Time, which has had no summer time since 1991. Not from the zone database: a bench's
// Windows may lack it.
var chinaTime = time.FixedZone("CST", 8*60*60)

// entriesSettled is told by every lane what the platform took or refused.
func (s *Station) entriesSettled(settled []outbox.Entry) {
	s.today.mu.Lock()
	if s.today.day == dayOf(s.now()) {
		for _, e := range settled {
			if e.State == outbox.Confirmed {
				s.today.n++
			}
		}
	}
	s.today.mu.Unlock()
	s.hub.tell(Change{Queue: true, Parcels: true})
}

// confirmedToday reads the count from the store on the first call of a day.
func (s *Station) confirmedToday(ctx context.Context) (int, error) {
	s.today.mu.Lock()
	defer s.today.mu.Unlock()
	day := dayOf(s.now())
	if s.today.day == day {
		return s.today.n, nil
	}
	// Entries come newest first by queueing, not by settling: one that waited for days is rare, and beyond this is not
	// looked for.
	oldest := s.now().Add(-72 * time.Hour)
	n := 0
	err := s.store.View(ctx, func(tx Tx) error {
		n = 0
		for _, shopID := range s.shopIDs() {
			for e, err := range tx.LatestEntries([]shipping.ShopID{shopID}, outbox.Confirmed) {
				if err != nil {
					return err
				}
				if e.QueuedAt.Before(oldest) {
					break
				}
				if dayOf(e.SettledAt) == day {
					n++
				}
			}
		}
		return nil
	})
	if err == nil {
		s.today.day, s.today.n = day, n
	}
	return n, err
}
