package platformtest

import (
	"testing"

	"printstation/app/shipping"
	"printstation/platform"
)

var printDataTests = []test{{"of live and cancelled numbers", printData}}

var cancelTests = []test{
	{"twice is no error", cancelTwice},
	{"answers that say nothing", cancelFaults},
}

var accessTests = []test{
	{"the probe passes", func(t *testing.T, b *bench) {
		if err := able[platform.Prober](t, b.shop).Probe(t.Context()); err != nil {
			t.Errorf("probe: %v", err)
		}
	}},
	{"a wrong secret is refused", accessDenied},
	{"nothing listens", accessNobody},
}

func printData(t *testing.T, b *bench) {
	ra, rb := b.request(t, b.order(t), 1), b.request(t, b.order(t), 1)
	live, gone := b.one(t, ra), b.one(t, rb)
	if err := able[platform.WaybillCanceler](t, b.shop).CancelWaybill(t.Context(), gone); err != nil {
		t.Fatal(err)
	}
	got, err := able[platform.PrintDataReader](t, b.shop).PrintData(t.Context(), []shipping.Waybill{gone, live})
	if err != nil || len(got) != 2 || got[0].Number != gone.Number || got[1].Number != live.Number {
		t.Fatalf("results %+v, %v", got, err)
	}
	if got[0].Err == nil || got[0].Data != "" {
		t.Errorf("a cancelled number has print data: %+v", got[0])
	} else {
		faultOf(t, got[0].Err)
	}
	if got[1].Err != nil || got[1].Data == "" {
		t.Errorf("a live number: %+v", got[1])
	}
}

func cancelTwice(t *testing.T, b *bench) {
	r := b.request(t, b.order(t), 1)
	w := b.one(t, r)
	canceler := able[platform.WaybillCanceler](t, b.shop)
	for i := range 2 {
		if err := canceler.CancelWaybill(t.Context(), w); err != nil {
			t.Errorf("cancel %d: %v", i+1, err)
		}
	}
	if live := b.peer.Live(r.LeadOrder); len(live) != 0 {
		t.Errorf("numbers %v are still live", live)
	}
	unknown := w
	unknown.Number = "70000000000001"
	if err := canceler.CancelWaybill(t.Context(), unknown); err == nil || !faultOf(t, err).NotDone {
		t.Errorf("cancelling a number that nobody has: %v", err)
	}
}

func cancelFaults(t *testing.T, b *bench) {
	canceler := able[platform.WaybillCanceler](t, b.shop)
	faults := make(map[string]Fault, len(broken)+len(shapes))
	for name, f := range broken {
		faults[name] = f
	}
	for _, s := range shapes {
		faults[s] = Answer([]byte(s))
	}
	for name, f := range faults {
		r := b.request(t, b.order(t), 1)
		w := b.one(t, r)
		b.tap.Next(f)
		if err := canceler.CancelWaybill(t.Context(), w); err == nil || faultOf(t, err).NotDone {
			t.Errorf("%s: a broken reply gives %v", name, err)
		}
		if err := canceler.CancelWaybill(t.Context(), w); err != nil || len(b.peer.Live(r.LeadOrder)) != 0 {
			t.Errorf("%s: asked again: %v, live %v", name, err, b.peer.Live(r.LeadOrder))
		}
	}
}

func accessDenied(t *testing.T, b *bench) {
	b.order(t)
	wrong := b.open(t, func(c *platform.Config) { c.Account.Secret = "not the secret" })
	err := able[platform.Prober](t, wrong).Probe(t.Context())
	if err == nil || !faultOf(t, err).NotDone {
		t.Errorf("the probe with a wrong secret: %v", err)
	}
}

func accessNobody(t *testing.T, b *bench) {
	away := b.open(t, func(c *platform.Config) { c.Account.BaseURL = "http://127.0.0.1:1/gateway" })
	err := able[platform.Prober](t, away).Probe(t.Context())
	if err == nil {
		t.Fatal("the probe passes where nothing listens")
	}
	if f := faultOf(t, err); !f.NotDone || f.Class != shipping.ClassTransient {
		t.Errorf("fault %+v", f)
	}
}
