package cli

import (
	"slices"

	"printstation/app"
	"printstation/app/outbox"
	"printstation/app/shipping"
)

// State is what became of one parcel, in the one word that --json gives. Each item has exactly one, and each counts to
// exactly one of the numbers of the report, held and printed aside:
//
//	invalid    its order lacks something; the reason says what          → invalid
//	held       a person or the platform must decide first               (listed only)
//	refused    the platform gave no number                              → failed
//	failed     its label or its confirmation failed for good            → failed
//	uncertain  its label may lie in the tray or not                     → uncertain
//	pending    it is still to print: stopped, or no number for now      → waiting
//	printing   the printer still has it                                 → waiting
//	waiting    printed; its confirmation is under way, or parked        → waiting
//	confirmed  printed, and the platform knows                          → confirmed
//	printed    printed, and nobody is to be told                        (counts as printed only)
type State string

// The states of an item.
const (
	StateInvalid   State = "invalid"
	StateHeld      State = "held"
	StateRefused   State = "refused"
	StateFailed    State = "failed"
	StateUncertain State = "uncertain"
	StatePending   State = "pending"
	StatePrinting  State = "printing"
	StateWaiting   State = "waiting"
	StateConfirmed State = "confirmed"
	StatePrinted   State = "printed"
)

// Report is what `batch --json` prints: one object. It speaks of the parcels that this run worked on, those that
// hindrances kept from it, and those that an earlier run left unsettled; what was settled before is not counted again.
type Report struct {
	Orders    int     `json:"orders"`
	Invalid   int     `json:"invalid"`
	Parcels   int     `json:"parcels"`   // as many as there are items
	Waybills  int     `json:"waybills"`  // parcels that have a number
	Printed   int     `json:"printed"`   // labels with evidence of paper
	Confirmed int     `json:"confirmed"` // all orders of the parcel are confirmed
	Failed    int     `json:"failed"`    // refused numbers, failed labels, failed confirmations
	Uncertain int     `json:"uncertain"`
	Waiting   int     `json:"waiting"`
	Seconds   float64 `json:"seconds"`
	// Unread names the shops whose orders could not be read to the end; it is left out when there are none.
	Unread []UnreadShop `json:"unread,omitempty"`
	Items  []Item       `json:"items"`
}

// UnreadShop is a shop whose orders could not be read, and why.
type UnreadShop struct {
	Shop   shipping.ShopID `json:"shop"`
	Reason string          `json:"reason"` // a sentence, in the language of the run
}

// Item is one parcel of the report.
type Item struct {
	OrderIDs       []shipping.OrderID      `json:"order_ids"`
	RequestID      shipping.RequestID      `json:"request_id"`
	TrackingNumber shipping.TrackingNumber `json:"tracking_number"`
	Carrier        shipping.Carrier        `json:"carrier"`
	State          State                   `json:"state"`
	Document       string                  `json:"document"` // a file, or the printer's job
	Page           int                     `json:"page"`     // in the document, from 1
	Reason         string                  `json:"reason"`   // a sentence, in the language of the run
}

// stateOf reduces the three machines of a parcel to one word.
func stateOf(r app.Row) State {
	switch r.State {
	case shipping.ParcelInvalid:
		return StateInvalid
	case shipping.ParcelHeld:
		return StateHeld
	case shipping.ParcelRefused:
		return StateRefused
	}
	switch r.Label {
	case shipping.LabelUncertain:
		return StateUncertain
	case shipping.LabelQueued, shipping.LabelSpooled:
		return StatePrinting
	case shipping.LabelFailed:
		return StateFailed
	case shipping.LabelPrinted, shipping.LabelVerified:
		return confirmState(r.Confirm)
	}
	if len(r.Reasons) > 0 {
		return StateHeld // it has a number, and something came up against printing it
	}
	return StatePending
}

func confirmState(s outbox.State) State {
	switch s {
	case outbox.Confirmed:
		return StateConfirmed
	case outbox.Failed:
		return StateFailed
	case outbox.Waiting, outbox.Parked, outbox.Suspended:
		return StateWaiting
	}
	return StatePrinted
}

// onPaper reports whether there is evidence that the label came out.
func onPaper(s shipping.LabelState) bool {
	return s == shipping.LabelPrinted || s == shipping.LabelVerified
}

// add counts a parcel.
func (r *Report) add(row app.Row, item Item) {
	r.Items = append(r.Items, item)
	r.Parcels++
	r.Orders += len(row.Orders)
	if row.Number != "" {
		r.Waybills++
	}
	if onPaper(row.Label) {
		r.Printed++
	}
	switch item.State {
	case StateInvalid:
		r.Invalid++
	case StateRefused, StateFailed:
		r.Failed++
	case StateUncertain:
		r.Uncertain++
	case StatePending, StatePrinting, StateWaiting:
		r.Waiting++
	case StateConfirmed:
		r.Confirmed++
	}
}

// addUnreadable counts an order that came so broken that it could not even be kept.
func (r *Report) addUnreadable(reason string) {
	r.Items = append(r.Items, Item{OrderIDs: []shipping.OrderID{}, State: StateInvalid, Reason: reason})
	r.Parcels++
	r.Orders++
	r.Invalid++
}

// count tells how many items are in a state.
func (r *Report) count(s State) int {
	n := 0
	for _, it := range r.Items {
		if it.State == s {
			n++
		}
	}
	return n
}

// clean reports whether nothing needs another look.
func (r *Report) clean() bool { return r.Failed == 0 && r.Uncertain == 0 && r.Waiting == 0 }

// sorted gives the items of some states, in the order of those states.
func (r *Report) sorted(states ...State) []Item {
	var items []Item
	for _, s := range states {
		for _, it := range r.Items {
			if it.State == s {
				items = append(items, it)
			}
		}
	}
	return slices.Clip(items)
}
