package app

import (
	"context"
	"time"

	"printstation/app/outbox"
	"printstation/app/shipping"
	"printstation/platform"
)

// confirmer is a shop's platform as the outbox sees it.
type confirmer struct {
	shop *shop
	now  func() time.Time
}

func (c confirmer) Batch() int { return c.shop.confirmer.ConfirmBatch() }

func (c confirmer) Confirm(ctx context.Context, ss []shipping.Shipment) []*shipping.Fault {
	faults := make([]*shipping.Fault, len(ss))
	results, err := c.shop.confirmer.ConfirmShipments(ctx, ss)
	for i := range faults {
		switch {
		case err != nil:
			faults[i] = platform.FaultOf(err, c.now())
		case i < len(results):
			faults[i] = platform.FaultOf(results[i].Err, c.now())
		default: // an adapter that breaks its contract must not make shipments look confirmed
			faults[i] = &shipping.Fault{Class: shipping.ClassUnknown, Message: "the adapter gave no result", At: c.now()}
		}
	}
	return faults
}

func (c confirmer) Ask(ctx context.Context, order shipping.OrderID) (outbox.Standing, *shipping.Fault) {
	state, err := c.shop.reader.Order(ctx, order)
	if err != nil {
		return outbox.Standing{}, platform.FaultOf(err, c.now())
	}
	return outbox.Standing{
		Shipped: state.Status == shipping.OrderShipped,
		Closed:  state.Status == shipping.OrderClosed,
		Numbers: state.Numbers,
	}, nil
}
