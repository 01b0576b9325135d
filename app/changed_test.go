package app_test

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"printstation/app"
	"printstation/app/outbox"
	"printstation/app/shipping"
	"printstation/platform/sandbox"
)

func hasReason(row app.Row, id string) bool {
	return slices.ContainsFunc(row.Reasons, func(r shipping.Reason) bool { return r.ID == id })
}

// told looks for words on a parcel's timeline.
func (r *rig) told(id shipping.ParcelID, words string) bool {
	r.t.Helper()
	events, err := r.Timeline(r.t.Context(), id)
	if err != nil {
		r.t.Fatal(err)
	}
	return slices.ContainsFunc(events, func(e shipping.Event) bool { return strings.Contains(e.Detail, words) })
}

// editor is a platform at which orders are edited after they came.
type editor struct {
	cutShop
	mu   sync.Mutex
	edit func(*shipping.Order)
}

func (e *editor) PendingOrders(ctx context.Context, since time.Time) iter.Seq2[shipping.Order, error] {
	return func(yield func(shipping.Order, error) bool) {
		for o, err := range e.cutShop.PendingOrders(ctx, since) {
			e.mu.Lock()
			if e.edit != nil && err == nil {
				e.edit(&o)
			}
			e.mu.Unlock()
			if !yield(o, err) {
				return
			}
		}
	}
}

func (e *editor) become(edit func(*shipping.Order)) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.edit = edit
}

// edited gives a rig with one order whose content a test can change.
func edited(t *testing.T) (*rig, *editor, *album, string) {
	t.Helper()
	ed, album := &editor{}, newAlbum(renderer(t))
	r := newRig(t, rigOptions{wrap: func(o *app.Options) {
		ed.cutShop = cutShop{o.Shops[0].Adapter.(wholeShop), &power{}}
		o.Shops[0].Adapter, o.Renderer = ed, album
	}})
	order := r.add(clean)
	r.load()
	return r, ed, album, order
}

// moveHouse gives one order another address.
func moveHouse(order string) func(*shipping.Order) {
	return func(o *shipping.Order) {
		if string(o.ID) == order {
			o.Recipient.Address = shipping.Address{Province: "广东省", City: "深圳市", District: "南山区", Detail: "科技园路9号1栋101室"}
		}
	}
}

// The buyer moves house after the number was asked for: the number goes to the old address, so no label may be printed
// with the new one. Giving the number back thaws the parcel, and the next number is asked for with what the order says now.
func TestOrderChangedAfterItsNumber(t *testing.T) {
	t.Parallel()
	fewer := func(order string) func(*shipping.Order) {
		return func(o *shipping.Order) {
			if string(o.ID) == order {
				o.Items = []shipping.OrderItem{{ID: "1", Name: "黑衬衣", Quantity: 1}}
			}
		}
	}
	for name, change := range map[string]func(string) func(*shipping.Order){"address": moveHouse, "items": fewer} {
		for when, lose := range map[string]bool{"issued": false, "answer lost": true} {
			t.Run(name+", "+when, func(t *testing.T) {
				t.Parallel()
				r, ed, album, order := edited(t)
				id := r.parcel(order).ID
				r.numberOnly(album, id, lose)
				ed.become(change(order))
				r.load()
				r.print(id) // asks again when the answer was lost
				row := r.parcel(order)
				if row.State != shipping.ParcelIssued || row.Label != "" || !hasReason(row, "station.order_changed") {
					t.Fatalf("a parcel whose order changed is %s, label %q, reasons %v", row.State, row.Label, row.Reasons)
				}
				if !r.told(id, "station.order_changed") {
					t.Error("the timeline does not tell of the change")
				}
				if err := r.CancelNumber(t.Context(), id); err != nil {
					t.Fatal(err)
				}
				r.print(id)
				r.lanes()
				if row := r.parcel(order); row.Label != shipping.LabelPrinted || row.Confirm != outbox.Confirmed || len(row.Reasons) > 0 {
					t.Errorf("with a new number: label %q, confirmation %q, reasons %v", row.Label, row.Confirm, row.Reasons)
				}
				r.audit(album)
				r.onLabel(album, name)
			})
		}
	}
}

// numberOnly gets a number and no label: it cannot be drawn. With lose even the platform's answer is lost.
func (r *rig) numberOnly(a *album, id shipping.ParcelID, lose bool) {
	r.t.Helper()
	if lose {
		r.world.SetFaults(sandbox.Faults{CutAfter: sandbox.Rule{Probability: 1, Calls: []string{"logistics/newcreateorder"}}})
		r.print(id)
		r.world.SetFaults(sandbox.Faults{})
		return
	}
	broken := errors.New("no fonts")
	a.failing(broken)
	if _, err := r.Print(r.t.Context(), app.PrintRequest{Parcels: []shipping.ParcelID{id}}); !errors.Is(err, broken) {
		r.t.Fatalf("printing without fonts: %v", err)
	}
	a.failing(nil)
	if row, err := r.Row(r.t.Context(), id); err != nil || row.Number == "" || row.Label != "" {
		r.t.Fatalf("number %q, label %q, %v", row.Number, row.Label, err)
	}
}

// onLabel checks that the one page shows what the order says now.
func (r *rig) onLabel(a *album, what string) {
	r.t.Helper()
	for _, labels := range r.folder(a) {
		for _, l := range labels {
			if what == "items" && l.Items[0].Name != "黑衬衣" || what == "address" && !strings.Contains(l.Recipient.Region, "深圳") {
				r.t.Errorf("the label shows %+v, %+v", l.Recipient, l.Items)
			}
		}
	}
}

// An order that is refused for its address and mended by the buyer is asked for again without a person.
func TestRefusedOrderMended(t *testing.T) {
	t.Parallel()
	r, ed, _, order := edited(t)
	id := r.parcel(order).ID
	r.world.SetFaults(sandbox.Faults{Waybills: sandbox.RefuseOrder{Rule: sandbox.Rule{Next: 1}, Code: 4029, Text: "地址无法识别"}})
	r.print(id)
	if row := r.parcel(order); row.State != shipping.ParcelRefused {
		t.Fatalf("the parcel is %s", row.State)
	}
	ed.become(moveHouse(order))
	r.load()
	if row := r.parcel(order); row.State != shipping.ParcelPending || !row.Printable() {
		t.Errorf("mended, the parcel is %s", row.State)
	}
}

// A released refund is one refund: when the buyer takes it back and asks again later, the parcel is held again.
func TestReleaseIsForOneRefund(t *testing.T) {
	t.Parallel()
	r, ed, _, order := edited(t)
	id := r.parcel(order).ID
	refund := func(is shipping.RefundStatus) {
		ed.become(func(o *shipping.Order) { o.Refund = is })
		r.load()
	}
	refund(shipping.RefundPending)
	if err := r.Release(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	refund(shipping.RefundNone)
	refund(shipping.RefundPending)
	if row := r.parcel(order); row.State != shipping.ParcelHeld || row.Printable() {
		t.Errorf("a second refund finds the parcel %s, reasons %v", row.State, row.Reasons)
	}
}

// Every change of what hinders a label is on the timeline, also when one hindrance takes another's place.
func TestHindrancesAreTold(t *testing.T) {
	t.Parallel()
	r, ed, _, order := edited(t)
	id := r.parcel(order).ID
	r.print(id)
	for _, step := range []struct {
		refund shipping.RefundStatus
		reason string
	}{{shipping.RefundPending, "station.order_refunding"}, {shipping.RefundDone, "station.order_refunded"}} {
		ed.become(func(o *shipping.Order) { o.Refund = step.refund })
		r.load()
		if !hasReason(r.parcel(order), step.reason) || !r.told(id, step.reason) {
			t.Errorf("%s is not told: reasons %v", step.reason, r.parcel(order).Reasons)
		}
	}
	// The packer who scans it must not be told that all is well.
	if s, err := r.Scan(t.Context(), string(r.parcel(order).Number)); err != nil || s.Result != app.ScanTroubled {
		t.Errorf("scanning a label of a refunded order gives %s, %v", s.Result, err)
	}
}
