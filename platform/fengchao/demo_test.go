package fengchao_test

import (
	"slices"
	"testing"
	"time"

	"printstation/app/shipping"
	"printstation/platform"
	"printstation/platform/fengchao"
	"printstation/platform/sandbox"
)

// The whole demo world, its troubled orders included, through the adapter: all are read, every number and every
// shipment that we believe in is the platform's, and the other way round.
func TestDemoWorld(t *testing.T) {
	t.Parallel()
	p := startSandbox(t, sandbox.Options{Seed: 7})
	c := platform.Config{Account: p.Account()}
	s, err := fengchao.New(c)
	if err != nil {
		t.Fatal(err)
	}
	orders := pending(t, s)
	if want := p.world.Snapshot().Waiting; len(orders) < want {
		t.Fatalf("%d orders read, %d wait", len(orders), want)
	}
	var asked []platform.EncodedWaybill
	for _, o := range orders {
		asked = append(asked, encoded(t, s, o))
	}
	var ships []shipping.Shipment
	for part := range slices.Chunk(asked, s.WaybillBatch()) {
		got, err := s.IssueWaybills(t.Context(), part)
		if err != nil {
			t.Fatal(err)
		}
		for i, r := range got {
			live := p.Live(part[i].LeadOrder)
			if r.Err != nil {
				if len(live) > 0 {
					t.Errorf("order %s holds %v, and we were told %v", part[i].LeadOrder, live, r.Err)
				}
				continue
			}
			if !slices.Equal(live, []shipping.TrackingNumber{r.Waybill.Number}) || r.Waybill.SortCode == "" {
				t.Errorf("order %s holds %v, we have %+v", part[i].LeadOrder, live, r.Waybill)
			}
			ships = append(ships, shipping.Shipment{Order: part[i].LeadOrder, Carrier: "zhongtong", Number: r.Waybill.Number})
		}
	}
	accepted := 0
	for part := range slices.Chunk(ships, s.ConfirmBatch()) {
		got, err := s.ConfirmShipments(t.Context(), part)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range got {
			n, number := p.Shipped(r.Shipment.Order)
			if (r.Err == nil) != (n == 1 && number == r.Shipment.Number) {
				t.Errorf("order %s: %d accepted with %s, our result %v", r.Shipment.Order, n, number, r.Err)
			}
			if r.Err == nil {
				accepted++
			}
		}
	}
	if accepted < len(orders)*3/4 || accepted == len(orders) {
		t.Errorf("%d of %d orders went through: the demo should have a few troubled ones", accepted, len(orders))
	}
	if n := p.world.Snapshot().RefundRejects; n != 0 {
		t.Errorf("%d shipments asked to reject a refund", n)
	}
}

func pending(t testing.TB, s *fengchao.Shop) []shipping.Order {
	t.Helper()
	var orders []shipping.Order
	for o, err := range s.PendingOrders(t.Context(), time.Time{}) {
		if err != nil {
			t.Fatal(err)
		}
		if o.Status == shipping.OrderToShip {
			orders = append(orders, o)
		}
	}
	return orders
}

func encoded(t testing.TB, s *fengchao.Shop, o shipping.Order) platform.EncodedWaybill {
	t.Helper()
	ids := []shipping.OrderID{o.ID}
	r := shipping.WaybillRequest{
		LeadOrder: o.ID, Orders: ids, PackID: shipping.PackID(ids, o.Items, 0), Carrier: "zhongtong", Recipient: o.Recipient, Items: o.Items,
		Sender: shipping.Sender{
			Contact: shipping.Contact{Name: "仓库小王", Mobile: "13800000000"},
			Address: shipping.Address{Province: "上海市", City: "上海市", District: "青浦区", Detail: "测试路1号"},
		},
	}
	r.ID = shipping.MakeRequestID("s", o.ID, r.PackID)
	payload, err := s.EncodeWaybill(r)
	if err != nil {
		t.Fatal(err)
	}
	return platform.EncodedWaybill{ID: r.ID, LeadOrder: o.ID, PackID: r.PackID, Carrier: r.Carrier, Payload: payload}
}

// BenchmarkOrders reads a shop of 10,000 orders from the start, 100 a call.
func BenchmarkOrders(b *testing.B) {
	p := startSandbox(b, sandbox.Options{Orders: 10_000, Plain: true})
	s, err := fengchao.New(platform.Config{Account: p.Account()})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if n := len(pending(b, s)); n < 10_000 {
			b.Fatalf("%d orders", n)
		}
	}
}

// BenchmarkIssue asks for 100 numbers in one call, again and again the same.
func BenchmarkIssue(b *testing.B) {
	p := startSandbox(b, sandbox.Options{Orders: 100, Plain: true})
	s, err := fengchao.New(platform.Config{Account: p.Account()})
	if err != nil {
		b.Fatal(err)
	}
	var asked []platform.EncodedWaybill
	for _, o := range pending(b, s)[:100] {
		asked = append(asked, encoded(b, s, o))
	}
	for b.Loop() {
		got, err := s.IssueWaybills(b.Context(), asked)
		if err != nil || got[99].Err != nil {
			b.Fatal(got, err)
		}
	}
}
