package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// keyHand takes keys that arrive anywhere but in the scan field.
type keyHand interface {
	refocus()
	typedKey(*fyne.KeyEvent)
	typedRune(rune)
	typedShortcut(fyne.Shortcut)
	keyDown(*fyne.KeyEvent)
	keyUp(*fyne.KeyEvent)
}

// keyActions is what keys do.
type keyActions struct {
	print, stop, reload, search, all func()
	list                             func(name fyne.KeyName, shift bool) bool
	page                             func(i int)
}

// keyboard is the one place where keys get their meaning, wherever the focus is.
type keyboard struct {
	on    keyActions
	field *scanField
	focus func(fyne.Focusable)
	shift bool
}

// pressed acts on a key going down. F9 and Esc act here and not when they are typed, because a key held down is typed
// over and over: leaning on F9 must not print the whole list.
func (k *keyboard) pressed(name fyne.KeyName) {
	switch name {
	case desktop.KeyShiftLeft, desktop.KeyShiftRight:
		k.shift = true
	case fyne.KeyF9:
		k.on.print()
	case fyne.KeyEscape:
		k.on.stop()
	case fyne.KeyF5:
		k.on.reload()
	}
}

func (k *keyboard) released(name fyne.KeyName) {
	if name == desktop.KeyShiftLeft || name == desktop.KeyShiftRight {
		k.shift = false
	}
}

// typed acts on keys that move through a list; false when the key is for the field.
func (k *keyboard) typed(name fyne.KeyName) bool {
	switch name {
	case fyne.KeyDown, fyne.KeyUp, fyne.KeyPageDown, fyne.KeyPageUp, fyne.KeySpace:
		return k.on.list(name, k.shift)
	}
	return false
}

// shortcut acts on keys with a modifier; false when they are for the field.
func (k *keyboard) shortcut(s fyne.Shortcut) bool {
	switch s := s.(type) {
	case *fyne.ShortcutSelectAll:
		if k.field.Text != "" {
			return false
		}
		k.on.all()
		return true
	case *desktop.CustomShortcut:
		return k.custom(s)
	}
	return false
}

func (k *keyboard) custom(s *desktop.CustomShortcut) bool {
	if s.Modifier != fyne.KeyModifierShortcutDefault {
		return false
	}
	switch s.KeyName {
	case fyne.KeyK, fyne.KeyF:
		k.on.search()
	case fyne.Key1, fyne.Key2, fyne.Key3, fyne.Key4, fyne.Key5:
		k.on.page(int(s.KeyName[0] - '1'))
	default:
		return false
	}
	return true
}

// refocus gives the keyboard back to the scan field.
func (k *keyboard) refocus() { k.focus(k.field) }

// What arrives elsewhere goes to the field, so that a scan is never lost for want of a click.

func (k *keyboard) typedKey(ev *fyne.KeyEvent) {
	k.refocus()
	k.field.TypedKey(ev)
}

func (k *keyboard) typedRune(r rune) {
	k.refocus()
	k.field.TypedRune(r)
}

func (k *keyboard) typedShortcut(s fyne.Shortcut) {
	k.refocus()
	k.field.TypedShortcut(s)
}

func (k *keyboard) keyDown(ev *fyne.KeyEvent) { k.pressed(ev.Name) }
func (k *keyboard) keyUp(ev *fyne.KeyEvent)   { k.released(ev.Name) }

// attach takes the keys that no widget has the focus for.
func (k *keyboard) attach(c fyne.Canvas) {
	k.focus = c.Focus
	c.SetOnTypedKey(k.typedKey)
	c.SetOnTypedRune(k.typedRune)
	if d, ok := c.(desktop.Canvas); ok {
		d.SetOnKeyDown(k.keyDown)
		d.SetOnKeyUp(k.keyUp)
	}
	for _, name := range []fyne.KeyName{fyne.KeyK, fyne.KeyF, fyne.Key1, fyne.Key2, fyne.Key3, fyne.Key4, fyne.Key5} {
		c.AddShortcut(&desktop.CustomShortcut{KeyName: name, Modifier: fyne.KeyModifierShortcutDefault}, k.typedShortcut)
	}
	c.AddShortcut(&fyne.ShortcutSelectAll{}, k.typedShortcut)
}
