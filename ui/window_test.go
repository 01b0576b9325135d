package ui

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"printstation/app"
	"printstation/app/shipping"
)

func TestUnknownScanIsToldAndCanBeSearched(t *testing.T) {
	bench := newFakeBench(row(1), row(2))
	inWindow(t, bench, func(h *harness) {
		h.scan("0002")
		h.wantNews("没有找到 0002")
		h.tap("在列表里搜索")
		if got := h.win.model.picks.len(); got != 1 {
			t.Errorf("the search shows %d parcels, want 1", got)
		}
		h.press(fyne.KeyEscape)
		if got := h.win.model.picks.len(); got != 2 {
			t.Errorf("after Esc %d parcels are shown, want 2", got)
		}
	})
}

func TestScanOutcomes(t *testing.T) {
	printed := row(9)
	printed.State, printed.Label = shipping.ParcelIssued, shipping.LabelPrinted
	cases := map[app.ScanResult]struct {
		rows []app.Row
		want string
		page int
	}{
		app.ScanVerified:  {[]app.Row{printed}, "已核对 X1", pageTroubles},
		app.ScanAlready:   {[]app.Row{printed}, "已经打过面单", pageTroubles},
		app.ScanTroubled:  {[]app.Row{held(5)}, "现在不能打印", pagePending},
		app.ScanAmbiguous: {[]app.Row{row(1), row(2)}, "对应 2 个包裹", pagePending},
	}
	for result, c := range cases {
		bench := newFakeBench(row(1), row(2), row(3))
		bench.scan = func(code string) (app.Scan, error) { return app.Scan{Code: code, Result: result, Rows: c.rows}, nil }
		inWindow(t, bench, func(h *harness) {
			h.win.front(pageTroubles)
			h.scan("X1")
			h.wantNews(c.want)
			if got := h.win.tabs.Current(); got != c.page {
				t.Errorf("%s: page %d is in front, want %d", result, got, c.page)
			}
			if result == app.ScanAmbiguous && h.win.model.picks.len() != 2 {
				t.Errorf("%d parcels are offered, want 2", h.win.model.picks.len())
			}
			if len(h.chosen()) != 0 {
				t.Errorf("%s: a scan chose %v", result, h.chosen())
			}
			h.wantCalls("Print")
		})
	}
}

func TestDoubtsAreAskedAtOnceAndDecided(t *testing.T) {
	bench := newFakeBench()
	for n := 1; n <= 3; n++ {
		id := shipping.MakeLabelID(row(n).ID, 1)
		bench.doubts = append(bench.doubts, app.Doubt{Label: shipping.LabelCopy{ID: id, Number: "755", Document: "J1.pdf", Page: n}, Row: row(n), Pages: 3})
	}
	bench.status.Uncertain = 3
	inWindow(t, bench, func(h *harness) {
		if got := h.win.notices.text(noticeDoubts); !strings.Contains(got, "3 张") {
			t.Fatalf("the question at the start is %q", got)
		}
		if got := h.win.tabs.Label(pageDoubts); got != "待确认 3" {
			t.Errorf("the tab says %q", got)
		}
		h.tap("去确认")
		h.wait(time.Second)
		h.tap("已出纸")
		h.wantCalls("Decide", "DecidePrinted [dy1/1-1]")
		h.wait(time.Second)
		h.tap("没有出纸")
		h.wantCalls("Decide", "DecidePrinted [dy1/1-1]", "DecideLost [dy1/2-1]")
		h.wait(time.Second)
		h.shortcut(&fyne.ShortcutSelectAll{})
		h.tap("所选 1 张已出纸")
		h.wait(6 * time.Second)
		if got := h.win.tabs.Label(pageDoubts); got != "待确认" {
			t.Errorf("with all decided the tab says %q", got)
		}
		if got := h.win.notices.text(noticeDoubts); got != "" {
			t.Errorf("with all decided the question %q is still there", got)
		}
	})
}

func TestRetry(t *testing.T) {
	bench := newFakeBench(row(3))
	fault := &shipping.Fault{Class: shipping.ClassMapping, Code: "20034", Message: "物流代码不存在"}
	bench.troubles = []app.Trouble{
		{ID: "t1", Kind: app.TroubleConfirm, Shop: "dy1", Fault: fault}, {ID: "t2", Kind: app.TroubleWaybill, Shop: "dy1", Fault: fault},
		{ID: "t3", Kind: app.TroublePrint, Shop: "dy1", Parcel: "dy1/3", Fault: fault},
	}
	bench.status.Failed = 3
	inWindow(t, bench, func(h *harness) {
		if got := h.win.tabs.Label(pageTroubles); got != "同步失败 3" {
			t.Errorf("the tab says %q", got)
		}
		h.win.front(pageTroubles)
		h.wait(time.Second)
		h.tap("重试")
		h.wantCalls("Retry", "Retry [t1]")
		h.wantNews("重新排队 1 条")
		h.press(fyne.KeyDown)
		h.write(" ")
		h.tap("重试所选 1")
		h.wantCalls("Retry", "Retry [t1]", "Retry [t2]")
		h.tap("全部重试")
		h.wantCalls("Retry", "Retry [t1]", "Retry [t2]", "Retry [t1 t2]") // a failed label is printed, not retried
		h.tap("去重打")
		if got := h.chosen(); h.win.tabs.Current() != pagePending || len(got) != 1 || got[0] != "dy1/3" {
			t.Errorf("the failed label led to page %d with %v chosen", h.win.tabs.Current(), got)
		}
		bench.fail = errors.New("disk full")
		h.win.front(pageTroubles)
		h.tap("重试")
		h.wantNews("disk full")
	})
}

func TestReleaseAsksFirst(t *testing.T) {
	bench := newFakeBench(held(1))
	inWindow(t, bench, func(h *harness) {
		h.press(fyne.KeyF9)
		h.wantCalls("Print") // held: nothing to print
		h.tap("放行")
		h.wantCalls("Release")
		h.tap("放行")
		h.wantCalls("Release", "Release dy1/1")
	})
}

func TestKeysInTheList(t *testing.T) {
	bench := newFakeBench(row(1), row(2), held(3), row(4), row(5))
	inWindow(t, bench, func(h *harness) {
		h.press(fyne.KeyDown)
		h.write(" ")
		if got := fmt.Sprint(h.chosen()); got != "[dy1/2]" {
			t.Errorf("space chose %s", got)
		}
		h.win.header.field.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
		h.press(fyne.KeyDown)
		h.press(fyne.KeyDown)
		h.win.header.field.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
		if got := fmt.Sprint(h.chosen()); got != "[dy1/2 dy1/4]" {
			t.Errorf("Shift and down chose %s", got)
		}
		h.shortcut(&fyne.ShortcutSelectAll{})
		if got := fmt.Sprint(h.chosen()); got != "[dy1/1 dy1/2 dy1/4 dy1/5]" {
			t.Errorf("Ctrl+A chose %s", got)
		}
		if got := h.win.header.button.Text(); got != "打印 4 单" {
			t.Errorf("the button says %q", got)
		}
		h.shortcut(&desktop.CustomShortcut{KeyName: fyne.Key3, Modifier: fyne.KeyModifierShortcutDefault})
		if h.win.tabs.Current() != pageTroubles {
			t.Error("Ctrl+3 did not bring the failed list")
		}
	})
}

// A click that takes the focus away loses no scan: what is typed goes to the field.
func TestTypingElsewhereReachesTheField(t *testing.T) {
	bench := newFakeBench(row(1))
	inWindow(t, bench, func(h *harness) {
		h.win.win.Canvas().Unfocus()
		h.win.win.Canvas().OnTypedRune()('X')
		h.win.win.Canvas().Focus(h.win.pending.list)
		h.write("Y1")
		h.press(fyne.KeyReturn)
		h.wantCalls("Scan", "Scan XY1")
	})
}

func TestSearchWhileTyping(t *testing.T) {
	other := row(2)
	other.Items[0].Name = "儿童绘本"
	bench := newFakeBench(row(1), other)
	inWindow(t, bench, func(h *harness) {
		h.shortcut(&desktop.CustomShortcut{KeyName: fyne.KeyK, Modifier: fyne.KeyModifierShortcutDefault})
		h.write("绘本")
		h.wait(time.Second)
		if got := h.win.model.picks.len(); got != 1 {
			t.Errorf("%d parcels match, want 1", got)
		}
		h.press(fyne.KeyReturn)
		h.wantCalls("Scan")
	})
}

func TestLanguageSwitchKeepsTheChoice(t *testing.T) {
	bench := newFakeBench(row(1), row(2))
	inWindow(t, bench, func(h *harness) {
		h.scan(string(orderID(2)))
		h.win.front(pageEquipment)
		h.tap("English")
		h.wait(time.Second)
		if got := h.win.tabs.Label(pagePending); got != "To print 2" {
			t.Errorf("the tab says %q", got)
		}
		if got := h.chosen(); len(got) != 1 || got[0] != "dy1/2" {
			t.Errorf("%v are chosen", got)
		}
		h.press(fyne.KeyF9)
		h.wantCalls("Print", "Print [dy1/2]")
		h.wantNews("1 printed")
	})
}

// Many changes at once are answered by few readings, and the last one is never missed.
func TestChangesAreFolded(t *testing.T) {
	bench := newFakeBench(row(1))
	inWindow(t, bench, func(h *harness) {
		before := len(bench.saw("Rows"))
		for range 50 {
			bench.changes <- app.Change{Parcels: true}
		}
		bench.mu.Lock()
		bench.toPrint = append(bench.toPrint, row(2))
		bench.mu.Unlock()
		h.wait(time.Second)
		if got := len(bench.saw("Rows")) - before; got < 1 || got > 2 {
			t.Errorf("50 changes made %d readings", got)
		}
		if got := h.win.tabs.Label(pagePending); got != "待打印 2" {
			t.Errorf("the tab says %q", got)
		}
	})
}

// A station that hangs, deaf even to its context, leaves the window alive and is told of in words.
func TestHangingStation(t *testing.T) {
	bench := newFakeBench()
	inWindow(t, bench, func(h *harness) {
		hang := make(chan struct{})
		bench.rows = func(context.Context, app.Filter) ([]app.Row, error) {
			<-hang
			return nil, nil
		}
		h.press(fyne.KeyF5)
		h.wait(time.Second)
		h.win.front(pageEquipment)
		h.win.front(pagePending)
		h.wait(readLimit + time.Second)
		if got := h.win.pending.empty.words(); !strings.Contains(got, "等了太久") {
			t.Errorf("the page says %q", got)
		}
		bench.rows = nil
		close(hang)
		h.press(fyne.KeyF5)
		h.wait(time.Minute)
		if got := h.win.pending.empty.words(); !strings.Contains(got, "没有待打印的订单") {
			t.Errorf("with the station back the page says %q", got)
		}
	})
}

func TestWindowFitsSmallScreens(t *testing.T) {
	rows := []app.Row{row(1), held(2)}
	bench := newFakeBench(rows...)
	bench.status.Uncertain, bench.status.Failed = 12, 1234
	inWindow(t, bench, func(h *harness) {
		for _, lang := range []string{"zh", "en"} {
			for i := range h.win.pages {
				h.win.front(i)
				h.wait(time.Second)
				if size := h.win.win.Content().MinSize(); size.Width > 1280 || size.Height > 720 {
					t.Errorf("%s: page %d wants %v, more than 1280x720", lang, i, size)
				}
			}
			h.tap(map[string]string{"zh": "English", "en": "中文"}[lang])
			h.wait(time.Second)
		}
	})
}
