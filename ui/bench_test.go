package ui

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"printstation/app"
	"printstation/assets/words"
)

// The station is what the window was made for.
var _ Bench = (*app.Station)(nil)

func manyRows(n int) []app.Row {
	rows := make([]app.Row, n)
	for i := range rows {
		rows[i] = row(i + 1)
		if i%7 == 0 {
			rows[i] = held(i + 1)
		}
	}
	return rows
}

// openPending is a window with rows in its list, without a station behind it.
func openPending(b *testing.B, rows []app.Row) *Window {
	b.Helper()
	w, err := words.For(words.Chinese)
	if err != nil {
		b.Fatal(err)
	}
	win := New(test.NewTempApp(b), Deps{Bench: newFakeBench(), Words: w, Do: func(func()) {}, Clock: func() time.Time { return testTime }})
	win.win.Resize(fyne.NewSize(1366, 768))
	win.pending.show(rows, nil)
	return win
}

// What a reading of 10,000 parcels costs the window: model, filters and counts, and the rows in sight.
func BenchmarkShow10000(b *testing.B) {
	rows := manyRows(10_000)
	win := openPending(b, rows)
	for b.Loop() {
		win.pending.show(rows, nil)
	}
}

// One press of the down key.
func BenchmarkCursor10000(b *testing.B) {
	win := openPending(b, manyRows(10_000))
	for b.Loop() {
		if win.model.picks.at == win.model.picks.len()-1 {
			win.model.picks.moveTo(0)
		}
		win.pending.list.move(1, false)
	}
}

// Scrolling by a page.
func BenchmarkScroll10000(b *testing.B) {
	win := openPending(b, manyRows(10_000))
	y := float32(0)
	for b.Loop() {
		if y += 600; y > 500_000 {
			y = 0
		}
		win.pending.list.ScrollToOffset(y)
	}
}

// One search over all rows.
func BenchmarkSearch10000(b *testing.B) {
	win := openPending(b, manyRows(10_000))
	for b.Loop() {
		win.pending.search("9999")
	}
}
