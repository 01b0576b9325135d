package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// Tabs is a row of page names, one of them current. Names can carry a count, quiet or red.
type Tabs struct {
	OnChosen func(i int)
	tabs     []*tab
	current  int
}

// NewTabs makes the row with the first name current.
func NewTabs(names []string, chosen func(int)) *Tabs {
	t := &Tabs{OnChosen: chosen}
	for i, name := range names {
		t.tabs = append(t.tabs, newTab(name, func() { t.OnChosen(i) }))
	}
	t.tabs[0].setCurrent(true)
	return t
}

// Content is what to put into the window.
func (t *Tabs) Content() fyne.CanvasObject {
	row := container.New(layout.NewCustomPaddedHBoxLayout(0))
	for _, tab := range t.tabs {
		row.Add(tab)
	}
	return row
}

// Choose makes page i current, without calling OnChosen.
func (t *Tabs) Choose(i int) {
	t.tabs[t.current].setCurrent(false)
	t.current = i
	t.tabs[i].setCurrent(true)
}

// Current is the page that is current.
func (t *Tabs) Current() int { return t.current }

// SetCount shows a count behind a name; red when a hand is needed, and then not at all when it is 0.
func (t *Tabs) SetCount(i int, count string, red bool) { t.tabs[i].setCount(count, red) }

// Label is what tab i says, count included.
func (t *Tabs) Label(i int) string {
	if count := t.tabs[i].count.Text(); count != "" {
		return t.tabs[i].name.Text + " " + count
	}
	return t.tabs[i].name.Text
}

type tab struct {
	widget.BaseWidget
	tapped  func()
	current bool
	hover   bool
	name    *canvas.Text
	count   *Chip
	ground  *canvas.Rectangle
	under   *canvas.Rectangle
}

func newTab(name string, tapped func()) *tab {
	t := &tab{tapped: tapped, name: Text(name, TextBody, Ink), count: NewChip(), ground: canvas.NewRectangle(Clear), under: canvas.NewRectangle(Accent)}
	t.under.Hide()
	t.ExtendBaseWidget(t)
	return t
}

func (t *tab) setCurrent(on bool) {
	t.current = on
	t.name.TextStyle.Bold = on
	t.name.Color = Ink
	t.under.Hidden = !on
	if on {
		t.name.Color = Accent
	}
	t.Refresh()
}

func (t *tab) setCount(count string, red bool) {
	if count == t.count.Text() {
		return
	}
	if red && count != "" {
		t.count.Shout(count)
	} else {
		t.count.Set(count, Quiet)
	}
	t.Refresh()
}

func (t *tab) Tapped(*fyne.PointEvent)        { t.tapped() }
func (t *tab) MouseIn(*desktop.MouseEvent)    { t.light(true) }
func (t *tab) MouseMoved(*desktop.MouseEvent) {}
func (t *tab) MouseOut()                      { t.light(false) }

func (t *tab) light(on bool) {
	t.hover = on
	t.Refresh()
}

func (t *tab) CreateRenderer() fyne.WidgetRenderer {
	return newRenderer(t, []fyne.CanvasObject{t.ground, t.name, t.count, t.under}, t.measure, t.place)
}

// measure takes the bold width always, so that the row does not shift when another tab becomes current.
func (t *tab) measure() fyne.Size {
	w := fyne.MeasureText(t.name.Text, t.name.TextSize, fyne.TextStyle{Bold: true}).Width + 36
	if t.count.Visible() {
		w += t.count.MinSize().Width + 8
	}
	return fyne.NewSize(w, 44)
}

func (t *tab) place(size fyne.Size) {
	t.ground.FillColor = Clear
	if t.hover && !t.current {
		t.ground.FillColor = Hover
	}
	t.ground.Resize(size)
	Put(t.name, 18, size.Height/2)
	if t.count.Visible() {
		chip := t.count.MinSize()
		t.count.Resize(chip)
		t.count.Move(fyne.NewPos(size.Width-18-chip.Width, (size.Height-chip.Height)/2))
	}
	t.under.Resize(fyne.NewSize(size.Width, 3))
	t.under.Move(fyne.NewPos(0, size.Height-3))
}
