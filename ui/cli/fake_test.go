package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"printstation/app"
	"printstation/app/doctor"
	"printstation/app/outbox"
	"printstation/app/settings"
	"printstation/app/shipping"
)

// fakeBench is a bench of rows in memory. Print moves each printable row to the state in after, or to confirmed.
type fakeBench struct {
	mu       sync.Mutex
	rows     []app.Row
	after    map[shipping.ParcelID]app.Row
	loaded   app.LoadResult
	loadErr  error
	troubles []app.Trouble
	doubts   []app.Doubt
	onPrint  func(ctx context.Context, r app.PrintRequest) error
	settle   func(ctx context.Context) error
	retryErr error
	result   []app.PrintItem // what Print tells

	remedy    func(f shipping.Fault) string
	asked     app.PrintRequest
	decided   map[string][]shipping.LabelID
	retried   []string
	recovered int
	closed    int
	lanes     int // running now
}

func (f *fakeBench) Recover(context.Context) error { f.recovered++; return nil }

func (f *fakeBench) Load(context.Context, ...shipping.ShopID) (app.LoadResult, error) {
	return f.loaded, f.loadErr
}

func (f *fakeBench) Rows(_ context.Context, q app.Filter) ([]app.Row, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	var rows []app.Row
	for _, r := range f.rows {
		labelled := r.Label.Counts()
		if (q.View == app.ViewPrinted) == labelled && (len(q.Shops) == 0 || slices.Contains(q.Shops, r.Shop)) {
			rows = append(rows, r)
		}
	}
	return rows, nil
}

func (f *fakeBench) Row(_ context.Context, id shipping.ParcelID) (app.Row, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, r := range f.rows {
		if r.ID == id {
			return r, nil
		}
	}
	return app.Row{}, app.ErrNotFound
}

func (f *fakeBench) Print(ctx context.Context, r app.PrintRequest) (app.PrintResult, error) {
	f.asked = r
	if f.onPrint != nil {
		if err := f.onPrint(ctx, r); err != nil {
			return app.PrintResult{}, err
		}
	}
	if ctx.Err() != nil {
		return app.PrintResult{Cancelled: true}, nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	for i, row := range f.rows {
		if !slices.Contains(r.Parcels, row.ID) {
			continue
		}
		if to, ok := f.after[row.ID]; ok {
			f.rows[i] = to
			continue
		}
		f.rows[i] = printedRow(row, i+1, outbox.Confirmed)
	}
	if r.Progress != nil {
		r.Progress(app.Progress{Total: len(r.Parcels), Issued: len(r.Parcels), Printed: len(r.Parcels)})
	}
	return app.PrintResult{Batch: "A1", Items: f.result}, nil
}

func (f *fakeBench) RunLanes(ctx context.Context) error {
	f.mu.Lock()
	f.lanes++
	f.mu.Unlock()
	<-ctx.Done()
	f.mu.Lock()
	f.lanes--
	f.mu.Unlock()
	return nil
}

func (f *fakeBench) Settle(ctx context.Context) error {
	if f.settle != nil {
		return f.settle(ctx)
	}
	return nil
}

func (f *fakeBench) Status(context.Context) (app.Status, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	st := app.Status{
		Shops:    []app.ShopStatus{{ID: "dy1"}, {ID: "dy2"}},
		Printers: []app.PrinterStatus{{ID: "bench", Default: true}},
	}
	for _, r := range f.rows {
		switch r.Confirm {
		case outbox.Waiting:
			st.Queue.Waiting++
		case outbox.Parked:
			st.Queue.Parked++
		}
		if r.Label == shipping.LabelUncertain {
			st.Uncertain++
		}
	}
	return st, nil
}

func (f *fakeBench) Doubts(context.Context) ([]app.Doubt, error) { return f.doubts, nil }

func (f *fakeBench) DecidePrinted(_ context.Context, ids ...shipping.LabelID) error {
	f.decided["printed"] = ids
	return nil
}

func (f *fakeBench) DecideLost(_ context.Context, ids ...shipping.LabelID) error {
	f.decided["lost"] = ids
	return nil
}

func (f *fakeBench) Troubles(context.Context) ([]app.Trouble, error) { return f.troubles, nil }

func (f *fakeBench) Retry(_ context.Context, ids ...string) error {
	f.retried = ids
	return f.retryErr
}

func (f *fakeBench) Explain(_ shipping.ShopID, fault shipping.Fault, _ string) (cause, remedy string) {
	if f.remedy == nil {
		return "", ""
	}
	return "", f.remedy(fault)
}

// pending is a row to print.
func pending(id shipping.ParcelID, order shipping.OrderID) app.Row {
	return app.Row{
		ID: id, Shop: id.Shop(), Orders: []shipping.OrderID{order}, Carrier: "zhongtong", State: shipping.ParcelPending,
		Request: shipping.RequestID(string(id) + "-r"),
	}
}

// printedRow is the row with its label on paper.
func printedRow(r app.Row, page int, confirm outbox.State) app.Row {
	r.State, r.Label, r.Confirm = shipping.ParcelIssued, shipping.LabelPrinted, confirm
	r.Number, r.Document, r.Page = shipping.TrackingNumber("ZT"+string(r.Orders[0])), "J1.pdf", page
	r.LabelID = shipping.MakeLabelID(r.ID, 1)
	return r
}

// run is one run of the program over a fake bench.
type run struct {
	bench          *fakeBench
	deps           Deps
	code           int
	stdout, stderr string
}

const goodSettings = `[station]
name = "A1"
[[shop]]
id = "dy1"
platform = "fengchao"
base_url = "https://example.com/gateway"
app_id = "app"
secret = "env:S"
carrier = "zhongtong"
[shop.sender]
name = "仓库小王"
mobile = "13800000000"
province = "上海市"
city = "上海市"
district = "青浦区"
detail = "测试路1号"
[[printer]]
id = "bench"
uri = "folder:labels"
`

func newRun(b *fakeBench) *run {
	if b.decided == nil {
		b.decided = map[string][]shipping.LabelID{}
	}
	r := &run{bench: b}
	r.deps = Deps{
		Version: "9.9.9", Language: "en",
		Known: settings.Known{Platforms: []string{"fengchao"}, Schemes: []string{"folder", "ipp"}},
		OpenBench: func(context.Context, Options) (Bench, func() error, error) {
			return b, func() error { b.closed++; return nil }, nil
		},
		RunWindow: func(context.Context, Options) error { return nil },
		Probes:    func(context.Context, Options) doctor.Probes { return doctor.Probes{} },
		Stdin:     strings.NewReader(""),
	}
	return r
}

// do runs the command line to its end.
func (r *run) do(t *testing.T, args ...string) *run {
	t.Helper()
	return r.doWith(t, t.Context(), args...)
}

func (r *run) doWith(t *testing.T, ctx context.Context, args ...string) *run {
	t.Helper()
	var out, errs bytes.Buffer
	r.deps.Stdout, r.deps.Stderr = &out, &errs
	r.code = Run(ctx, r.deps, args)
	r.stdout, r.stderr = out.String(), errs.String()
	return r
}

func (r *run) wantCode(t *testing.T, code int) {
	t.Helper()
	if r.code != code {
		t.Errorf("exit code %d, want %d\nstdout: %s\nstderr: %s", r.code, code, r.stdout, r.stderr)
	}
}

func wantSaid(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if !strings.Contains(text, p) {
			t.Errorf("%q is not said in:\n%s", p, text)
		}
	}
}

// settingsFile writes a settings file and gives its path.
func settingsFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "station.toml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

var since = time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
