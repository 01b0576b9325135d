package app_test

import (
	"context"
	"crypto/sha256"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"printstation/app"
	"printstation/app/outbox"
	"printstation/app/shipping"
	"printstation/platform/sandbox"
	"printstation/printing"
)

// album remembers what was drawn in each document, over restarts: what lies in the folder can be read by its bytes.
type album struct {
	printing.Renderer
	mu    sync.Mutex
	pages map[[sha256.Size]byte][]shipping.Label
	fail  error // of every Render while it is set
}

func newAlbum(r printing.Renderer) *album {
	return &album{Renderer: r, pages: map[[sha256.Size]byte][]shipping.Label{}}
}

func (a *album) Render(ctx context.Context, labels []shipping.Label) (printing.Rendered, error) {
	a.mu.Lock()
	fail := a.fail
	a.mu.Unlock()
	if fail != nil {
		return printing.Rendered{}, fail
	}
	out, err := a.Renderer.Render(ctx, labels)
	if err != nil {
		return out, err
	}
	drawn := make([]shipping.Label, out.Document.Pages)
	for i, l := range out.Labels {
		if l.Page > 0 {
			drawn[l.Page-1] = labels[i]
		}
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.pages[sha256.Sum256(out.Document.Data)] = drawn
	return out, nil
}

func (a *album) failing(err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.fail = err
}

// folder gives the labels of each document in the label folder, page by page.
func (r *rig) folder(a *album) map[string][]shipping.Label {
	r.t.Helper()
	entries, err := os.ReadDir(r.labels)
	if err != nil && !os.IsNotExist(err) {
		r.t.Fatal(err)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	found := map[string][]shipping.Label{}
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".pdf") {
			continue
		}
		data, err := os.ReadFile(filepath.Join(r.labels, e.Name()))
		if err != nil {
			r.t.Fatal(err)
		}
		labels, known := a.pages[sha256.Sum256(data)]
		if !known {
			r.t.Errorf("%s is no document that was drawn", e.Name())
		}
		found[e.Name()] = labels
	}
	return found
}

// books holds platform, folder and store against each other.
type books struct {
	*rig
	world   sandbox.Snapshot
	orderOf map[shipping.TrackingNumber]string   // live and cancelled
	live    map[shipping.TrackingNumber]bool     // not cancelled
	papers  map[shipping.TrackingNumber]int      // pages in the folder
	ofLabel map[shipping.LabelID]bool            // labels whose page lies in the folder
	numbers map[string][]shipping.TrackingNumber // by order, in order of issue
}

// audit checks all that must hold at any time when nothing is under way.
func (r *rig) audit(a *album) *books {
	r.t.Helper()
	b := &books{
		rig: r, world: r.world.Snapshot(), orderOf: map[shipping.TrackingNumber]string{}, live: map[shipping.TrackingNumber]bool{},
		papers: map[shipping.TrackingNumber]int{}, ofLabel: map[shipping.LabelID]bool{}, numbers: map[string][]shipping.TrackingNumber{},
	}
	b.checkNumbers()
	b.checkPaper(r.folder(a))
	b.checkShipments()
	b.checkStore()
	return b
}

// checkNumbers: no order holds two numbers at a time, no number serves two, and no request was made in other bytes.
func (b *books) checkNumbers() {
	b.t.Helper()
	last := map[string]sandbox.WaybillRecord{}
	for _, w := range b.world.Waybills {
		n := shipping.TrackingNumber(w.Number)
		if other := b.orderOf[n]; other != "" {
			b.t.Errorf("number %s serves the orders %s and %s", n, other, w.OrderID)
		}
		if w.AskedElsewise > 0 || w.AskedCancelled > 0 {
			b.t.Errorf("order %s: asked %d times in other bytes, %d times for a number given back", w.OrderID, w.AskedElsewise, w.AskedCancelled)
		}
		if old, again := last[w.OrderID]; again && (!old.Cancelled || old.CancelledAt.After(w.IssuedAt)) {
			b.t.Errorf("order %s got number %s while it held %s", w.OrderID, w.Number, old.Number)
		}
		last[w.OrderID] = w
		b.orderOf[n], b.live[n] = w.OrderID, !w.Cancelled
		b.numbers[w.OrderID] = append(b.numbers[w.OrderID], n)
	}
}

// checkPaper: each page bears the number of its order, and each number has at most one page without a reprint mark.
func (b *books) checkPaper(docs map[string][]shipping.Label) {
	b.t.Helper()
	plain := map[shipping.TrackingNumber]int{}
	for name, labels := range docs {
		for i, l := range labels {
			if order := b.orderOf[l.Number]; order == "" || order != string(l.Orders[0]) {
				b.t.Errorf("%s page %d bears number %s for order %s; the platform gave it to %q", name, i+1, l.Number, l.Orders[0], order)
			}
			b.papers[l.Number]++
			b.ofLabel[l.ID] = true
			if l.Reprint == 0 {
				plain[l.Number]++
			}
		}
	}
	for n, count := range plain {
		if count > 1 {
			b.t.Errorf("number %s is on %d pages without a reprint mark", n, count)
		}
	}
}

// checkShipments: nothing is shipped twice, under a number of another order or a cancelled one, or without paper.
func (b *books) checkShipments() {
	b.t.Helper()
	for _, s := range b.world.Shipments {
		n := shipping.TrackingNumber(s.Number)
		if s.Accepted == 0 {
			continue
		}
		if s.Accepted > 1 || b.orderOf[n] != s.OrderID || !b.live[n] {
			b.t.Errorf("order %s: accepted %d times under %q, which is of %q, live %v", s.OrderID, s.Accepted, n, b.orderOf[n], b.live[n])
		}
		if b.papers[n] == 0 {
			b.t.Errorf("order %s was confirmed under %s, of which there is no page", s.OrderID, n)
		}
	}
}

// checkStore: what the store says of numbers, paper and confirmations is so.
func (b *books) checkStore() {
	b.t.Helper()
	err := b.db.View(b.t.Context(), func(tx app.Tx) error {
		for p, err := range tx.Parcels([]shipping.ShopID{"dy1"}) {
			if err != nil {
				return err
			}
			if err := b.checkParcel(tx, p); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.t.Error(err)
	}
}

func (b *books) checkParcel(tx app.Tx, p shipping.Parcel) error {
	order := string(p.Lead())
	if p.Waybill != nil && (b.orderOf[p.Waybill.Number] != order || (!p.Cancelling && !b.live[p.Waybill.Number])) {
		b.t.Errorf("parcel %s holds %s, which is of order %q, live %v", p.ID, p.Waybill.Number, b.orderOf[p.Waybill.Number], b.live[p.Waybill.Number])
	}
	copies, err := tx.LabelsOf(p.ID)
	if err != nil {
		return err
	}
	counts := false
	for _, c := range copies {
		counts = counts || c.State.Counts()
		said := c.State == shipping.LabelPrinted || c.State == shipping.LabelVerified
		if said && !b.ofLabel[c.ID] {
			b.t.Errorf("label %s is %s, and its page is not there", c.ID, c.State)
		}
	}
	if counts != p.Labelled {
		b.t.Errorf("parcel %s: labelled %v, copies %+v", p.ID, p.Labelled, copies)
	}
	entries, err := tx.EntriesOf(p.ID)
	if err != nil {
		return err
	}
	for _, e := range entries {
		accepted := b.world.Shipment(string(e.Order))
		if e.State == outbox.Confirmed && (accepted.Accepted != 1 || accepted.Number != string(e.Number)) {
			b.t.Errorf("entry %s is confirmed, the platform has %+v", e.ID, accepted)
		}
	}
	return nil
}
