package ui

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"printstation/app"
	"printstation/app/shipping"
	"printstation/ui/look"
)

// troublesBench is what the failed list needs of the station.
type troublesBench interface {
	Troubles(ctx context.Context) ([]app.Trouble, error)
	Retry(ctx context.Context, ids ...string) error
}

// troublesPage is the failed list (同步失败): why each thing failed, what to do, and the way to try again.
type troublesPage struct {
	*shell
	bench troublesBench
	model *picks[string, app.Trouble]
	sieve *sieve[app.Trouble]
	read  bool
	err   error
	busy  bool
	feed  *feed[[]app.Trouble]

	head    *listHead
	some    *look.Button
	every   *look.Button
	list    *pickList[string, app.Trouble]
	filters *filterBar[app.Trouble]
	empty   *empty
}

func newTroublesPage(sh *shell, bench troublesBench) *troublesPage {
	p := &troublesPage{shell: sh, bench: bench, empty: newEmpty()}
	p.model = newPicks(func(t app.Trouble) string { return t.ID }, func(app.Trouble) bool { return true })
	p.sieve = &sieve[app.Trouble]{facets: []*facet[app.Trouble]{
		{title: "filter.step", heaps: func(t app.Trouble) []string { return []string{string(t.Kind)} },
			name: func(key string) string { return sh.speech.say("trouble." + key) }},
		{title: "filter.cause", heaps: func(t app.Trouble) []string { return []string{causeOf(t)} },
			name: func(key string) string { return sh.speech.say("class." + key) }},
		{title: "filter.shop", heaps: func(t app.Trouble) []string { return []string{string(t.Shop)} },
			name: func(key string) string { return sh.speech.shop(shipping.ShopID(key)) }},
	}}
	p.some = look.NewButton("", look.Primary, p.retryChosen)
	p.every = look.NewButton(sh.speech.say("trouble.retry_all"), look.Plain, p.retryAll)
	p.list = newPickList(p.model, keyHand(sh.keys), func() rowBody[app.Trouble] { return newTroubleBody(sh.speech, p.press) }, p.follow)
	p.head = newListHead(p.list.chooseAll, p.some, p.every)
	p.filters = newFilterBar(sh.speech, p.sieve, p.filtered, p.clear)
	p.feed = newFeed(sh.back, p.plan, p.show)
	p.draw()
	return p
}

// causeOf is the class of a failure, the heap it lies on.
func causeOf(t app.Trouble) string {
	if t.Fault == nil || t.Fault.Class == "" {
		return string(shipping.ClassUnknown)
	}
	return string(t.Fault.Class)
}

func (p *troublesPage) content() fyne.CanvasObject {
	middle := container.NewBorder(look.Column(0, p.head, look.HLine()), nil, nil, nil, container.NewStack(p.list, p.empty.box))
	return container.NewBorder(nil, nil, p.filters.content(), nil, look.On(look.Paper, middle))
}

func (p *troublesPage) plan() func(context.Context) ([]app.Trouble, error) { return p.bench.Troubles }

func (p *troublesPage) show(ts []app.Trouble, err error) {
	p.err = err
	if err == nil {
		p.read = true
		p.model.set(ts)
	}
	p.draw()
}

func (p *troublesPage) draw() {
	p.model.show(p.sieve.passes)
	p.filters.show(p.model.things)
	p.sayEmpty()
	p.list.Refresh()
	p.follow()
}

func (p *troublesPage) follow() {
	s, chosen := p.speech, len(p.model.chosen)
	p.some.SetText(s.say("trouble.retry_some", "N", count(chosen)))
	p.some.SetEnabled(chosen > 0 && !p.busy)
	p.every.SetEnabled(p.model.len() > 0 && !p.busy)
	p.head.set(p.model.mark(), s.say("list.chosen", "N", count(chosen)), s.say("list.total", "N", count(p.model.len())))
}

func (p *troublesPage) sayEmpty() {
	p.empty.explain(p.speech, p.model.len(), emptiness{
		err: p.err, read: p.read, hidden: p.speech.filtered(p.sieve.closed()), showAll: p.clear, again: p.feed.now,
		nothing: "empty.troubles",
	})
}

func (p *troublesPage) filtered() {
	p.draw()
	p.list.reveal()
	p.keys.refocus()
}

func (p *troublesPage) clear() {
	p.sieve.open()
	p.filtered()
}

func (p *troublesPage) reload() { p.feed.want() }

func (p *troublesPage) search(text string) {
	p.sieve.match = nil
	if lower := strings.ToLower(text); text != "" {
		p.sieve.match = func(t app.Trouble) bool {
			hay := strings.ToLower(strings.Join([]string{joinOrders(t.Orders), string(t.Number), p.speech.shop(t.Shop), p.speech.raw(t.Fault)}, " "))
			return strings.Contains(hay, lower)
		}
	}
	p.draw()
}

func (p *troublesPage) key(name fyne.KeyName, shift bool) bool { return p.list.key(name, shift) }
func (p *troublesPage) all()                                   { p.list.chooseAll() }

// press tries one thing again. A label that failed is printed anew from the list it went back to.
func (p *troublesPage) press(t app.Trouble) {
	p.keys.refocus()
	if t.Kind == app.TroublePrint {
		p.showParcel(t.Parcel)
		return
	}
	p.retry([]app.Trouble{t})
}

func (p *troublesPage) retryChosen() {
	p.keys.refocus()
	p.retry(p.model.picked())
}

// retryAll tries again what is shown: the filters say what "all" is.
func (p *troublesPage) retryAll() {
	p.keys.refocus()
	shown := make([]app.Trouble, p.model.len())
	for i := range shown {
		shown[i] = p.model.item(i)
	}
	p.retry(shown)
}

func (p *troublesPage) retry(ts []app.Trouble) {
	ts = slices.DeleteFunc(ts, func(t app.Trouble) bool { return t.Kind == app.TroublePrint })
	if p.busy || len(ts) == 0 {
		return
	}
	ids := make([]string, len(ts))
	for i, t := range ts {
		ids[i] = t.ID
	}
	p.busy = true
	p.follow()
	done := p.did(p.feed.now, p.speech.say("trouble.retried", "N", count(len(ids))))
	tell(p.back, decideLimit, func(ctx context.Context) error { return p.bench.Retry(ctx, ids...) }, func(err error) {
		p.busy = false
		if err == nil {
			p.model.clear()
		}
		done(err)
		p.follow()
	})
}
