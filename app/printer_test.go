package app_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"printstation/app"
	"printstation/app/outbox"
	"printstation/app/shipping"
	"printstation/platform/sandbox"
	"printstation/printing"
)

// press is a printer whose every word is scripted. Real printers are tested in their own packages.
type press struct {
	mu       sync.Mutex
	begin    error
	send     error
	statuses []printing.JobStatus // one a look; the last one stays
	looks    int
	onCancel *printing.JobStatus
	jobs     []printing.JobSpec
	sent     int
}

func (p *press) Begin(_ context.Context, j printing.JobSpec) (string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.begin != nil {
		return "", p.begin
	}
	p.jobs = append(p.jobs, j)
	return fmt.Sprintf("job-%d", len(p.jobs)), nil
}

func (p *press) Send(context.Context, string, printing.Document) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sent++
	return p.send
}

func (p *press) Status(context.Context, string) (printing.JobStatus, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.statuses) == 0 {
		return printing.JobStatus{}, printing.ErrNoJob
	}
	st := p.statuses[min(p.looks, len(p.statuses)-1)]
	p.looks++
	return st, nil
}

func (p *press) Cancel(context.Context, string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.onCancel != nil {
		p.statuses, p.looks = []printing.JobStatus{*p.onCancel}, 0
	}
	return nil
}

func (p *press) State(context.Context) (printing.PrinterState, error) {
	return printing.PrinterState{Ready: true}, nil
}

func paper(state printing.JobState, n int) printing.JobStatus {
	return printing.JobStatus{State: state, Printed: n, Proof: shipping.ProofPaper, InDoubt: 1}
}

// What a printer says decides what is printed, uncertain, or to print again; only what is printed is confirmed.
func TestEvidence(t *testing.T) {
	t.Parallel()
	const P, U, F, V = shipping.LabelPrinted, shipping.LabelUncertain, shipping.LabelFailed, shipping.LabelVoid
	cases := []struct {
		name  string
		press *press
		want  []shipping.LabelState
	}{
		{"all out", &press{statuses: []printing.JobStatus{paper(printing.JobPrinting, 1), paper(printing.JobPrinting, 2), {State: printing.JobCompleted, Printed: 3, Proof: shipping.ProofPaper}}}, []shipping.LabelState{P, P, P}},
		{"aborted after one", &press{statuses: []printing.JobStatus{paper(printing.JobAborted, 1)}}, []shipping.LabelState{P, U, F}},
		{"cancelled at the printer after one", &press{statuses: []printing.JobStatus{paper(printing.JobCancelled, 1)}}, []shipping.LabelState{P, U, V}},
		{"completed without proof", &press{statuses: []printing.JobStatus{{State: printing.JobCompleted}}}, []shipping.LabelState{U, U, U}},
		{"stops, and cancels when asked", &press{statuses: []printing.JobStatus{paper(printing.JobStopped, 1)}, onCancel: ptr(paper(printing.JobCancelled, 1))}, []shipping.LabelState{P, U, V}},
		{"stops, and does not even cancel", &press{statuses: []printing.JobStatus{paper(printing.JobStopped, 1)}}, []shipping.LabelState{P, U, U}},
		{"never got the document", &press{send: errors.New("cut"), statuses: []printing.JobStatus{{State: printing.JobHeld}}, onCancel: &printing.JobStatus{State: printing.JobCancelled}}, []shipping.LabelState{V, V, V}},
		{"forgets the job", &press{}, []shipping.LabelState{U, U, U}},
		{"nothing was sent", &press{send: fmt.Errorf("cable: %w", printing.ErrNotSent)}, []shipping.LabelState{F, F, F}},
		{"refuses the job", &press{begin: errors.New("media not loaded")}, []shipping.LabelState{F, F, F}},
		{"send broke, all came out", &press{send: errors.New("connection reset"), statuses: []printing.JobStatus{{State: printing.JobCompleted, Printed: 3, Proof: shipping.ProofPaper}}}, []shipping.LabelState{P, P, P}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, rigOptions{printer: c.press})
			ids, orders := r.three()
			res := r.print(ids...)
			r.lanes()
			snap := r.world.Snapshot()
			for i, item := range res.Items {
				if item.Label != c.want[i] {
					t.Errorf("label %d is %s, want %s", i+1, item.Label, c.want[i])
				}
				want := 0
				if c.want[i] == P {
					want = 1
				}
				if got := snap.Shipment(orders[i]).Attempts; got != want {
					t.Errorf("label %d is %s and was confirmed %d times", i+1, c.want[i], got)
				}
				row := r.parcel(orders[i])
				if again := c.want[i] == F || c.want[i] == V; row.Printable() != again {
					t.Errorf("label %d is %s, printable %v", i+1, c.want[i], row.Printable())
				}
			}
		})
	}
}

func ptr[T any](v T) *T { return &v }

// three puts three clean orders in place.
func (r *rig) three() (ids []shipping.ParcelID, orders []string) {
	r.t.Helper()
	for range 3 {
		orders = append(orders, r.add(clean))
	}
	r.load()
	for _, o := range orders {
		ids = append(ids, r.parcel(o).ID)
	}
	return ids, orders
}

// Uncertain labels wait for a person; what was lost is printed again with the mark, what was found is confirmed.
func TestUncertainIsDecided(t *testing.T) {
	t.Parallel()
	p := &press{}
	r := newRig(t, rigOptions{printer: p})
	ids, orders := r.three()
	r.print(ids...)
	doubts, err := r.Doubts(t.Context())
	if err != nil || len(doubts) != 3 {
		t.Fatalf("%d doubts, %v", len(doubts), err)
	}
	if res, err := r.Reprint(t.Context(), ids, ""); err != nil || p.sent != 1 {
		t.Errorf("uncertain labels were printed once more: %v, %v", res, err)
	}
	if err := r.DecidePrinted(t.Context(), doubts[0].Label.ID); err != nil {
		t.Fatal(err)
	}
	if err := r.DecideLost(t.Context(), doubts[1].Label.ID); err != nil {
		t.Fatal(err)
	}
	if err := r.DecideLost(t.Context(), doubts[0].Label.ID); err == nil {
		t.Error("a label was decided twice")
	}
	if s, err := r.Scan(t.Context(), string(doubts[2].Row.Number)); err != nil || s.Result != app.ScanVerified {
		t.Errorf("scanning an uncertain label gives %s, %v", s.Result, err)
	}
	r.lanes()
	snap := r.world.Snapshot()
	for i, want := range []int{1, 0, 1} {
		if got := snap.Shipment(orders[i]).Accepted; got != want {
			t.Errorf("order %d was shipped %d times, want %d", i+1, got, want)
		}
	}
	p.mu.Lock()
	p.statuses, p.looks = []printing.JobStatus{{State: printing.JobCompleted, Printed: 1, Proof: shipping.ProofPaper}}, 0
	p.mu.Unlock()
	r.print(ids...)
	r.lanes()
	if n := p.jobs[len(p.jobs)-1].Pages; n != 1 {
		t.Errorf("%d labels were printed again, want the lost one", n)
	}
	if got := r.world.Snapshot().Shipment(orders[1]).Accepted; got != 1 {
		t.Errorf("the label that was lost was shipped %d times", got)
	}
}

// A failed label is in the failed list until it is printed.
func TestPrinterTroubleIsListed(t *testing.T) {
	t.Parallel()
	p := &press{begin: errors.New("paper out")}
	r := newRig(t, rigOptions{printer: p})
	ids, _ := r.three()
	r.print(ids[0])
	ts, err := r.Troubles(t.Context())
	if err != nil || len(ts) != 1 || ts[0].Kind != app.TroublePrint || !strings.Contains(ts[0].Fault.Reason.Data["Error"], "paper out") {
		t.Fatalf("failed list %+v, %v", ts, err)
	}
	p.mu.Lock()
	p.begin, p.statuses = nil, []printing.JobStatus{{State: printing.JobCompleted, Printed: 1, Proof: shipping.ProofPaper}}
	p.mu.Unlock()
	r.print(ids[0])
	if ts, _ := r.Troubles(t.Context()); len(ts) != 0 {
		t.Errorf("failed list %+v after printing", ts)
	}
	if row, _ := r.Row(t.Context(), ids[0]); row.Label != shipping.LabelPrinted {
		t.Errorf("label is %s", row.Label)
	}
}

// A refused confirmation is in the failed list with the platform's words; mended and retried it goes through.
func TestRefusedConfirmation(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	order := r.add(clean)
	r.load()
	r.world.SetFaults(sandbox.Faults{Shipments: sandbox.RefuseOrder{Rule: sandbox.Rule{Next: 1}, Code: 60040, Text: "订单有退款需要处理"}})
	r.print(r.parcel(order).ID)
	r.lanes()
	ts, err := r.Troubles(t.Context())
	if err != nil || len(ts) != 1 || !strings.Contains(ts[0].Fault.Message, "退款") || ts[0].Fault.Class != shipping.ClassBusiness {
		t.Fatalf("failed list %+v, %v", ts, err)
	}
	if err := r.Retry(t.Context(), order); err != nil {
		t.Fatal(err)
	}
	r.lanes()
	if row := r.parcel(order); row.Confirm != outbox.Confirmed {
		t.Errorf("after retry %s", row.Confirm)
	}
	if err := r.Retry(t.Context(), order); !errors.Is(err, app.ErrNotFound) {
		t.Errorf("what is not failed was retried: %v", err)
	}
}
