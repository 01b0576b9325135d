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

// emptiness is what a list knows of why it has nothing to show.
type emptiness struct {
	err     error  // the last reading failed
	read    bool   // it was read at all
	hidden  string // said when a filter or a search hides everything; "" when none does
	showAll func() // takes that filter away
	again   func() // reads again
	nothing string // what is said when there is really nothing: an id of the words, its text is that with "_text"
	then    *offer // what can be done when there is really nothing
}

// explain says why the list has nothing to show. A list that shows something is not empty, whatever the last reading
// came to.
func (e *empty) explain(s *speech, shown int, why emptiness) {
	switch {
	case shown > 0:
		e.say("", "", nil)
	case why.err != nil:
		e.say(s.say("empty.error"), s.failure(why.err), &offer{s.say("empty.again"), why.again})
	case !why.read:
		e.say(s.say("empty.loading"), "", nil)
	case why.hidden != "":
		e.say(s.say("empty.filtered"), why.hidden, &offer{s.say("empty.show_all"), why.showAll})
	default:
		e.say(s.say(why.nothing), s.say(why.nothing+"_text"), why.then)
	}
}

// searched says that a search hides everything, "" without one.
func (s *speech) searched(text string) string {
	if text == "" {
		return ""
	}
	return s.say("empty.searched_text", "Text", text)
}

// filtered says that filters hide everything, "" when none is set.
func (s *speech) filtered(closed bool) string {
	if !closed {
		return ""
	}
	return s.say("empty.filtered_text")
}

// words is what is said, "" when the list has something to show.
func (e *empty) words() string {
	if e.box.Hidden {
		return ""
	}
	return e.title.Text + " " + e.text.Text()
}
