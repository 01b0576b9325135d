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
		if err := s.revise(tx, id, o, r); err != nil {
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
	return reflect.DeepEqual(a, b)
}

func (s *Station) newParcel(tx Tx, sh *shop, o shipping.Order, r *LoadResult) error {
	id, err := tx.NewParcelID(sh.ID)
	if err != nil {
		return err
	}
	p := shipping.Parcel{
		ID: id, Shop: sh.ID, Orders: []shipping.OrderID{o.ID}, Items: o.Items, Carrier: sh.Carrier,
		CreatedAt: s.now(), ShipBy: o.ShipBy,
	}
	return s.judge(tx, p, o, r)
}

// revise brings a parcel in line with an order that changed. A frozen parcel keeps its content; it is only marked, so
// that it is not printed while its order is refunded or closed.
func (s *Station) revise(tx Tx, id shipping.ParcelID, o shipping.Order, r *LoadResult) error {
	p, err := tx.Parcel(id)
	if err != nil {
		return err
	}
	p.ShipBy = o.ShipBy
	if p.Frozen() || p.State == shipping.ParcelCancelled {
		return s.mark(tx, p, o)
	}
	if p.State == shipping.ParcelRefused {
		// A refusal stands until a person retries, unless what was refused has changed.
		if slices.Equal(p.Items, o.Items) && len(hindrances(o, p.Released)) == 0 {
			return s.write(tx, p)
		}
		if p, err = step(p, shipping.ParcelRetry); err != nil {
			return err
		}
	}
	p.Items = o.Items
	return s.judge(tx, p, o, r)
}

// mark notes on a frozen parcel what its order's platform says against printing it. That the platform has the order as
// shipped is no news for a parcel with a label: that was us.
func (s *Station) mark(tx Tx, p shipping.Parcel, o shipping.Order) error {
	before := p.Reasons
	p.Reasons = hindrances(o, p.Released)
	if p.Labelled {
		p.Reasons = slices.DeleteFunc(p.Reasons, func(r shipping.Reason) bool { return r.ID == reasonNotToShip })
	}
	if err := s.write(tx, p); err != nil || len(before) == len(p.Reasons) {
		return err
	}
	note := "released"
	if len(p.Reasons) > 0 {
		note = p.Reasons[0].ID
	}
	return s.note(tx, p, p.State, note)
}

// judge decides whether a number may be asked for, and writes the parcel.
func (s *Station) judge(tx Tx, p shipping.Parcel, o shipping.Order, r *LoadResult) error {
	event := shipping.ParcelAccept
	p.Fault = nil // it was about what the parcel held before
	if p.Reasons = hindrances(o, p.Released); len(p.Reasons) > 0 {
		event = shipping.ParcelHold
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

// hindrances are the reasons of the platform's not to print now, less those that a person let go.
func hindrances(o shipping.Order, released []string) []shipping.Reason {
	var rs []shipping.Reason
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
	return slices.DeleteFunc(rs, func(x shipping.Reason) bool { return slices.Contains(released, x.ID) })
}
