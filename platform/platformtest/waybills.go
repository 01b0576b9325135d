package platformtest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"printstation/app/shipping"
	"printstation/platform"
)

var waybillTests = []test{
	{"the same request, the same number", waybillSame},
	{"another pack, another number", waybillOther},
	{"every character arrives", waybillCharacters},
	{"a full batch", waybillBatch},
	{"more than a batch", waybillTooMany},
	{"one refused, the rest given", waybillPartial},
	{"too frequent, with a stated wait", waybillLimit},
	{"the answers of another call", waybillForeign},
	{"a cancelled context", waybillCancelled},
	{"a slow drip meets the deadline", waybillDrip},
	{"several at once", waybillParallel},
	{"damaged bytes are not sent", waybillDamaged},
}

func waybillSame(t *testing.T, b *bench) {
	r := b.request(t, b.order(t), 1)
	first, again := b.one(t, r), b.one(t, r)
	if first.Number != again.Number || first.SortCode != again.SortCode || first.Hub != again.Hub {
		t.Errorf("first %+v, then %+v", first, again)
	}
	if live := b.peer.Live(r.LeadOrder); !slices.Equal(live, []shipping.TrackingNumber{first.Number}) {
		t.Errorf("the platform has %v, we %s", live, first.Number)
	}
	// Within one call, too.
	got := b.issue(t.Context(), t, r, r)
	if got[0].Waybill.Number != first.Number || got[1].Waybill.Number != first.Number {
		t.Errorf("twice in one call: %s and %s, want %s", got[0].Waybill.Number, got[1].Waybill.Number, first.Number)
	}
}

func waybillOther(t *testing.T, b *bench) {
	id := b.order(t)
	got := b.issue(t.Context(), t, b.request(t, id, 1), b.request(t, id, 2))
	if got[0].Err != nil || got[1].Err != nil || got[0].Waybill.Number == got[1].Waybill.Number {
		t.Errorf("two packs of one order: %+v", got)
	}
}

func waybillCharacters(t *testing.T, b *bench) {
	b.one(t, b.request(t, b.order(t), 1))
	sent := b.tap.Sent()
	for _, want := range []string{Somebody().Name, "保俶路", "龘䶮㛃堃𠮷", "# & + < > %"} {
		if !strings.Contains(sent, want) {
			t.Errorf("%q did not arrive", want)
		}
	}
	for _, never := range []string{"is_refund_reject", "is_reject_refund", b.peer.Account().Secret} {
		if strings.Contains(sent, never) {
			t.Errorf("%q was sent", never)
		}
	}
}

func waybillBatch(t *testing.T, b *bench) {
	n := able[platform.WaybillIssuer](t, b.shop).WaybillBatch()
	rs := make([]platform.EncodedWaybill, n)
	for i := range rs {
		rs[i] = b.request(t, b.order(t), 1)
	}
	seen := map[shipping.TrackingNumber]bool{}
	for i, r := range b.issue(t.Context(), t, rs...) {
		if r.Err != nil || seen[r.Waybill.Number] {
			t.Fatalf("request %d: number %s (given before: %v), %v", i, r.Waybill.Number, seen[r.Waybill.Number], r.Err)
		}
		seen[r.Waybill.Number] = true
		if live := b.peer.Live(rs[i].LeadOrder); !slices.Equal(live, []shipping.TrackingNumber{r.Waybill.Number}) {
			t.Fatalf("order %s: the platform has %v, we %s", rs[i].LeadOrder, live, r.Waybill.Number)
		}
	}
	if b.tap.Exchanges() != 1 {
		t.Errorf("%d exchanges for one batch", b.tap.Exchanges())
	}
}

func waybillTooMany(t *testing.T, b *bench) {
	issuer := able[platform.WaybillIssuer](t, b.shop)
	r := b.request(t, b.order(t), 1)
	_, err := issuer.IssueWaybills(t.Context(), slices.Repeat([]platform.EncodedWaybill{r}, issuer.WaybillBatch()+1))
	if err == nil || !faultOf(t, err).NotDone || b.tap.Exchanges() != 0 {
		t.Errorf("%d exchanges, error %v", b.tap.Exchanges(), err)
	}
}

func waybillPartial(t *testing.T, b *bench) {
	rs := []platform.EncodedWaybill{b.request(t, b.order(t), 1), b.request(t, b.order(t), 1), b.request(t, b.order(t), 1)}
	b.peer.RefuseNext(platform.CallIssue)
	refused := 0
	for i, r := range b.issue(t.Context(), t, rs...) {
		live := b.peer.Live(rs[i].LeadOrder)
		if r.Err == nil {
			if !slices.Contains(live, r.Waybill.Number) {
				t.Errorf("number %s is not the platform's %v", r.Waybill.Number, live)
			}
			continue
		}
		refused++
		// A refusal that reads like a time-out may have had its effect; any other surely had none.
		if f := faultOf(t, r.Err); f.Code == "" || !f.NotDone && f.Class != shipping.ClassTransient || len(live) > 0 {
			t.Errorf("refused with %+v, and the platform has %v", f, live)
		}
	}
	if refused != 1 {
		t.Errorf("%d refused, want 1", refused)
	}
}

func waybillLimit(t *testing.T, b *bench) {
	r := b.request(t, b.order(t), 1)
	b.peer.LimitNext(platform.CallIssue, 7*time.Second)
	f := faultOf(t, b.issue(t.Context(), t, r)[0].Err)
	if f.RetryAfter != 7*time.Second || !f.NotDone {
		t.Errorf("wait %v, not done %v; want 7s, true", f.RetryAfter, f.NotDone)
	}
	b.one(t, r)
}

func waybillForeign(t *testing.T, b *bench) {
	mine, other := b.request(t, b.order(t), 1), b.request(t, b.order(t), 1)
	first := b.one(t, mine)
	b.tap.Next(Answer(slices.Clone(b.tap.Last())))
	got := b.issue(t.Context(), t, other)[0]
	if got.Err == nil {
		t.Fatalf("%s, the number of %s, was taken for %s", first.Number, mine.ID, other.ID)
	}
	if f := faultOf(t, got.Err); f.NotDone {
		t.Errorf("a lost answer counts as not done: %+v", f)
	}
	if second := b.one(t, other); second.Number == first.Number || len(b.peer.Live(other.LeadOrder)) != 1 {
		t.Errorf("asked again: %s beside %s", second.Number, first.Number)
	}
}

func waybillCancelled(t *testing.T, b *bench) {
	r := b.request(t, b.order(t), 1)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	got := b.issue(ctx, t, r)[0]
	if !errors.Is(got.Err, context.Canceled) || !faultOf(t, got.Err).NotDone || len(b.peer.Live(r.LeadOrder)) != 0 {
		t.Errorf("error %v, the platform has %v", got.Err, b.peer.Live(r.LeadOrder))
	}
}

func waybillDrip(t *testing.T, b *bench) {
	r := b.request(t, b.order(t), 1)
	hasty := b.open(t, func(c *platform.Config) { c.Timeout = 300 * time.Millisecond })
	b.tap.Next(Drip)
	patient := b.shop
	b.shop = hasty
	got := b.issue(t.Context(), t, r)[0]
	b.shop = patient
	b.tap.Calm() // on a busy machine the deadline may have passed before anything was sent
	if !errors.Is(got.Err, context.DeadlineExceeded) {
		t.Fatalf("error %v, want a deadline", got.Err)
	}
	if f := faultOf(t, got.Err); f.NotDone && len(b.peer.Live(r.LeadOrder)) > 0 {
		t.Errorf("the number was given, and the fault says that nothing was done: %+v", f)
	}
	b.one(t, r)
	if live := b.peer.Live(r.LeadOrder); len(live) != 1 {
		t.Errorf("numbers %v", live)
	}
}

func waybillParallel(t *testing.T, b *bench) {
	rs := make([]platform.EncodedWaybill, 16)
	for i := range rs {
		rs[i] = b.request(t, b.order(t), 1)
	}
	issuer := able[platform.WaybillIssuer](t, b.shop)
	var all sync.WaitGroup
	for _, r := range rs {
		all.Go(func() {
			got, err := issuer.IssueWaybills(t.Context(), []platform.EncodedWaybill{r, rs[0]})
			if err != nil || got[0].Err != nil || !slices.Contains(b.peer.Live(r.LeadOrder), got[0].Waybill.Number) {
				t.Errorf("order %s: %+v, %v", r.LeadOrder, got, err)
			}
		})
	}
	all.Wait()
}

func waybillDamaged(t *testing.T, b *bench) {
	good, other := b.request(t, b.order(t), 1), b.request(t, b.order(t), 1)
	cut, swapped := good, good
	cut.ID, cut.Payload = "cut", good.Payload[:len(good.Payload)/2]
	swapped.ID, swapped.Payload = "swapped", other.Payload
	for i, r := range b.issue(t.Context(), t, cut, swapped, good) {
		if wrong := i < 2; wrong != (r.Err != nil) {
			t.Errorf("request %d (%s): %+v", i, r.ID, r)
		}
	}
	if n := len(b.peer.Live(other.LeadOrder)); n != 0 {
		t.Errorf("%d numbers for an order that was not asked for", n)
	}
}

// shapes are replies that are JSON and yet no answer to a call that changes something.
var shapes = []string{
	`[]`, `{}`, `null`, `"ok"`, `42`, `[1,2]`, `{"code":0}`, `{"code":"0","message":"ok"}`, `{"code":0,"message":"ok","data":null}`,
	`{"code":0,"message":"ok","data":{}}`, `{"code":0,"message":"ok","data":[]}`, `{"code":0,"message":"ok","data":"x"}`,
	`{"code":0,"message":"ok","data":[1,[2],{"x":null}]}`, `{"code":0,"message":"ok","data":true}`, `{"code":{"x":1},"data":[null]}`,
	`{"code":0,"message":{"text":"ok"},"data":{"list":null}}`,
}

// waybillFaultTests are the broken exchanges. After each the very same bytes must bring the one and only number.
func waybillFaultTests() []test {
	tests := []test{}
	add := func(name string, f Fault, sure bool) {
		tests = append(tests, test{name, func(t *testing.T, b *bench) {
			r := b.request(t, b.order(t), 1)
			b.tap.Next(f)
			got := b.issue(t.Context(), t, r)[0]
			if got.Err == nil {
				t.Fatalf("a number %s out of a broken reply", got.Waybill.Number)
			}
			if fault := faultOf(t, got.Err); fault.NotDone != sure {
				t.Errorf("not done is %v, want %v: %v", fault.NotDone, sure, got.Err)
			}
			if b.log.count() == 0 {
				t.Error("the failed call is not in the journal")
			}
			w := b.one(t, r)
			if live := b.peer.Live(r.LeadOrder); !slices.Equal(live, []shipping.TrackingNumber{w.Number}) {
				t.Errorf("the platform has %v, we %s", live, w.Number)
			}
		}})
	}
	for name, f := range broken {
		add(name, f, false)
	}
	for i, s := range shapes {
		add(fmt.Sprint("shape ", i), Answer([]byte(s)), false)
	}
	return tests
}

// broken are exchanges that every protocol must survive; in all of them the work may have been done.
var broken = map[string]Fault{
	"cut before the work": CutBefore, "answer lost": CutAfter, "half a reply": HalfReply, "a short reply": ShortReply,
	"500": ServerError, "502 after the work": ServerErrorAfter, "flood": Flood, "redirect": Redirect,
	"no bytes": Answer(nil), "a page": Answer([]byte("<!DOCTYPE html><h1>系统维护中</h1>")),
	"other bytes": Answer([]byte("\x00\x01\xff{")), "nested": Answer([]byte(strings.Repeat(`{"data":[`, 20000))),
}
