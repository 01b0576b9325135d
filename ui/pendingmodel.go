package ui

import (
	"slices"
	"strings"

	"printstation/app"
	"printstation/app/shipping"
)

// Kinds of parcels that people work through separately.
const (
	kindSingle  = "single"  // one piece of one thing
	kindMulti   = "multi"   // more than one piece
	kindMerged  = "merged"  // several orders in one box
	kindMessage = "message" // with words of the buyer or the seller
	kindHeld    = "held"
	kindInvalid = "invalid"
	kindRefused = "refused"
)

func parcelKinds() []string {
	return []string{kindSingle, kindMulti, kindMerged, kindMessage, kindHeld, kindInvalid, kindRefused}
}

// kindsOf names all kinds that a parcel is of.
func kindsOf(r app.Row) []string {
	pieces := 0
	for _, it := range r.Items {
		pieces += it.Quantity
	}
	kinds := []string{kindSingle}
	if pieces != 1 {
		kinds[0] = kindMulti
	}
	if len(r.Orders) > 1 {
		kinds = append(kinds, kindMerged)
	}
	if r.Message != "" {
		kinds = append(kinds, kindMessage)
	}
	switch {
	case r.State == shipping.ParcelInvalid:
		kinds = append(kinds, kindInvalid)
	case r.State == shipping.ParcelRefused:
		kinds = append(kinds, kindRefused)
	case r.State == shipping.ParcelHeld || len(r.Reasons) > 0:
		kinds = append(kinds, kindHeld)
	}
	return kinds
}

// pendingModel is what the packer sees and has chosen. It outlives the page, which is drawn anew in another language.
type pendingModel struct {
	picks  *picks[shipping.ParcelID, app.Row]
	sieve  *sieve[app.Row]
	text   string
	loaded bool
	err    error
	names  map[string]string // of shops and carriers, as the rows tell
	// scanned says that a scan, not a hand, came last. F9 then prints what is chosen and nothing else: the parcel under
	// the cursor is not the one in the packer's hands.
	scanned bool
}

func newPendingModel() *pendingModel {
	m := &pendingModel{
		picks: newPicks(func(r app.Row) shipping.ParcelID { return r.ID }, app.Row.Printable),
		names: map[string]string{},
	}
	named := func(key string) string { return m.names[key] }
	m.sieve = &sieve[app.Row]{facets: []*facet[app.Row]{
		{title: "filter.shop", heaps: func(r app.Row) []string { return []string{"shop:" + string(r.Shop)} }, name: named},
		{title: "filter.carrier", heaps: func(r app.Row) []string { return []string{"carrier:" + string(r.Carrier)} }, name: named},
		{title: "filter.kind", heaps: kindsOf, order: parcelKinds()},
	}}
	return m
}

// speak sets the names of the kinds, which are in the user's language.
func (m *pendingModel) speak(s *speech) {
	m.sieve.facets[2].name = func(key string) string { return s.say("kind." + key) }
}

// set takes rows that were read. What has a label is on its way out of this list, whatever the reading still says.
func (m *pendingModel) set(rows []app.Row) {
	m.loaded = true
	for _, r := range rows {
		m.names["shop:"+string(r.Shop)] = r.ShopName
		m.names["carrier:"+string(r.Carrier)] = carrierName(r)
	}
	m.picks.set(rows)
}

// put takes one row that a scan found, in case the list has not been read since it came.
func (m *pendingModel) put(r app.Row) {
	if i, ok := m.picks.place[r.ID]; ok {
		m.picks.things[i] = r
		return
	}
	m.set(append(slices.Clone(m.picks.things), r))
}

// sift applies filters and search.
func (m *pendingModel) sift() { m.picks.show(m.sieve.passes) }

// search sets the text to look for.
func (m *pendingModel) search(text string) {
	m.text = text
	m.sieve.match = nil
	if text != "" {
		m.sieve.match = func(r app.Row) bool { return rowHas(r, strings.ToLower(text)) }
	}
	m.sift()
}

// only shows just these parcels, until the search is cleared.
func (m *pendingModel) only(label string, ids []shipping.ParcelID) {
	m.sieve.open()
	m.text = label
	m.sieve.match = func(r app.Row) bool { return slices.Contains(ids, r.ID) }
	m.sift()
}

// all shows everything again.
func (m *pendingModel) all() {
	m.text = ""
	m.sieve.open()
	m.sift()
}

// rowHas looks for text, in lower case, in everything that a row shows.
func rowHas(r app.Row, text string) bool {
	has := func(s string) bool { return strings.Contains(strings.ToLower(s), text) }
	to := r.Recipient
	if has(to.Name) || has(to.Phone) || has(to.Region+to.Address) || has(r.Message) || has(string(r.Number)) {
		return true
	}
	return slices.ContainsFunc(r.Orders, func(o shipping.OrderID) bool { return has(string(o)) }) ||
		slices.ContainsFunc(r.Items, func(it shipping.OrderItem) bool { return has(it.Name) || has(it.Spec) || has(it.SKU) })
}
