package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"printstation/ui/look"
)

// tickColumn is the width of the column that holds the ticks.
const tickColumn = 48

// rowFrame is a row of a list: ground, cursor, tick, and the body. The whole row is the target of a click.
type rowFrame struct {
	widget.BaseWidget
	index  int
	tapped func(i int, shift bool)
	shift  bool
	tone   look.Tone
	cursor bool
	hover  bool

	ground *canvas.Rectangle
	bar    *canvas.Rectangle
	under  *canvas.Rectangle
	tick   *look.Tick
	body   fyne.CanvasObject
}

func newRowFrame(body fyne.CanvasObject, tapped func(i int, shift bool)) *rowFrame {
	f := &rowFrame{
		tapped: tapped, body: body, tick: look.NewTick(),
		ground: canvas.NewRectangle(look.Paper), bar: canvas.NewRectangle(look.Accent), under: canvas.NewRectangle(look.Line),
	}
	f.bar.Hide()
	f.ExtendBaseWidget(f)
	return f
}

func (f *rowFrame) set(mark look.Mark, cursor bool, tone look.Tone) {
	f.cursor, f.tone = cursor, tone
	f.tick.Set(mark)
	f.Refresh()
}

func (f *rowFrame) fill() color.Color {
	switch {
	case f.tick.Mark() == look.Ticked:
		return look.Tint
	case f.tone == look.Care:
		return look.WarnRow
	case f.hover:
		return look.Ground
	}
	return look.Paper
}

// MouseDown remembers whether shift is held; the tap that follows does not say.
func (f *rowFrame) MouseDown(ev *desktop.MouseEvent) {
	f.shift = ev.Modifier&fyne.KeyModifierShift != 0
}

// MouseUp does nothing.
func (f *rowFrame) MouseUp(*desktop.MouseEvent) {}

// Tapped chooses the row.
func (f *rowFrame) Tapped(*fyne.PointEvent) { f.tapped(f.index, f.shift) }

// MouseIn lights the row up.
func (f *rowFrame) MouseIn(*desktop.MouseEvent) { f.light(true) }

// MouseMoved does nothing.
func (f *rowFrame) MouseMoved(*desktop.MouseEvent) {}

// MouseOut takes the light away.
func (f *rowFrame) MouseOut() { f.light(false) }

func (f *rowFrame) light(on bool) {
	f.hover = on
	f.Refresh()
}

// CreateRenderer makes the row drawable.
func (f *rowFrame) CreateRenderer() fyne.WidgetRenderer {
	parts := []fyne.CanvasObject{f.ground, f.under, f.bar, f.tick, f.body}
	return look.Drawn(f, parts, f.measure, f.place)
}

func (f *rowFrame) measure() fyne.Size {
	return f.body.MinSize().Add(fyne.NewSize(tickColumn, 0))
}

func (f *rowFrame) place(size fyne.Size) {
	f.ground.FillColor = f.fill()
	f.ground.Resize(size)
	f.bar.Hidden = !f.cursor
	f.bar.Resize(fyne.NewSize(4, size.Height))
	f.under.Move(fyne.NewPos(0, size.Height-1))
	f.under.Resize(fyne.NewSize(size.Width, 1))
	box := f.tick.MinSize()
	f.tick.Resize(box)
	f.tick.Move(fyne.NewPos(16, (size.Height-box.Height)/2))
	f.body.Move(fyne.NewPos(tickColumn, 0))
	f.body.Resize(fyne.NewSize(size.Width-tickColumn, size.Height-1))
}
