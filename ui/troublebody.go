package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"printstation/app"
	"printstation/app/shipping"
	"printstation/ui/look"
)

// Measures of a row of the failed list.
const (
	troubleHeight  = 92
	troubleOrders  = 270
	troubleButtons = 120
)

// troubleBody draws one thing that failed: what it is about at the left; cause, remedy and the platform's own words in
// the middle; what to press at the right.
type troubleBody struct {
	widget.BaseWidget
	speech *speech
	press  func(app.Trouble)
	t      app.Trouble

	kind                  *look.Chip
	due                   *canvas.Text
	order, number         *canvas.Text
	cause, remedy, theirs *canvas.Text
	button                *look.Button
}

func newTroubleBody(s *speech, press func(app.Trouble)) *troubleBody {
	b := &troubleBody{
		speech: s, press: press, kind: look.NewChip(), due: look.Bold("", look.TextSmall, look.Bad),
		order: look.Bold("", look.TextBody, look.Ink), number: look.Text("", look.TextSmall, look.Dim),
		cause: look.Bold("", look.TextLead-1, look.Ink), remedy: look.Text("", look.TextBody, look.Ink), theirs: look.Text("", look.TextSmall, look.Dim),
	}
	b.button = look.NewButton("", look.Plain, func() { b.press(b.t) })
	b.ExtendBaseWidget(b)
	return b
}

func (b *troubleBody) show(t app.Trouble) look.Tone {
	b.t = t
	b.kind.Set(b.speech.say("trouble."+string(t.Kind)), look.Alarm)
	b.due.Text = b.speech.shipBy(t.ShipBy)
	b.button.SetText(b.speech.say("trouble.press_" + string(t.Kind)))
	b.Refresh()
	return look.Quiet
}

// CreateRenderer makes the row drawable.
func (b *troubleBody) CreateRenderer() fyne.WidgetRenderer {
	parts := []fyne.CanvasObject{b.kind, b.due, b.order, b.number, b.cause, b.remedy, b.theirs, b.button}
	return look.Drawn(b, parts, func() fyne.Size { return fyne.NewSize(720, troubleHeight) }, b.place)
}

func (b *troubleBody) place(size fyne.Size) {
	const upper, middle, lower = 22, 46, 70
	chip := b.kind.MinSize()
	b.kind.Resize(chip)
	b.kind.Move(fyne.NewPos(0, upper-chip.Height/2))
	look.Put(b.due, chip.Width+10, upper)
	look.Fit(b.order, joinOrders(b.t.Orders), troubleOrders-16)
	look.Put(b.order, 0, middle)
	look.Fit(b.number, strings.Trim(string(b.t.Number)+" · "+b.speech.shop(b.t.Shop), " ·"), troubleOrders-16)
	look.Put(b.number, 0, lower)

	cause, remedy := b.speech.fault(b.t.Shop, b.t.Fault)
	width := size.Width - troubleOrders - troubleButtons - 24
	look.Fit(b.cause, cause, width)
	look.Put(b.cause, troubleOrders, upper)
	look.Fit(b.remedy, remedy, width)
	look.Put(b.remedy, troubleOrders, middle)
	look.Fit(b.theirs, b.history(), width)
	look.Put(b.theirs, troubleOrders, lower)

	button := fyne.NewSize(troubleButtons-12, 42)
	b.button.Resize(button)
	b.button.Move(fyne.NewPos(size.Width-button.Width-16, (size.Height-button.Height)/2))
}

// history is what the platform said, and how often.
func (b *troubleBody) history() string {
	s := b.speech
	return s.say("trouble.history", "Tries", count(b.t.Tries), "Since", s.moment(b.t.Since), "Words", s.raw(b.t.Fault))
}

func joinOrders(ids []shipping.OrderID) string {
	parts := make([]string, len(ids))
	for i, id := range ids {
		parts[i] = string(id)
	}
	return strings.Join(parts, ", ")
}
