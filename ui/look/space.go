package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// On puts content on a coloured ground.
func On(ground color.Color, content fyne.CanvasObject) *fyne.Container {
	return container.NewStack(canvas.NewRectangle(ground), content)
}

// Pad keeps a distance around content.
func Pad(top, right, bottom, left float32, content fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedLayout(top, bottom, left, right), content)
}

// Column stacks things with a gap between them.
func Column(gap float32, things ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedVBoxLayout(gap), things...)
}

// Row lines things up with a gap between them.
func Row(gap float32, things ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedHBoxLayout(gap), things...)
}

// Middle keeps content at its own height in the middle of a higher row.
func Middle(content fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedVBoxLayout(0), layout.NewSpacer(), content, layout.NewSpacer())
}

// HLine is a thin level line.
func HLine() fyne.CanvasObject {
	l := canvas.NewRectangle(Line)
	l.SetMinSize(fyne.NewSize(1, 1))
	return l
}

// VLine is a thin upright line.
func VLine() fyne.CanvasObject { return HLine() }

// Wide gives content a width of at least w.
func Wide(w float32, content fyne.CanvasObject) *fyne.Container {
	return container.New(atLeast{fyne.NewSize(w, 0)}, content)
}

// atLeast is a layout of one thing that is given all the room, and at least some.
type atLeast struct{ size fyne.Size }

func (a atLeast) Layout(things []fyne.CanvasObject, size fyne.Size) {
	for _, t := range things {
		t.Move(fyne.NewPos(0, 0))
		t.Resize(size)
	}
}

func (a atLeast) MinSize(things []fyne.CanvasObject) fyne.Size {
	size := a.size
	for _, t := range things {
		size = size.Max(t.MinSize())
	}
	return size
}
