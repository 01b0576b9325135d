package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Choice is one line of a list of filters: a name, a count, and whether it is the one in force.
type Choice struct {
	widget.BaseWidget
	OnTapped func()
	on       bool
	hover    bool
	ground   *canvas.Rectangle
	name     *canvas.Text
	count    *canvas.Text
	full     string
}

// NewChoice makes a line.
func NewChoice(tapped func()) *Choice {
	c := &Choice{OnTapped: tapped, ground: canvas.NewRectangle(Clear), name: Text("", TextBody, Ink), count: Text("", TextBody, Dim)}
	c.ground.CornerRadius = 6
	c.ExtendBaseWidget(c)
	return c
}

// Set says what the line shows.
func (c *Choice) Set(name, count string, on bool) {
	c.full, c.count.Text, c.on = name, count, on
	c.Refresh()
}

// Name is what the line says, uncut.
func (c *Choice) Name() string { return c.full }

// Count is the number behind it.
func (c *Choice) Count() string { return c.count.Text }

// Tapped chooses the line.
func (c *Choice) Tapped(*fyne.PointEvent) { c.OnTapped() }

// MouseIn lights the line up.
func (c *Choice) MouseIn(*desktop.MouseEvent) { c.light(true) }

// MouseMoved does nothing.
func (c *Choice) MouseMoved(*desktop.MouseEvent) {}

// MouseOut takes the light away.
func (c *Choice) MouseOut() { c.light(false) }

func (c *Choice) light(on bool) {
	c.hover = on
	c.Refresh()
}

// CreateRenderer makes the line drawable.
func (c *Choice) CreateRenderer() fyne.WidgetRenderer {
	return newRenderer(c, []fyne.CanvasObject{c.ground, c.name, c.count}, func() fyne.Size { return fyne.NewSize(120, 30) }, c.place)
}

func (c *Choice) place(size fyne.Size) {
	c.ground.FillColor, c.name.Color, c.count.Color = Clear, Ink, Dim
	c.name.TextStyle.Bold = c.on
	switch {
	case c.on:
		c.ground.FillColor, c.name.Color, c.count.Color = rgb(0xDCE8FD), Accent, Accent
	case c.hover:
		c.ground.FillColor = Hover
	}
	c.ground.Resize(size)
	Fit(c.name, c.full, size.Width-24-Width(c.count, c.count.Text))
	Put(c.name, 8, size.Height/2)
	PutRight(c.count, size.Width-8, size.Height/2)
}
