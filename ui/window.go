package ui

import (
	"context"
	"log/slog"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"printstation/app"
	"printstation/assets"
	"printstation/assets/words"
	"printstation/ui/look"
)

// Bench is the station as the window needs it: the sum of what its pages need.
type Bench interface {
	printedBench
	troublesBench
	doubtsBench
	batchBench
	scanBench
	Status(ctx context.Context) (app.Status, error)
	// Changes tells what to read again; the second value ends it.
	Changes() (<-chan app.Change, func())
}

// Deps is what the window is made of. Bench and Words are required; the rest has a meaning when it is missing.
type Deps struct {
	Bench Bench
	Words *words.Words
	// Explain gives cause and remedy of a failure; nil: only its class is told.
	Explain Explain
	// Preview draws a label; nil: there are no pictures.
	Preview Preview
	// Open shows a folder or file outside of the program; nil: that is not offered.
	Open func(path string) error
	// Speak gives words and explanations in a language of package words; nil: the language cannot be changed.
	Speak func(lang string) (*words.Words, Explain, error)
	Log   *slog.Logger
	Clock func() time.Time // nil: time.Now
	Title string
	// Do runs a function on Fyne's goroutine; nil: fyne.Do. Tests have a goroutine of their own.
	Do func(func())
}

// Size that the window opens with. It fits a screen of 1280 by 800, the smallest that benches have.
const (
	openWidth  = 1280
	openHeight = 720
)

// statusTime is how often the status is read even when nothing tells of a change.
const statusTime = 5 * time.Second

// Window is the window of the packing bench.
type Window struct {
	deps  Deps
	app   fyne.App
	win   fyne.Window
	theme *look.Theme
	back  *backstage

	model   *pendingModel
	batch   batch
	scans   scanning
	printer string // "" for the default one
	status  app.Status
	doubts  int // how many the strip last told of
	closing bool

	// What is built anew in another language.
	speech     *speech
	keys       *keyboard
	notices    *notices
	header     *header
	tabs       *look.Tabs
	strip      *batchStrip
	statusLine *statusLine
	pending    *pendingPage
	printed    *printedPage
	equipment  *equipmentPage
	pages      []page
	bodies     []fyne.CanvasObject
	feed       *feed[app.Status]
}

// New makes the window. Nothing is read before it is shown.
func New(a fyne.App, d Deps) *Window {
	if d.Clock == nil {
		d.Clock = time.Now
	}
	if d.Do == nil {
		d.Do = fyne.Do
	}
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	if d.Title == "" {
		d.Title = d.Words.T("ui.title", nil)
	}
	w := &Window{deps: d, app: a, back: newBackstage(d.Do), model: newPendingModel(), theme: look.NewTheme(assets.FontRegular(), assets.FontBold())}
	a.Settings().SetTheme(w.theme)
	w.win = a.NewWindow(d.Title)
	w.win.SetPadded(false)
	w.win.SetIcon(fyne.NewStaticResource("icon.png", assets.Icon()))
	w.win.Resize(fyne.NewSize(openWidth, openHeight))
	w.win.SetCloseIntercept(w.close)
	w.win.SetOnClosed(w.back.cancel)
	w.win.SetMaster()
	w.build()
	return w
}

// build makes everything that holds words, and puts it into the window.
func (w *Window) build() {
	w.speech = &speech{words: w.deps.Words, explain: w.deps.Explain, clock: w.deps.Clock}
	w.keys = &keyboard{on: keyActions{
		print: w.printChosen, stop: w.escape, reload: w.reloadAll, search: w.toggleSearch,
		all: func() { w.current().all() }, page: w.front,
		list: func(name fyne.KeyName, shift bool) bool { return w.current().key(name, shift) },
	}}
	w.header = newHeader(w.speech, w.back, w.keys, w.printChosen, w.toggleSearch)
	w.header.field.OnSubmitted = w.submitted
	w.header.field.OnChanged = w.changed
	w.keys.field = w.header.field
	w.keys.attach(w.win.Canvas())
	w.notices = newNotices(w.speech, w.back, w.keys)
	w.strip = newBatchStrip(w.speech, w.stopBatch)
	w.statusLine = newStatusLine(w.speech)
	w.scans.searching = false
	w.feed = newFeed(w.back, func() func(context.Context) (app.Status, error) { return w.deps.Bench.Status }, w.showStatus)
	w.buildPages()
	w.win.SetContent(w.content())
	w.showBatch()
	w.keys.refocus()
}

func (w *Window) buildPages() {
	s := w.speech
	w.tabs = look.NewTabs([]string{s.say("tab.pending"), s.say("tab.printed"), s.say("tab.troubles"), s.say("tab.doubts"), s.say("tab.equipment")}, w.front)
	sh := &shell{
		back: w.back, speech: s, keys: w.keys, notices: w.notices, preview: w.deps.Preview, open: w.deps.Open,
		clock: w.deps.Clock, log: w.deps.Log, reprint: w.reprintOne, front: w.front, showParcel: w.showParcel,
	}
	w.pages = nil // the pending page tells of itself while it is made
	w.pending = newPendingPage(sh, w.deps.Bench, w.model, w.pendingChanged)
	w.printed = newPrintedPage(sh, w.deps.Bench)
	w.equipment = newEquipmentPage(sh, func() string { return w.printer }, w.usePrinter, w.otherLanguage())
	w.pages = []page{w.pending, w.printed, newTroublesPage(sh, w.deps.Bench), newDoubtsPage(sh, w.deps.Bench), w.equipment}
	w.bodies = nil
	for i, p := range w.pages {
		body := p.content()
		body.(*fyne.Container).Hidden = i != pagePending
		w.bodies = append(w.bodies, body)
	}
}

func (w *Window) content() fyne.CanvasObject {
	top := look.Column(0, w.header.content(w.theme), look.HLine(), look.On(look.Paper, w.tabs.Content()), look.HLine(), w.notices.head)
	foot := look.Column(0, w.notices.foot, w.strip.box, w.statusLine.content())
	return container.NewBorder(top, foot, nil, nil, container.NewStack(w.bodies...))
}

// Show opens the window and begins to read.
func (w *Window) Show() {
	w.win.Show()
	w.keys.refocus()
	w.listen()
	w.feed.want()
	w.pending.reload()
}

// ShowAndRun shows the window and returns when it is closed and everything it had under way has ended. What is printing
// then has been stopped in order.
func (w *Window) ShowAndRun() {
	w.Show()
	w.app.Run()
	w.back.close()
}

// listen reads again what the station says has changed, and the status now and then.
func (w *Window) listen() {
	changes, end := w.deps.Bench.Changes()
	w.back.flying.Go(func() {
		defer end()
		tick := time.NewTicker(statusTime)
		defer tick.Stop()
		for {
			select {
			case <-w.back.ctx.Done():
				return
			case <-tick.C:
				w.back.post(func() { w.feed.want() })
			case c, ok := <-changes:
				if !ok {
					return
				}
				w.back.post(func() { w.reload(c) })
			}
		}
	})
}

func (w *Window) reload(c app.Change) {
	w.feed.want()
	if c.Parcels {
		w.pending.reload()
	}
	if now := w.tabs.Current(); now != pagePending && (c.Parcels || c.Queue) {
		w.pages[now].reload()
	}
}

// reloadAll reads everything in sight again.
func (w *Window) reloadAll() {
	w.reload(app.Change{Parcels: true, Queue: true, Printers: true, Shops: true})
}

func (w *Window) current() page { return w.pages[w.tabs.Current()] }

// front brings a page to the front.
func (w *Window) front(i int) {
	if i != w.tabs.Current() {
		if w.scans.searching {
			w.leaveSearch()
		}
		w.bodies[w.tabs.Current()].Hide()
		w.tabs.Choose(i)
		w.bodies[i].Show()
		w.pages[i].reload()
		w.showButton()
	}
	if i == pageDoubts {
		w.notices.drop(noticeDoubts, nil)
	}
	w.keys.refocus()
}

// escape stops the batch before all else, then leaves the search, then puts the news away.
func (w *Window) escape() {
	switch {
	case w.batch.running:
		w.stopBatch()
	case w.scans.searching:
		w.leaveSearch()
	default:
		w.header.field.SetText("")
		w.notices.drop(noticeNews, nil)
	}
}

// pendingChanged follows the choice and the list of what is to print.
func (w *Window) pendingChanged() {
	if w.pages == nil {
		return
	}
	w.tabs.SetCount(pagePending, count(len(w.model.picks.things)), false)
	w.showButton()
}

// usePrinter prints with another printer from now on.
func (w *Window) usePrinter(id string) {
	w.printer = id
	w.showStatus(w.status, nil)
}

// otherLanguage changes the language, nil when there is no other.
func (w *Window) otherLanguage() func() {
	if w.deps.Speak == nil {
		return nil
	}
	return func() {
		lang := words.English
		if w.deps.Words.Lang() == words.English {
			lang = words.Chinese
		}
		other, explain, err := w.deps.Speak(lang)
		if err != nil {
			w.notices.failed(err)
			return
		}
		w.deps.Words, w.deps.Explain = other, explain
		front := w.tabs.Current()
		w.build()
		w.doubts = 0
		w.showStatus(w.status, nil)
		w.pendingChanged()
		w.front(front)
	}
}
