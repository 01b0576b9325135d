package app

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"time"

	"printstation/app/shipping"
)

// takeIn writes orders as the platform now tells them and brings their parcels in line, in one transaction.
func (s *Station) takeIn(ctx context.Context, sh *shop, orders []shipping.Order, r *LoadResult) error {
	if len(orders) == 0 {
		return nil
	}
	var got LoadResult
	err := s.store.Update(ctx, func(tx Tx) error {
		got = LoadResult{} // a transaction may be tried again
		for _, o := range orders {
			changed, err := s.takeOrder(tx, sh, o, &got)
			if err != nil {
				return err
			}
			got.Orders++
			if changed {
				got.Changed++
			}
		}
		return nil
	})
	if err == nil {
		r.add(got)
	}
	return err
}

func (s *Station) takeOrder(tx Tx, sh *shop, o shipping.Order, r *LoadResult) (changed bool, err error) {
	old, err := tx.Order(o.OrderRef)
	altered := err == nil && altersBox(old, o)
	switch {
	case errors.Is(err, ErrNotFound):
		if o.Status != shipping.OrderToShip && o.Status != shipping.OrderPartShipped {
			return false, nil // never seen here and nothing to ship: not ours to keep
		}
	case err != nil:
		return false, err
	case old.Sealed == shipping.SealOpen && sameOrder(old, o):
		return false, nil
	}
	if err := tx.PutOrder(o); err != nil {
		return false, err
	}
	ids, err := tx.ParcelsOf(o.OrderRef)
	if err != nil {
		return false, err
	}
	if len(ids) == 0 {
		return true, s.newParcel(tx, sh, o, r)
	}
	for _, id := range ids {
		if err := s.revise(tx, id, o, altered, r); err != nil {
			return false, err
		}
	}
	return true, nil
}

// reasonNotToShip is set when the platform has an order as shipped, or in a state that nobody knows.
const reasonNotToShip = "station.order_not_to_ship"

// sameOrder ignores what only says when we looked.
func sameOrder(a, b shipping.Order) bool {
	for _, t := range []struct{ x, y *time.Time }{{&a.CreatedAt, &b.CreatedAt}, {&a.PaidAt, &b.PaidAt}, {&a.UpdatedAt, &b.UpdatedAt}, {&a.ShipBy, &b.ShipBy}} {
		if !t.x.Equal(*t.y) {
			return false
		}
		*t.x, *t.y = time.Time{}, time.Time{}
	}
	if !a.Recipient.Same(b.Recipient) {
		return false
	}
	a.Recipient, b.Recipient = shipping.Recipient{}, shipping.Recipient{}
	return reflect.DeepEqual(a, b)
}

// altersBox reports whether what goes into the box, or where it goes, is not what it was. Orders that are no longer to be
// shipped may come without it: nothing can be told of those.
func altersBox(old, o shipping.Order) bool {
	if old.Sealed != shipping.SealOpen || o.Status != shipping.OrderToShip && o.Status != shipping.OrderPartShipped {
		return false
	}
	return !old.Recipient.Same(o.Recipient) || !slices.Equal(old.Items, o.Items)
}

func (s *Station) newParcel(tx Tx, sh *shop, o shipping.Order, r *LoadResult) error {
	id, err := tx.NewParcelID(sh.ID)
	if err != nil {
		return err
	}
	p := shipping.Parcel{
		ID: id, Shop: sh.ID, Orders: []shipping.OrderID{o.ID}, Carrier: sh.Carrier,
		CreatedAt: s.now(), ShipBy: o.ShipBy,
	}
	return s.judge(tx, p, o, r)
}

// revise brings a parcel in line with an order that changed. A frozen parcel keeps its content; it is only marked, so
// that it is not printed while its order is refunded or closed, or at all once the order says another thing than the one
// its number was asked for.
func (s *Station) revise(tx Tx, id shipping.ParcelID, o shipping.Order, altered bool, r *LoadResult) error {
	p, err := tx.Parcel(id)
	if err != nil {
		return err
	}
	p.ShipBy = o.ShipBy
	if p.Frozen() || p.State == shipping.ParcelCancelled {
		p.Outdated = p.Outdated || altered
		return s.mark(tx, p, o)
	}
	if p.State == shipping.ParcelRefused {
		// A refusal stands until a person retries, unless what was refused has changed.
		if rs, _ := hindrances(o, p.Released); !altered && !p.Outdated && len(rs) == 0 {
			return s.write(tx, p)
		}
		if p, err = step(p, shipping.ParcelRetry); err != nil {
			return err
		}
	}
	return s.judge(tx, p, o, r)
}

// reasonChanged is set when the order is not what the parcel's number was asked with any more.
const reasonChanged = "station.order_changed"

// mark notes on a frozen parcel what its order's platform says against printing it. That the platform has the order as
// shipped is no news for a parcel with a label: that was us.
func (s *Station) mark(tx Tx, p shipping.Parcel, o shipping.Order) error {
	before := p.Reasons
	p.Reasons, p.Released = hindrances(o, p.Released)
	if p.Labelled {
		p.Reasons = slices.DeleteFunc(p.Reasons, func(r shipping.Reason) bool { return r.ID == reasonNotToShip })
	}
	// A parcel that still waits for its number must get it: only then can it be given back.
	if p.Outdated && p.State == shipping.ParcelIssued {
		p.Reasons = append(p.Reasons, shipping.Because(reasonChanged))
	}
	same := slices.EqualFunc(before, p.Reasons, func(a, b shipping.Reason) bool { return a.ID == b.ID })
	if err := s.write(tx, p); err != nil || same {
		return err
	}
	why := shipping.Because("station.released")
	if len(p.Reasons) > 0 {
		why = p.Reasons[0]
	}
	return s.tell(tx, p, why)
}

// judge decides whether a number may be asked for, and writes the parcel with what the order now holds.
func (s *Station) judge(tx Tx, p shipping.Parcel, o shipping.Order, r *LoadResult) error {
	event := shipping.ParcelAccept
	p.Fault = nil // it was about what the parcel held before
	p.Items, p.Outdated, p.Moot = o.Items, false, false
	if p.Reasons, p.Released = hindrances(o, p.Released); len(p.Reasons) > 0 {
		event = shipping.ParcelHold
		p.Moot = o.Refund == shipping.RefundDone || o.Status != shipping.OrderToShip && o.Status != shipping.OrderPartShipped
	} else if p.Reasons = shipping.Validate(o); len(p.Reasons) > 0 {
		event = shipping.ParcelReject
	} else if _, why := shipping.MaskRecipient(o.Recipient); why != nil {
		p.Reasons, event = []shipping.Reason{*why}, shipping.ParcelHold
	}
	switch event {
	case shipping.ParcelHold:
		r.Held++
	case shipping.ParcelReject:
		r.Invalid++
	}
	return s.move(tx, p, event, "")
}

// hindrances are the reasons of the platform's not to print now, less those that a person let go. The second value is
// what of released is still in force: a buyer who takes a refund back and asks for another has not been released.
func hindrances(o shipping.Order, released []string) (rs []shipping.Reason, still []string) {
	switch o.Refund {
	case shipping.RefundPending:
		rs = append(rs, shipping.Because("station.order_refunding"))
	case shipping.RefundDone:
		rs = append(rs, shipping.Because("station.order_refunded"))
	}
	switch o.Status {
	case shipping.OrderToShip, shipping.OrderPartShipped:
	case shipping.OrderClosed:
		rs = append(rs, shipping.Because("station.order_closed"))
	default:
		rs = append(rs, shipping.Because(reasonNotToShip))
	}
	rs = slices.DeleteFunc(rs, func(x shipping.Reason) bool {
		if !slices.Contains(released, x.ID) {
			return false
		}
		still = append(still, x.ID)
		return true
	})
	return rs, still
}
