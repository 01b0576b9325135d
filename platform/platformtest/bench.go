package platformtest

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"printstation/app/shipping"
	"printstation/platform"
)

// bench is one test's own peer, with the adapter opened on it through a Tap.
type bench struct {
	h    Harness
	peer Peer
	tap  *Tap
	shop platform.Shop
	log  *recorder
}

func (h Harness) start(t *testing.T) *bench {
	t.Helper()
	b := &bench{h: h, peer: h.Start(t), log: &recorder{}}
	b.tap = NewTap(t, b.peer.Account().BaseURL)
	b.shop = b.open(t, func(*platform.Config) {})
	t.Cleanup(func() { b.log.check(t, b.peer.Account().Secret) })
	return b
}

// open opens the adapter once more, with changes to its configuration.
func (b *bench) open(t *testing.T, change func(*platform.Config)) platform.Shop {
	t.Helper()
	c := platform.Config{Account: b.peer.Account(), Journal: b.log}
	c.Account.BaseURL = b.tap.URL
	change(&c)
	shop, err := b.h.Open(c)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	return shop
}

// able gives an ability of the adapter. Run has checked that a group's adapter has what the group needs.
func able[T any](t *testing.T, shop platform.Shop) T {
	t.Helper()
	a, ok := shop.(T)
	if !ok {
		t.Fatalf("the adapter is no %T", new(T))
	}
	return a
}

// offers reports whether the adapter has an ability.
func offers[T any](shop platform.Shop) bool {
	_, ok := shop.(T)
	return ok
}

// order makes an order for Somebody and gives its id.
func (b *bench) order(t *testing.T) shipping.OrderID {
	t.Helper()
	return b.peer.AddOrder(t, Order{Recipient: Somebody(), Items: goods()})
}

func goods() []shipping.OrderItem {
	return []shipping.OrderItem{{Name: "白色水墨印花衬衣 " + Hard, Spec: "颜色:默认 尺码:120cm", Quantity: 2}}
}

// request encodes the request for an order's number.
func (b *bench) request(t *testing.T, id shipping.OrderID, generation int) platform.EncodedWaybill {
	t.Helper()
	issuer := able[platform.WaybillIssuer](t, b.shop)
	pack := shipping.PackID([]shipping.OrderID{id}, goods(), generation)
	r := shipping.WaybillRequest{
		ID: shipping.MakeRequestID("s", id, pack), Shop: "s", LeadOrder: id, Orders: []shipping.OrderID{id}, PackID: pack,
		Carrier: b.h.Carrier, Sender: sender(), Recipient: Somebody(), Items: goods(),
	}
	payload, err := issuer.EncodeWaybill(r)
	if err != nil {
		t.Fatalf("encode: %v", err)
	}
	again, err := issuer.EncodeWaybill(r)
	if err != nil || string(again) != string(payload) {
		t.Fatalf("the same request encodes to other bytes: %v", err)
	}
	return platform.EncodedWaybill{ID: r.ID, LeadOrder: id, PackID: pack, Carrier: b.h.Carrier, Payload: payload}
}

// issue asks for numbers and checks the shape of the results.
func (b *bench) issue(ctx context.Context, t *testing.T, rs ...platform.EncodedWaybill) []platform.WaybillResult {
	t.Helper()
	got, err := able[platform.WaybillIssuer](t, b.shop).IssueWaybills(ctx, rs)
	if err != nil {
		faultOf(t, err)
		if len(got) == 0 {
			for _, r := range rs {
				got = append(got, platform.WaybillResult{ID: r.ID, Err: err})
			}
		}
	}
	if len(got) != len(rs) {
		t.Fatalf("%d results for %d requests", len(got), len(rs))
	}
	for i, r := range got {
		switch {
		case r.ID != rs[i].ID:
			t.Fatalf("result %d is for %q, want %q", i, r.ID, rs[i].ID)
		case r.Err != nil:
			faultOf(t, r.Err)
			if r.Waybill.Number != "" {
				t.Fatalf("a number %s beside the error %v", r.Waybill.Number, r.Err)
			}
		case r.Waybill.Number == "" || r.Waybill.Carrier != rs[i].Carrier:
			t.Fatalf("neither number nor error: %+v", r.Waybill)
		}
	}
	return got
}

// one asks for one number that must be given.
func (b *bench) one(t *testing.T, r platform.EncodedWaybill) shipping.Waybill {
	t.Helper()
	got := b.issue(t.Context(), t, r)
	if got[0].Err != nil {
		t.Fatalf("no number: %v", got[0].Err)
	}
	return got[0].Waybill
}

// faultOf checks that an error is of the contract's kind and safe to show, and gives its fault.
func faultOf(t *testing.T, err error) shipping.Fault {
	t.Helper()
	var pe *platform.Error
	if !errors.As(err, &pe) {
		t.Fatalf("error %v (%T) is not a *platform.Error", err, err)
	}
	if pe.Op == "" || pe.Message == "" || pe.Class == "" {
		t.Errorf("an error without op, message or class: %+v", pe)
	}
	leaks(t, "an error", err.Error())
	leaks(t, "a fault", pe.Message)
	return pe.Fault
}

// leaks reports personal data of Somebody in a text that people or logs get to see.
func leaks(t *testing.T, what, text string) {
	t.Helper()
	r := Somebody()
	for _, secret := range []string{r.Name, r.Mobile, "保俶路", "8幢302室", sender().Name} {
		if strings.Contains(text, secret) {
			t.Errorf("%s holds personal data (%q): %s", what, secret, text)
		}
	}
}

// recorder is a journal that is looked through when the test ends.
type recorder struct {
	mu    sync.Mutex
	lines []platform.CallRecord
	late  int // lines whose context was over: a store would have refused them
}

// RecordCall keeps the line.
func (r *recorder) RecordCall(ctx context.Context, c platform.CallRecord) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.lines = append(r.lines, c)
	if ctx.Err() != nil {
		r.late++
	}
}

func (r *recorder) count() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.lines)
}

func (r *recorder) check(t *testing.T, secret string) {
	t.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.late > 0 {
		t.Errorf("%d journal lines came with a context that was over", r.late)
	}
	for _, l := range r.lines {
		all := l.Request + l.Reply + l.Error
		leaks(t, "the journal", all)
		if strings.Contains(all, secret) {
			t.Errorf("the journal holds the secret: %s", all)
		}
		if l.At.IsZero() || l.Call == "" || l.Path == "" || l.Request == "" || l.Shop == "" {
			t.Errorf("a line without time, call, path, shop or request: %+v", l)
		}
		if len(l.Request) > 8<<10 || len(l.Reply) > 8<<10 {
			t.Errorf("a line of %d and %d bytes", len(l.Request), len(l.Reply))
		}
		if l.Code == "" && l.Error == "" {
			t.Errorf("a line with neither code nor error: %+v", l)
		}
		if l.Took < 0 || l.Took > time.Hour {
			t.Errorf("a call took %v", l.Took)
		}
	}
}
