package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// renderer draws a widget from fixed parts, with its measure and its layout as plain functions.
type renderer struct {
	of      fyne.CanvasObject
	parts   []fyne.CanvasObject
	measure func() fyne.Size
	place   func(fyne.Size)
}

func newRenderer(of fyne.CanvasObject, parts []fyne.CanvasObject, measure func() fyne.Size, place func(fyne.Size)) fyne.WidgetRenderer {
	return &renderer{of: of, parts: parts, measure: measure, place: place}
}

// Drawn is newRenderer for widgets of other packages.
func Drawn(of fyne.CanvasObject, parts []fyne.CanvasObject, measure func() fyne.Size, place func(fyne.Size)) fyne.WidgetRenderer {
	return newRenderer(of, parts, measure, place)
}

func (r *renderer) Layout(size fyne.Size)        { r.place(size) }
func (r *renderer) MinSize() fyne.Size           { return r.measure() }
func (r *renderer) Objects() []fyne.CanvasObject { return r.parts }
func (r *renderer) Destroy()                     {}

func (r *renderer) Refresh() {
	r.place(r.of.Size())
	for _, p := range r.parts {
		p.Refresh()
	}
	canvas.Refresh(r.of)
}

// Put places a line of text with its left edge at x and its middle at y.
func Put(t *canvas.Text, x, y float32) {
	size := t.MinSize()
	t.Resize(size)
	t.Move(fyne.NewPos(x, y-size.Height/2))
}

// PutRight places a line of text with its right edge at x and its middle at y.
func PutRight(t *canvas.Text, x, y float32) {
	Put(t, x-t.MinSize().Width, y)
}

// Centre places a line of text in the middle of a box.
func Centre(t *canvas.Text, at fyne.Position, box fyne.Size) {
	Put(t, at.X+(box.Width-t.MinSize().Width)/2, at.Y+box.Height/2)
}
