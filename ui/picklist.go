package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"printstation/ui/look"
)

// rowBody is what a list draws of one thing, right of its tick.
type rowBody[T any] interface {
	fyne.CanvasObject
	show(thing T) (ground look.Tone)
}

// pickList shows picks. Only the rows in sight exist. It may get the focus by the Tab key; whatever is typed then goes
// to the window's one hand for keys.
type pickList[K comparable, T any] struct {
	widget.List
	picks   *picks[K, T]
	hand    keyHand
	changed func() // the choice or the cursor moved
	pointed func() // a hand, not a scan, moved the cursor or chose; may be nil
	plain   bool   // nothing can be chosen: rows show no box
}

func newPickList[K comparable, T any](p *picks[K, T], hand keyHand, body func() rowBody[T], changed func()) *pickList[K, T] {
	l := &pickList[K, T]{picks: p, hand: hand, changed: changed}
	l.Length = p.len
	l.HideSeparators = true
	l.CreateItem = func() fyne.CanvasObject { return newRowFrame(body(), l.tapped) }
	l.UpdateItem = func(i widget.ListItemID, o fyne.CanvasObject) {
		if i >= p.len() {
			return // the list shrank while Fyne was drawing the old one
		}
		f := o.(*rowFrame)
		f.index, f.tick.Hidden = i, l.plain
		ground := f.body.(rowBody[T]).show(p.item(i))
		f.set(p.markAt(i), i == p.at, ground)
	}
	l.ExtendBaseWidget(l)
	return l
}

func (l *pickList[K, T]) tapped(i int, shift bool) {
	if i >= l.picks.len() {
		return
	}
	if shift {
		l.picks.extend(i)
	} else {
		l.picks.toggle(i)
	}
	l.byHand()
	l.hand.refocus()
	l.update()
}

func (l *pickList[K, T]) byHand() {
	if l.pointed != nil {
		l.pointed()
	}
}

// move takes the cursor by rows, choosing on the way when extend is set.
func (l *pickList[K, T]) move(by int, extend bool) {
	l.byHand()
	if extend {
		l.picks.extend(l.picks.at + by)
	} else {
		l.picks.moveTo(l.picks.at + by)
	}
	l.reveal()
}

// page is how many rows are in sight.
func (l *pickList[K, T]) page() int {
	row := l.CreateItem().MinSize().Height
	return max(1, int(l.Size().Height/row)-1)
}

// reveal scrolls to the cursor.
func (l *pickList[K, T]) reveal() {
	if l.picks.len() > 0 {
		l.ScrollTo(l.picks.at)
	}
	l.update()
}

func (l *pickList[K, T]) update() {
	l.Refresh()
	l.changed()
}

// key does what a key means in a list; false when it means nothing here.
func (l *pickList[K, T]) key(name fyne.KeyName, shift bool) bool {
	switch name {
	case fyne.KeyDown:
		l.move(1, shift)
	case fyne.KeyUp:
		l.move(-1, shift)
	case fyne.KeyPageDown:
		l.move(l.page(), shift)
	case fyne.KeyPageUp:
		l.move(-l.page(), shift)
	case fyne.KeySpace:
		l.byHand()
		l.picks.toggle(l.picks.at)
		l.reveal()
	default:
		return false
	}
	return true
}

// chooseAll is Ctrl+A and the box over the list.
func (l *pickList[K, T]) chooseAll() {
	l.picks.all()
	l.hand.refocus()
	l.update()
}

// TypedKey hands keys on.
func (l *pickList[K, T]) TypedKey(ev *fyne.KeyEvent) { l.hand.typedKey(ev) }

// TypedRune hands letters on.
func (l *pickList[K, T]) TypedRune(r rune) { l.hand.typedRune(r) }

// TypedShortcut hands shortcuts on.
func (l *pickList[K, T]) TypedShortcut(s fyne.Shortcut) { l.hand.typedShortcut(s) }

// KeyDown hands presses on.
func (l *pickList[K, T]) KeyDown(ev *fyne.KeyEvent) { l.hand.keyDown(ev) }

// KeyUp hands releases on.
func (l *pickList[K, T]) KeyUp(ev *fyne.KeyEvent) { l.hand.keyUp(ev) }
