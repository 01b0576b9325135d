package ui

import (
	"time"

	"fyne.io/fyne/v2"

	"printstation/ui/look"
)

// Keys of notices. A new notice takes the place of an older one of the same key.
const (
	noticeNews   = "news"   // what came of the last thing done
	noticeDoubts = "doubts" // labels of unknown fate: stays until there are none
)

// newsTime is how long good news stays; anything that asks for a hand stays until it is answered or replaced.
const newsTime = 8 * time.Second

// offer is a button on a notice.
type offer struct {
	text string
	do   func()
}

// notices are the strips that tell things. News stands at the foot, so that no row moves under a finger when it comes
// or goes; the question about labels in doubt stands at the head.
type notices struct {
	speech *speech
	back   *backstage
	keys   *keyboard
	head   *fyne.Container
	foot   *fyne.Container
	strips map[string]*look.Notice
}

func newNotices(s *speech, b *backstage, k *keyboard) *notices {
	return &notices{speech: s, back: b, keys: k, head: look.Column(0), foot: look.Column(0), strips: map[string]*look.Notice{}}
}

// put shows a strip. Every strip can be put away.
func (n *notices) put(key, text string, tone look.Tone, offers ...offer) {
	if old := n.strips[key]; old != nil && old.Text() == text && len(offers) == 0 {
		return
	}
	var buttons []*look.Button
	for _, o := range offers {
		buttons = append(buttons, look.NewButton(o.text, look.Plain, func() {
			o.do()
			n.keys.refocus()
		}))
	}
	var strip *look.Notice
	buttons = append(buttons, look.NewButton(n.speech.say("notice.close"), look.Bare, func() {
		n.drop(key, strip)
		n.keys.refocus()
	}))
	strip = look.NewNotice(text, tone, buttons...)
	n.strips[key] = strip
	n.draw()
	if key == noticeNews && (tone == look.Fine || tone == look.Quiet) {
		n.fade(strip)
	}
}

func (n *notices) fade(strip *look.Notice) {
	n.back.later(newsTime, func() { n.drop(noticeNews, strip) })
}

// news tells what came of something.
func (n *notices) news(text string, tone look.Tone, offers ...offer) {
	n.put(noticeNews, text, tone, offers...)
}

// failed tells that something could not be done, in the user's language.
func (n *notices) failed(err error) { n.news(n.speech.failure(err), look.Alarm) }

// drop takes a strip away, unless another has taken its place.
func (n *notices) drop(key string, strip *look.Notice) {
	if strip != nil && n.strips[key] != strip {
		return
	}
	delete(n.strips, key)
	n.draw()
}

func (n *notices) draw() {
	for key, box := range map[string]*fyne.Container{noticeDoubts: n.head, noticeNews: n.foot} {
		box.Objects = nil
		if strip := n.strips[key]; strip != nil {
			box.Objects = []fyne.CanvasObject{strip}
		}
		box.Refresh()
	}
}

// text is what the strip of a key says, "" when there is none.
func (n *notices) text(key string) string {
	if strip := n.strips[key]; strip != nil {
		return strip.Text()
	}
	return ""
}
