package app_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"

	"printstation/app"
	"printstation/app/outbox"
	"printstation/app/shipping"
	"printstation/platform"
	"printstation/printing"
)

// interrupted is a renderer during whose first drawing something else happens.
type interrupted struct {
	printing.Renderer
	done atomic.Bool
	do   func() // may draw something itself
}

func (i *interrupted) Render(ctx context.Context, labels []shipping.Label) (printing.Rendered, error) {
	if !i.done.Swap(true) {
		i.do()
	}
	return i.Renderer.Render(ctx, labels)
}

// Between the drawing of a label and its intent on disk somebody else is faster. The label that was drawn must not come
// out any more.
func TestSomebodyIsFasterThanTheLabel(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		do    func(*rig, shipping.ParcelID, string) error
		pages int
	}{
		"printed elsewhere": {func(r *rig, id shipping.ParcelID, _ string) error {
			_, err := r.Print(r.t.Context(), app.PrintRequest{Parcels: []shipping.ParcelID{id}, Printer: "other"})
			return err
		}, 1},
		"number cancelled": {func(r *rig, id shipping.ParcelID, _ string) error { return r.CancelNumber(r.t.Context(), id) }, 0},
		"refunded": {func(r *rig, _ shipping.ParcelID, order string) error {
			err := r.world.RefundOrder(order)
			r.load()
			return err
		}, 0},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			album, art := newAlbum(renderer(t)), &interrupted{}
			r := newRig(t, rigOptions{wrap: func(o *app.Options) {
				art.Renderer, o.Renderer = album, art
				o.Printers = append(o.Printers, printing.Target{ID: "other", Printer: o.Printers[0].Printer})
			}})
			order := r.add(clean)
			r.load()
			id := r.parcel(order).ID
			art.do = func() {
				if err := c.do(r, id, order); err != nil {
					t.Error(err)
				}
			}
			r.print(id)
			if n := r.files(); n != c.pages {
				t.Errorf("%d documents, want %d", n, c.pages)
			}
			r.lanes()
			r.audit(album)
		})
	}
}

// busyPrinter lets something happen while a document is on its way.
type busyPrinter struct {
	printing.Printer
	do func()
}

func (p *busyPrinter) Send(ctx context.Context, device string, d printing.Document) error {
	p.do()
	return p.Printer.Send(ctx, device, d)
}

// busyShop lets something happen while a shipment is being confirmed.
type busyShop struct {
	cutShop
	do func()
}

func (s *busyShop) ConfirmShipments(ctx context.Context, ss []shipping.Shipment) ([]platform.ConfirmResult, error) {
	s.do()
	return s.cutShop.ConfirmShipments(ctx, ss)
}

// A number is not given back while its label is on its way, nor while its shipment is being confirmed.
func TestNumberIsBusy(t *testing.T) {
	t.Parallel()
	printer, shop, album := &busyPrinter{}, &busyShop{}, newAlbum(renderer(t))
	r := newRig(t, rigOptions{wrap: func(o *app.Options) {
		printer.Printer, o.Printers[0].Printer = o.Printers[0].Printer, printer
		shop.cutShop = cutShop{o.Shops[0].Adapter.(wholeShop), &power{}}
		o.Shops[0].Adapter, o.Renderer = shop, album
	}})
	order := r.add(clean)
	r.load()
	id := r.parcel(order).ID
	refusedFor := func(reason string) func() {
		return func() {
			var refused *app.RefusedError
			if err := r.CancelNumber(t.Context(), id); !errors.As(err, &refused) || refused.Reason.ID != reason {
				t.Errorf("cancelling gives %v, want %s", err, reason)
			}
		}
	}
	printer.do, shop.do = refusedFor("station.cancel_printing"), refusedFor("station.cancel_confirming")
	r.print(id)
	r.lanes()
	r.audit(album)
	if row := r.parcel(order); row.Confirm != outbox.Confirmed {
		t.Errorf("confirmation is %q", row.Confirm)
	}
}

// A label that is decided while its shop is missing from the settings is confirmed when the shop is back.
func TestShopIsBack(t *testing.T) {
	t.Parallel()
	lost := &press{} // knows no job: its labels are uncertain
	r := newRig(t, rigOptions{printer: lost})
	order := r.add(clean)
	r.load()
	r.print(r.parcel(order).ID)
	r.close()
	r.open(rigOptions{printer: lost, wrap: func(o *app.Options) { o.Shops = nil }})
	doubts, err := r.Doubts(t.Context())
	if err != nil || len(doubts) != 1 {
		t.Fatalf("%d doubts, %v", len(doubts), err)
	}
	if err := r.DecidePrinted(t.Context(), doubts[0].Label.ID); err != nil {
		t.Fatal(err)
	}
	r.close()
	r.open(rigOptions{printer: lost})
	r.lanes()
	if s := r.world.Snapshot().Shipment(order); s.Accepted != 1 || r.parcel(order).Confirm != outbox.Confirmed {
		t.Errorf("the platform has %+v, here it is %s", s, r.parcel(order).Confirm)
	}
}

// A reprint that fails or is lost does not undo the label that is there.
func TestReprintFails(t *testing.T) {
	t.Parallel()
	p := &press{statuses: []printing.JobStatus{{State: printing.JobCompleted, Printed: 1, Proof: shipping.ProofPaper}}}
	r := newRig(t, rigOptions{printer: p})
	order := r.add(clean)
	r.load()
	id := r.parcel(order).ID
	r.print(id)
	p.mu.Lock()
	p.begin = errors.New("paper out")
	p.mu.Unlock()
	res, err := r.Reprint(t.Context(), []shipping.ParcelID{id}, "")
	if err != nil || res.Items[0].Label != shipping.LabelFailed {
		t.Fatalf("the reprint is %+v, %v", res.Items, err)
	}
	if row := r.parcel(order); row.Label != shipping.LabelPrinted || row.Printable() {
		t.Errorf("the parcel's label is %s, printable %v", row.Label, row.Printable())
	}
	if s, err := r.Scan(t.Context(), order); err != nil || s.Result != app.ScanAlready {
		t.Errorf("scanning the order gives %s, %v", s.Result, err)
	}
}

// A label whose number was given back says "destroy me", whatever has become of its parcel since.
func TestScanOfGivenBackNumber(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	order := r.add(clean)
	r.load()
	id := r.parcel(order).ID
	r.print(id)
	old := string(r.parcel(order).Number)
	if err := r.CancelNumber(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	for _, when := range []string{"before", "after"} {
		s, err := r.Scan(t.Context(), old)
		if err != nil || s.Result != app.ScanTroubled || !hasReason(s.Rows[0], "station.number_void") {
			t.Errorf("%s the new label the old one scans as %s, %v", when, s.Result, err)
		}
		r.print(id)
	}
}
