package ui

import (
	"context"
	"image"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"printstation/app"
	"printstation/app/outbox"
	"printstation/app/shipping"
	"printstation/ui/look"
)

// Measures of the panel at the right, in Fyne's units; previewDots is the height the label is drawn at.
const (
	detailWidth = 272
	detailInner = detailWidth - 24
	previewDots = 1080
	eventMargin = 12 // keeps text clear of the scroll bar
)

// detailBench is what the panel needs of the station.
type detailBench interface {
	Label(ctx context.Context, id shipping.ParcelID) (shipping.Label, error)
	Timeline(ctx context.Context, id shipping.ParcelID) ([]shipping.Event, error)
}

// Preview draws a label as it would be printed, heightPx pixels high.
type Preview func(l shipping.Label, heightPx int) (image.Image, error)

// action is something that can be done to the parcel shown. It is asked about in the panel itself, never in a window.
type action struct {
	text     string
	rank     look.Rank
	allowed  func(app.Row) bool
	question string
	do       func(app.Row)
}

// glimpse is what the panel reads of a parcel.
type glimpse struct {
	row    app.Row
	label  image.Image
	labelE error
	events []shipping.Event
}

// detail shows the parcel under the cursor: its label, its facts, what happened to it and what can be done.
type detail struct {
	bench   detailBench
	draw    Preview
	speech  *speech
	keys    *keyboard
	actions []action
	history bool
	feed    *feed[glimpse]

	row   app.Row
	has   bool
	asked *action

	picture *canvas.Image
	instead *look.Paragraph // what stands in the picture's place
	why     *look.Paragraph
	facts   *look.Paragraph
	message *look.Paragraph
	buttons *fyne.Container
	events  *fyne.Container
}

func newDetail(sh *shell, bench detailBench, history bool, actions ...action) *detail {
	d := &detail{
		bench: bench, draw: sh.preview, speech: sh.speech, keys: sh.keys, actions: actions, history: history,
		picture: canvas.NewImageFromImage(nil),
		instead: look.NewParagraph(detailInner-eventMargin, 0, look.TextBody, look.Ink),
		why:     look.NewParagraph(detailInner, 5, look.TextBody, look.Ink).SetBold(),
		facts:   look.NewParagraph(detailInner, 6, look.TextSmall, look.Dim),
		message: look.NewParagraph(detailInner, 4, look.TextBody, look.Warn).SetBold(),
		buttons: look.Column(8), events: look.Column(4),
	}
	d.picture.FillMode = canvas.ImageFillContain
	d.picture.ScaleMode = canvas.ImageScaleSmooth
	d.feed = newFeed(sh.back, d.plan, d.showGlimpse)
	return d
}

func (d *detail) content() fyne.CanvasObject {
	foot := look.Column(6, d.why, d.message, d.facts, d.buttons)
	middle := container.NewStack(d.picture, container.NewVScroll(d.instead))
	body := container.NewBorder(nil, foot, nil, nil, middle)
	if d.history {
		history := container.NewVScroll(d.events)
		body = container.NewBorder(nil, foot, nil, nil, container.New(layout.NewGridLayoutWithRows(2), middle, history))
	}
	return look.On(look.Ground, look.Wide(detailWidth, look.Pad(12, 12, 12, 12, body)))
}

// show puts another parcel into the panel, or nothing.
func (d *detail) show(row app.Row, has bool) {
	if d.has != has || d.row.ID != row.ID {
		d.asked = nil
		d.clearPicture("") // until the new one is read
		d.events.Objects = nil
		d.events.Refresh()
	}
	d.row, d.has = row, has
	d.write()
	if has {
		d.feed.want()
	}
}

func (d *detail) clearPicture(instead string) {
	d.picture.Image = nil
	d.picture.Refresh()
	d.instead.Set(instead, look.Ink)
}

func (d *detail) write() {
	if !d.has {
		for _, p := range []*look.Paragraph{d.why, d.facts, d.message} {
			p.Set("", look.Dim)
		}
		d.buttons.Objects = nil
		d.buttons.Refresh()
		return
	}
	_, tone := d.speech.state(d.row)
	d.why.Set(d.speech.hindrance(d.row), tone.Ink())
	d.facts.Set(d.factLines(), look.Dim)
	d.message.Set(d.row.Message, look.Warn)
	d.writeButtons()
}

func (d *detail) factLines() string {
	s, r := d.speech, d.row
	orders := make([]string, len(r.Orders))
	for i, o := range r.Orders {
		orders[i] = string(o)
	}
	lines := []string{s.say("fact.order", "Orders", strings.Join(orders, ", "))}
	if r.Number != "" {
		lines = append(lines, s.say("fact.number", "Number", string(r.Number)))
	}
	if r.Document != "" {
		lines = append(lines, s.say("fact.page", "Document", r.Document, "Page", count(r.Page)))
	}
	if by := s.shipBy(r.ShipBy); by != "" && r.Confirm != outbox.Confirmed {
		lines = append(lines, by)
	}
	return strings.Join(lines, "\n")
}

// writeButtons offers what is allowed, or puts the question of the one that was pressed.
func (d *detail) writeButtons() {
	d.buttons.Objects = nil
	if d.asked != nil && d.asked.allowed(d.row) {
		d.ask(*d.asked)
	} else {
		for i := range d.actions {
			if a := &d.actions[i]; a.allowed(d.row) {
				d.buttons.Add(look.NewButton(a.text, a.rank, func() { d.press(a) }))
			}
		}
	}
	d.buttons.Refresh()
}

func (d *detail) press(a *action) {
	d.asked = a
	d.writeButtons()
	d.keys.refocus()
}

func (d *detail) ask(a action) {
	question := look.NewParagraph(detailInner, 0, look.TextBody, look.Ink)
	question.Set(a.question, look.Ink)
	row := d.row
	d.buttons.Add(question)
	d.buttons.Add(look.Row(8,
		look.NewButton(a.text, a.rank, func() {
			d.press(nil)
			a.do(row)
		}),
		look.NewButton(d.speech.say("detail.leave"), look.Plain, func() { d.press(nil) }),
	))
}

// plan reads the label and, where it is shown, the timeline.
func (d *detail) plan() func(context.Context) (glimpse, error) {
	row, history := d.row, d.history
	return func(ctx context.Context) (glimpse, error) {
		g := glimpse{row: row}
		label, err := d.bench.Label(ctx, row.ID)
		if err == nil && d.draw != nil {
			g.label, err = d.draw(label, previewDots)
		}
		g.labelE = err
		if history {
			if g.events, err = d.bench.Timeline(ctx, row.ID); err != nil {
				return g, err
			}
		}
		return g, nil
	}
}

func (d *detail) showGlimpse(g glimpse, err error) {
	if !d.has || (g.row.ID != d.row.ID && err == nil) {
		return // the cursor has moved on
	}
	switch {
	case err != nil:
		d.clearPicture(d.speech.failure(err))
		return
	case g.labelE != nil, g.label == nil && !d.row.Printable():
		d.clearPicture(d.speech.outline(d.row, "detail.no_label"))
	case g.label == nil:
		d.clearPicture(d.speech.outline(d.row, "detail.no_number"))
	default:
		d.picture.Image = g.label
		d.picture.Refresh()
		d.instead.Set("", look.Ink)
	}
	d.events.Objects = nil
	for _, e := range g.events {
		p := look.NewParagraph(detailInner-eventMargin, 3, look.TextSmall, look.Ink)
		p.Set(d.speech.event(e), look.Ink)
		d.events.Add(p)
	}
	d.events.Refresh()
}

// question is what is being asked, "" when nothing is.
func (d *detail) question() string {
	if d.asked == nil {
		return ""
	}
	return d.asked.question
}
