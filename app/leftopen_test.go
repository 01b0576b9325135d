package app_test

import (
	"testing"

	"printstation/app"
	"printstation/app/outbox"
	"printstation/app/shipping"
	"printstation/platform"
	"printstation/printing"
)

// An order that was closed before it had a number leaves the list to print; nobody can do anything for it.
func TestClosedOrderLeavesTheList(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	order := r.add(clean)
	r.load()
	if err := r.world.CloseOrder(order); err != nil {
		t.Fatal(err)
	}
	r.load()
	rows, err := r.Rows(t.Context(), app.Filter{View: app.ViewToPrint, Text: order})
	if err != nil || len(rows) != 0 {
		t.Errorf("a closed order is still to print: %+v, %v", rows, err)
	}
	if row := r.parcel(order); row.State != shipping.ParcelHeld || len(row.Reasons) == 0 {
		t.Errorf("among all parcels it is %s with %v", row.State, row.Reasons)
	}
}

// A label that a person called lost and that is scanned after all was not lost: it counts, and is confirmed.
func TestLostLabelTurnsUp(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{printer: &press{}})
	ids, orders := r.three()
	r.print(ids[0])
	doubts, err := r.Doubts(t.Context())
	if err != nil || len(doubts) != 1 {
		t.Fatalf("%d doubts, %v", len(doubts), err)
	}
	if err := r.DecideLost(t.Context(), doubts[0].Label.ID); err != nil {
		t.Fatal(err)
	}
	if row := r.parcel(orders[0]); !row.Printable() {
		t.Fatal("a lost label is not to print again")
	}
	scan, err := r.Scan(t.Context(), string(doubts[0].Label.Number))
	if err != nil || scan.Result != app.ScanVerified {
		t.Fatalf("scanning it gives %s, %v", scan.Result, err)
	}
	r.lanes()
	if row := r.parcel(orders[0]); row.Printable() || row.Label != shipping.LabelVerified || row.Confirm != outbox.Confirmed {
		t.Errorf("it is %s, %s, printable %v", row.Label, row.Confirm, row.Printable())
	}
}

// What a run left open is taken up while it runs, not only by the next one: here a job that was recorded and never sent.
func TestRunTakesUpWhatIsOpen(t *testing.T) {
	t.Parallel()
	p := &press{statuses: []printing.JobStatus{{State: printing.JobCompleted, Printed: 1, Proof: shipping.ProofPaper}}}
	r := newRig(t, rigOptions{printer: p})
	ids, orders := r.three()
	r.print(ids[0])
	row := r.parcel(orders[0])
	err := r.db.Update(t.Context(), func(tx app.Tx) error {
		job := shipping.PrintJob{ID: "J0000099", Printer: "bench", Labels: []shipping.LabelID{shipping.MakeLabelID(ids[0], 2)}, Open: true}
		if err := tx.PutJob(job); err != nil {
			return err
		}
		return tx.PutLabel(shipping.LabelCopy{
			ID: job.Labels[0], Parcel: ids[0], Number: row.Number, State: shipping.LabelQueued, Job: job.ID, Page: 1, Printer: "bench", Reprint: 1,
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	changes, stop := r.Changes()
	defer stop()
	ended := make(chan struct{})
	go func() { _ = r.Run(t.Context()); close(ended) }()
	t.Cleanup(func() { <-ended })
	for {
		events, err := r.Timeline(t.Context(), ids[0])
		if err != nil {
			t.Fatal(err)
		}
		if last := events[len(events)-1]; last.Label == shipping.MakeLabelID(ids[0], 2) && last.To == string(shipping.LabelVoid) {
			break
		}
		select {
		case <-changes:
		case <-t.Context().Done():
			t.Fatal("the open job was never taken up")
		}
	}
}

// An adapter that confirms but cannot say what became of it is refused at the start, not found out at the first lost
// answer.
func TestConfirmerMustRead(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	_, err := app.New(app.Options{
		Store: r.db, Outbox: r.db.Outbox(), Renderer: renderer(t),
		Shops: []app.Shop{{ID: "x", Adapter: struct{ platform.ShipmentConfirmer }{}}},
	})
	if err == nil {
		t.Error("a shop that cannot read its orders was opened")
	}
}
