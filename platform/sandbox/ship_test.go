package sandbox

import (
	"fmt"
	"sync"
	"testing"
)

func TestShip(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{})
	id := b.pickOrder(plainOrder)
	number := b.number(id, "p")
	if r := b.ship(id, number); !r.OK || !codeIs(r.Code, 0) {
		t.Fatalf("shipment refused: %+v", r)
	}
	if r := b.ship(id, number); r.OK || !codeIs(r.Code, 60110) {
		t.Errorf("second shipment: %+v, want 60110", r)
	}
	if a := b.ask("order/logistics/cancel", map[string]string{"logistics_code": "zhongtong", "track_no": number}); a.Code != 4007 {
		t.Errorf("cancelling a shipped number: %+v", a)
	}
	var detail struct {
		Order wireOrder `json:"shop_order_detail"`
	}
	b.must("trade/detail", map[string]string{"shop_order_id": id}, &detail)
	if o := detail.Order; o.OrderStatus != statusShipped || len(o.Logistics) != 1 || o.Logistics[0].TrackingNo != number ||
		o.Logistics[0].Company != "zhongtong" {
		t.Errorf("detail after shipping: %+v", o)
	}
	got := b.world.Snapshot().Shipment(id)
	if got.Accepted != 1 || got.Attempts != 2 || got.Number != number || got.Refused["60110"] != 1 {
		t.Errorf("snapshot: %+v", got)
	}
}

func TestRefusedShipments(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{Training: true})
	refunded := b.pickOrder(func(o *order) bool { return o.Refund == refundPending })
	helpless := b.pickOrder(func(o *order) bool { return o.Fate == fateNoReturnPlace })
	closed := b.pickOrder(func(o *order) bool { return o.Status == statusClosed })
	unpaid := b.pickOrder(func(o *order) bool { return o.Status == statusUnpaid })
	good := b.pickOrder(plainOrder)
	stranger := b.pickOrder(func(o *order) bool { return plainOrder(o) && o.Receiver != b.world.byID[good].Receiver })
	number := b.number(good, "p")
	cases := []struct {
		name, carrier, order, number string
		code                         int
	}{
		{"refund pending", "zhongtong", refunded, b.number(refunded, "p"), 60040},
		{"no after-sale address", "zhongtong", helpless, b.number(helpless, "p"), 60027},
		{"closed", "zhongtong", closed, number, 60021},
		{"unpaid", "zhongtong", unpaid, number, 60137},
		{"unknown order", "zhongtong", "6930999999999999999", number, 60033},
		{"sub-order", "zhongtong", b.world.byID[good].Items[0].ID, number, 60033},
		{"no courier", "", good, number, 60083},
		{"unknown courier", "yzguonei", good, number, 60018},
		{"number of another form", "zhongtong", good, "YT1234567890123", 60017},
		{"number never issued", "zhongtong", good, "75999999999999", 60127},
		{"another receiver's number", "zhongtong", stranger, number, 70022},
	}
	for _, c := range cases {
		var got []shipped
		b.must("order/logistics/add", map[string]string{"request_data": shipText(c.carrier, c.order, c.number)}, &got)
		if got[0].OK || !codeIs(got[0].Code, c.code) || got[0].Message == "" {
			t.Errorf("%s: %+v, want %d", c.name, got[0], c.code)
		}
	}
	for _, s := range b.world.Snapshot().Shipments {
		if s.Accepted != 0 {
			t.Errorf("accepted: %+v", s)
		}
	}
	if err := b.world.MendOrder(helpless); err != nil {
		t.Fatal(err)
	}
	if r := b.ship(helpless, b.number(helpless, "p")); !r.OK {
		t.Errorf("shipment after the mend: %+v", r)
	}
}

func TestBusyOrderShipsAtTheThirdTry(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{})
	id := b.pickOrder(func(o *order) bool { return o.Fate == fateBusy })
	number := b.number(id, "p")
	for try, want := range []bool{false, false, true} {
		if r := b.ship(id, number); r.OK != want {
			t.Errorf("try %d: %+v, want success %v", try+1, r, want)
		}
	}
}

// Orders of one receiver go in one parcel: one number, one shipment each.
func TestMergedParcel(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{Plain: true, Orders: 40})
	lead := b.world.orders[3]
	for _, other := range b.world.orders[4:6] {
		if other.Receiver != lead.Receiver {
			t.Fatalf("orders %s and %s have two receivers", lead.ID, other.ID)
		}
	}
	number := b.number(lead.ID, "p")
	text := shipText("zhongtong", lead.ID, number, b.world.orders[4].ID, number, b.world.orders[5].ID, number)
	var got []shipped
	b.must("order/logistics/add", map[string]string{"request_data": text}, &got)
	for i, r := range got {
		if !r.OK || r.OrderID != b.world.orders[3+i].ID {
			t.Errorf("result %d: %+v", i, r)
		}
	}
}

// However many ship one order at once, one is accepted; the same for numbers.
func TestConcurrentCalls(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{Plain: true, Orders: 60})
	ids := make([]string, 0, 60)
	for _, o := range b.world.orders {
		if o.Cipher == nil {
			ids = append(ids, o.ID)
		}
	}
	var wg sync.WaitGroup
	for worker := range 4 {
		wg.Go(func() {
			for i := range ids {
				id := ids[(i+worker*7)%len(ids)]
				_, body, err := b.post("logistics/newcreateorder", signed(map[string]string{"request_data": issueText("1", pack{id, "p"})}))
				if err != nil {
					t.Error(err, string(body))
				}
				number := b.world.Snapshot().Numbers(id)[0]
				form := signed(map[string]string{"request_data": shipText("zhongtong", id, number)})
				if _, _, err := b.post("order/logistics/add", form); err != nil {
					t.Error(err)
				}
				_ = b.world.Faults()
			}
		})
	}
	wg.Wait()
	s := b.world.Snapshot()
	for _, id := range ids {
		if r := s.Shipment(id); r.Accepted != 1 || r.Attempts != 4 || len(s.Numbers(id)) != 1 {
			t.Errorf("order %s: %+v, numbers %v", id, r, s.Numbers(id))
		}
	}
	if s.MaxConcurrent < 1 || s.Calls["order/logistics/add"].Total != 4*len(ids) {
		t.Errorf("calls: %+v", s.Calls)
	}
}

func TestRefundRejectIsCounted(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{})
	id := b.pickOrder(plainOrder)
	text := fmt.Sprintf(`[{"order_id":%q,"company_code":"zhongtong","logistics_code":%q,"is_refund_reject":true}]`, id, b.number(id, "p"))
	b.must("order/logistics/add", map[string]string{"request_data": text}, nil)
	if n := b.world.Snapshot().RefundRejects; n != 1 {
		t.Errorf("refund rejects counted: %d, want 1", n)
	}
}
