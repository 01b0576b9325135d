package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"printstation/app"
	"printstation/app/outbox"
	"printstation/app/shipping"
	"printstation/ui/look"
)

// pendingBench is what the page of parcels to print needs of the station.
type pendingBench interface {
	detailBench
	Rows(ctx context.Context, f app.Filter) ([]app.Row, error)
	Release(ctx context.Context, id shipping.ParcelID) error
	CancelNumber(ctx context.Context, id shipping.ParcelID) error
}

// pendingPage lists what is to print (待打印).
type pendingPage struct {
	*shell
	bench   pendingBench
	model   *pendingModel
	feed    *feed[[]app.Row]
	changed func() // the choice, the cursor or the list is another

	head    *listHead
	found   *look.Button // the search in force; takes it away
	list    *pickList[shipping.ParcelID, app.Row]
	filters *filterBar[app.Row]
	detail  *detail
	empty   *empty
}

func newPendingPage(sh *shell, bench pendingBench, m *pendingModel, changed func()) *pendingPage {
	p := &pendingPage{shell: sh, bench: bench, model: m, changed: changed, empty: newEmpty()}
	m.speak(sh.speech)
	p.found = look.NewButton("", look.Plain, func() { p.clear() })
	p.list = newPickList(m.picks, keyHand(sh.keys), func() rowBody[app.Row] { return newParcelBody(sh.speech, false) }, p.follow)
	p.list.pointed = func() { m.scanned = false }
	p.head = newListHead(p.list.chooseAll, p.found)
	p.filters = newFilterBar(sh.speech, m.sieve, p.filtered, p.clear)
	p.detail = newDetail(sh, bench, false, p.releaseAction(), cancelAction(sh, bench, p.reload))
	p.feed = newFeed(sh.back, p.plan, p.show)
	p.draw()
	return p
}

func (p *pendingPage) content() fyne.CanvasObject {
	middle := container.NewBorder(look.Column(0, p.head, look.HLine()), nil, nil, nil, container.NewStack(p.list, p.empty.box))
	return container.NewBorder(nil, nil, p.filters.content(), p.detail.content(), look.On(look.Paper, middle))
}

func (p *pendingPage) plan() func(context.Context) ([]app.Row, error) {
	return func(ctx context.Context) ([]app.Row, error) {
		return p.bench.Rows(ctx, app.Filter{View: app.ViewToPrint})
	}
}

func (p *pendingPage) show(rows []app.Row, err error) {
	p.model.err = err
	if err == nil {
		p.model.set(rows)
	}
	p.draw()
}

// draw shows the model as it is.
func (p *pendingPage) draw() {
	p.model.sift()
	p.filters.show(p.model.picks.things)
	p.sayEmpty()
	p.list.Refresh()
	p.follow()
}

// follow shows what depends on choice and cursor.
func (p *pendingPage) follow() {
	m := p.model.picks
	s := p.speech
	total := s.say("list.total", "N", count(m.len()))
	if hidden := m.hidden(); hidden > 0 {
		total = s.say("list.hidden", "N", count(m.len()), "Hidden", count(hidden))
	}
	p.found.Hidden = p.model.text == ""
	p.found.SetText(s.say("list.found", "Text", p.model.text))
	p.head.set(m.mark(), s.say("list.chosen", "N", count(len(m.chosen))), total)
	row, ok := m.current()
	p.detail.show(row, ok)
	p.changed()
}

func (p *pendingPage) sayEmpty() {
	s, m := p.speech, p.model
	p.empty.explain(s, m.picks.len(), emptiness{
		err: m.err, read: m.loaded, hidden: s.filtered(m.sieve.closed()), showAll: p.clear, again: p.feed.now,
		nothing: "empty.pending", then: &offer{s.say("empty.equipment"), func() { p.front(pageEquipment) }},
	})
}

func (p *pendingPage) filtered() {
	p.draw()
	p.list.reveal()
	p.keys.refocus()
}

func (p *pendingPage) clear() {
	p.model.all()
	p.filtered()
}

func (p *pendingPage) reload() { p.feed.want() }

func (p *pendingPage) search(text string) {
	p.model.search(text)
	p.draw()
}

func (p *pendingPage) key(name fyne.KeyName, shift bool) bool { return p.list.key(name, shift) }
func (p *pendingPage) all()                                   { p.list.chooseAll() }

// toPrint is what F9 prints: the choice in list order, or without one the parcel under the cursor, when here says so and
// no scan came since a hand was at the list.
func (p *pendingPage) toPrint(here bool) []shipping.ParcelID {
	rows := p.model.picks.picked()
	if row, ok := p.model.picks.current(); ok && len(rows) == 0 && here && !p.model.scanned && row.Printable() {
		rows = []app.Row{row}
	}
	ids := make([]shipping.ParcelID, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	return ids
}

// reveal brings a parcel under the cursor, whatever is filtered, and chooses it if it may be.
func (p *pendingPage) reveal(r app.Row, choose bool) {
	p.model.put(r)
	p.model.sift()
	if !p.model.picks.find(r.ID) {
		p.model.all()
		p.model.picks.find(r.ID)
	}
	if choose {
		p.model.picks.choose(r.ID)
	}
	p.draw()
	p.list.reveal()
}

// releaseAction lets a held parcel go.
func (p *pendingPage) releaseAction() action {
	return action{
		text: p.speech.say("release.button"), rank: look.Primary, question: p.speech.say("release.question"),
		allowed: func(r app.Row) bool { return r.State == shipping.ParcelHeld },
		do: func(r app.Row) {
			tell(p.back, decideLimit, func(ctx context.Context) error { return p.bench.Release(ctx, r.ID) }, p.did(p.reload, ""))
		},
	}
}

// canceler gives numbers back.
type canceler interface {
	CancelNumber(ctx context.Context, id shipping.ParcelID) error
}

// cancelAction gives a number back (回收单号).
func cancelAction(sh *shell, bench canceler, reload func()) action {
	return action{
		text: sh.speech.say("cancel_number.button"), rank: look.Danger, question: sh.speech.say("cancel_number.question"),
		allowed: func(r app.Row) bool { return r.State == shipping.ParcelIssued && r.Confirm != outbox.Confirmed },
		do: func(r app.Row) {
			tell(sh.back, decideLimit, func(ctx context.Context) error { return bench.CancelNumber(ctx, r.ID) },
				sh.did(reload, sh.speech.say("cancel_number.done", "Number", string(r.Number))))
		},
	}
}

// drop takes what now has a label out of the list at once, before the list is read again.
func (p *pendingPage) drop(res app.PrintResult) {
	done := map[shipping.ParcelID]bool{}
	for _, it := range res.Items {
		done[it.Parcel] = it.Label.Counts()
	}
	var left []app.Row
	for _, r := range p.model.picks.things {
		if !done[r.ID] {
			left = append(left, r)
		}
	}
	p.model.picks.set(left)
	p.draw()
}
