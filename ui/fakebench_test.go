package ui

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"printstation/app"
	"printstation/app/shipping"
	"printstation/printing"
)

// fakeBench is a station whose answers a test sets, and that remembers what it was asked to do.
type fakeBench struct {
	mu       sync.Mutex
	toPrint  []app.Row
	printed  []app.Row
	status   app.Status
	doubts   []app.Doubt
	troubles []app.Trouble
	changes  chan app.Change
	calls    []string

	rows  func(ctx context.Context, f app.Filter) ([]app.Row, error)
	scan  func(code string) (app.Scan, error)
	print func(ctx context.Context, req app.PrintRequest) (app.PrintResult, error)
	fail  error // of every decision
}

func newFakeBench(rows ...app.Row) *fakeBench {
	return &fakeBench{toPrint: rows, status: app.Status{
		Station:  "A1",
		Printers: []app.PrinterStatus{{ID: "bench", Default: true, Asked: testTime, State: printing.PrinterState{Ready: true, MediaFit: true}}},
		Shops:    []app.ShopStatus{{ID: "dy1", Name: "抖店一号", Polled: testTime}},
	}}
}

func (b *fakeBench) did(format string, args ...any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.calls = append(b.calls, fmt.Sprintf(format, args...))
}

// did gives the calls that begin with a word.
func (b *fakeBench) saw(word string) []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(b.calls), func(c string) bool { return !strings.HasPrefix(c, word) })
}

func (b *fakeBench) Rows(ctx context.Context, f app.Filter) ([]app.Row, error) {
	b.did("Rows %s %s", f.View, f.Text)
	if b.rows != nil {
		return b.rows(ctx, f)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if f.View == app.ViewPrinted {
		return slices.Clone(b.printed), nil
	}
	return slices.Clone(b.toPrint), nil
}

func (b *fakeBench) Row(_ context.Context, id shipping.ParcelID) (app.Row, error) {
	for _, r := range b.toPrint {
		if r.ID == id {
			return r, nil
		}
	}
	return app.Row{}, app.ErrNotFound
}

func (b *fakeBench) Label(context.Context, shipping.ParcelID) (shipping.Label, error) {
	return shipping.Label{}, nil
}

func (b *fakeBench) Timeline(_ context.Context, id shipping.ParcelID) ([]shipping.Event, error) {
	return []shipping.Event{{Parcel: id, At: testTime, Kind: shipping.EventLabel, To: "printed"}}, nil
}

func (b *fakeBench) Print(ctx context.Context, req app.PrintRequest) (app.PrintResult, error) {
	b.did("Print %v", req.Parcels)
	if b.print != nil {
		return b.print(ctx, req)
	}
	return b.printAll(req.Parcels), nil
}

// printAll is a batch in which all goes well.
func (b *fakeBench) printAll(ids []shipping.ParcelID) app.PrintResult {
	b.mu.Lock()
	defer b.mu.Unlock()
	res := app.PrintResult{Batch: "A12"}
	for _, id := range ids {
		res.Items = append(res.Items, app.PrintItem{Parcel: id, State: shipping.ParcelIssued, Label: shipping.LabelPrinted})
		b.toPrint = slices.DeleteFunc(b.toPrint, func(r app.Row) bool { return r.ID == id })
	}
	return res
}

func (b *fakeBench) Reprint(_ context.Context, ids []shipping.ParcelID, printer string) (app.PrintResult, error) {
	b.did("Reprint %v on %q", ids, printer)
	return b.printAll(ids), nil
}

func (b *fakeBench) Scan(_ context.Context, code string) (app.Scan, error) {
	b.did("Scan %s", code)
	if b.scan != nil {
		return b.scan(code)
	}
	for _, r := range b.toPrint {
		if string(r.Orders[0]) == code {
			return app.Scan{Code: code, Result: app.ScanToPrint, Rows: []app.Row{r}}, nil
		}
	}
	return app.Scan{Code: code, Result: app.ScanUnknown}, nil
}

func (b *fakeBench) Doubts(context.Context) ([]app.Doubt, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.doubts), nil
}

func (b *fakeBench) Troubles(context.Context) ([]app.Trouble, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.troubles), nil
}

func (b *fakeBench) DecidePrinted(_ context.Context, ids ...shipping.LabelID) error {
	b.did("DecidePrinted %v", ids)
	return b.decide(ids)
}

func (b *fakeBench) DecideLost(_ context.Context, ids ...shipping.LabelID) error {
	b.did("DecideLost %v", ids)
	return b.decide(ids)
}

func (b *fakeBench) decide(ids []shipping.LabelID) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.fail != nil {
		return b.fail
	}
	b.doubts = slices.DeleteFunc(b.doubts, func(d app.Doubt) bool { return slices.Contains(ids, d.Label.ID) })
	b.status.Uncertain = len(b.doubts)
	return nil
}

func (b *fakeBench) Retry(_ context.Context, ids ...string) error {
	b.did("Retry %v", ids)
	return b.fail
}

func (b *fakeBench) Release(_ context.Context, id shipping.ParcelID) error {
	b.did("Release %s", id)
	return b.fail
}

func (b *fakeBench) CancelNumber(_ context.Context, id shipping.ParcelID) error {
	b.did("CancelNumber %s", id)
	return b.fail
}

func (b *fakeBench) Status(context.Context) (app.Status, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.status, nil
}

func (b *fakeBench) Changes() (<-chan app.Change, func()) { return b.changes, func() {} }

var testTime = time.Date(2026, 11, 11, 9, 30, 0, 0, time.UTC)

// row makes a parcel of one order that can be printed.
func row(n int) app.Row {
	return app.Row{
		ID: shipping.MakeParcelID("dy1", uint64(n)), Shop: "dy1", ShopName: "抖店一号", Orders: []shipping.OrderID{orderID(n)},
		Recipient: shipping.MaskedParty{Name: "王*", Phone: "138******01", Region: "浙江省杭州市余杭区", Address: "文一西路***"},
		Items:     []shipping.OrderItem{{Name: "保温杯", Spec: "500ml", Quantity: 1}},
		Carrier:   "zhongtong", CarrierName: "中通快递", State: shipping.ParcelPending,
	}
}

func orderID(n int) shipping.OrderID { return shipping.OrderID(fmt.Sprintf("6935%08d", n)) }

func held(n int) app.Row {
	r := row(n)
	r.State, r.Reasons = shipping.ParcelHeld, []shipping.Reason{shipping.Because("order.refund_pending")}
	return r
}
