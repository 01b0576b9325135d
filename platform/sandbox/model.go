package sandbox

import "time"

// Order states as the platform numbers them. 1, 2, 3, 4 and 5 are those of the vendor's order list; 101 and 105 are
// less sure (see the package comment).
const (
	statusUnpaid  = 1
	statusToShip  = 2
	statusShipped = 3
	statusClosed  = 4
	statusDone    = 5
)

// order is one order with what only the platform knows of it: the receiver in clear and the fate that awaits it.
type order struct {
	ID          string       `json:"id"`
	Status      int          `json:"status"`
	Refund      refundState  `json:"refund,omitempty"`
	Receiver    receiver     `json:"receiver"`
	Cipher      *cipherTexts `json:"cipher,omitempty"`   // nil: the list shows the receiver in clear
	Unmasked    bool         `json:"unmasked,omitempty"` // ciphertext without its masked form
	Items       []item       `json:"items"`
	BuyerWords  string       `json:"buyer_words,omitempty"`
	SellerWords string       `json:"seller_words,omitempty"`
	CreatedAt   time.Time    `json:"created_at"`
	PaidAt      time.Time    `json:"paid_at,omitzero"`
	UpdatedAt   time.Time    `json:"updated_at"`
	ShipBy      time.Time    `json:"ship_by,omitzero"`
	Fate        fate         `json:"fate,omitempty"`
	Number      string       `json:"number,omitempty"`  // the accepted shipment's
	Carrier     string       `json:"carrier,omitempty"` // and its courier
	ShippedAt   time.Time    `json:"shipped_at,omitzero"`

	unlisted bool // not in trade/list: the order of the document's example
}

type refundState string

const (
	refundNone    refundState = ""
	refundPending refundState = "pending"
	refundDone    refundState = "done"
)

// fate is what the platform will do with an order, decided when the order is made.
type fate string

const (
	fateNone          fate = ""
	fateOutOfRange    fate = "out_of_range"    // no number: the courier does not go there
	fateRestrained    fate = "restrained"      // no number: the platform holds the order back
	fateNoReturnPlace fate = "no_return_place" // shipment refused until the shop mends its after-sale address
	fateBusy          fate = "busy"            // shipment refused twice, then taken
)

// receiver is the person behind an order, always in clear.
type receiver struct {
	Name   string `json:"name"`
	Phone  string `json:"phone"`
	Place  place  `json:"place"`
	Detail string `json:"detail"`
}

// item is one sub-order.
type item struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Color string `json:"color,omitempty"`
	Size  string `json:"size,omitempty"`
	Code  string `json:"code"`  // the seller's own code
	Price int64  `json:"price"` // fen, of one piece
	Count int    `json:"count"`
	Gift  bool   `json:"gift,omitempty"`
}

// packKey is what decides between the old number and a new one.
type packKey struct {
	Channel, Order, Pack string
}

// waybill is one issued number with everything that is answered when it is asked for again.
type waybill struct {
	Channel   string    `json:"channel"`
	Order     string    `json:"order"`
	Pack      string    `json:"pack"`
	Carrier   string    `json:"carrier"`
	Number    string    `json:"number"`
	SortCode  string    `json:"sort_code"`
	HubName   string    `json:"hub_name"`
	ShortName string    `json:"short_name"`
	Digest    string    `json:"digest"` // of the request's part for this order
	At        time.Time `json:"at"`
	Cancelled time.Time `json:"cancelled,omitzero"`

	shipped        bool // an order went under it
	asked          int  // how often the pack was asked for, the first time included
	askedElsewise  int  // how often with other contents than the first time
	askedCancelled int  // how often after it was cancelled
}

func (b *waybill) key() packKey { return packKey{b.Channel, b.Order, b.Pack} }

// shipLedger counts what was tried with one order.
type shipLedger struct {
	accepted int
	attempts int
	busyLeft int
	refused  map[string]int // by code
	numbers  []string       // of accepted shipments
}
