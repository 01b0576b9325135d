package shipping

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// ParcelID is "shop/sequence", given by the store when the parcel is first seen and never used again.
type ParcelID string

// MakeParcelID joins a shop and its sequence number.
func MakeParcelID(shop ShopID, seq uint64) ParcelID {
	return ParcelID(string(shop) + "/" + strconv.FormatUint(seq, 10))
}

// Split gives back the shop and the sequence number. The error says what a well-formed id looks like.
func (id ParcelID) Split() (ShopID, uint64, error) {
	shop, tail, ok := cutLast(string(id), "/")
	seq, err := strconv.ParseUint(tail, 10, 64)
	if !ok || shop == "" || err != nil {
		return "", 0, fmt.Errorf("parcel id %q is not of the form SHOP/NUMBER", string(id))
	}
	return ShopID(shop), seq, nil
}

// Shop is the shop part of the id, "" when it is malformed.
func (id ParcelID) Shop() ShopID { shop, _, _ := id.Split(); return shop }

// Parcel (包裹) is one box and the unit of work. It holds one or more orders, and over its life at most one live number
// at a time. Once a request for a number is on disk its content is frozen; only Cancel thaws it, with a new Generation.
type Parcel struct {
	ID         ParcelID    `json:"id"`
	Shop       ShopID      `json:"shop"`
	Orders     []OrderID   `json:"orders"` // the lead order first
	Items      []OrderItem `json:"items"`
	Carrier    Carrier     `json:"carrier"`
	Generation int         `json:"generation"` // raised by each cancelled number
	State      ParcelState `json:"state"`
	Reasons    []Reason    `json:"reasons,omitempty"` // why invalid or held
	Fault      *Fault      `json:"fault,omitempty"`   // the last refusal or failure of the platform

	RequestID RequestID `json:"request_id,omitempty"` // set with Request, on disk before the call
	PackID    string    `json:"pack_id,omitempty"`
	Request   []byte    `json:"-"`                 // the exact bytes asked with; sealed by the store
	Waybill   *Waybill  `json:"waybill,omitempty"` // set while State is issued
	Copies    int       `json:"copies,omitempty"`  // label copies made so far, of all generations

	// Labelled says that a label copy counts (LabelState.Counts): the parcel has left the list to print.
	Labelled bool     `json:"labelled,omitempty"`
	Released []string `json:"released,omitempty"` // ids of the reasons that a person let go
	// Moot says that its orders were closed, refunded or shipped elsewhere before a number was asked for.
	Moot       bool `json:"moot,omitempty"`
	Cancelling bool `json:"cancelling,omitempty"` // the number is being given back; the call may have been made
	// Outdated says that the order changed after the number was asked for: the number belongs to what it was before, and
	// must be given back before a label is printed.
	Outdated bool `json:"outdated,omitempty"`

	CreatedAt time.Time `json:"created_at"`
	UpdatedAt time.Time `json:"updated_at"`
	ShipBy    time.Time `json:"ship_by,omitzero"` // the earliest deadline of its orders
}

// Lead is the order whose id the number is asked with.
func (p Parcel) Lead() OrderID {
	if len(p.Orders) == 0 {
		return ""
	}
	return p.Orders[0]
}

// Refs names the parcel's orders with their shop.
func (p Parcel) Refs() []OrderRef {
	refs := make([]OrderRef, len(p.Orders))
	for i, id := range p.Orders {
		refs[i] = OrderRef{Shop: p.Shop, ID: id}
	}
	return refs
}

// Shelf is the list that the parcel lies on: its state, save that issued parcels with a label lie on one of their own.
func (p Parcel) Shelf() Shelf {
	if p.State == ParcelHeld && p.Moot {
		return ShelfMoot
	}
	if p.State == ParcelIssued && p.Labelled {
		return ShelfLabelled
	}
	return Shelf(p.State)
}

// Shelf is a ParcelState, or ShelfLabelled. The store finds parcels by it.
type Shelf string

// ShelfLabelled holds the issued parcels that have a label which counts; all others lie on the shelf of their state.
const ShelfLabelled Shelf = "labelled"

// ShelfMoot holds the held parcels that are Moot: nobody at the bench can do anything for them.
const ShelfMoot Shelf = "moot"

// Shelves lists all shelves.
func Shelves() []Shelf {
	var all []Shelf
	for _, s := range ParcelStates() {
		all = append(all, Shelf(s))
	}
	return append(all, ShelfLabelled, ShelfMoot)
}

// Frozen reports whether orders, lines and addresses of the parcel may no longer change.
func (p Parcel) Frozen() bool { return p.State == ParcelRequested || p.State == ParcelIssued }

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}
