package smoke_test

import (
	"bytes"
	"encoding/json"
	"image"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"printstation/app/bench/benchtest"
	"printstation/app/shipping"
	"printstation/platform/sandbox"
	"printstation/ui/look"
)

// TestWindow is a packer's day in the real window: scan and print, scan again, a shipment that is refused and retried,
// the rest at once, two power cuts in the middle of it, closing and opening again, in both languages.
func TestWindow(t *testing.T) {
	needTools(t, "Xvfb", "xdotool", "scrot", "pdftotext")
	b := newBench(t, 12)
	defer b.screen.keepOnFailure()
	orders := b.orders()
	clear := shippable(orders)
	if len(clear) < 6 {
		t.Fatalf("only %d of %d orders can be shipped", len(clear), len(orders))
	}

	w := b.start("zh")
	until(t, "orders are listed", w.ready)
	w.scansAndPrints(clear[0])
	w.scansAgain(clear[0])
	w.failsAndRetries(clear[1])
	w.isCutWhileNumbersCome()

	w = b.start("zh")
	until(t, "orders are listed after a power cut", w.ready)
	w.isCutWhilePrinting()

	w = b.start("zh")
	b.settles(clear)
	w.close()

	w = b.start("en")
	w.press("ctrl+a", "F9", "ctrl+2")
	until(t, "the printed labels are listed", func() bool {
		_, ink := patch(b.screen.look(), listArea, look.Ink)
		return ink > 500
	})
	w.terminate()
	b.checkNothingLeft(orders, clear)
	b.checkLogs(orders)
}

// shippable gives the ids of orders that nothing should hinder.
func shippable(orders []shipping.Order) []shipping.OrderID {
	var ids []shipping.OrderID
	for _, o := range orders {
		if o.Status == shipping.OrderToShip && o.Refund == shipping.RefundNone && len(shipping.Validate(o)) == 0 {
			ids = append(ids, o.ID)
		}
	}
	return ids
}

// scansAndPrints: one label, one shipment.
func (w *window) scansAndPrints(order shipping.OrderID) {
	w.t.Helper()
	w.scan(string(order))
	w.press("F9")
	until(w.t, "the scanned order is shipped", func() bool {
		w.mustLive()
		return w.World().Shipment(string(order)).Accepted == 1
	})
	w.wantPages(map[string]int{w.number(order): 1})
}

// scansAgain: the label's number verifies it, and F9 prints neither it nor another one in its place.
func (w *window) scansAgain(order shipping.OrderID) {
	w.t.Helper()
	number := w.number(order)
	w.press("Escape") // puts the news of the print away
	until(w.t, "no news is shown", func() bool { return !w.shows(newsArea, look.Fine, enoughGreen) })
	w.scan(number)
	until(w.t, "the label is verified", func() bool { return w.shows(newsArea, look.Fine, enoughGreen) })
	w.press("F9", "F9")
	w.scan(string(order))
	until(w.t, "the order is said to have a label", func() bool { return w.shows(newsArea, look.Care, enoughGreen) })
	w.press("F9")
	if w.ready() {
		w.t.Error("the button offers to print after a scan of what is printed")
	}
	w.wantPages(map[string]int{number: 1}) // and again after the next label is out
}

// failsAndRetries: what the platform refuses comes to the failed list, and goes out once when it is tried again.
func (w *window) failsAndRetries(order shipping.OrderID) {
	w.t.Helper()
	before := w.pages()
	w.Faults(sandbox.Faults{Shipments: sandbox.RefuseOrder{
		Rule: sandbox.Rule{Next: 1}, Code: 60027, Text: "无默认售后地址,请先设置然后操作发货",
	}})
	w.scan(string(order))
	w.press("F9")
	until(w.t, "the shipment is refused", func() bool {
		w.mustLive()
		return len(w.World().Shipment(string(order)).Refused) == 1
	})
	before[w.number(order)]++
	w.wantPages(before)
	until(w.t, "the failure is counted", func() bool {
		_, n := patch(w.screen.look(), tabArea, look.BadFill)
		return n > 100
	})
	w.press("ctrl+3")
	until(w.t, "the failure is listed", func() bool { return w.shows(listArea, look.Alarm, 200) })
	w.press("ctrl+a")
	var button image.Rectangle
	until(w.t, "it can be retried", func() bool {
		at, n := patch(w.screen.look(), headArea, look.Accent)
		button = at
		return n > 2000
	})
	w.click(button)
	until(w.t, "the shipment is accepted", func() bool {
		w.mustLive()
		return w.World().Shipment(string(order)).Accepted == 1
	})
	if s := w.World().Shipment(string(order)); s.Attempts != 2 {
		w.t.Errorf("order %s was shipped in %d tries, want 2", order, s.Attempts)
	}
	w.wantPages(before)
	until(w.t, "nothing is counted as failed", func() bool {
		_, n := patch(w.screen.look(), tabArea, look.BadFill)
		return n == 0
	})
}

// isCutWhileNumbersCome ends the program after it has asked for the numbers of all orders and before it hears of them.
func (w *window) isCutWhileNumbersCome() {
	w.t.Helper()
	const call = "logistics/newcreateorder"
	w.Faults(sandbox.Faults{CutAfter: sandbox.Rule{Probability: 1, Calls: []string{call}}})
	had := len(w.World().Waybills)
	w.press("ctrl+1")
	until(w.t, "the orders are in front", func() bool { return w.shows(listArea, look.Quiet, 500) })
	w.press("ctrl+a")
	until(w.t, "all orders can be printed", w.ready)
	w.press("F9")
	until(w.t, "numbers are given out", func() bool {
		w.mustLive()
		return len(w.World().Waybills) > had
	})
	w.kill()
	w.Faults(sandbox.Faults{})
}

// isCutWhilePrinting ends the program as soon as a document lies in the folder.
func (w *window) isCutWhilePrinting() {
	w.t.Helper()
	had := len(benchtest.Files(w.t, w.labels()))
	w.press("ctrl+a", "F9")
	for end := time.Now().Add(patience); len(benchtest.Files(w.t, w.labels())) == had; {
		w.mustLive()
		if time.Now().After(end) {
			w.t.Fatal("no labels came out")
		}
	}
	w.kill()
}

// wantPages fails unless the folder holds just these labels.
func (w *window) wantPages(want map[string]int) {
	w.t.Helper()
	got := w.pages()
	if len(got) != len(want) {
		w.t.Fatalf("labels in the folder: %v, want %v", got, want)
	}
	for number, n := range want {
		if got[number] != n {
			w.t.Fatalf("labels in the folder: %v, want %v", got, want)
		}
	}
}

// settles waits until the program has taken up what the power cuts left: each order that can be shipped has one label
// and one shipment.
func (b *bench) settles(clear []shipping.OrderID) {
	b.t.Helper()
	until(b.t, "every printed order is shipped", func() bool {
		state := b.World()
		for _, id := range clear {
			if state.Shipment(string(id)).Accepted != 1 {
				return false
			}
		}
		return true
	})
}

// checkNothingLeft: no label twice, no shipment without a label, and nothing that a batch could still print.
func (b *bench) checkNothingLeft(orders []shipping.Order, clear []shipping.OrderID) {
	b.t.Helper()
	pages := b.pages()
	for _, id := range clear {
		if n := pages[b.number(id)]; n != 1 {
			b.t.Errorf("order %s is on %d labels", id, n)
		}
	}
	for _, s := range b.World().Shipments {
		if s.Accepted == 1 && pages[s.Number] != 1 || s.Accepted > 1 {
			b.t.Errorf("order %s: %d accepted shipments, %d labels of number %q", s.OrderID, s.Accepted, pages[s.Number], s.Number)
		}
	}
	files := len(benchtest.Files(b.t, b.labels()))
	var report struct {
		Printed, Uncertain, Waiting int
		Items                       []struct{ Reason, State string }
	}
	if err := json.Unmarshal(b.command("batch", "--json"), &report); err != nil {
		b.t.Fatal(err)
	}
	if len(benchtest.Files(b.t, b.labels())) != files || report.Uncertain+report.Waiting > 0 {
		b.t.Errorf("a batch after all this printed %d files and reports %+v", len(benchtest.Files(b.t, b.labels()))-files, report)
	}
	if len(pages) < len(clear) || len(pages) > len(orders) {
		b.t.Errorf("%d labels for %d orders, of which %d can be shipped", len(pages), len(orders), len(clear))
	}
}

// checkLogs looks for complaints and for personal data in what the program has written down.
func (b *bench) checkLogs(orders []shipping.Order) {
	b.t.Helper()
	text, err := os.ReadFile(filepath.Join(b.data(), "printstation.log"))
	if err != nil {
		b.t.Fatal(err)
	}
	text = append(text, b.said.Bytes()...)
	for _, bad := range []string{"Error in Fyne call thread", "panic", "DATA RACE", sandbox.DemoSecret} {
		if bytes.Contains(text, []byte(bad)) {
			b.t.Errorf("the log has %q:\n%s", bad, text)
		}
	}
	for _, o := range orders {
		for _, private := range []string{o.Recipient.Mobile, o.Recipient.Phone, o.Recipient.Detail} {
			if len(private) > 6 && strings.Contains(string(text), private) {
				b.t.Errorf("the log tells something of the receiver of order %s:\n%s", o.ID, text)
			}
		}
	}
}
