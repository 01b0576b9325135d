package ui

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"printstation/app"
	"printstation/app/shipping"
)

// The packer's day: scan, see it chosen, press F9, next.
func TestScanChoosesAndF9Prints(t *testing.T) {
	bench := newFakeBench(row(1), row(2), row(3))
	inWindow(t, bench, func(h *harness) {
		h.scan(string(orderID(2)))
		if got := h.chosen(); len(got) != 1 || got[0] != "dy1/2" {
			t.Fatalf("after the scan %v are chosen", got)
		}
		if h.win.header.field.Text != "" {
			t.Errorf("the field still holds %q", h.win.header.field.Text)
		}
		h.wantCalls("Print")
		h.press(fyne.KeyF9)
		h.wantCalls("Print", "Print [dy1/2]")
		h.wantNews("A12")
		h.wait(time.Second)
		if got := h.win.model.picks.len(); got != 2 {
			t.Errorf("%d parcels are listed after one of 3 was printed", got)
		}
		if h.win.win.Canvas().Focused() != h.win.header.field {
			t.Error("the field has lost the focus")
		}
	})
}

func TestScanningAgainNeverPrintsNorLetsGo(t *testing.T) {
	bench := newFakeBench(row(1), row(2))
	inWindow(t, bench, func(h *harness) {
		for range 3 {
			h.scan(string(orderID(1)))
			h.wait(time.Second)
		}
		h.wantCalls("Scan", "Scan 693500000001", "Scan 693500000001", "Scan 693500000001")
		h.wantCalls("Print")
		h.wantCalls("Reprint")
		if got := h.chosen(); len(got) != 1 {
			t.Errorf("%v are chosen", got)
		}
	})
}

// Scans that come faster than the station answers are all looked up, in their order.
func TestFastScansAreAllTaken(t *testing.T) {
	bench := newFakeBench(row(1), row(2), row(3))
	inWindow(t, bench, func(h *harness) {
		for n := 1; n <= 3; n++ {
			h.write(string(orderID(n)))
			h.win.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		}
		h.settle()
		h.wantCalls("Scan", "Scan 693500000001", "Scan 693500000002", "Scan 693500000003")
		if got := h.chosen(); len(got) != 3 {
			t.Errorf("%v are chosen", got)
		}
	})
}

func TestF9WhileABatchRunsStartsNoSecond(t *testing.T) {
	bench := newFakeBench(row(1), row(2), row(3))
	var release chan struct{}
	bench.print = func(_ context.Context, req app.PrintRequest) (app.PrintResult, error) {
		<-release
		return bench.printAll(req.Parcels), nil
	}
	inWindow(t, bench, func(h *harness) {
		release = make(chan struct{})
		h.scan(string(orderID(1)))
		h.press(fyne.KeyF9)
		h.press(fyne.KeyF9)
		h.win.header.button.Tapped(nil)
		h.wait(time.Second)
		h.wantCalls("Print", "Print [dy1/1]")
		close(release)
		h.wait(time.Second)
		h.wantCalls("Print", "Print [dy1/1]")
		h.press(fyne.KeyUp)
		h.press(fyne.KeyF9) // a new press: the parcel that a hand pointed at
		h.wantCalls("Print", "Print [dy1/1]", "Print [dy1/2]")
	})
}

// A key that is held down is typed over and over. Leaning on F9 prints once.
func TestHeldF9PrintsOnce(t *testing.T) {
	bench := newFakeBench(row(1), row(2), row(3))
	inWindow(t, bench, func(h *harness) {
		field := h.win.header.field
		ev := &fyne.KeyEvent{Name: fyne.KeyF9}
		field.KeyDown(ev)
		for range 30 {
			field.TypedKey(ev)
			h.wait(50 * time.Millisecond)
		}
		field.KeyUp(ev)
		h.wantCalls("Print", "Print [dy1/1]")
	})
}

func TestEscStopsTheBatch(t *testing.T) {
	bench := newFakeBench(row(1), row(2))
	bench.print = func(ctx context.Context, req app.PrintRequest) (app.PrintResult, error) {
		req.Progress(app.Progress{Total: 2, Issued: 2, Printed: 1})
		<-ctx.Done()
		res := bench.printAll(req.Parcels[:1])
		res.Cancelled = true
		res.Items = append(res.Items, app.PrintItem{Parcel: req.Parcels[1], State: shipping.ParcelIssued})
		return res, nil
	}
	inWindow(t, bench, func(h *harness) {
		h.win.current().all()
		h.press(fyne.KeyF9)
		if got := h.win.header.button.Text(); got != "正在打印 1/2" {
			t.Errorf("the button says %q", got)
		}
		if h.win.strip.box.Hidden || h.win.statusLine.meter.Share() != 0.5 {
			t.Error("the progress is not shown")
		}
		h.press(fyne.KeyEscape)
		h.wantNews("已停止")
		h.wantNews("1 单没有打")
		if got := h.chosen(); len(got) != 1 || got[0] != "dy1/2" {
			t.Errorf("%v are still chosen, want what was not printed", got)
		}
		if !h.win.strip.box.Hidden {
			t.Error("the strip of the batch is still there")
		}
	})
}

// What went wrong in a batch is told in one strip that leads to where a hand is needed.
func TestBatchReport(t *testing.T) {
	fault := &shipping.Fault{Class: shipping.ClassQuota, Message: "余额不足"}
	items := map[string]app.PrintItem{
		"已打印 1 单":      {Label: shipping.LabelPrinted},
		"1 张不知道是否出纸":   {Label: shipping.LabelUncertain},
		"1 单失败":        {State: shipping.ParcelRefused, Fault: fault},
		"1 单暂缓或资料不全":   {State: shipping.ParcelHeld, Reasons: []shipping.Reason{shipping.Because("order.refund_pending")}},
		"1 单没有打，还在列表里": {State: shipping.ParcelPending},
		"单号余额用完":       {State: shipping.ParcelRefused, Fault: fault},
	}
	for want, item := range items {
		bench := newFakeBench(row(1))
		bench.print = func(_ context.Context, req app.PrintRequest) (app.PrintResult, error) {
			item.Parcel = req.Parcels[0]
			return app.PrintResult{Batch: "A1", Items: []app.PrintItem{item}}, nil
		}
		inWindow(t, bench, func(h *harness) {
			h.press(fyne.KeyF9)
			h.wantNews(want)
			if item.Label == shipping.LabelUncertain {
				h.tap("去确认")
				if h.win.tabs.Current() != pageDoubts {
					t.Error("the strip does not lead to the labels in doubt")
				}
			}
		})
	}
}

func TestPrintErrorIsTold(t *testing.T) {
	bench := newFakeBench(row(1))
	bench.print = func(context.Context, app.PrintRequest) (app.PrintResult, error) {
		return app.PrintResult{}, &app.RefusedError{Reason: shipping.Because("order.refund_pending")}
	}
	inWindow(t, bench, func(h *harness) {
		h.press(fyne.KeyF9)
		h.wantNews("退款")
		if h.win.batch.running {
			t.Error("the batch is still marked as running")
		}
	})
}

// Without a choice F9 prints what is under the cursor, but only where that is in sight.
func TestF9ElsewhereOnlyLeadsBack(t *testing.T) {
	bench := newFakeBench(row(1))
	inWindow(t, bench, func(h *harness) {
		h.win.front(pageTroubles)
		h.settle()
		h.press(fyne.KeyF9)
		h.wantCalls("Print")
		if h.win.tabs.Current() != pagePending {
			t.Error("F9 did not lead back to the list")
		}
	})
}

func TestReprintAsksFirst(t *testing.T) {
	bench := newFakeBench()
	r := row(7)
	r.State, r.Label, r.Number = shipping.ParcelIssued, shipping.LabelPrinted, "75500000000007"
	bench.printed = []app.Row{r}
	inWindow(t, bench, func(h *harness) {
		h.win.front(pagePrinted)
		h.wait(time.Second)
		h.press(fyne.KeyF9)
		h.win.front(pagePrinted)
		h.wait(time.Second)
		h.tap("补打一张")
		h.wantCalls("Reprint")
		if got := h.win.printed.detail.question(); !strings.Contains(got, "补打") {
			t.Fatalf("the question is %q", got)
		}
		h.tap("先不")
		h.wantCalls("Reprint")
		h.tap("补打一张")
		h.tap("补打一张")
		h.wantCalls("Reprint", `Reprint [dy1/7] on ""`)
		h.wantCalls("Print")
	})
}

func TestClosingWaitsForTheBatch(t *testing.T) {
	bench := newFakeBench(row(1))
	bench.print = func(ctx context.Context, req app.PrintRequest) (app.PrintResult, error) {
		<-ctx.Done()
		return bench.printAll(req.Parcels), nil
	}
	inWindow(t, bench, func(h *harness) {
		closed := false
		h.win.win.SetOnClosed(func() { closed = true })
		h.press(fyne.KeyF9)
		h.win.close()
		if closed {
			t.Fatal("the window closed in the middle of a batch")
		}
		h.settle()
		if !closed {
			t.Error("the window did not close after the batch")
		}
	})
}
