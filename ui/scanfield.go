package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// scanField is where a scanner types. It hands on the keys that mean something to the window and keeps the rest.
type scanField struct {
	widget.Entry
	keys *keyboard
}

func newScanField(keys *keyboard) *scanField {
	f := &scanField{keys: keys}
	f.ExtendBaseWidget(f)
	return f
}

// TypedKey moves through the list, or edits.
func (f *scanField) TypedKey(ev *fyne.KeyEvent) {
	if ev.Name != fyne.KeySpace && f.keys.typed(ev.Name) {
		return
	}
	f.Entry.TypedKey(ev)
}

// TypedRune writes. A space into the empty field ticks the row under the cursor instead: no code begins with one.
func (f *scanField) TypedRune(r rune) {
	if r == ' ' && f.Text == "" {
		f.keys.typed(fyne.KeySpace)
		return
	}
	f.Entry.TypedRune(r)
}

// TypedShortcut acts on the window's shortcuts first.
func (f *scanField) TypedShortcut(s fyne.Shortcut) {
	if !f.keys.shortcut(s) {
		f.Entry.TypedShortcut(s)
	}
}

// KeyDown acts on the window's keys. What it does may take the text away, so the field hears of the key first.
func (f *scanField) KeyDown(ev *fyne.KeyEvent) {
	f.Entry.KeyDown(ev)
	f.keys.pressed(ev.Name)
}

// KeyUp ends what KeyDown began.
func (f *scanField) KeyUp(ev *fyne.KeyEvent) {
	f.Entry.KeyUp(ev)
	f.keys.released(ev.Name)
}

// take empties the field and gives what stood in it.
func (f *scanField) take() string {
	text := strings.TrimSpace(f.Text)
	f.SetText("")
	return text
}
