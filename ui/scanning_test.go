package ui

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"printstation/app"
	"printstation/app/shipping"
)

// What a scan does not choose, F9 must not replace by the parcel that happens to be under the cursor: its label would go
// onto the goods in the packer's hands.
func TestF9AfterAScanPrintsNoOtherParcel(t *testing.T) {
	done := row(9)
	done.State, done.Label = shipping.ParcelIssued, shipping.LabelPrinted
	for result, rows := range map[app.ScanResult][]app.Row{
		app.ScanUnknown: nil, app.ScanVerified: {done}, app.ScanAlready: {done}, app.ScanTroubled: {held(5)},
	} {
		bench := newFakeBench(row(1), row(2), row(3))
		bench.scan = func(code string) (app.Scan, error) { return app.Scan{Code: code, Result: result, Rows: rows}, nil }
		inWindow(t, bench, func(h *harness) {
			h.press(fyne.KeyDown)
			h.scan("X1")
			h.press(fyne.KeyF9)
			h.wait(time.Second)
			h.wantCalls("Print")
			if h.win.header.button.Enabled() {
				t.Errorf("%s: the button offers to print %q", result, h.win.header.button.Text())
			}
			h.press(fyne.KeyUp) // a hand at the list says which one is meant
			h.press(fyne.KeyF9)
			if got := h.bench.saw("Print"); len(got) != 1 && result != app.ScanTroubled {
				t.Errorf("%s: after the cursor was moved F9 printed %q", result, got)
			}
		})
	}
}

// After a scan was printed, a second press prints nothing: the next parcel of the list is in nobody's hands.
func TestSecondF9AfterAScanPrintsNothing(t *testing.T) {
	bench := newFakeBench(row(1), row(2), row(3))
	inWindow(t, bench, func(h *harness) {
		h.scan(string(orderID(1)))
		h.press(fyne.KeyF9)
		h.wait(time.Second)
		h.press(fyne.KeyF9)
		h.wait(time.Second)
		h.wantCalls("Print", "Print [dy1/1]")
	})
}

// F9 may come before the station has said what the code is; it means the parcel scanned.
func TestF9WaitsForTheScan(t *testing.T) {
	bench := newFakeBench(row(1), row(2), row(3))
	inWindow(t, bench, func(h *harness) {
		answer := make(chan struct{}) // of the bubble, as the window's own goroutines
		bench.scan = func(code string) (app.Scan, error) {
			<-answer
			return app.Scan{Code: code, Result: app.ScanToPrint, Rows: []app.Row{row(3)}}, nil
		}
		h.press(fyne.KeyDown)
		h.scan("X1")
		h.press(fyne.KeyF9)
		h.wantCalls("Print")
		close(answer)
		h.wait(time.Second)
		h.wantCalls("Print", "Print [dy1/3]")
	})
}
