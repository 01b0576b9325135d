package storetest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"printstation/app"
	"printstation/app/outbox"
	"printstation/app/shipping"
	"printstation/platform"
)

// Store is all that the station needs of a disk.
type Store interface {
	app.Store
	app.CallLog
	Outbox() outbox.Store
	Journal() platform.Journal
	// Check finds inconsistencies; the suite ends every test with it.
	Check(ctx context.Context) error
}

// Shops of the suite: none of their ids may run into another's, whatever characters they are made of.
const (
	shop1 shipping.ShopID = "dy1"
	shop2 shipping.ShopID = "dy1/1"
	shop3 shipping.ShopID = "抖店 一号"
)

// noon is a time as the wire gives it, in China Standard Time.
var noon = time.Date(2026, 11, 11, 12, 0, 0, 0, time.FixedZone("CST", 8*60*60))

// Run runs the suite.
func Run(t *testing.T, open func(*testing.T) Store) {
	t.Helper()
	tests := []struct {
		name string
		do   func(*testing.T, Store)
	}{
		{"updates are all or nothing", atomicity},
		{"views write nothing", views},
		{"orders come back whole", orders},
		{"orders keep their first place", orderOfOrders},
		{"parcel ids are never given twice", parcelIDs},
		{"parcels come back whole", parcels},
		{"request bytes live as long as their id", requests},
		{"shelves", shelves},
		{"parcels of an order", parcelsOf},
		{"a number serves one parcel for good", numbers},
		{"ids of shops do not run together", shopIDs},
		{"labels", labels},
		{"jobs", jobs},
		{"entries", entries},
		{"timelines", timelines},
		{"batches and marks", batchesAndMarks},
		{"writing while reading", writeWhileReading},
		{"long lists", longLists},
		{"random changes", randomChanges},
		{"several at once", severalAtOnce},
		{"copies are the caller's own", copies},
		{"contexts", contexts},
		{"due entries begin on disk", beginDue},
		{"settling", settle},
		{"a person is faster than the worker", settleAfterPerson},
		{"next due", nextDue},
		{"journal", journal},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			test.do(t, s)
			if err := s.Check(t.Context()); err != nil {
				t.Errorf("the store is not consistent: %v", err)
			}
		})
	}
}

func update(t *testing.T, s app.Store, do func(app.Tx) error) {
	t.Helper()
	if err := s.Update(t.Context(), do); err != nil {
		t.Fatalf("update: %v", err)
	}
}

func view(t *testing.T, s app.Store, do func(app.Tx) error) {
	t.Helper()
	if err := s.View(t.Context(), do); err != nil {
		t.Fatalf("view: %v", err)
	}
}

// each collects what a sequence yields up to its first error.
func each[T, K any](seq iter.Seq2[T, error], key func(T) K) ([]K, error) {
	var out []K
	for v, err := range seq {
		if err != nil {
			return out, err
		}
		out = append(out, key(v))
	}
	return out, nil
}

// wantEach fails unless the sequence yields just these.
func wantEach[T, K any](t *testing.T, what string, seq iter.Seq2[T, error], key func(T) K, want ...K) {
	t.Helper()
	got, err := each(seq, key)
	if err != nil {
		t.Errorf("%s: %v", what, err)
	}
	wantEqual(t, what, got, want)
}

// wantEqual compares deeply; times by instant, and no elements are no elements, nil or not.
func wantEqual[T any](t *testing.T, what string, got, want T) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func wantMissing(t *testing.T, what string, err error) {
	t.Helper()
	if !errors.Is(err, app.ErrNotFound) {
		t.Errorf("%s: got error %v, want app.ErrNotFound", what, err)
	}
}

func ref(shop shipping.ShopID, id string) shipping.OrderRef {
	return shipping.OrderRef{Shop: shop, ID: shipping.OrderID(id)}
}

// order is an order with every kind of personal data.
func order(shop shipping.ShopID, id string) shipping.Order {
	return shipping.Order{
		OrderRef: ref(shop, id),
		Status:   shipping.OrderToShip,
		Recipient: shipping.Recipient{
			Contact: shipping.Contact{Name: "王龘𠮷", Mobile: "13900001111", Phone: "021-55556666-12"},
			Address: shipping.Address{Province: "上海市", City: "上海市", District: "青浦区", Street: "徐泾镇", Detail: "诸光路 1 号 2 室"},
			Masked:  &shipping.MaskedParty{Name: "王*", Phone: "139******11", Region: "上海市青浦区", Address: "徐泾镇诸光路***"},
		},
		Items:        []shipping.OrderItem{{ID: "s1", Name: "帆布鞋", Spec: "白 42", SKU: "X-42", Quantity: 2}, {Name: "袜子", Quantity: 1, Gift: true}},
		BuyerMessage: "请放门口",
		SellerRemark: "老客户",
		CreatedAt:    noon.Add(-time.Hour),
		PaidAt:       noon,
		ShipBy:       noon.Add(48 * time.Hour),
	}
}

// parcel is a pending parcel of the orders.
func parcel(id shipping.ParcelID, orders ...string) shipping.Parcel {
	p := shipping.Parcel{ID: id, Shop: id.Shop(), Carrier: "zhongtong", State: shipping.ParcelPending, CreatedAt: noon, UpdatedAt: noon}
	for _, o := range orders {
		p.Orders = append(p.Orders, shipping.OrderID(o))
	}
	return p
}

func issued(p shipping.Parcel, number shipping.TrackingNumber) shipping.Parcel {
	p.State = shipping.ParcelIssued
	p.Waybill = &shipping.Waybill{Carrier: p.Carrier, Number: number, SortCode: "300-12 003", IssuedAt: noon}
	return p
}

func entry(p shipping.ParcelID, order, number string) outbox.Entry {
	s := shipping.Shipment{
		Shop: p.Shop(), Order: shipping.OrderID(order), Parcel: p, Carrier: "zhongtong", Number: shipping.TrackingNumber(number),
	}
	return outbox.Entry{
		ID: outbox.MakeEntryID(s.Shop, s.Order, s.Number), Shipment: s, State: outbox.Waiting, NextAt: noon, QueuedAt: noon,
	}
}

func parcelID(p shipping.Parcel) shipping.ParcelID  { return p.ID }
func labelID(c shipping.LabelCopy) shipping.LabelID { return c.ID }
func entryOrder(e outbox.Entry) shipping.OrderID    { return e.Order }
func orderID(o shipping.Order) shipping.OrderID     { return o.ID }
func orderName(n int) string                        { return fmt.Sprintf("69%05d", n) }
