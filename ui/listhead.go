package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"printstation/ui/look"
)

// listHead stands over a list: a box that chooses all that is shown, how much is chosen, and a word at the right.
type listHead struct {
	widget.BaseWidget
	all    func()
	ground *canvas.Rectangle
	tick   *look.Tick
	chosen *canvas.Text
	total  *canvas.Text
	right  *fyne.Container
}

func newListHead(all func(), right ...fyne.CanvasObject) *listHead {
	h := &listHead{
		all: all, ground: canvas.NewRectangle(look.Paper), tick: look.NewTick(),
		chosen: look.Bold("", look.TextLead, look.Ink), total: look.Text("", look.TextSmall+1, look.Dim), right: look.Row(8, right...),
	}
	h.ExtendBaseWidget(h)
	return h
}

func (h *listHead) set(mark look.Mark, chosen, total string) {
	h.tick.Set(mark)
	h.chosen.Text, h.total.Text = chosen, total
	h.Refresh()
}

// Tapped chooses all, or lets all go.
func (h *listHead) Tapped(*fyne.PointEvent) { h.all() }

// CreateRenderer makes the head drawable.
func (h *listHead) CreateRenderer() fyne.WidgetRenderer {
	return look.Drawn(h, []fyne.CanvasObject{h.ground, h.tick, h.chosen, h.total, h.right}, h.measure, h.place)
}

func (h *listHead) measure() fyne.Size { return fyne.NewSize(h.right.MinSize().Width+300, 48) }

func (h *listHead) place(size fyne.Size) {
	h.ground.Resize(size)
	box := h.tick.MinSize()
	h.tick.Resize(box)
	h.tick.Move(fyne.NewPos(16, (size.Height-box.Height)/2))
	look.Put(h.chosen, tickColumn, size.Height/2)
	look.Put(h.total, tickColumn+look.Width(h.chosen, h.chosen.Text)+16, size.Height/2)
	right := h.right.MinSize()
	h.right.Resize(right)
	h.right.Move(fyne.NewPos(size.Width-right.Width-12, (size.Height-right.Height)/2))
}
