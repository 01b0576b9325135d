package platformtest

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"printstation/app/shipping"
	"printstation/platform"
)

var confirmTests = []test{
	{"accepted, and seen at the order", confirmAccepted},
	{"shipped already, by us or another", confirmAgain},
	{"one refused, the rest accepted", confirmPartial},
	{"a refund stops it", confirmRefund},
	{"too frequent, with a stated wait", confirmLimit},
	{"the answers of another call", confirmForeign},
	{"a cancelled context", confirmCancelled},
	{"one order twice in a call", confirmTwice},
}

// shipment is an order with its number, ready to be confirmed.
func (b *bench) shipment(t *testing.T) shipping.Shipment {
	t.Helper()
	r := b.request(t, b.order(t), 1)
	w := b.one(t, r)
	return shipping.Shipment{Shop: b.peer.Account().Shop, Order: r.LeadOrder, Carrier: w.Carrier, Number: w.Number}
}

// confirm confirms and checks the shape of the results.
func (b *bench) confirm(ctx context.Context, t *testing.T, ss ...shipping.Shipment) []platform.ConfirmResult {
	t.Helper()
	got, err := able[platform.ShipmentConfirmer](t, b.shop).ConfirmShipments(ctx, ss)
	if err != nil {
		faultOf(t, err)
		if len(got) == 0 {
			for _, s := range ss {
				got = append(got, platform.ConfirmResult{Shipment: s, Err: err})
			}
		}
	}
	if len(got) != len(ss) {
		t.Fatalf("%d results for %d shipments", len(got), len(ss))
	}
	for i, r := range got {
		if r.Shipment != ss[i] {
			t.Fatalf("result %d is for %+v, want %+v", i, r.Shipment, ss[i])
		}
		if r.Err != nil {
			faultOf(t, r.Err)
		}
	}
	return got
}

// shipped checks that the platform accepted exactly one shipment, with our number, and tells so.
func (b *bench) shipped(t *testing.T, s shipping.Shipment) {
	t.Helper()
	if n, number := b.peer.Shipped(s.Order); n != 1 || number != s.Number {
		t.Errorf("order %s: %d accepted with %s, want 1 with %s", s.Order, n, number, s.Number)
	}
	state, err := able[platform.OrderReader](t, b.shop).Order(t.Context(), s.Order)
	if err != nil || state.Status != shipping.OrderShipped || !slices.Equal(state.Numbers, []shipping.TrackingNumber{s.Number}) {
		t.Errorf("order %s: state %+v, %v", s.Order, state, err)
	}
}

func confirmAccepted(t *testing.T, b *bench) {
	a, c := b.shipment(t), b.shipment(t)
	for _, r := range b.confirm(t.Context(), t, a, c) {
		if r.Err != nil {
			t.Errorf("order %s: %v", r.Shipment.Order, r.Err)
		}
	}
	b.shipped(t, a)
	b.shipped(t, c)
}

func confirmAgain(t *testing.T, b *bench) {
	s := b.shipment(t)
	other := b.one(t, b.request(t, s.Order, 2))
	if err := b.confirm(t.Context(), t, s)[0].Err; err != nil {
		t.Fatal(err)
	}
	twice := s
	twice.Number = other.Number
	for _, again := range []shipping.Shipment{s, twice} {
		err := b.confirm(t.Context(), t, again)[0].Err
		if err == nil {
			t.Errorf("%s was accepted for a shipped order", again.Number)
			continue
		}
		if f := faultOf(t, err); f.Code == "" && f.SubCode == "" {
			t.Errorf("no code: %+v", f)
		}
	}
	b.shipped(t, s)
}

func confirmPartial(t *testing.T, b *bench) {
	ss := []shipping.Shipment{b.shipment(t), b.shipment(t), b.shipment(t)}
	b.peer.RefuseNext(platform.CallConfirm)
	refused := 0
	for _, r := range b.confirm(t.Context(), t, ss...) {
		n, _ := b.peer.Shipped(r.Shipment.Order)
		if r.Err != nil {
			refused++
		}
		if (r.Err == nil) != (n == 1) {
			t.Errorf("order %s: %d accepted at the platform, our result %v", r.Shipment.Order, n, r.Err)
		}
	}
	if refused != 1 {
		t.Errorf("%d refused, want 1", refused)
	}
}

func confirmRefund(t *testing.T, b *bench) {
	s := b.shipment(t)
	b.peer.Refund(t, s.Order)
	err := b.confirm(t.Context(), t, s)[0].Err
	if n, _ := b.peer.Shipped(s.Order); err == nil || n != 0 {
		t.Errorf("%d accepted, error %v", n, err)
	}
}

func confirmLimit(t *testing.T, b *bench) {
	s := b.shipment(t)
	b.peer.LimitNext(platform.CallConfirm, 120*time.Second)
	err := b.confirm(t.Context(), t, s)[0].Err
	if f := faultOf(t, err); f.RetryAfter != 120*time.Second || !f.NotDone {
		t.Errorf("wait %v, not done %v; want 2m, true", f.RetryAfter, f.NotDone)
	}
}

func confirmForeign(t *testing.T, b *bench) {
	mine, other := b.shipment(t), b.shipment(t)
	if err := b.confirm(t.Context(), t, mine)[0].Err; err != nil {
		t.Fatal(err)
	}
	stale := slices.Clone(b.tap.Last())
	b.tap.Next(func(w http.ResponseWriter, _ *http.Request, _ func() []byte) { _, _ = w.Write(stale) })
	if err := b.confirm(t.Context(), t, other)[0].Err; err == nil || faultOf(t, err).NotDone {
		t.Errorf("the answer for %s served %s: %v", mine.Order, other.Order, err)
	}
	if n, _ := b.peer.Shipped(other.Order); n != 0 {
		t.Errorf("%d accepted", n)
	}
}

func confirmCancelled(t *testing.T, b *bench) {
	s := b.shipment(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err := b.confirm(ctx, t, s)[0].Err
	if n, _ := b.peer.Shipped(s.Order); !errors.Is(err, context.Canceled) || !faultOf(t, err).NotDone || n != 0 {
		t.Errorf("%d accepted, error %v", n, err)
	}
}

func confirmTwice(t *testing.T, b *bench) {
	s := b.shipment(t)
	other := s
	other.Number = b.one(t, b.request(t, s.Order, 2)).Number
	got := b.confirm(t.Context(), t, s, other, s)
	if got[0].Err != nil || got[1].Err == nil || got[2].Err != nil {
		t.Errorf("same shipment twice and another between: %v, %v, %v", got[0].Err, got[1].Err, got[2].Err)
	}
	b.shipped(t, s)
}

// confirmFaultTests are the broken exchanges. None may count as accepted, or as surely not done, when the platform
// accepted; reading the order must bring the truth.
func confirmFaultTests() []test {
	tests := []test{}
	add := func(name string, f Fault) {
		tests = append(tests, test{name, func(t *testing.T, b *bench) {
			s := b.shipment(t)
			b.tap.Next(f)
			err := b.confirm(t.Context(), t, s)[0].Err
			if err == nil || faultOf(t, err).NotDone {
				t.Errorf("a broken reply gives %v", err)
			}
			n, _ := b.peer.Shipped(s.Order)
			state, err := able[platform.OrderReader](t, b.shop).Order(t.Context(), s.Order)
			if err != nil || (n == 1) != slices.Contains(state.Numbers, s.Number) {
				t.Errorf("%d accepted, and the order says %+v, %v", n, state, err)
			}
			if n == 0 {
				if err := b.confirm(t.Context(), t, s)[0].Err; err != nil {
					t.Errorf("asked again: %v", err)
				}
			}
			b.shipped(t, s)
		}})
	}
	for name, f := range broken {
		add(name, f)
	}
	for i, s := range shapes {
		add(fmt.Sprint("shape ", i), Answer([]byte(s)))
	}
	return tests
}
