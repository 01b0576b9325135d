package storetest

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"printstation/app"
	"printstation/app/outbox"
	"printstation/app/shipping"
)

// model is what a store must look like from outside, in the plainest form.
type model struct {
	parcels map[uint64]shipping.Parcel
	entries map[uint64]outbox.Entry
}

// randomChanges moves a few parcels and entries about many times and compares every list with the model's.
func randomChanges(t *testing.T, s Store) {
	rnd := rand.New(rand.NewPCG(7, 7))
	m := model{parcels: make(map[uint64]shipping.Parcel), entries: make(map[uint64]outbox.Entry)}
	for range 40 {
		update(t, s, func(tx app.Tx) error {
			for range 10 {
				if err := m.change(tx, rnd); err != nil {
					return err
				}
			}
			return nil
		})
	}
	view(t, s, func(tx app.Tx) error {
		shops := []shipping.ShopID{shop1}
		for _, shelf := range shipping.Shelves() {
			want := m.onShelf(shelf)
			wantEach(t, "shelf "+string(shelf), tx.Parcels(shops, shelf), parcelID, want...)
			slices.Reverse(want)
			wantEach(t, "latest of shelf "+string(shelf), tx.LatestParcels(shops, shelf), parcelID, want...)
		}
		for o := range 5 {
			wantParcelsOf(t, tx, fmt.Sprint(o), m.holding(shipping.OrderID(fmt.Sprint(o)))...)
		}
		waiting := 0
		for e, err := range tx.Entries(shops, outbox.Waiting) {
			if err != nil {
				return err
			}
			n, _ := parcelNumber(e.Parcel)
			wantEqual(t, "waiting entry", e.State, m.entries[n].State)
			waiting++
		}
		wantEqual(t, "waiting entries", waiting, m.waiting())
		return nil
	})
	due, ok, err := s.Outbox().NextDue(t.Context(), shop1)
	if want, any := m.nextDue(); err != nil || ok != any || !due.Equal(want) {
		t.Errorf("next due %v, %t, %v; want %v, %t", due, ok, err, want, any)
	}
}

func (m model) change(tx app.Tx, rnd *rand.Rand) error {
	n := 1 + rnd.Uint64N(12)
	p := parcel(shipping.MakeParcelID(shop1, n))
	for o := range 5 {
		if rnd.IntN(3) == 0 {
			p.Orders = append(p.Orders, shipping.OrderID(fmt.Sprint(o)))
		}
	}
	states := shipping.ParcelStates()
	if p.State = states[rnd.IntN(len(states))]; p.State == shipping.ParcelIssued {
		p = issued(p, shipping.TrackingNumber(fmt.Sprintf("YT%d-%d", n, rnd.IntN(3))))
		p.Labelled = rnd.IntN(2) == 0
	}
	m.parcels[n] = p
	e := entry(p.ID, "o", fmt.Sprint("N", n))
	e.State = []outbox.State{outbox.Waiting, outbox.Waiting, outbox.Parked, outbox.Failed, outbox.Confirmed}[rnd.IntN(5)]
	e.NextAt = noon.Add(time.Duration(rnd.IntN(1000)) * time.Second)
	m.entries[n] = e
	return errors.Join(tx.PutParcel(p), tx.PutEntry(e))
}

func (m model) onShelf(shelf shipping.Shelf) (ids []shipping.ParcelID) {
	for n := range uint64(13) {
		if p, ok := m.parcels[n]; ok && p.Shelf() == shelf {
			ids = append(ids, p.ID)
		}
	}
	return ids
}

func (m model) holding(order shipping.OrderID) (ids []shipping.ParcelID) {
	for n := range uint64(13) {
		if p, ok := m.parcels[n]; ok && slices.Contains(p.Orders, order) {
			ids = append(ids, p.ID)
		}
	}
	return ids
}

func (m model) waiting() (n int) {
	for _, e := range m.entries {
		if e.State == outbox.Waiting {
			n++
		}
	}
	return n
}

func (m model) nextDue() (due time.Time, any bool) {
	for _, e := range m.entries {
		if e.State == outbox.Waiting && (!any || e.NextAt.Before(due)) {
			due, any = e.NextAt, true
		}
	}
	return due, any
}

func parcelNumber(id shipping.ParcelID) (uint64, error) {
	_, n, err := id.Split()
	return n, err
}

// severalAtOnce lets goroutines take ids and numbers from under each other.
func severalAtOnce(t *testing.T, s Store) {
	const writers, each = 6, 15
	var wg sync.WaitGroup
	errs := make([]error, 2*writers)
	for w := range writers {
		wg.Go(func() {
			for range each {
				errs[w] = errors.Join(errs[w], s.Update(t.Context(), func(tx app.Tx) error {
					id, err := tx.NewParcelID(shop1)
					if err != nil {
						return err
					}
					o := order(shop1, string(id))
					return errors.Join(tx.PutOrder(o), tx.PutParcel(issued(parcel(id, string(id)), shipping.TrackingNumber(id))))
				}))
			}
		})
		wg.Go(func() {
			for range each {
				errs[writers+w] = errors.Join(errs[writers+w], s.View(t.Context(), func(tx app.Tx) error {
					for p, err := range tx.LatestParcels([]shipping.ShopID{shop1}, shipping.Shelf(shipping.ParcelIssued)) {
						if err != nil {
							return err
						}
						if _, err := tx.Order(p.Refs()[0]); err != nil {
							return err // written in the same update
						}
					}
					return nil
				}))
			}
		})
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Error(err)
	}
	view(t, s, func(tx app.Tx) error {
		all := 0
		for _, err := range tx.Parcels([]shipping.ShopID{shop1}) {
			if err != nil {
				return err
			}
			all++
		}
		wantEqual(t, "parcels", all, writers*each)
		return nil
	})
}
