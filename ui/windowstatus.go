package ui

import (
	"printstation/app"
	"printstation/app/shipping"
	"printstation/ui/look"
)

// showStatus spreads the station's status over the window.
func (w *Window) showStatus(st app.Status, err error) {
	if err != nil {
		w.deps.Log.Warn("ui: status", "err", err)
		return
	}
	w.status = st
	w.speech.shops = make(map[shipping.ShopID]string, len(st.Shops))
	for _, sh := range st.Shops {
		w.speech.shops[sh.ID] = sh.Name
	}
	w.header.setStation(st.Station)
	w.statusLine.show(st, w.printer)
	w.equipment.show(st)
	w.tabs.SetCount(pageTroubles, someCount(st.Failed), true)
	w.tabs.SetCount(pageDoubts, someCount(st.Uncertain), true)
	w.tellDoubts(st.Uncertain)
}

func someCount(n int) string {
	if n == 0 {
		return ""
	}
	return count(n)
}

// tellDoubts asks about labels of unknown fate, at once and without standing in the way. Put away, the question comes
// back only when there are others.
func (w *Window) tellDoubts(n int) {
	switch {
	case n == 0:
		w.notices.drop(noticeDoubts, nil)
	case n != w.doubts && w.tabs.Current() != pageDoubts:
		w.notices.put(noticeDoubts, w.speech.say("doubt.notice", "N", count(n)), look.Care,
			offer{w.speech.say("result.to_doubts"), func() { w.front(pageDoubts) }})
	}
	w.doubts = n
}

// close ends the program, after a batch that is printing has come to an orderly end.
func (w *Window) close() {
	if !w.batch.running {
		w.win.Close()
		return
	}
	w.closing = true
	w.stopBatch()
	w.notices.news(w.speech.say("print.closing"), look.Care)
}
