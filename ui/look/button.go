package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Rank says how loud a button is.
type Rank int

// The ranks.
const (
	Plain   Rank = iota // outlined
	Primary             // filled: the one thing to do here
	Danger              // outlined in red: destroys something
	Bare                // text alone, on a coloured ground
)

// bigWidth holds the longest words that the big button usually shows, so that it does not change its width with them.
const bigWidth = 256

// Button is a push button that leaves the keyboard focus where it is, with room for gloves and, if it has one, the key
// that does the same.
type Button struct {
	widget.BaseWidget
	OnTapped func()

	rank     Rank
	hover    bool
	disabled bool
	big      bool
	ground   *canvas.Rectangle
	text     *canvas.Text
	keyBox   *canvas.Rectangle
	key      *canvas.Text
}

// NewButton makes a button of the usual size.
func NewButton(text string, rank Rank, tapped func()) *Button {
	b := &Button{
		OnTapped: tapped, rank: rank,
		ground: canvas.NewRectangle(Paper), text: Bold(text, TextBody, Ink),
		keyBox: canvas.NewRectangle(Clear), key: Text("", TextSmall, Ink),
	}
	b.ground.CornerRadius, b.keyBox.CornerRadius = 8, 4
	b.ExtendBaseWidget(b)
	return b
}

// NewBigButton makes the one large button of the window; key names what presses it.
func NewBigButton(text, key string, tapped func()) *Button {
	b := NewButton(text, Primary, tapped)
	b.big = true
	b.text.TextSize = 20
	b.ground.CornerRadius = 10
	b.key.Text = key
	b.key.TextStyle.Bold = true
	return b
}

// SetText changes the words.
func (b *Button) SetText(s string) {
	if b.text.Text == s {
		return
	}
	b.text.Text = s
	b.Refresh()
}

// Text is what stands on the button.
func (b *Button) Text() string { return b.text.Text }

// SetRank changes how loud the button is.
func (b *Button) SetRank(r Rank) {
	b.rank = r
	b.Refresh()
}

// SetEnabled lets the button be pressed, or greys it.
func (b *Button) SetEnabled(on bool) {
	if b.disabled != on {
		return
	}
	b.disabled = !on
	b.Refresh()
}

// Enabled reports whether it can be pressed.
func (b *Button) Enabled() bool { return !b.disabled }

// Tapped presses the button.
func (b *Button) Tapped(*fyne.PointEvent) {
	if !b.disabled && b.OnTapped != nil {
		b.OnTapped()
	}
}

// MouseIn lights the button up.
func (b *Button) MouseIn(*desktop.MouseEvent) { b.light(true) }

// MouseMoved does nothing.
func (b *Button) MouseMoved(*desktop.MouseEvent) {}

// MouseOut takes the light away.
func (b *Button) MouseOut() { b.light(false) }

func (b *Button) light(on bool) {
	b.hover = on
	b.Refresh()
}

// CreateRenderer makes the button drawable.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	return newRenderer(b, []fyne.CanvasObject{b.ground, b.text, b.keyBox, b.key}, b.measure, b.place)
}

func (b *Button) measure() fyne.Size {
	w := Width(b.text, b.text.Text) + 32
	switch {
	case b.big:
		return fyne.NewSize(max(w+24+Width(b.key, b.key.Text)+16, bigWidth), 52)
	case b.rank == Bare:
		return fyne.NewSize(w-8, 34)
	}
	return fyne.NewSize(max(w, 72), 38)
}

func (b *Button) place(size fyne.Size) {
	fill, ink, edge := b.colours()
	b.ground.FillColor, b.ground.StrokeColor, b.ground.StrokeWidth = fill, edge, 1
	b.text.Color, b.key.Color, b.keyBox.StrokeColor = ink, ink, ink
	b.keyBox.StrokeWidth = 1
	b.ground.Resize(size)
	if b.key.Text == "" {
		b.keyBox.Hide()
		Centre(b.text, fyne.NewPos(0, 0), size)
		return
	}
	keyW := Width(b.key, b.key.Text) + 14
	x := (size.Width - b.text.MinSize().Width - 14 - keyW) / 2
	Put(b.text, x, size.Height/2)
	box := fyne.NewPos(x+b.text.MinSize().Width+14, size.Height/2-12)
	b.keyBox.Move(box)
	b.keyBox.Resize(fyne.NewSize(keyW, 24))
	Centre(b.key, box, fyne.NewSize(keyW, 24))
}

func (b *Button) colours() (fill, ink, edge color.Color) {
	switch {
	case b.disabled && b.rank == Primary:
		return rgb(0x9DB4DB), Paper, Clear
	case b.disabled:
		return Clear, rgb(0x9AA3B2), Line
	case b.rank == Primary && b.hover:
		return Deep, Paper, Clear
	case b.rank == Primary:
		return Accent, Paper, Clear
	case b.rank == Danger && b.hover:
		return BadBg, Bad, Bad
	case b.rank == Danger:
		return Paper, Bad, rgb(0xE3A5A2)
	case b.rank == Bare && b.hover:
		return color.NRGBA{A: 0x12}, Ink, Clear
	case b.rank == Bare:
		return Clear, Ink, Clear
	case b.hover:
		return Tint, Accent, Accent
	}
	return Paper, Accent, rgb(0xB9C9E6)
}
