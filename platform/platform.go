package platform

import (
	"context"
	"iter"
	"time"

	"printstation/app/shipping"
)

// OrderSource loads orders (拉单).
type OrderSource interface {
	// PendingOrders yields the orders to ship that were created or changed since then, and those that stopped being so
	// (refunded, closed, shipped elsewhere). An order can come twice, the later one counts. A non-nil error ends the
	// sequence, unless it is an *OrderError: then only that order could not be read.
	PendingOrders(ctx context.Context, since time.Time) iter.Seq2[shipping.Order, error]
}

// OrderReader asks for one order's state, before a confirmation is repeated or a label of a doubtful order printed.
type OrderReader interface {
	Order(ctx context.Context, id shipping.OrderID) (OrderState, error)
}

// OrderState is what the platform holds of an order now.
type OrderState struct {
	Status shipping.OrderStatus
	Refund shipping.RefundStatus
	// Numbers are the tracking numbers under which the platform has the order as shipped; none when unshipped or when
	// the platform does not tell.
	Numbers []shipping.TrackingNumber
}

// WaybillIssuer takes numbers (取号). It works in two steps, so that the exact bytes of each request can be on disk
// before they are sent, and can be sent again unchanged after a lost answer.
type WaybillIssuer interface {
	// EncodeWaybill gives the bytes that stand for the request on the wire. They depend on nothing but the request and
	// the shop's settings, and hold personal data.
	EncodeWaybill(r shipping.WaybillRequest) ([]byte, error)
	// IssueWaybills asks for up to WaybillBatch numbers at once. The results are one for each request, in order; the
	// error is nil unless every request shares it. Repeating a request gives the same number.
	IssueWaybills(ctx context.Context, rs []EncodedWaybill) ([]WaybillResult, error)
	// WaybillBatch is the most requests that one call takes.
	WaybillBatch() int
}

// EncodedWaybill is a request in the bytes that EncodeWaybill gave.
type EncodedWaybill struct {
	ID        shipping.RequestID
	LeadOrder shipping.OrderID
	PackID    string
	Carrier   shipping.Carrier
	Payload   []byte
}

// WaybillResult holds the answer to one request: Waybill, or Err (an *Error).
type WaybillResult struct {
	ID      shipping.RequestID
	Waybill shipping.Waybill
	Err     error
}

// PrintDataReader fetches the platform's own print data (面单打印数据) of issued numbers, one result each, in order.
type PrintDataReader interface {
	PrintData(ctx context.Context, ws []shipping.Waybill) ([]PrintDataResult, error)
}

// PrintDataResult holds the answer for one number: Data (often encrypted, for a print component), or Err.
type PrintDataResult struct {
	Number shipping.TrackingNumber
	Data   string
	Err    error
}

// WaybillCanceler gives a number back (回收单号). Cancelling one that is cancelled already is no error.
type WaybillCanceler interface {
	CancelWaybill(ctx context.Context, w shipping.Waybill) error
}

// ShipmentConfirmer tells the platform that parcels left (发货回传). It is not idempotent everywhere: after a lost answer
// the order's state is read before the call is repeated.
type ShipmentConfirmer interface {
	// ConfirmShipments confirms up to ConfirmBatch shipments. One result for each, in order: nil, or an *Error. The
	// second value is non-nil only when every shipment shares it.
	ConfirmShipments(ctx context.Context, ss []shipping.Shipment) ([]ConfirmResult, error)
	ConfirmBatch() int
}

// ConfirmResult is the answer for one shipment; Err nil means accepted.
type ConfirmResult struct {
	Shipment shipping.Shipment
	Err      error
}

// Prober checks that a shop can be reached and that its credentials are taken, without changing anything.
type Prober interface {
	Probe(ctx context.Context) error
}
