package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"printstation/app"
	"printstation/ui/look"
)

// Measures of a row of the labels in doubt.
const (
	doubtHeight = 84
	doubtButton = 116
)

// doubtBody draws one label of unknown fate: the number large, for it is held against the paper; where to look for it;
// and the two answers.
type doubtBody struct {
	widget.BaseWidget
	speech *speech
	d      app.Doubt

	number, page  *canvas.Text
	whom, history *canvas.Text
	due           *look.Chip
	out, lost     *look.Button
}

func newDoubtBody(s *speech, decide func(d app.Doubt, printed bool)) *doubtBody {
	b := &doubtBody{
		speech: s, number: look.Bold("", 20, look.Ink), page: look.Text("", look.TextBody, look.Ink),
		whom: look.Text("", look.TextBody, look.Ink), history: look.Text("", look.TextSmall, look.Dim), due: look.NewChip(),
	}
	b.out = look.NewButton(s.say("doubt.printed"), look.Primary, func() { decide(b.d, true) })
	b.lost = look.NewButton(s.say("doubt.lost"), look.Danger, func() { decide(b.d, false) })
	b.ExtendBaseWidget(b)
	return b
}

func (b *doubtBody) show(d app.Doubt) look.Tone {
	b.d = d
	b.due.Set(b.speech.shipBy(d.ShipBy), look.Care)
	b.Refresh()
	return look.Quiet
}

// CreateRenderer makes the row drawable.
func (b *doubtBody) CreateRenderer() fyne.WidgetRenderer {
	parts := []fyne.CanvasObject{b.number, b.page, b.whom, b.history, b.due, b.out, b.lost}
	return look.Drawn(b, parts, func() fyne.Size { return fyne.NewSize(720, doubtHeight) }, b.place)
}

func (b *doubtBody) place(size fyne.Size) {
	const upper, lower = 28, 58
	s, c := b.speech, b.d.Label
	buttons := fyne.NewSize(doubtButton, 46)
	b.lost.Resize(buttons)
	b.lost.Move(fyne.NewPos(size.Width-16-doubtButton, (size.Height-46)/2))
	b.out.Resize(buttons)
	b.out.Move(fyne.NewPos(size.Width-26-2*doubtButton, (size.Height-46)/2))

	right := size.Width - 2*doubtButton - 46
	half := right * 0.45
	b.number.Text = string(c.Number)
	look.Put(b.number, 0, upper)
	look.Fit(b.page, s.say("doubt.page", "Document", c.Document, "Page", count(c.Page), "Pages", count(b.d.Pages)), half-16)
	look.Put(b.page, 0, lower)

	to := b.d.Row.Recipient
	room := right - half
	if b.due.Visible() {
		chip := b.due.MinSize()
		b.due.Resize(chip)
		b.due.Move(fyne.NewPos(right-chip.Width, upper-chip.Height/2))
		room -= chip.Width + 10
	}
	look.Fit(b.whom, strings.TrimSpace(to.Name+" "+to.Phone+" "+to.Region), room)
	look.Put(b.whom, half, upper)
	history := s.say("doubt.history", "Printer", c.Printer, "Span", s.span(b.d.Age), "Words", s.words.Printer(c))
	look.Fit(b.history, strings.TrimRight(history, " ·"), right-half)
	look.Put(b.history, half, lower)
}
