package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"printstation/app/shipping"
	"printstation/platform"
)

// LoadResult tells what one poll of the shops brought.
type LoadResult struct {
	Orders     int // read from the platforms
	Changed    int // of them new or changed
	Invalid    int // of the changed: cannot be asked a number for
	Held       int // of the changed: a person or the platform must decide first
	Unreadable []error
	Faults     map[shipping.ShopID]*shipping.Fault // shops that could not be read, or not to the end
}

const (
	firstLook   = 30 * 24 * time.Hour // how far back the very first poll looks
	pollOverlap = 10 * time.Minute    // platforms write order changes late: look back this much each time
	loadChunk   = 100                 // orders a transaction
	markLoaded  = "loaded"
)

// Load polls the shops once, all of them for none given, side by side. One shop's failure is in Faults and does not
// stop the others; the error is the store's, or a wrong id.
func (s *Station) Load(ctx context.Context, ids ...shipping.ShopID) (LoadResult, error) {
	shops, err := s.chosen(ids)
	if err != nil {
		return LoadResult{}, err
	}
	total := LoadResult{Faults: map[shipping.ShopID]*shipping.Fault{}}
	var mu sync.Mutex
	var errs []error
	var wg sync.WaitGroup
	for _, sh := range shops {
		wg.Go(func() {
			r, fault, err := s.loadShop(ctx, sh)
			mu.Lock()
			defer mu.Unlock()
			total.add(r)
			if fault != nil {
				total.Faults[sh.ID] = fault
			}
			if err != nil {
				errs = append(errs, err)
			}
		})
	}
	wg.Wait()
	s.hub.tell(Change{Parcels: total.Changed > 0, Shops: true})
	return total, errors.Join(errs...)
}

func (r *LoadResult) add(o LoadResult) {
	r.Orders += o.Orders
	r.Changed += o.Changed
	r.Invalid += o.Invalid
	r.Held += o.Held
	r.Unreadable = append(r.Unreadable, o.Unreadable...)
}

func (s *Station) loadShop(ctx context.Context, sh *shop) (LoadResult, *shipping.Fault, error) {
	var r LoadResult
	if sh.orders == nil {
		return r, nil, nil
	}
	sh.loading.Lock()
	defer sh.loading.Unlock()
	began := s.now()
	since, err := s.loadedUntil(ctx, sh.ID, began)
	if err != nil {
		return r, nil, err
	}
	fault, err := s.readOrders(ctx, sh, since, &r)
	if err == nil && fault == nil {
		err = s.store.Update(ctx, func(tx Tx) error { return putTime(tx, sh.ID, markLoaded, began) })
	}
	sh.setPolled(s.now(), fault)
	if fault == nil && err == nil {
		err = s.unpark(ctx, sh)
	}
	return r, fault, err
}

// readOrders takes the orders in as they come, a hundred a transaction. What was read before a failure is kept.
func (s *Station) readOrders(ctx context.Context, sh *shop, since time.Time, r *LoadResult) (*shipping.Fault, error) {
	var fault *shipping.Fault
	chunk := make([]shipping.Order, 0, loadChunk)
	for o, err := range sh.orders.PendingOrders(ctx, since) {
		var bad *platform.OrderError
		if errors.As(err, &bad) {
			r.Unreadable = append(r.Unreadable, fmt.Errorf("shop %s: %w", sh.ID, err))
			s.log.Warn("station: order unreadable", "shop", sh.ID, "order", bad.Order)
			continue
		}
		if err != nil {
			fault = platform.FaultOf(err, s.now())
			break
		}
		o.Shop = sh.ID
		if chunk = append(chunk, o); len(chunk) == loadChunk {
			if err := s.takeIn(ctx, sh, chunk, r); err != nil {
				return fault, err
			}
			chunk = chunk[:0]
		}
	}
	return fault, s.takeIn(ctx, sh, chunk, r)
}

func (s *Station) loadedUntil(ctx context.Context, id shipping.ShopID, now time.Time) (time.Time, error) {
	since := now.Add(-firstLook)
	err := s.store.View(ctx, func(tx Tx) error {
		raw, err := tx.Mark(id, markLoaded)
		if errors.Is(err, ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		var last time.Time
		if err := json.Unmarshal(raw, &last); err != nil {
			return fmt.Errorf("station: mark %s of shop %s: %w", markLoaded, id, err)
		}
		// A clock that was set back must not make us look into the future.
		if last = last.Add(-pollOverlap); last.Before(now) {
			since = last
		}
		return nil
	})
	return since, err
}

func putTime(tx Tx, id shipping.ShopID, name string, t time.Time) error {
	raw, err := json.Marshal(t)
	if err != nil {
		return err
	}
	return tx.PutMark(id, name, raw)
}

func (sh *shop) setPolled(at time.Time, fault *shipping.Fault) {
	sh.mu.Lock()
	defer sh.mu.Unlock()
	sh.polled, sh.fault = at, fault
}
