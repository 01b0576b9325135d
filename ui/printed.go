package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"printstation/app"
	"printstation/app/shipping"
	"printstation/ui/look"
)

// printedLimit is how many printed parcels are listed; older ones are found by searching.
const printedLimit = 500

// printedBench is what the page of printed parcels needs of the station.
type printedBench interface {
	pendingBench
}

// printedPage lists what has a label (已打印), newest first, with each parcel's story and the way to a second copy.
type printedPage struct {
	*shell
	bench printedBench
	model *picks[shipping.ParcelID, app.Row]
	text  string
	read  bool
	err   error
	feed  *feed[[]app.Row]

	head   *listHead
	found  *look.Button
	list   *pickList[shipping.ParcelID, app.Row]
	detail *detail
	empty  *empty
}

func newPrintedPage(sh *shell, bench printedBench) *printedPage {
	p := &printedPage{shell: sh, bench: bench, empty: newEmpty()}
	// Nothing can be chosen here: a second copy is asked about one parcel at a time.
	p.model = newPicks(func(r app.Row) shipping.ParcelID { return r.ID }, func(app.Row) bool { return false })
	p.found = look.NewButton("", look.Plain, func() {
		p.search("")
		p.keys.refocus()
	})
	p.list = newPickList(p.model, keyHand(sh.keys), func() rowBody[app.Row] { return newParcelBody(sh.speech, true) }, p.follow)
	p.list.plain = true
	p.head = newListHead(func() {}, p.found)
	p.head.tick.Hide()
	p.detail = newDetail(sh, bench, true, p.reprintAction(), cancelAction(sh, bench, p.reload))
	p.feed = newFeed(sh.back, p.plan, p.show)
	p.draw()
	return p
}

func (p *printedPage) content() fyne.CanvasObject {
	middle := container.NewBorder(look.Column(0, p.head, look.HLine()), nil, nil, nil, container.NewStack(p.list, p.empty.box))
	return container.NewBorder(nil, nil, nil, p.detail.content(), look.On(look.Paper, middle))
}

func (p *printedPage) plan() func(context.Context) ([]app.Row, error) {
	filter := app.Filter{View: app.ViewPrinted, Text: p.text, Limit: printedLimit}
	return func(ctx context.Context) ([]app.Row, error) { return p.bench.Rows(ctx, filter) }
}

func (p *printedPage) show(rows []app.Row, err error) {
	p.err = err
	if err == nil {
		p.read = true
		p.model.set(rows)
	}
	p.draw()
}

func (p *printedPage) draw() {
	p.sayEmpty()
	p.list.Refresh()
	p.follow()
}

func (p *printedPage) follow() {
	s := p.speech
	total := ""
	if p.model.len() == printedLimit {
		total = s.say("printed.newest", "N", count(printedLimit))
	}
	p.found.Hidden = p.text == ""
	p.found.SetText(s.say("list.found", "Text", p.text))
	p.head.set(look.Barred, s.say("printed.title", "N", count(p.model.len())), total)
	row, ok := p.model.current()
	p.detail.show(row, ok)
}

func (p *printedPage) sayEmpty() {
	p.empty.explain(p.speech, p.model.len(), emptiness{
		err: p.err, read: p.read, hidden: p.speech.searched(p.text), showAll: func() { p.search("") }, again: p.feed.now,
		nothing: "empty.printed",
	})
}

func (p *printedPage) reload() { p.feed.want() }

func (p *printedPage) search(text string) {
	p.text = text
	p.feed.now()
	p.follow()
}

// reveal brings a parcel under the cursor.
func (p *printedPage) reveal(r app.Row) {
	if !p.model.find(r.ID) {
		p.model.set(append([]app.Row{r}, p.model.things...))
		p.model.find(r.ID)
	}
	p.draw()
	p.list.reveal()
}

func (p *printedPage) key(name fyne.KeyName, shift bool) bool { return p.list.key(name, shift) }
func (p *printedPage) all()                                   {}

// reprintAction makes a second copy, after a plain question.
func (p *printedPage) reprintAction() action {
	return action{
		text: p.speech.say("reprint.button"), rank: look.Plain, question: p.speech.say("reprint.question"),
		allowed: func(r app.Row) bool { return r.State == shipping.ParcelIssued && len(r.Reasons) == 0 },
		do:      func(r app.Row) { p.reprint(r.ID) },
	}
}
