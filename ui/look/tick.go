package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Mark is what a Tick shows.
type Mark int

// The marks.
const (
	Unticked Mark = iota
	Ticked
	Partly // some of many
	Barred // cannot be ticked
)

// tickSize is the side of the box; the target around it is far larger.
const tickSize = 20

// Tick is a check box that only shows: it takes no focus and no click, for those belong to its row.
type Tick struct {
	widget.BaseWidget
	mark  Mark
	box   *canvas.Rectangle
	parts [2]*canvas.Line
}

// NewTick makes an empty box.
func NewTick() *Tick {
	t := &Tick{box: canvas.NewRectangle(Paper), parts: [2]*canvas.Line{canvas.NewLine(Paper), canvas.NewLine(Paper)}}
	t.box.CornerRadius = 5
	t.box.StrokeWidth = 2
	for _, l := range t.parts {
		l.StrokeWidth = 2.4
	}
	t.ExtendBaseWidget(t)
	return t
}

// Set shows a mark.
func (t *Tick) Set(m Mark) {
	t.mark = m
	t.Refresh()
}

// Mark is what is shown.
func (t *Tick) Mark() Mark { return t.mark }

// CreateRenderer makes the box drawable.
func (t *Tick) CreateRenderer() fyne.WidgetRenderer {
	return newRenderer(t, []fyne.CanvasObject{t.box, t.parts[0], t.parts[1]}, func() fyne.Size { return fyne.NewSquareSize(tickSize) }, t.place)
}

func (t *Tick) place(fyne.Size) {
	t.box.Resize(fyne.NewSquareSize(tickSize))
	t.box.FillColor, t.box.StrokeColor = Paper, rgb(0x98A2B3)
	t.parts[0].Hidden, t.parts[1].Hidden = true, true
	switch t.mark {
	case Ticked:
		t.box.FillColor, t.box.StrokeColor = Accent, Accent
		t.stroke(0, 5, 10.5, 8.7, 14)
		t.stroke(1, 8.7, 14, 15, 6.5)
	case Partly:
		t.box.FillColor, t.box.StrokeColor = Accent, Accent
		t.stroke(0, 5, 10, 15, 10)
	case Barred:
		t.box.FillColor, t.box.StrokeColor = Calm, rgb(0xD5DAE2)
	}
}

func (t *Tick) stroke(i int, x1, y1, x2, y2 float32) {
	t.parts[i].Position1, t.parts[i].Position2 = fyne.NewPos(x1, y1), fyne.NewPos(x2, y2)
	t.parts[i].Hidden = false
}
