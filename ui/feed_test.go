package ui

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"printstation/app"
)

// A change that comes while the list is being read is not in what is read: the list is read once more.
func TestChangeDuringAReadingIsNotMissed(t *testing.T) {
	bench := newFakeBench(row(1))
	inWindow(t, bench, func(h *harness) {
		release := make(chan struct{})
		bench.rows = func(context.Context, app.Filter) ([]app.Row, error) {
			bench.mu.Lock()
			rows := bench.toPrint
			bench.mu.Unlock()
			<-release
			return rows, nil
		}
		bench.changes <- app.Change{Parcels: true}
		h.wait(time.Second)
		bench.mu.Lock()
		bench.toPrint = []app.Row{row(1), row(2)}
		bench.mu.Unlock()
		bench.changes <- app.Change{Parcels: true}
		h.wait(time.Second)
		close(release)
		h.wait(10 * time.Second)
		if got := h.win.tabs.Label(pagePending); got != "待打印 2" {
			t.Errorf("the tab says %q", got)
		}
	})
}

// A reading that takes long is followed by a longer rest, so that reading never takes all of the station's time.
func TestSlowReadingsKeepTheirDistance(t *testing.T) {
	bench := newFakeBench(row(1))
	inWindow(t, bench, func(h *harness) {
		bench.rows = func(context.Context, app.Filter) ([]app.Row, error) {
			time.Sleep(time.Second)
			return nil, nil
		}
		before := len(bench.saw("Rows"))
		for range 400 {
			bench.changes <- app.Change{Parcels: true}
			h.wait(50 * time.Millisecond)
		}
		if got := len(bench.saw("Rows")) - before; got < 3 || got > 6 {
			t.Errorf("in 20 s of changes there were %d readings of 1 s, want about 5", got)
		}
	})
}

// A window that is busy and takes an answer late does not make the readings rarer.
func TestLateDrawingIsNotASlowReading(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		back := newBackstage(func(f func()) {
			time.Sleep(10 * time.Second)
			f()
		})
		f := newFeed(back, func() func(context.Context) (int, error) {
			return func(context.Context) (int, error) {
				time.Sleep(time.Second)
				return 0, nil
			}
		}, func(int, error) {})
		f.now()
		time.Sleep(20 * time.Second)
		synctest.Wait()
		if f.rest != 3*time.Second {
			t.Errorf("after a reading of 1 s the next one is %v away, want 3 s", f.rest)
		}
		back.close()
	})
}
