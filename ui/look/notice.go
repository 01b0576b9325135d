package look

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// Notice is a strip that tells something and offers what to do about it. It never stands in the way: work goes on below.
type Notice struct {
	widget.BaseWidget
	tone    Tone
	full    string
	ground  *canvas.Rectangle
	edge    *canvas.Rectangle
	lines   [2]*canvas.Text
	actions *fyne.Container
}

// NewNotice makes a strip with its buttons, from left to right.
func NewNotice(text string, tone Tone, actions ...*Button) *Notice {
	n := &Notice{
		tone: tone, full: text,
		ground: canvas.NewRectangle(tone.Fill()), edge: canvas.NewRectangle(tone.Ink()),
		lines:   [2]*canvas.Text{Bold("", TextBody, tone.Ink()), Bold("", TextBody, tone.Ink())},
		actions: container.New(layout.NewCustomPaddedHBoxLayout(8)),
	}
	for _, a := range actions {
		n.actions.Add(a)
	}
	n.ExtendBaseWidget(n)
	return n
}

// Text is what the strip says, uncut.
func (n *Notice) Text() string { return n.full }

// Tone is how much attention it asks for.
func (n *Notice) Tone() Tone { return n.tone }

// CreateRenderer makes the strip drawable.
func (n *Notice) CreateRenderer() fyne.WidgetRenderer {
	parts := []fyne.CanvasObject{n.ground, n.edge, n.lines[0], n.lines[1], n.actions}
	return newRenderer(n, parts, func() fyne.Size { return fyne.NewSize(n.actions.MinSize().Width+200, 50) }, n.place)
}

func (n *Notice) place(size fyne.Size) {
	n.ground.Resize(size)
	n.edge.Resize(fyne.NewSize(5, size.Height))
	buttons := n.actions.MinSize()
	n.actions.Resize(buttons)
	n.actions.Move(fyne.NewPos(size.Width-buttons.Width-12, (size.Height-buttons.Height)/2))

	width := size.Width - buttons.Width - 48
	lines := Wrap(n.lines[0], strings.TrimSpace(n.full), width, len(n.lines))
	n.lines[0].Text, n.lines[1].Text = "", ""
	switch len(lines) {
	case 0:
	case 1:
		n.lines[0].Text = lines[0]
		Put(n.lines[0], 20, size.Height/2)
	default:
		n.lines[0].Text, n.lines[1].Text = lines[0], lines[1]
		Put(n.lines[0], 20, size.Height/2-11)
		Put(n.lines[1], 20, size.Height/2+11)
	}
}
