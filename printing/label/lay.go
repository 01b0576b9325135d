package label

import (
	"slices"
	"strings"

	"printstation/app/shipping"
	"printstation/printing"
)

// The grid: a frame on each ply, and type that stands off its lines by pad.
const (
	left  = 3.0
	right = 97.0
	tear  = 110.0
	pad   = 2.0
)

// DefaultDPI is the resolution of most label printers.
const DefaultDPI = 203

// Lay lays a label out for a printer of dpi dots to the inch, DefaultDPI when that is not known. The notices tell
// what was shortened or substituted. A label that could not be drawn truly is rejected with the reason, and there is
// no page then. The result depends on nothing but the arguments.
func Lay(l shipping.Label, fonts *Fonts, dpi int) (Page, []shipping.Reason, *shipping.Reason) {
	if dpi <= 0 {
		dpi = DefaultDPI
	}
	runs, rejected := symbol(l.Number)
	if rejected != nil {
		return Page{}, nil, rejected
	}
	c := &cleaner{fonts: fonts}
	w := &work{content: read(l, c), runs: runs}
	w.sheet = sheet{fonts: fonts, page: Page{Size: printing.Label100x180, DPI: dpi, Tear: tear}}
	w.notices = c.notices()
	if w.recipient.address == "" {
		return Page{}, w.notices, because("recipient_missing")
	}
	if rejected := w.upper(); rejected != nil {
		return Page{}, w.notices, rejected
	}
	if rejected := w.lower(); rejected != nil {
		return Page{}, w.notices, rejected
	}
	return w.page, w.notices, nil
}

// work is a label on its way to a page.
type work struct {
	content
	sheet
	runs    []uint8
	notices []shipping.Reason
}

// notice reports something once, however often it happens on the page.
func (w *work) notice(id string, pairs ...string) {
	r := because(id, pairs...)
	if !slices.ContainsFunc(w.notices, func(o shipping.Reason) bool { return o.ID == r.ID }) {
		w.notices = append(w.notices, *r)
	}
}

// short cuts a line that only helps at the bench, and says so under the given id.
func (w *work) short(which Face, size float64, s string, width float64, id string) string {
	s, cut := w.fonts.shorten(which, size, s, width)
	if cut {
		w.notice(id)
	}
	return s
}

func because(id string, pairs ...string) *shipping.Reason {
	r := shipping.Because("label."+id, pairs...)
	return &r
}

func symbol(n shipping.TrackingNumber) ([]uint8, *shipping.Reason) {
	if strings.TrimSpace(string(n)) == "" {
		return nil, because("number_missing")
	}
	runs, err := code128Runs(string(n))
	if err != nil {
		return nil, because("number_unencodable")
	}
	return runs, nil
}

// sizes lists type sizes from most down to least in half points.
func sizes(most, least float64) []float64 {
	var all []float64
	for size := most; size >= least; size -= 0.5 {
		all = append(all, size)
	}
	return all
}
