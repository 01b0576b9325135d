package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Chip is a short word on a rounded ground: a state, a count.
type Chip struct {
	widget.BaseWidget
	ground *canvas.Rectangle
	text   *canvas.Text
}

// NewChip makes an empty, hidden chip.
func NewChip() *Chip {
	c := &Chip{ground: canvas.NewRectangle(Calm), text: Text("", TextSmall, Ink)}
	c.ground.CornerRadius = 11
	c.ExtendBaseWidget(c)
	c.Hide()
	return c
}

// Set shows a word in a tone; no word hides the chip.
func (c *Chip) Set(word string, tone Tone) {
	if word == "" {
		c.Hide()
		return
	}
	c.text.Text, c.text.Color, c.ground.FillColor = word, tone.Ink(), tone.Fill()
	c.Show()
	c.Refresh()
}

// Shout shows a count in white on red, for what waits for a hand.
func (c *Chip) Shout(count string) {
	c.text.Text, c.text.Color, c.ground.FillColor = count, Paper, BadFill
	c.text.TextStyle.Bold = true
	c.Show()
	c.Refresh()
}

// Text is what the chip says, "" when it is hidden.
func (c *Chip) Text() string {
	if !c.Visible() {
		return ""
	}
	return c.text.Text
}

// CreateRenderer makes the chip drawable.
func (c *Chip) CreateRenderer() fyne.WidgetRenderer {
	return newRenderer(c, []fyne.CanvasObject{c.ground, c.text}, c.measure, c.place)
}

func (c *Chip) measure() fyne.Size {
	if c.text.Text == "" {
		return fyne.Size{}
	}
	return fyne.NewSize(max(Width(c.text, c.text.Text)+20, 26), 22)
}

func (c *Chip) place(size fyne.Size) {
	c.ground.Resize(size)
	Centre(c.text, fyne.NewPos(0, 0), size)
}
