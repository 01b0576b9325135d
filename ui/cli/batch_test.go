package cli

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"printstation/app"
	"printstation/app/outbox"
	"printstation/app/shipping"
)

// mixed is a bench with one parcel in each situation that a batch can meet.
func mixed() *fakeBench {
	b := &fakeBench{after: map[shipping.ParcelID]app.Row{}}
	add := func(r app.Row, after func(*app.Row)) {
		b.rows = append(b.rows, r)
		if after != nil {
			to := printedRow(r, len(b.rows), outbox.Confirmed)
			after(&to)
			b.after[r.ID] = to
		}
	}
	add(pending("dy1/1", "1001"), nil)
	add(pending("dy1/2", "1002"), func(r *app.Row) { r.Confirm = outbox.NotRequired })
	add(pending("dy1/3", "1003"), func(r *app.Row) { r.Confirm = outbox.Waiting })
	add(pending("dy1/4", "1004"), func(r *app.Row) { r.Label, r.Confirm = shipping.LabelUncertain, "" })
	add(pending("dy1/5", "1005"), func(r *app.Row) {
		r.Confirm, r.Fault = outbox.Failed, &shipping.Fault{Class: shipping.ClassBusiness, Code: "60110", Message: "订单已发货"}
	})
	add(pending("dy1/6", "1006"), func(r *app.Row) {
		r.State, r.Label, r.Number, r.Confirm = shipping.ParcelRefused, "", "", ""
		r.Fault = &shipping.Fault{Class: shipping.ClassData, Code: "4006", Message: "订单号非法"}
	})
	add(pending("dy1/7", "1007"), func(r *app.Row) {
		r.Label, r.Confirm, r.Fault = shipping.LabelFailed, "", &shipping.Fault{Message: "paper jam"}
	})
	add(pending("dy1/8", "1008"), func(r *app.Row) { r.Label, r.Confirm = shipping.LabelSpooled, "" })
	add(pending("dy1/9", "1009"), func(r *app.Row) {
		r.State, r.Label, r.Number, r.Confirm = shipping.ParcelRequested, "", "", ""
	})
	invalid := pending("dy1/10", "1010")
	invalid.State, invalid.Reasons = shipping.ParcelInvalid, []shipping.Reason{shipping.Because("station.order_refunded")}
	add(invalid, nil)
	held := pending("dy2/1", "2001")
	held.State, held.Reasons = shipping.ParcelHeld, []shipping.Reason{shipping.Because("station.order_refunding")}
	add(held, nil)
	b.rows = append(b.rows, printedRow(pending("dy1/90", "1090"), 1, outbox.Confirmed), // settled before: not spoken of
		printedRow(pending("dy1/91", "1091"), 2, outbox.Parked)) // left over: spoken of
	return b
}

func TestBatchJSON(t *testing.T) {
	t.Parallel()
	r := newRun(mixed()).do(t, "batch", "--demo", "--json", "--data", t.TempDir())
	r.wantCode(t, ExitAttention)

	var keys map[string]json.RawMessage
	if err := json.Unmarshal([]byte(r.stdout), &keys); err != nil {
		t.Fatalf("standard output is not one JSON object: %v\n%s", err, r.stdout)
	}
	var names []string
	for k := range keys {
		names = append(names, k)
	}
	slices.Sort(names)
	want := []string{"confirmed", "failed", "invalid", "items", "orders", "parcels", "printed", "seconds", "uncertain", "waiting", "waybills"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Errorf("keys (-want +got):\n%s", diff)
	}
	var got Report
	if err := json.Unmarshal([]byte(r.stdout), &got); err != nil {
		t.Fatal(err)
	}
	states := map[shipping.OrderID]State{}
	for _, it := range got.Items {
		states[it.OrderIDs[0]] = it.State
		if it.State != StateConfirmed && it.State != StatePrinted && it.Reason == "" {
			t.Errorf("order %s is %s without a reason", it.OrderIDs[0], it.State)
		}
	}
	wantStates := map[shipping.OrderID]State{
		"1001": StateConfirmed, "1002": StatePrinted, "1003": StateWaiting, "1004": StateUncertain, "1005": StateFailed,
		"1006": StateRefused, "1007": StateFailed, "1008": StatePrinting, "1009": StatePending, "1010": StateInvalid,
		"2001": StateHeld, "1091": StateWaiting,
	}
	if diff := cmp.Diff(wantStates, states); diff != "" {
		t.Errorf("states (-want +got):\n%s", diff)
	}
	got.Items, got.Seconds = nil, 0
	counts := Report{
		Orders: 12, Invalid: 1, Parcels: 12, Waybills: 8, Printed: 5, Confirmed: 1, Failed: 3, Uncertain: 1, Waiting: 4,
	}
	if diff := cmp.Diff(counts, got); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
	if sum := got.Invalid + got.Failed + got.Uncertain + got.Waiting + got.Confirmed + 1 + 1; sum != got.Parcels { // one held, one printed
		t.Errorf("the counts add up to %d, not to %d parcels", sum, got.Parcels)
	}
	if r.bench.closed != 1 || r.bench.recovered != 1 || r.bench.lanes != 0 {
		t.Errorf("closed %d times, recovered %d times, %d lanes still run", r.bench.closed, r.bench.recovered, r.bench.lanes)
	}
}

// Each outcome alone decides the exit code.
func TestBatchExitCode(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*fakeBench)
		code   int
	}{
		"all confirmed":  {func(*fakeBench) {}, ExitOK},
		"nothing to do":  {func(b *fakeBench) { b.rows = nil }, ExitOK},
		"invalid order":  {func(b *fakeBench) { b.rows[0].State = shipping.ParcelInvalid }, ExitOK},
		"held order":     {func(b *fakeBench) { b.rows[0].State = shipping.ParcelHeld }, ExitOK},
		"refused number": {func(b *fakeBench) { b.rows[0].State = shipping.ParcelRefused }, ExitAttention},
		"waiting":        {func(b *fakeBench) { b.rows[0] = printedRow(b.rows[0], 1, outbox.Waiting) }, ExitAttention},
		"uncertain":      {func(b *fakeBench) { b.rows[0].Label, b.rows[0].State = shipping.LabelUncertain, shipping.ParcelIssued }, ExitAttention},
		"shop unread":    {func(b *fakeBench) { b.loaded.Faults = map[shipping.ShopID]*shipping.Fault{"dy1": {Message: "x"}} }, ExitAttention},
		"printing breaks": {func(b *fakeBench) {
			b.onPrint = func(context.Context, app.PrintRequest) error { return errors.New("disk") }
		}, ExitAttention},
		"never settles": {func(b *fakeBench) {
			b.settle = func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }
			b.after = map[shipping.ParcelID]app.Row{"dy1/1": printedRow(b.rows[0], 1, outbox.Waiting)}
		}, ExitAttention},
		"settling breaks": {func(b *fakeBench) { b.settle = func(context.Context) error { return errors.New("disk") } }, ExitAttention},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := &fakeBench{rows: []app.Row{pending("dy1/1", "1001")}}
			c.change(b)
			newRun(b).do(t, "batch", "--demo", "--wait", "20ms", "--data", t.TempDir()).wantCode(t, c.code)
		})
	}
}

func TestBatchChooses(t *testing.T) {
	t.Parallel()
	rows := func() *fakeBench {
		return &fakeBench{rows: []app.Row{pending("dy1/1", "1"), pending("dy1/2", "2"), pending("dy2/1", "3"), pending("dy2/2", "4")}}
	}
	r := newRun(rows()).do(t, "batch", "--demo", "--json", "--limit", "3", "--printer", "bench", "--data", t.TempDir())
	r.wantCode(t, ExitOK)
	if diff := cmp.Diff([]shipping.ParcelID{"dy1/1", "dy1/2", "dy2/1"}, r.bench.asked.Parcels); diff != "" || r.bench.asked.Printer != "bench" {
		t.Errorf("--limit 3 --printer bench printed at %q:\n%s", r.bench.asked.Printer, diff)
	}
	var got Report
	if err := json.Unmarshal([]byte(r.stdout), &got); err != nil || got.Parcels != 3 {
		t.Errorf("--limit 3 reports %d parcels, %v", got.Parcels, err)
	}
	r = newRun(rows()).do(t, "batch", "--demo", "--shop", "dy2", "--data", t.TempDir())
	r.wantCode(t, ExitOK)
	if diff := cmp.Diff([]shipping.ParcelID{"dy2/1", "dy2/2"}, r.bench.asked.Parcels); diff != "" {
		t.Errorf("--shop dy2:\n%s", diff)
	}
	for _, args := range [][]string{{"--shop", "dy9"}, {"--printer", "none"}, {"--limit", "-1"}, {"--wait", "-1s"}, {"extra"}} {
		r := newRun(rows()).do(t, append([]string{"batch", "--demo", "--data", t.TempDir()}, args...)...)
		r.wantCode(t, ExitUsage)
		if r.bench.asked.Parcels != nil || r.stdout != "" || r.stderr == "" {
			t.Errorf("%v: printed %v, said %q on standard output", args, r.bench.asked.Parcels, r.stdout)
		}
	}
}

// An interrupt in the midst of printing leaves a report of what is left, and nothing running.
func TestBatchInterrupted(t *testing.T) {
	t.Parallel()
	ctx, interrupt := context.WithCancel(t.Context())
	b := &fakeBench{rows: []app.Row{pending("dy1/1", "1"), pending("dy1/2", "2")}}
	b.onPrint = func(context.Context, app.PrintRequest) error {
		b.rows[0] = printedRow(b.rows[0], 1, outbox.Confirmed)
		interrupt()
		return nil
	}
	b.settle = func(context.Context) error { t.Error("an interrupted batch waits"); return nil }
	r := newRun(b).doWith(t, ctx, "batch", "--demo", "--json", "--data", t.TempDir())
	r.wantCode(t, ExitAttention)
	var got Report
	if err := json.Unmarshal([]byte(r.stdout), &got); err != nil {
		t.Fatal(err)
	}
	if got.Confirmed != 1 || got.Waiting != 1 || got.Items[1].State != StatePending {
		t.Errorf("reported %+v", got)
	}
	if b.lanes != 0 || b.closed != 1 {
		t.Errorf("%d lanes run, closed %d times", b.lanes, b.closed)
	}
}

func TestBatchSummary(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "J1.pdf"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for lang, said := range map[string][]string{
		"en": {"orders", "12", "refund", "订单号非法", "60110", "the labels lie in " + folder, "uncertain printed dy1/4-1"},
		"zh": {"订单", "12", "退款", "订单号非法", "60110", "面单在 " + folder},
	} {
		r := newRun(mixed())
		r.deps.LabelFolder = func(Options, string) string { return folder }
		r.bench.remedy = func(f shipping.Fault) string { return "do " + f.Code }
		r.do(t, "batch", "--demo", "--lang", lang, "--data", t.TempDir())
		r.wantCode(t, ExitAttention)
		wantSaid(t, r.stdout, said...)
		wantSaid(t, r.stdout, "→ do 4006")
	}
}

func TestBatchWaitsNoLongerThanTold(t *testing.T) {
	t.Parallel()
	b := &fakeBench{rows: []app.Row{pending("dy1/1", "1")}}
	var left time.Duration
	b.settle = func(ctx context.Context) error {
		deadline, ok := ctx.Deadline()
		if !ok {
			t.Error("waits without a deadline")
		}
		left = time.Until(deadline)
		return nil
	}
	newRun(b).do(t, "batch", "--demo", "--data", t.TempDir()).wantCode(t, ExitOK)
	if left < time.Minute || left > 2*time.Minute {
		t.Errorf("by default it waits %s", left)
	}
	b.settle = func(context.Context) error { t.Error("--wait 0 waits"); return nil }
	newRun(b).do(t, "batch", "--demo", "--wait", "0", "--data", t.TempDir()).wantCode(t, ExitOK)
}

// Orders that cannot be taken in, for want of the key or of room, hold up no confirmation of what was printed before.
func TestBatchConfirmsWhenOrdersCannotBeKept(t *testing.T) {
	t.Parallel()
	b := &fakeBench{rows: []app.Row{printedRow(pending("dy1/1", "1001"), 1, outbox.Waiting)}, loadErr: errors.New("the key is gone")}
	b.settle = func(context.Context) error {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.rows[0].Confirm = outbox.Confirmed
		return nil
	}
	r := newRun(b).do(t, "batch", "--demo", "--json", "--data", t.TempDir())
	r.wantCode(t, ExitAttention)
	wantSaid(t, r.stderr, "the key is gone")
	wantSaid(t, r.stdout, `"confirmed": 1`)
}

// A parcel held for want of the key is nobody's decision: the batch is not at peace with it, as it is with a refund.
func TestBatchHeldForTheKey(t *testing.T) {
	t.Parallel()
	row := pending("dy1/1", "1001")
	row.State, row.Reasons = shipping.ParcelHeld, []shipping.Reason{shipping.Because("station.personal_locked")}
	newRun(&fakeBench{rows: []app.Row{row}}).do(t, "batch", "--demo", "--data", t.TempDir()).wantCode(t, ExitOK)
	row.Sealed = shipping.SealLocked
	r := newRun(&fakeBench{rows: []app.Row{row}}).do(t, "batch", "--demo", "--data", t.TempDir())
	r.wantCode(t, ExitAttention)
	wantSaid(t, r.stdout, "1001", "printstation recovery import")
}

// Why a label could not be drawn is kept by no parcel: the report has it from the printing itself.
func TestBatchTellsWhyNotDrawn(t *testing.T) {
	t.Parallel()
	row := pending("dy1/1", "1001")
	b := &fakeBench{rows: []app.Row{row}, after: map[shipping.ParcelID]app.Row{row.ID: row}}
	b.result = []app.PrintItem{{Parcel: row.ID, Reasons: []shipping.Reason{shipping.Because("station.personal_destroyed")}}}
	r := newRun(b).do(t, "batch", "--demo", "--lang", "en", "--data", t.TempDir())
	r.wantCode(t, ExitAttention)
	wantSaid(t, r.stdout, "1001", "The personal data was destroyed")
}

func TestBatchUnreadableOrders(t *testing.T) {
	t.Parallel()
	b := &fakeBench{loaded: app.LoadResult{Unreadable: []error{errors.New("order 77: no items")}}}
	r := newRun(b).do(t, "batch", "--demo", "--json", "--data", t.TempDir())
	r.wantCode(t, ExitOK)
	var got Report
	if err := json.Unmarshal([]byte(r.stdout), &got); err != nil || got.Invalid != 1 || got.Orders != 1 || len(got.Items) != 1 {
		t.Errorf("reported %s (%v)", r.stdout, err)
	}
	wantSaid(t, r.stdout, "order 77", `"order_ids": []`)
}
