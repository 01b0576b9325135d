package settings

import (
	"regexp"
	"slices"
	"strings"

	"printstation/app/shipping"
)

var (
	// A station's name is printed before the number of each batch and read aloud between benches.
	stationName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,11}$`)
	// An id stands in keys of the store, which are parted by "/".
	anID = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$`)
)

// Limits and defaults of [station].
const (
	defaultStation   = "A"
	defaultRetention = 90
	longestRetention = 3650
)

func (r *reader) settings(root map[string]any, dir string, known Known) Settings {
	t := r.table("", root)
	s := Settings{Station: r.station(t.sub("station"))}
	for _, st := range t.list("shop") {
		s.Shops = append(s.Shops, st.shop(known))
	}
	for _, pt := range t.list("printer") {
		s.Printers = append(s.Printers, pt.printer(dir, known))
	}
	t.close()
	if t.values["shop"] == nil {
		r.report("", "no_shop")
	}
	if t.values["printer"] == nil {
		r.report("", "no_printer")
	}
	r.shopIDs(s.Shops)
	r.via(s.Shops, known)
	r.printerIDs(s.Printers)
	r.defaults(s.Printers)
	return s
}

func (r *reader) station(t *table) Station {
	s := Station{Name: defaultStation, RetentionDays: defaultRetention}
	if t == nil {
		return s
	}
	if name := t.text("name"); name != "" {
		s.Name = name
		if !stationName.MatchString(name) {
			t.report("name", "station_name")
		}
	}
	s.Language = t.text("language")
	if !slices.Contains([]string{"", "zh", "en"}, s.Language) {
		t.report("language", "language")
	}
	s.RetentionDays = int(t.integer("retention_days", 1, longestRetention, defaultRetention))
	t.close()
	return s
}

// shopIDs refuses a second shop of an id. Ids that differ in case only are told apart by the store but not by people,
// nor by every keyring.
func (r *reader) shopIDs(shops []Shop) {
	for i, s := range shops {
		for j, other := range shops[:i] {
			if s.ID != "" && strings.EqualFold(string(s.ID), string(other.ID)) {
				first := r.ix.find(element("shop", j, "id"))
				r.report(element("shop", i, "id"), "duplicate_id", "ID", string(s.ID), "First", first.lineText())
				break
			}
		}
	}
}

// via follows the accounts that numbers come from. An adapter takes one other account, so that a chain is refused, and
// it must be of the same platform, which alone can read its answers.
func (r *reader) via(shops []Shop, known Known) {
	byID := map[shipping.ShopID]Shop{}
	for _, s := range shops {
		byID[s.ID] = s
	}
	for i, s := range shops {
		if s.Via == "" {
			continue
		}
		key := element("shop", i, "waybill.via")
		target, ok := byID[s.Via]
		switch {
		case s.Via == s.ID:
			r.report(key, "via_self", "ID", string(s.ID))
		case !ok:
			r.report(key, "via_missing", "Via", string(s.Via))
		case target.Via != "" && target.Via == s.ID:
			r.report(key, "via_loop", "ID", string(s.ID), "Via", string(s.Via))
		case target.Via != "":
			r.report(key, "via_chain", "Via", string(s.Via), "Next", string(target.Via))
		case target.Platform != s.Platform && known.both(target, s):
			r.report(key, "via_platform", "Via", string(s.Via), "Platform", target.Platform)
		}
	}
}

// both spares a shop whose platform is reported already a second fault that follows from it.
func (k Known) both(a, b Shop) bool {
	return slices.Contains(k.Platforms, a.Platform) && slices.Contains(k.Platforms, b.Platform)
}

func (r *reader) printerIDs(printers []Printer) {
	for i, p := range printers {
		for j, other := range printers[:i] {
			if p.ID != "" && strings.EqualFold(p.ID, other.ID) {
				first := r.ix.find(element("printer", j, "id"))
				r.report(element("printer", i, "id"), "duplicate_id", "ID", p.ID, "First", first.lineText())
				break
			}
		}
	}
}

// defaults sees to it that exactly one printer is the default one; a single printer needs no word for that.
func (r *reader) defaults(printers []Printer) {
	first := -1
	for i, p := range printers {
		switch {
		case p.Default && first >= 0:
			at := r.ix.find(element("printer", first, "default"))
			r.report(element("printer", i, "default"), "two_defaults", "First", at.lineText())
		case p.Default:
			first = i
		}
	}
	switch {
	case first >= 0:
	case len(printers) == 1:
		printers[0].Default = true
	case len(printers) > 1:
		r.report(element("printer", 0, "default"), "no_default")
	}
}
