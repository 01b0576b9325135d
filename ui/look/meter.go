package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Meter is a slim bar that fills up.
type Meter struct {
	widget.BaseWidget
	share  float32
	ground *canvas.Rectangle
	fill   *canvas.Rectangle
}

// NewMeter makes an empty bar.
func NewMeter() *Meter {
	m := &Meter{ground: canvas.NewRectangle(rgb(0x3A465A)), fill: canvas.NewRectangle(GoodLamp)}
	m.ground.CornerRadius, m.fill.CornerRadius = 5, 5
	m.ExtendBaseWidget(m)
	return m
}

// Set fills the bar to a share between 0 and 1.
func (m *Meter) Set(share float32) {
	m.share = min(max(share, 0), 1)
	m.Refresh()
}

// Share is how far the bar is filled.
func (m *Meter) Share() float32 { return m.share }

// CreateRenderer makes the bar drawable.
func (m *Meter) CreateRenderer() fyne.WidgetRenderer {
	return newRenderer(m, []fyne.CanvasObject{m.ground, m.fill}, func() fyne.Size { return fyne.NewSize(160, 10) }, m.place)
}

func (m *Meter) place(size fyne.Size) {
	y := (size.Height - 10) / 2
	m.ground.Move(fyne.NewPos(0, y))
	m.ground.Resize(fyne.NewSize(size.Width, 10))
	m.fill.Move(fyne.NewPos(0, y))
	m.fill.Resize(fyne.NewSize(size.Width*m.share, 10))
}
