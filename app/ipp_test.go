package app_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"printstation/app"
	"printstation/app/outbox"
	"printstation/app/shipping"
	"printstation/printing"
	"printstation/printing/ipp"
	"printstation/printing/ipp/ippevetest"
)

func openIPP(t *testing.T, eve *ippevetest.Printer) printing.Printer {
	t.Helper()
	p, err := ipp.Open(eve.URI)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// ippPace asks a real printer often, and is as patient with it as a bench is.
func ippPace() app.Pace {
	p := quickPace()
	p.JobPoll, p.JobSilence = 10*time.Millisecond, printing.SettleTime
	return p
}

// some puts clean orders in place.
func (r *rig) some(n int) (ids []shipping.ParcelID, orders []string) {
	r.t.Helper()
	for range n {
		orders = append(orders, r.add(clean))
	}
	r.load()
	for _, o := range orders {
		ids = append(ids, r.parcel(o).ID)
	}
	return ids, orders
}

// copies reads the newest label copy of each parcel.
func (r *rig) copies(ids []shipping.ParcelID) []shipping.LabelCopy {
	r.t.Helper()
	var newest []shipping.LabelCopy
	err := r.db.View(r.t.Context(), func(tx app.Tx) error {
		for _, id := range ids {
			of, err := tx.LabelsOf(id)
			if err != nil {
				return err
			}
			if len(of) == 0 {
				r.t.Fatalf("parcel %s has no label", id)
			}
			newest = append(newest, of[len(of)-1])
		}
		return nil
	})
	if err != nil {
		r.t.Fatal(err)
	}
	return newest
}

// onPaper checks that every label is printed on the printer's own word, and its order shipped once.
func (r *rig) onPaper(ids []shipping.ParcelID, orders []string) {
	r.t.Helper()
	for _, c := range r.copies(ids) {
		if c.State != shipping.LabelPrinted || c.Proof != shipping.ProofPaper {
			r.t.Errorf("label %s is %s by %q, want printed by the printer's own count: %s", c.ID, c.State, c.Proof, c.Reason)
		}
	}
	snap := r.world.Snapshot()
	for _, o := range orders {
		if s := snap.Shipment(o); s.Accepted != 1 || s.Attempts != 1 || r.parcel(o).Confirm != outbox.Confirmed {
			r.t.Errorf("order %s: %+v, here %s", o, s, r.parcel(o).Confirm)
		}
	}
}

// A batch on a real IPP printer that counts its sheets.
func TestBatchOnIPPPrinter(t *testing.T) {
	t.Parallel()
	eve := ippevetest.Start(t, ippevetest.Options{})
	r := newRig(t, rigOptions{printer: openIPP(t, eve), pace: ippPace()})
	ids, orders := r.some(3)
	r.print(ids...)
	r.lanes()
	r.onPaper(ids, orders)
	if n := len(eve.Paper()); n != 3 {
		t.Errorf("%d sheets came out, want 3", n)
	}
}

// leaps is a clock that runs as others do until it is told to leap: then each look at it is a minute later.
type leaps struct {
	mu    sync.Mutex
	ahead time.Duration
	on    bool
}

func (l *leaps) now() time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.on {
		l.ahead += time.Minute
	}
	return time.Now().Add(l.ahead)
}

func (l *leaps) leap(on bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.on = on
}

// The tray is empty after two of five labels, then the printer loses its power: two are printed and confirmed. Of the
// others nobody can say that they did not come out, since the job's end was never seen: they wait for a person, who finds
// no paper; the copies that come then bear the mark.
func TestPrinterDiesWithoutPaper(t *testing.T) {
	t.Parallel()
	eve := ippevetest.Start(t, ippevetest.Options{})
	eve.LoadPaper(2)
	clock := &leaps{}
	opt := rigOptions{printer: openIPP(t, eve), pace: ippPace(), wrap: func(o *app.Options) { o.Clock = clock.now }}
	r := newRig(t, opt)
	ids, orders := r.some(5)
	res, err := r.Print(t.Context(), app.PrintRequest{Parcels: ids, Progress: func(p app.Progress) {
		if p.Printed == 2 {
			eve.PowerOff()
			clock.leap(true)
		}
	}})
	clock.leap(false)
	if err != nil {
		t.Fatal(err)
	}
	for i, item := range res.Items {
		want := shipping.LabelUncertain
		if i < 2 {
			want = shipping.LabelPrinted
		}
		if item.Label != want || (i >= 2 && r.parcel(orders[i]).Printable()) {
			t.Errorf("label %d is %s, want %s", i+1, item.Label, want)
		}
	}
	r.lanes()
	r.onPaper(ids[:2], orders[:2])
	for _, o := range orders[2:] {
		if s := r.world.Snapshot().Shipment(o); s.Attempts != 0 {
			t.Errorf("order %s of an uncertain label was confirmed: %+v", o, s)
		}
	}
	r.close()
	eve.PowerOn()
	eve.LoadPaper(100)
	r.open(opt)
	if err := r.Recover(t.Context()); err != nil {
		t.Fatal(err)
	}
	r.decideAllLost(3)
	r.print(ids...)
	r.lanes()
	r.onPaper(ids, orders)
	for _, c := range r.copies(ids)[2:] {
		if c.Reprint != 1 {
			t.Errorf("label %s bears reprint mark %d, want 1: the first may turn up", c.ID, c.Reprint)
		}
	}
	if n := len(eve.Paper()); n != 5 {
		t.Errorf("%d sheets came out, want 5", n)
	}
}

func (r *rig) decideAllLost(want int) {
	r.t.Helper()
	doubts, err := r.Doubts(r.t.Context())
	if err != nil || len(doubts) != want {
		r.t.Fatalf("%d doubts, %v; want %d", len(doubts), err, want)
	}
	for _, d := range doubts {
		if err := r.DecideLost(r.t.Context(), d.Label.ID); err != nil {
			r.t.Fatal(err)
		}
	}
}

// The station dies when its document is at the printer. The next one follows the job to its end: nobody need decide.
func TestRestartFollowsThePrinter(t *testing.T) {
	t.Parallel()
	eve := ippevetest.Start(t, ippevetest.Options{PerPage: 20 * time.Millisecond})
	plug := &power{}
	opt := rigOptions{printer: openIPP(t, eve), pace: ippPace()}
	r := newRig(t, opt)
	ids, orders := r.some(4)
	r.close()
	plug.cutOn = "after a document was sent"
	cut := opt
	cut.wrap = plug.plugIn(r.labels)
	r.open(cut)
	if _, err := r.Print(t.Context(), app.PrintRequest{Parcels: ids}); err == nil || !plug.gone() {
		t.Fatalf("the power did not go: %v", err)
	}
	r.close()
	r.open(opt)
	if err := r.Recover(t.Context()); err != nil {
		t.Fatal(err)
	}
	r.lanes()
	r.onPaper(ids, orders)
	if n := len(eve.Paper()); n != 4 {
		t.Errorf("%d sheets came out, want 4", n)
	}
}

// A batch that is cancelled in the middle of a job: what came out is printed or uncertain, what surely did not can be
// printed again, and nothing else is confirmed.
func TestBatchCancelledAtThePrinter(t *testing.T) {
	t.Parallel()
	const all = 12
	eve := ippevetest.Start(t, ippevetest.Options{PerPage: 30 * time.Millisecond})
	eve.AbortAt(all - 2) // this engine hears no "cancel", so something must end the job before its last page
	r := newRig(t, rigOptions{printer: openIPP(t, eve), pace: ippPace()})
	ids, orders := r.some(all)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	res, err := r.Print(ctx, app.PrintRequest{Parcels: ids, Progress: func(p app.Progress) {
		if p.Printed >= 2 {
			cancel()
		}
	}})
	if err != nil || !res.Cancelled {
		t.Fatalf("cancelled %v, %v", res.Cancelled, err)
	}
	r.lanes()
	out, again := len(eve.Paper()), 0
	snap := r.world.Snapshot()
	for i, c := range r.copies(ids) {
		shipped := snap.Shipment(orders[i]).Accepted
		switch c.State {
		case shipping.LabelPrinted:
			if i >= out || shipped != 1 {
				t.Errorf("label %d is printed, %d sheets came out, shipped %d times", i+1, out, shipped)
			}
		case shipping.LabelUncertain:
			if shipped != 0 {
				t.Errorf("label %d is uncertain and was shipped", i+1)
			}
		default:
			again++
			if i < out || shipped != 0 || !r.parcel(orders[i]).Printable() {
				t.Errorf("label %d is %s, %d sheets came out, shipped %d times", i+1, c.State, out, shipped)
			}
		}
	}
	if again == 0 || out == all {
		t.Errorf("%d sheets came out and %d labels can be printed again: the test shows nothing", out, again)
	}
}
