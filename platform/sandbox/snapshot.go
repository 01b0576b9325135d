package sandbox

import (
	"maps"
	"slices"
	"strings"
	"time"
)

// Snapshot is what the world accepted and counted since it was made: issues, cancellations and accepted shipments
// since the state file began, tries and calls since the process did.
type Snapshot struct {
	Born          time.Time            `json:"born"`
	Orders        int                  `json:"orders"`
	Waiting       int                  `json:"waiting"` // orders to ship, refunds pending included
	Waybills      []WaybillRecord      `json:"waybills"`
	Shipments     []ShipmentRecord     `json:"shipments"`
	RefundRejects int                  `json:"refund_rejects"` // shipments that carried is_refund_reject or its like
	Calls         map[string]CallCount `json:"calls"`
	MaxConcurrent int                  `json:"max_concurrent"`
	MaxPerSecond  int                  `json:"max_per_second"`
}

// WaybillRecord is one number that was issued. An order with two records holds two numbers.
type WaybillRecord struct {
	Channel     string    `json:"channel"`
	OrderID     string    `json:"order_id"`
	PackID      string    `json:"pack_id"`
	Carrier     string    `json:"carrier"`
	Number      string    `json:"number"`
	IssuedAt    time.Time `json:"issued_at"`
	Cancelled   bool      `json:"cancelled"`
	CancelledAt time.Time `json:"cancelled_at,omitzero"`
	// Asked counts how often the pack was asked for, the first time included; AskedElsewise how many of these had
	// other contents than the first; AskedCancelled how many came after the number was given back.
	Asked          int `json:"asked"`
	AskedElsewise  int `json:"asked_elsewise"`
	AskedCancelled int `json:"asked_cancelled"`
}

// ShipmentRecord tells of one order that somebody tried to ship. Accepted is never above one.
type ShipmentRecord struct {
	OrderID  string         `json:"order_id"`
	Accepted int            `json:"accepted"`
	Number   string         `json:"number"` // accepted; "" when none was
	Attempts int            `json:"attempts"`
	Refused  map[string]int `json:"refused,omitempty"` // tries by the code they were refused with
}

// Snapshot gives a copy; nothing in it changes afterwards.
func (w *World) Snapshot() Snapshot {
	w.mu.Lock()
	defer w.mu.Unlock()
	s := Snapshot{
		Born: w.born, Orders: len(w.orders), RefundRejects: w.rejects,
		Waybills: make([]WaybillRecord, 0, len(w.waybills)), Shipments: make([]ShipmentRecord, 0, len(w.ledger)),
	}
	for _, o := range w.orders {
		if o.Status == statusToShip {
			s.Waiting++
		}
	}
	for _, b := range w.waybills {
		s.Waybills = append(s.Waybills, WaybillRecord{
			Channel: b.Channel, OrderID: b.Order, PackID: b.Pack, Carrier: b.Carrier, Number: b.Number, IssuedAt: b.At,
			Cancelled: !b.Cancelled.IsZero(), CancelledAt: b.Cancelled,
			Asked: b.asked, AskedElsewise: b.askedElsewise, AskedCancelled: b.askedCancelled,
		})
	}
	for id, l := range w.ledger {
		r := ShipmentRecord{OrderID: id, Accepted: l.accepted, Attempts: l.attempts, Refused: maps.Clone(l.refused)}
		r.Number = strings.Join(l.numbers, ",")
		s.Shipments = append(s.Shipments, r)
	}
	slices.SortFunc(s.Shipments, func(a, b ShipmentRecord) int { return strings.Compare(a.OrderID, b.OrderID) })
	w.meter.report(&s)
	return s
}

// Numbers gives the numbers that were issued for an order of this platform and not cancelled.
func (s Snapshot) Numbers(orderID string) []string {
	var live []string
	for _, b := range s.Waybills {
		if b.OrderID == orderID && b.Channel == ownChannel && !b.Cancelled {
			live = append(live, b.Number)
		}
	}
	return live
}

// Shipment gives what was tried with an order; the zero record when nothing was.
func (s Snapshot) Shipment(orderID string) ShipmentRecord {
	i, found := slices.BinarySearchFunc(s.Shipments, orderID, func(r ShipmentRecord, id string) int {
		return strings.Compare(r.OrderID, id)
	})
	if !found {
		return ShipmentRecord{OrderID: orderID}
	}
	return s.Shipments[i]
}
