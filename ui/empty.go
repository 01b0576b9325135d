package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"printstation/ui/look"
)

// empty stands where a list has nothing to show, and says what that means and what to do.
type empty struct {
	box   *fyne.Container
	title *canvas.Text
	text  *look.Paragraph
	offer *look.Button
}

func newEmpty() *empty {
	e := &empty{title: look.Bold("", 20, look.Ink), text: look.NewParagraph(420, 0, look.TextBody, look.Dim).Centred(), offer: look.NewButton("", look.Plain, nil)}
	e.offer.Hide()
	inner := look.Column(12, container.NewCenter(e.title), container.NewCenter(e.text), container.NewCenter(e.offer))
	e.box = look.On(look.Paper, container.New(layout.NewCenterLayout(), inner))
	e.box.Hide()
	return e
}

// say shows the words; without a title the list is not empty.
func (e *empty) say(title, text string, do *offer) {
	e.box.Hidden = title == ""
	e.title.Text = title
	e.text.Set(text, look.Dim)
	e.offer.Hidden = do == nil
	if do != nil {
		e.offer.SetText(do.text)
		e.offer.OnTapped = do.do
	}
	e.box.Refresh()
}

// words is what is said, "" when the list has something to show.
func (e *empty) words() string {
	if e.box.Hidden {
		return ""
	}
	return e.title.Text + " " + e.text.Text()
}
