package ui

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"printstation/app"
	"printstation/app/shipping"
	"printstation/assets/words"
	"printstation/ui/look"
)

// harness is a window in virtual time. The test's goroutine is Fyne's: what is posted waits until settle runs it, so
// that a widget touched from any other goroutine is a data race that -race finds.
type harness struct {
	t     *testing.T
	bench *fakeBench
	win   *Window
	mu    sync.Mutex
	queue []func()
}

// inWindow runs a test on an open window whose first readings are done.
func inWindow(t *testing.T, bench *fakeBench, do func(h *harness)) {
	t.Helper()
	a := test.NewTempApp(t)
	synctest.Test(t, func(t *testing.T) {
		bench.changes = make(chan app.Change, 100) // of the bubble, or time would stand still
		h := &harness{t: t, bench: bench}
		h.win = New(a, Deps{
			Bench: bench, Words: speak(t, words.Chinese), Do: h.post, Clock: func() time.Time { return testTime },
			Speak: func(lang string) (*words.Words, Explain, error) { return speak(t, lang), nil, nil },
		})
		defer h.win.back.close()
		h.win.win.Resize(fyne.NewSize(1280, 720))
		h.win.Show()
		h.wait(time.Second)
		do(h)
	})
}

func speak(t *testing.T, lang string) *words.Words {
	t.Helper()
	w, err := words.For(lang)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func (h *harness) post(f func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.queue = append(h.queue, f)
}

// settle runs what was posted until nothing more comes without time passing.
func (h *harness) settle() {
	for {
		synctest.Wait()
		h.mu.Lock()
		queue := h.queue
		h.queue = nil
		h.mu.Unlock()
		if len(queue) == 0 {
			return
		}
		for _, f := range queue {
			f()
		}
	}
}

// wait lets virtual time pass in steps, as a window does that is drawn all the while.
func (h *harness) wait(d time.Duration) {
	for end := time.Now().Add(d); time.Now().Before(end); {
		time.Sleep(50 * time.Millisecond)
		h.settle()
	}
}

// press is a key that goes down and up again, sent to wherever the focus is.
func (h *harness) press(name fyne.KeyName) {
	ev := &fyne.KeyEvent{Name: name}
	focused := h.win.win.Canvas().Focused()
	if k, ok := focused.(desktop.Keyable); ok {
		k.KeyDown(ev)
		defer k.KeyUp(ev)
	}
	focused.TypedKey(ev)
	h.settle()
}

func (h *harness) shortcut(s fyne.Shortcut) {
	h.win.win.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(s)
	h.settle()
}

func (h *harness) write(text string) {
	for _, r := range text {
		h.win.win.Canvas().Focused().TypedRune(r)
	}
}

// scan is what a scanner does: it types, and ends with Enter.
func (h *harness) scan(code string) {
	h.write(code)
	h.press(fyne.KeyReturn)
}

func (h *harness) chosen() []shipping.ParcelID {
	var ids []shipping.ParcelID
	for _, r := range h.win.model.picks.picked() {
		ids = append(ids, r.ID)
	}
	return ids
}

func (h *harness) news() string { return h.win.notices.text(noticeNews) }

// wantCalls fails unless the bench was asked just this, in this order, by calls that begin with the word.
func (h *harness) wantCalls(word string, want ...string) {
	h.t.Helper()
	if got := h.bench.saw(word); !slices.Equal(got, want) {
		h.t.Fatalf("calls of %s: %q, want %q", word, got, want)
	}
}

func (h *harness) wantNews(part string) {
	h.t.Helper()
	if got := h.news(); !strings.Contains(got, part) {
		h.t.Fatalf("the notice says %q, want %q in it", got, part)
	}
}

// tap presses the first enabled button in sight that says text.
func (h *harness) tap(text string) {
	h.t.Helper()
	for _, o := range test.LaidOutObjects(h.win.win.Canvas().Content()) {
		if b, ok := o.(*look.Button); ok && b.Visible() && b.Enabled() && b.Text() == text {
			b.Tapped(nil)
			h.settle()
			return
		}
	}
	h.t.Fatalf("there is no button %q to press", text)
}
