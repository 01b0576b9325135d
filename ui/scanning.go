package ui

import (
	"context"
	"strings"
	"time"

	"printstation/app"
	"printstation/app/shipping"
	"printstation/ui/look"
)

// scanBench is what scanning needs of the station.
type scanBench interface {
	Scan(ctx context.Context, code string) (app.Scan, error)
	Row(ctx context.Context, id shipping.ParcelID) (app.Row, error)
}

// searchPause is how long typing must rest before the list is searched.
const searchPause = 200 * time.Millisecond

// scanning is the state of the field: codes that wait for their turn, or a search.
type scanning struct {
	codes     []string
	busy      bool
	searching bool
	typed     int  // counts changes of the text, to act on the last one only
	print     bool // F9 was pressed before the codes were looked up
}

// submitted takes what was scanned or typed. Words that no code can be are searched for.
func (w *Window) submitted(string) {
	if w.scans.searching {
		w.current().search(strings.TrimSpace(w.header.field.Text))
		return
	}
	text := w.header.field.take()
	switch {
	case text == "":
	case isCode(text):
		w.scans.codes = append(w.scans.codes, text)
		w.model.scanned = true
		w.showButton()
		w.nextScan()
	default:
		w.searchFor(text)
	}
}

// isCode reports whether a scanner could have read this.
func isCode(text string) bool {
	for _, r := range text {
		if r <= ' ' || r > '~' {
			return false
		}
	}
	return true
}

// nextScan looks codes up one after the other, in the order they were scanned.
func (w *Window) nextScan() {
	if w.scans.busy {
		return
	}
	if len(w.scans.codes) == 0 {
		w.printAfterScan()
		return
	}
	code := w.scans.codes[0]
	w.scans.codes = w.scans.codes[1:]
	w.scans.busy = true
	ask(w.back, readLimit, func(ctx context.Context) (app.Scan, error) { return w.deps.Bench.Scan(ctx, code) }, func(sc app.Scan, err error) {
		w.scans.busy = false
		if err != nil {
			w.deps.Log.Warn("ui: scan", "err", err)
			w.header.flash(look.Alarm)
			w.notices.failed(err)
		} else {
			w.scanned(code, sc)
		}
		w.nextScan()
	})
}

// pending reports whether codes are still being looked up.
func (s *scanning) pending() bool { return s.busy || len(s.codes) > 0 }

// printAfterScan does what F9 asked for while a scan was looked up: it means the parcel scanned, not the one that was
// under the cursor before.
func (w *Window) printAfterScan() {
	asked := w.scans.print
	w.scans.print = false
	if asked && len(w.pending.toPrint(false)) > 0 {
		w.printChosen()
	}
}

// scanned shows what a code is. It never prints.
func (w *Window) scanned(code string, sc app.Scan) {
	result := sc.Result
	if len(sc.Rows) == 0 {
		result = app.ScanUnknown
	}
	switch result {
	case app.ScanToPrint:
		w.front(pagePending)
		w.pending.reveal(sc.Rows[0], true)
		w.tellScan("scan.to_print", look.Fine, code, sc.Rows[0])
	case app.ScanVerified:
		w.tellScan("scan.verified", look.Fine, code, sc.Rows[0])
		w.reloadAll()
	case app.ScanAlready:
		w.tellScan(alreadyID(sc.Rows[0]), look.Care, code, sc.Rows[0])
	case app.ScanTroubled:
		w.front(pagePending)
		w.pending.reveal(sc.Rows[0], false)
		w.tellScan("scan.troubled", look.Care, code, sc.Rows[0])
	case app.ScanAmbiguous:
		w.several(code, sc.Rows)
	default:
		w.header.flash(look.Alarm)
		w.notices.news(w.speech.say("scan.unknown", "Code", code), look.Alarm,
			offer{w.speech.say("scan.search"), func() { w.searchFor(code) }})
	}
}

// alreadyID tells a label that was verified before from one that was printed, or may have been.
func alreadyID(r app.Row) string {
	switch r.Label {
	case shipping.LabelVerified:
		return "scan.already"
	case shipping.LabelUncertain:
		return "scan.uncertain"
	}
	return "scan.printed"
}

func (w *Window) tellScan(id string, tone look.Tone, code string, r app.Row) {
	w.header.flash(tone)
	why := w.speech.hindrance(r)
	var offers []offer
	if r.Label.Counts() {
		offers = append(offers, offer{w.speech.say("scan.show"), func() {
			w.front(pagePrinted)
			w.printed.reveal(r)
		}})
	}
	w.notices.news(w.speech.say(id, "Code", code, "Name", r.Recipient.Name, "Items", w.speech.items(r.Items), "Why", why), tone, offers...)
}

// several lists the parcels that one code names, for a person to choose.
func (w *Window) several(code string, rows []app.Row) {
	w.header.flash(look.Care)
	var open []shipping.ParcelID
	for _, r := range rows {
		if !r.Label.Counts() {
			open = append(open, r.ID)
		}
	}
	w.notices.news(w.speech.say("scan.several", "Code", code, "N", count(len(rows))), look.Care)
	if len(open) == 0 {
		w.front(pagePrinted)
		w.printed.search(code)
		return
	}
	w.front(pagePending)
	for _, r := range rows {
		if !r.Label.Counts() {
			w.model.put(r)
		}
	}
	w.model.only(code, open)
	w.pending.draw()
	w.pending.list.reveal()
}

// searchFor turns the field into a search for text in the list in front.
func (w *Window) searchFor(text string) {
	w.setSearching(true)
	w.header.field.SetText(text)
	w.header.field.CursorColumn = len([]rune(text))
	w.current().search(text)
}

// toggleSearch is Ctrl+K and the word in the field.
func (w *Window) toggleSearch() {
	if w.scans.searching {
		w.leaveSearch()
	} else {
		w.setSearching(true)
	}
	w.keys.refocus()
}

func (w *Window) leaveSearch() {
	w.setSearching(false)
	w.header.field.SetText("")
	w.current().search("")
}

func (w *Window) setSearching(on bool) {
	w.scans.searching = on
	w.scans.typed++
	w.header.setMode(on)
}

// changed searches while a person types, once the typing rests.
func (w *Window) changed(string) {
	if !w.scans.searching {
		return
	}
	w.scans.typed++
	this := w.scans.typed
	w.back.later(searchPause, func() {
		if this == w.scans.typed && w.scans.searching {
			w.current().search(strings.TrimSpace(w.header.field.Text))
		}
	})
}

// showParcel finds a parcel in the list of those to print.
func (w *Window) showParcel(id shipping.ParcelID) {
	ask(w.back, readLimit, func(ctx context.Context) (app.Row, error) { return w.deps.Bench.Row(ctx, id) }, func(r app.Row, err error) {
		if err != nil {
			w.notices.failed(err)
			return
		}
		w.front(pagePending)
		w.pending.reveal(r, true)
	})
}
