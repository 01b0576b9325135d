package shipping

import "time"

// Event is one line on a parcel's timeline: something changed its state, and why. The store numbers the events.
type Event struct {
	Seq    uint64    `json:"seq"`
	At     time.Time `json:"at"`
	Parcel ParcelID  `json:"parcel"`
	Kind   EventKind `json:"kind"`
	From   string    `json:"from,omitempty"`
	To     string    `json:"to,omitempty"`
	Order  OrderID   `json:"order,omitempty"`
	Label  LabelID   `json:"label,omitempty"`
	Detail string    `json:"detail,omitempty"` // the platform's words, a printer, a number; never personal data
	Why    *Reason   `json:"why,omitempty"`    // our own words, said instead of Detail
}

// EventKind says which of the machines an Event belongs to.
type EventKind string

// What an event can be about.
const (
	EventParcel EventKind = "parcel"
	EventLabel  EventKind = "label"
	EventEntry  EventKind = "confirmation"
)
