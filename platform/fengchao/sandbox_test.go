package fengchao_test

import (
	"slices"
	"testing"

	"printstation/app/shipping"
	"printstation/platform"
	"printstation/platform/fengchao"
	"printstation/platform/sandbox"
)

// Answers in another order are matched; answers that name a stranger are thrown away, and the same bytes bring the one
// number afterwards.
func TestShuffledAndMisnamedAnswers(t *testing.T) {
	t.Parallel()
	p := startSandbox(t, sandbox.Options{Orders: 20, Plain: true})
	s, err := fengchao.New(platform.Config{Account: p.Account()})
	if err != nil {
		t.Fatal(err)
	}
	var asked []platform.EncodedWaybill
	for _, o := range pending(t, s) {
		asked = append(asked, encoded(t, s, o))
	}
	once := sandbox.Rule{Next: 1}
	p.world.SetFaults(sandbox.Faults{ForeignOrder: once})
	got, err := s.IssueWaybills(t.Context(), asked)
	if err == nil {
		t.Fatalf("a misnamed answer was taken: %+v", got)
	}
	for _, faults := range []sandbox.Faults{{Shuffle: once}, {CutAfter: once}, {}} {
		p.world.SetFaults(faults)
		got, _ = s.IssueWaybills(t.Context(), asked)
		for i, r := range got {
			live := p.Live(asked[i].LeadOrder)
			if len(live) != 1 || r.Err == nil && live[0] != r.Waybill.Number {
				t.Errorf("order %s holds %v, we have %s", asked[i].LeadOrder, live, r.Waybill.Number)
			}
		}
	}
	if i := slices.IndexFunc(got, func(r platform.WaybillResult) bool { return r.Err != nil }); i >= 0 {
		t.Fatalf("without faults: %v", got[i].Err)
	}
	ships := make([]shipping.Shipment, len(got))
	for i, r := range got {
		ships[i] = shipping.Shipment{Order: asked[i].LeadOrder, Carrier: r.Waybill.Carrier, Number: r.Waybill.Number}
	}
	p.world.SetFaults(sandbox.Faults{Shuffle: once, ForeignOrder: once})
	if got, err := s.ConfirmShipments(t.Context(), ships); err == nil {
		t.Fatalf("a misnamed answer was taken: %+v", got)
	}
	for _, one := range ships {
		state, err := s.Order(t.Context(), one.Order)
		if n, _ := p.Shipped(one.Order); err != nil || n != 1 || !slices.Equal(state.Numbers, []shipping.TrackingNumber{one.Number}) {
			t.Errorf("order %s: %d accepted, state %+v, %v", one.Order, n, state, err)
		}
	}
}
