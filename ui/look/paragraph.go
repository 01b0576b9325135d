package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Paragraph is text broken to a width that is known beforehand, so that its height is known before it is laid out.
type Paragraph struct {
	widget.BaseWidget
	width float32
	limit int
	mid   bool
	text  string
	style canvas.Text
	lines []fyne.CanvasObject
}

// NewParagraph makes an empty paragraph of that width, of at most limit lines (0: as many as it takes).
func NewParagraph(width float32, limit int, size float32, c color.Color) *Paragraph {
	p := &Paragraph{width: width, limit: limit, style: *Text("", size, c)}
	p.ExtendBaseWidget(p)
	return p
}

// Set changes the text and its colour.
func (p *Paragraph) Set(text string, c color.Color) {
	if text == p.text && c == p.style.Color {
		return
	}
	p.text, p.style.Color = text, c
	p.lines = nil
	for _, line := range Wrap(&p.style, text, p.width, p.limit) {
		l := Text(line, p.style.TextSize, c)
		l.TextStyle = p.style.TextStyle
		p.lines = append(p.lines, l)
	}
	p.Hidden = text == ""
	p.Refresh()
}

// SetBold makes the text bold; call it before Set.
func (p *Paragraph) SetBold() *Paragraph {
	p.style.TextStyle.Bold = true
	return p
}

// Centred puts every line in the middle.
func (p *Paragraph) Centred() *Paragraph {
	p.mid = true
	return p
}

// Text is the whole text.
func (p *Paragraph) Text() string { return p.text }

// CreateRenderer makes the paragraph drawable.
func (p *Paragraph) CreateRenderer() fyne.WidgetRenderer { return &paragraphRenderer{p} }

func (p *Paragraph) lineHeight() float32 { return p.style.TextSize * 1.5 }

type paragraphRenderer struct{ p *Paragraph }

func (r *paragraphRenderer) Layout(fyne.Size) {
	for i, l := range r.p.lines {
		line := l.(*canvas.Text)
		x := float32(0)
		if r.p.mid {
			x = (r.p.width - line.MinSize().Width) / 2
		}
		Put(line, x, (float32(i)+0.5)*r.p.lineHeight())
	}
}

func (r *paragraphRenderer) MinSize() fyne.Size {
	return fyne.NewSize(r.p.width, float32(len(r.p.lines))*r.p.lineHeight())
}

func (r *paragraphRenderer) Objects() []fyne.CanvasObject { return r.p.lines }
func (r *paragraphRenderer) Destroy()                     {}

func (r *paragraphRenderer) Refresh() {
	r.Layout(r.p.Size())
	canvas.Refresh(r.p)
}
