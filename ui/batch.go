package ui

import (
	"context"
	"strings"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"printstation/app"
	"printstation/app/shipping"
	"printstation/ui/look"
)

// batchBench is what printing needs of the station.
type batchBench interface {
	Print(ctx context.Context, req app.PrintRequest) (app.PrintResult, error)
	Reprint(ctx context.Context, ids []shipping.ParcelID, printer string) (app.PrintResult, error)
}

// batchLimit is the deadline of a batch of n parcels: far beyond what any printer needs, so that only a station that
// hangs meets it.
func batchLimit(n int) time.Duration { return 5*time.Minute + time.Duration(n)*10*time.Second }

// batch is the one batch that can run at a time.
type batch struct {
	running  bool
	stopping bool
	cancel   context.CancelFunc
	progress app.Progress
	began    time.Time
}

// batchWork prints and tells how far it is.
type batchWork func(ctx context.Context, progress func(app.Progress)) (app.PrintResult, error)

// printChosen is the big button and F9.
func (w *Window) printChosen() {
	here := w.tabs.Current() == pagePending
	ids := w.pending.toPrint(here)
	switch {
	case w.batch.running:
		w.notices.news(w.speech.say("print.wait"), look.Quiet)
	case w.scans.pending():
		w.scans.print = true
	case len(ids) == 0 && !here:
		w.front(pagePending)
	case len(ids) == 0:
		w.notices.news(w.speech.say("print.nothing"), look.Quiet)
	default:
		req := app.PrintRequest{Parcels: ids, Printer: w.printer}
		w.run(len(ids), func(ctx context.Context, progress func(app.Progress)) (app.PrintResult, error) {
			req.Progress = progress
			return w.deps.Bench.Print(ctx, req)
		})
	}
	w.keys.refocus()
}

// reprintOne makes a second copy of one label. Only the printed page calls it, after its question.
func (w *Window) reprintOne(id shipping.ParcelID) {
	if w.batch.running {
		w.notices.news(w.speech.say("print.wait"), look.Quiet)
		return
	}
	printer := w.printer
	w.run(1, func(ctx context.Context, _ func(app.Progress)) (app.PrintResult, error) {
		return w.deps.Bench.Reprint(ctx, []shipping.ParcelID{id}, printer)
	})
}

// run starts a batch. It is marked as running here and now, on Fyne's goroutine, so that no second one can begin.
func (w *Window) run(n int, work batchWork) {
	ctx, cancel := context.WithTimeout(w.back.ctx, batchLimit(n))
	w.batch = batch{running: true, cancel: cancel, began: w.deps.Clock(), progress: app.Progress{Total: n}}
	w.notices.drop(noticeNews, nil)
	w.showBatch()
	watch := w.watchProgress()
	start(w.back, ctx, func(ctx context.Context) (app.PrintResult, error) {
		defer cancel()
		return work(ctx, watch)
	}, w.batchEnded)
}

// watchProgress gives a function for another goroutine to tell the progress with. Only the latest is shown: a fast
// batch must not flood the window.
func (w *Window) watchProgress() func(app.Progress) {
	var latest atomic.Pointer[app.Progress]
	return func(p app.Progress) {
		if latest.Swap(&p) != nil {
			return // one is on its way and will take this one along
		}
		w.back.post(func() {
			if p := latest.Swap(nil); p != nil && w.batch.running {
				w.batch.progress = *p
				w.showBatch()
			}
		})
	}
}

// stopBatch asks the batch to end. What is on paper stays so; the rest is still in the list.
func (w *Window) stopBatch() {
	if !w.batch.running || w.batch.stopping {
		return
	}
	w.batch.stopping = true
	w.batch.cancel()
	w.showBatch()
	w.keys.refocus()
}

func (w *Window) batchEnded(res app.PrintResult, err error) {
	w.batch = batch{}
	w.pending.drop(res)
	w.showBatch()
	w.report(res, err)
	w.reloadAll()
	if w.closing {
		w.win.Close()
	}
}

// tally counts what became of a batch.
type tally struct {
	printed, uncertain, failed, hindered, left int
	why                                        string // of the first that did not go well
}

func (w *Window) tallyOf(res app.PrintResult) tally {
	var t tally
	for _, it := range res.Items {
		why := ""
		switch {
		case it.Label == shipping.LabelPrinted || it.Label == shipping.LabelVerified:
			t.printed++
		case it.Label.Counts():
			t.uncertain++
		case len(it.Reasons) > 0:
			t.hindered++
			why = w.speech.reasons(it.Reasons)
		case it.State == shipping.ParcelRequested || it.State == shipping.ParcelPending:
			t.left++ // an open answer is asked for again with the next batch, whatever the last one was
		case it.Fault != nil || it.Label == shipping.LabelFailed || it.State == shipping.ParcelRefused:
			t.failed++
			why = w.speech.mend(it.Parcel.Shop(), it.Fault)
		default:
			t.left++
		}
		if t.why == "" {
			t.why = why
		}
	}
	return t
}

// report tells in one strip what came of a batch, and leads to where a hand is needed.
func (w *Window) report(res app.PrintResult, err error) {
	s, t := w.speech, w.tallyOf(res)
	parts := []string{s.say("result.printed", "N", count(t.printed))}
	tone := look.Fine
	var offers []offer
	add := func(n int, id string, at look.Tone) {
		if n > 0 {
			parts = append(parts, s.say(id, "N", count(n)))
			tone = max(tone, at)
		}
	}
	add(t.left, "result.left", look.Care)
	add(t.hindered, "result.hindered", look.Care)
	add(t.uncertain, "result.uncertain", look.Care)
	add(t.failed, "result.failed", look.Alarm)
	if t.uncertain > 0 {
		offers = append(offers, offer{s.say("result.to_doubts"), func() { w.front(pageDoubts) }})
	}
	if t.failed > 0 {
		offers = append(offers, offer{s.say("result.to_troubles"), func() { w.front(pageTroubles) }})
	}
	text := strings.Join(parts, s.say("sentence.join"))
	switch {
	case err != nil && !res.Cancelled:
		w.deps.Log.Error("ui: batch", "err", err)
		text, tone = s.failure(err), look.Alarm
		if t.printed > 0 || t.uncertain > 0 {
			text += " " + strings.Join(parts, s.say("sentence.join"))
		}
	case res.Cancelled:
		text = s.say("result.cancelled", "Rest", text)
		tone = max(tone, look.Care)
	case res.Batch != "":
		text = s.say("result.batch", "Batch", res.Batch, "Rest", text)
	}
	if t.why != "" {
		text += s.say("result.why", "Why", t.why)
	}
	w.notices.news(text, tone, offers...)
}

// showBatch draws the strip, the big button and the meter as the batch is.
func (w *Window) showBatch() {
	b := w.batch
	w.statusLine.showBatch(b.progress)
	w.strip.show(b, w.deps.Clock())
	w.showButton()
}

func (w *Window) showButton() {
	here := w.tabs.Current() == pagePending
	n := len(w.pending.toPrint(here))
	alone := n == 1 && len(w.model.picks.chosen) == 0
	w.header.setButton(n, alone, w.batch.running, w.batch.progress.Printed, w.batch.progress.Total)
}

// batchStrip tells how far the batch is and offers to stop it, with a target that gloves can hit.
type batchStrip struct {
	speech *speech
	text   *canvas.Text
	button *look.Button
	box    *fyne.Container
}

func newBatchStrip(s *speech, stop func()) *batchStrip {
	b := &batchStrip{speech: s, text: look.Bold("", look.TextBody, look.Accent), button: look.NewButton(s.say("print.stop"), look.Danger, stop)}
	row := container.NewBorder(nil, nil, nil, b.button, look.Middle(b.text))
	b.box = look.On(look.Tint, look.Pad(6, 12, 6, 20, row))
	b.box.Hide()
	return b
}

func (b *batchStrip) show(at batch, now time.Time) {
	b.box.Hidden = !at.running
	if at.running {
		b.text.Text = b.words(at, now)
		b.button.SetEnabled(!at.stopping)
	}
	b.box.Refresh()
}

func (b *batchStrip) words(at batch, now time.Time) string {
	s, p := b.speech, at.progress
	if at.stopping {
		return s.say("print.stopping")
	}
	parts := []string{s.say("print.progress", "Printed", count(p.Printed), "Total", count(p.Total), "Issued", count(p.Issued))}
	if p.Troubled > 0 {
		parts = append(parts, s.say("print.troubled", "N", count(p.Troubled)))
	}
	if done := p.Printed + p.Troubled; done > 0 && done < p.Total {
		left := now.Sub(at.began) / time.Duration(done) * time.Duration(p.Total-done)
		parts = append(parts, s.say("print.left", "Span", s.span(left)))
	}
	return strings.Join(parts, " · ")
}
