package fengchao

import (
	"encoding/json"
	"slices"

	"printstation/app/shipping"
	"printstation/platform"
	"printstation/platform/wire"
)

// order_status, of an order and of a line.
const (
	stUnpaid      = 1
	stToShip      = 2
	stShipped     = 3
	stClosed      = 4
	stDone        = 5
	stPartShipped = 101
	stPaid        = 105
)

// statusOf gives our word for an order_status; what is not in the table is unknown, not to ship.
func statusOf(code wire.Int) shipping.OrderStatus {
	switch code {
	case stUnpaid:
		return shipping.OrderUnpaid
	case stToShip, stPaid:
		return shipping.OrderToShip
	case stPartShipped:
		return shipping.OrderPartShipped
	case stShipped, stDone:
		return shipping.OrderShipped
	case stClosed:
		return shipping.OrderClosed
	}
	return shipping.OrderUnknown
}

// afterSale is after_sale_info of a line.
type afterSale struct {
	Status wire.Int `json:"after_sale_status"`
	Refund wire.Int `json:"refund_status"`
}

// after_sale_status and refund_status.
const (
	asNone      = 0
	asDone      = 12
	asFailed    = 28
	asWithdrawn = 51
	rfNone      = 0
	rfPaidBack  = 3
	rfFailed    = 4
)

// refund reads both fields. A claim that failed or was taken back leaves its refund_status behind at "to refund", so
// the after-sale status speaks first; whatever is not known to be over counts as open.
func (a afterSale) refund() shipping.RefundStatus {
	switch {
	case a.Refund == rfPaidBack, a.Status == asDone:
		return shipping.RefundDone
	case a.Status == asFailed, a.Status == asWithdrawn:
		return shipping.RefundNone
	case a.Status == asNone && (a.Refund == rfNone || a.Refund == rfFailed):
		return shipping.RefundNone
	}
	return shipping.RefundPending
}

// settle gives the lines that are still to be shipped and the refund state of the order. A line that was paid back,
// closed, or shipped ahead of the rest is not for the box; when that leaves none, all lines are given, so that people
// see what the order was about.
func settle(v orderJSON) ([]lineJSON, shipping.RefundStatus) {
	var live []lineJSON
	pending, back := false, 0
	for _, l := range v.Lines {
		refund := l.AfterSale.refund()
		pending = pending || refund == shipping.RefundPending
		if refund == shipping.RefundDone {
			back++
			continue
		}
		gone := l.Status == stClosed || v.Status == stPartShipped && (l.Status == stShipped || l.Status == stDone)
		if !gone {
			live = append(live, l)
		}
	}
	if len(live) == 0 {
		live = v.Lines
	}
	switch {
	case pending:
		return live, shipping.RefundPending
	case back > 0 && back == len(v.Lines):
		return live, shipping.RefundDone
	}
	return live, shipping.RefundNone
}

// parseState reads the reply of trade/detail, which must be about the order that was asked for.
func parseState(data json.RawMessage, id shipping.OrderID) (state platform.OrderState, problem string) {
	var wrapped struct {
		Detail json.RawMessage `json:"shop_order_detail"`
	}
	if decode(data, &wrapped) == "" && len(wrapped.Detail) > 0 {
		data = unwrap(wrapped.Detail)
	}
	var v orderJSON
	if problem := decode(data, &v); problem != "" {
		return platform.OrderState{}, problem
	}
	if shipping.OrderID(v.OrderID) != id {
		return platform.OrderState{}, "the reply is about another order"
	}
	_, refund := settle(v)
	state = platform.OrderState{Status: statusOf(v.Status), Refund: refund}
	for _, p := range v.Logistics {
		if n := shipping.TrackingNumber(p.Number); n != "" && !slices.Contains(state.Numbers, n) {
			state.Numbers = append(state.Numbers, n)
		}
	}
	return state, ""
}
