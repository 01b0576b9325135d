package ui

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"printstation/app"
	"printstation/app/shipping"
	"printstation/ui/look"
)

// doubtsBench is what the page of labels of unknown fate needs of the station.
type doubtsBench interface {
	Doubts(ctx context.Context) ([]app.Doubt, error)
	DecidePrinted(ctx context.Context, ids ...shipping.LabelID) error
	DecideLost(ctx context.Context, ids ...shipping.LabelID) error
}

// doubtsPage asks about labels of unknown fate (待确认): did they come out? Scanning one answers for it, too.
type doubtsPage struct {
	*shell
	bench doubtsBench
	model *picks[shipping.LabelID, app.Doubt]
	text  string
	read  bool
	err   error
	busy  bool
	feed  *feed[[]app.Doubt]

	head      *listHead
	out, lost *look.Button
	list      *pickList[shipping.LabelID, app.Doubt]
	empty     *empty
}

func newDoubtsPage(sh *shell, bench doubtsBench) *doubtsPage {
	p := &doubtsPage{shell: sh, bench: bench, empty: newEmpty()}
	p.model = newPicks(func(d app.Doubt) shipping.LabelID { return d.Label.ID }, func(app.Doubt) bool { return true })
	p.out = look.NewButton("", look.Plain, func() { p.decideChosen(true) })
	p.lost = look.NewButton("", look.Danger, func() { p.decideChosen(false) })
	p.list = newPickList(p.model, keyHand(sh.keys), func() rowBody[app.Doubt] { return newDoubtBody(sh.speech, p.decideOne) }, p.follow)
	p.head = newListHead(p.list.chooseAll, p.out, p.lost)
	p.feed = newFeed(sh.back, p.plan, p.show)
	p.draw()
	return p
}

func (p *doubtsPage) content() fyne.CanvasObject {
	hint := look.Text(p.speech.say("doubt.hint"), look.TextBody, look.Warn)
	top := look.Column(0, look.On(look.WarnRow, look.Pad(12, 16, 12, 16, hint)), p.head, look.HLine())
	return look.On(look.Paper, container.NewBorder(top, nil, nil, nil, container.NewStack(p.list, p.empty.box)))
}

func (p *doubtsPage) plan() func(context.Context) ([]app.Doubt, error) { return p.bench.Doubts }

func (p *doubtsPage) show(ds []app.Doubt, err error) {
	p.err = err
	if err == nil {
		p.read = true
		p.model.set(ds)
	}
	p.draw()
}

func (p *doubtsPage) draw() {
	s := p.speech
	p.empty.explain(s, p.model.len(), emptiness{
		err: p.err, read: p.read, hidden: s.searched(p.text), showAll: func() { p.search("") }, again: p.feed.now, nothing: "empty.doubts",
	})
	p.list.Refresh()
	p.follow()
}

func (p *doubtsPage) follow() {
	s, chosen := p.speech, len(p.model.chosen)
	p.head.set(p.model.mark(), s.say("list.chosen", "N", count(chosen)), s.say("list.total", "N", count(p.model.len())))
	p.out.SetText(s.say("doubt.printed_some", "N", count(chosen)))
	p.lost.SetText(s.say("doubt.lost_some", "N", count(chosen)))
	p.out.SetEnabled(chosen > 0 && !p.busy)
	p.lost.SetEnabled(chosen > 0 && !p.busy)
}

func (p *doubtsPage) reload() { p.feed.want() }

func (p *doubtsPage) search(text string) {
	p.text = text
	lower := strings.ToLower(text)
	p.model.show(func(d app.Doubt) bool {
		return text == "" || rowHas(d.Row, lower) || strings.Contains(strings.ToLower(string(d.Label.Number)+" "+d.Label.Document), lower)
	})
	p.draw()
}

func (p *doubtsPage) key(name fyne.KeyName, shift bool) bool { return p.list.key(name, shift) }
func (p *doubtsPage) all()                                   { p.list.chooseAll() }

func (p *doubtsPage) decideOne(d app.Doubt, printed bool) {
	p.keys.refocus()
	p.decide(printed, []app.Doubt{d})
}

func (p *doubtsPage) decideChosen(printed bool) {
	p.keys.refocus()
	p.decide(printed, p.model.picked())
}

func (p *doubtsPage) decide(printed bool, ds []app.Doubt) {
	if p.busy || len(ds) == 0 {
		return
	}
	ids := make([]shipping.LabelID, len(ds))
	for i, d := range ds {
		ids[i] = d.Label.ID
	}
	work, well := p.bench.DecideLost, p.speech.say("doubt.done_lost", "N", count(len(ids)))
	if printed {
		work, well = p.bench.DecidePrinted, p.speech.say("doubt.done_printed", "N", count(len(ids)))
	}
	p.busy = true
	p.follow()
	done := p.did(p.feed.now, well)
	tell(p.back, decideLimit, func(ctx context.Context) error { return work(ctx, ids...) }, func(err error) {
		p.busy = false
		done(err)
		p.follow()
	})
}
