package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"printstation/app/outbox"
	"printstation/app/shipping"
)

// Troubles is the failed list: refused numbers, labels that failed, confirmations that failed or are parked. Oldest
// first within each kind and shop.
func (s *Station) Troubles(ctx context.Context) ([]Trouble, error) {
	var ts []Trouble
	err := s.store.View(ctx, func(tx Tx) error {
		ts = ts[:0]
		for p, err := range tx.Parcels(s.shopIDs(), shipping.Shelf(shipping.ParcelRefused), shipping.Shelf(shipping.ParcelIssued)) {
			if err != nil {
				return err
			}
			t, ok, err := s.parcelTrouble(tx, p)
			if err != nil {
				return err
			}
			if ok {
				ts = append(ts, t)
			}
		}
		for e, err := range tx.Entries(s.shopIDs(), outbox.Failed, outbox.Parked) {
			if err != nil {
				return err
			}
			ts = append(ts, Trouble{
				ID: string(e.ID), Kind: TroubleConfirm, Shop: e.Shop, Parcel: e.Parcel, Orders: []shipping.OrderID{e.Order},
				Number: e.Number, Fault: e.Fault, Tries: len(e.Attempts), Since: e.QueuedAt, ShipBy: e.ShipBy,
			})
		}
		return nil
	})
	return ts, err
}

func (s *Station) parcelTrouble(tx Tx, p shipping.Parcel) (Trouble, bool, error) {
	t := Trouble{
		ID: string(p.ID), Kind: TroubleWaybill, Shop: p.Shop, Parcel: p.ID, Orders: p.Orders, Fault: p.Fault,
		Tries: 1, Since: p.UpdatedAt, ShipBy: p.ShipBy,
	}
	if p.State == shipping.ParcelRefused {
		return t, true, nil
	}
	c, ok, err := newestCopy(tx, p.ID)
	if err != nil || !ok || c.State != shipping.LabelFailed {
		return t, false, err
	}
	t.Kind, t.Number, t.Fault, t.Tries, t.Since = TroublePrint, c.Number, s.printFault(c), p.Copies, c.EndedAt
	return t, true, nil
}

// Retry gives failed work another chance. An id is that of a Trouble: a parcel, or a confirmation. A refused parcel is to
// print again, a failed or parked confirmation is due at once, a failed label is only looked at: printing it is Print's.
// An order id works too, when it has one confirmation or parcel in trouble. All ids are retried, or none.
func (s *Station) Retry(ctx context.Context, ids ...string) error {
	troubles, err := s.Troubles(ctx)
	if err != nil {
		return err
	}
	named := namesOf(troubles)
	var chosen []Trouble
	for _, id := range ids {
		switch found := named[id]; len(found) {
		case 0:
			return &RefusedError{Reason: shipping.Because("station.not_failed", "ID", id), Err: ErrNotFound}
		case 1:
			chosen = append(chosen, troubles[found[0]])
		default:
			return refusal("station.several_failed", "ID", id, "N", strconv.Itoa(len(found)))
		}
	}
	err = s.store.Update(ctx, func(tx Tx) error {
		for _, t := range chosen {
			if err := s.retry(tx, t); err != nil {
				return err
			}
		}
		return nil
	})
	s.wakeLanes()
	s.hub.tell(Change{Parcels: true, Queue: true})
	return err
}

// namesOf finds the troubles by what they can be called: their own ids and those of their orders.
func namesOf(ts []Trouble) map[string][]int {
	named := make(map[string][]int, 2*len(ts))
	for i, t := range ts {
		named[t.ID] = append(named[t.ID], i)
		for _, order := range t.Orders {
			if string(order) != t.ID {
				named[string(order)] = append(named[string(order)], i)
			}
		}
	}
	return named
}

func (s *Station) retry(tx Tx, t Trouble) error {
	switch t.Kind {
	case TroubleConfirm:
		e, err := tx.Entry(outbox.EntryID(t.ID))
		if err != nil {
			return err
		}
		return s.requeue(tx, e, "retried by a person")
	case TroubleWaybill:
		p, err := tx.Parcel(t.Parcel)
		if err != nil {
			return err
		}
		if p.State != shipping.ParcelRefused {
			return nil // somebody was faster
		}
		lead, err := tx.Order(shipping.OrderRef{Shop: p.Shop, ID: p.Lead()})
		if err != nil {
			return err
		}
		if p, err = s.moved(tx, p, shipping.ParcelRetry, "retried by a person"); err != nil {
			return err
		}
		return s.judge(tx, p, lead, &LoadResult{})
	}
	return nil
}

// requeue makes an entry due at once, whatever kept it.
func (s *Station) requeue(tx Tx, e outbox.Entry, why string) error {
	from := e.State
	e, err := e.Apply(outbox.Requeue, s.now())
	var impossible *shipping.TransitionError
	if errors.As(err, &impossible) {
		return nil // somebody was faster
	}
	if err != nil {
		return err
	}
	return s.putEntry(tx, e, from, why)
}

// unpark lets the confirmations go on that waited for an authorization, once the platform answers the shop again.
func (s *Station) unpark(ctx context.Context, sh *shop) error {
	const patience = time.Minute // a platform may take our orders call and refuse the confirmation all the same
	var due []outbox.EntryID
	err := s.store.View(ctx, func(tx Tx) error {
		for e, err := range tx.Entries([]shipping.ShopID{sh.ID}, outbox.Parked) {
			if err != nil {
				return err
			}
			if e.Fault == nil || e.Fault.Class == shipping.ClassUnauthorized && s.now().Sub(e.Fault.At) > patience {
				due = append(due, e.ID)
			}
		}
		return nil
	})
	if err != nil || len(due) == 0 {
		return err
	}
	err = s.store.Update(ctx, func(tx Tx) error {
		for _, id := range due {
			e, err := tx.Entry(id)
			if err != nil {
				return err
			}
			if e.State != outbox.Parked {
				continue
			}
			if err := s.requeue(tx, e, "the platform answers again"); err != nil {
				return err
			}
		}
		return nil
	})
	if sh.lane != nil {
		sh.lane.Wake()
	}
	return err
}

// Release lets a held parcel go, for the reasons it now has: a person takes that on himself. Only a pending refund can
// be let go; what else holds a parcel must be mended.
func (s *Station) Release(ctx context.Context, id shipping.ParcelID) error {
	err := s.store.Update(ctx, func(tx Tx) error {
		p, err := tx.Parcel(id)
		if err != nil {
			return err
		}
		const releasable = "station.order_refunding"
		if !slices.ContainsFunc(p.Reasons, func(r shipping.Reason) bool { return r.ID == releasable }) {
			return fmt.Errorf("parcel %s is not held for a pending refund: nothing to release", id)
		}
		lead, err := tx.Order(shipping.OrderRef{Shop: p.Shop, ID: p.Lead()})
		if err != nil {
			return err
		}
		p.Released = append(p.Released, releasable)
		if p.Frozen() {
			return s.mark(tx, p, lead)
		}
		return s.judge(tx, p, lead, &LoadResult{})
	})
	s.hub.tell(Change{Parcels: true})
	return err
}
