package sandbox

import (
	"cmp"
	"fmt"
)

// NewOrder describes an order that appears while the world runs. What is left empty is drawn as for all others.
type NewOrder struct {
	ID          string // 19 digits
	Name, Phone string
	Province    string // with City, District, Street and Detail; all five are taken when Province is set
	City        string
	District    string
	Street      string
	Detail      string
	Items       []NewItem
	BuyerWords  string
	SellerWords string
	Encrypted   bool // the receiver as ciphertext; without it in clear, when any part of the receiver is given
	Unmasked    bool // ciphertext without its masked form
}

// NewItem is one line of a NewOrder.
type NewItem struct {
	Name, Spec, Code string
	Count            int // 0: 1
	Gift             bool
}

// AddOrder makes an order that waits to be shipped, created now, and gives its id.
func (w *World) AddOrder(n NewOrder) (string, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	o := w.drawOrder(w.made, w.now())
	if n.ID != "" {
		if !ownOrderID.MatchString(n.ID) || w.byID[n.ID] != nil {
			return "", fmt.Errorf("sandbox: new order %q: the id wants 19 digits and must be new", n.ID)
		}
		o.ID = n.ID
	}
	n.describe(o, w.opt.Seed)
	w.change(event{Op: opOrder, At: o.CreatedAt, Made: o})
	return o.ID, w.flush()
}

func (n NewOrder) describe(o *order, seed uint64) {
	p := &o.Receiver
	given := n.Name != "" || n.Phone != "" || n.Province != ""
	p.Name, p.Phone = cmp.Or(n.Name, p.Name), cmp.Or(n.Phone, p.Phone)
	if n.Province != "" {
		p.Place, p.Detail = place{n.Province, n.City, n.District, n.Street}, n.Detail
	}
	if len(n.Items) > 0 {
		o.Items = nil
	}
	for i, it := range n.Items {
		o.Items = append(o.Items, item{
			ID: fmt.Sprintf("%s%d", o.ID[:len(o.ID)-2], 10+i), Name: it.Name, Size: it.Spec, Code: it.Code,
			Count: cmp.Or(it.Count, 1), Gift: it.Gift,
		})
	}
	o.BuyerWords, o.SellerWords = cmp.Or(n.BuyerWords, o.BuyerWords), cmp.Or(n.SellerWords, o.SellerWords)
	switch {
	case n.Encrypted || n.Unmasked:
		o.Cipher, o.Unmasked = seal(seed, o.ID, *p), n.Unmasked
	case given:
		o.Cipher, o.Unmasked = nil, false
	case o.Cipher != nil:
		o.Cipher = seal(seed, o.ID, *p)
	}
	if given {
		o.Refund, o.Fate = refundNone, fateNone
	}
}

// RefundOrder makes the buyer of an order ask for the money back.
func (w *World) RefundOrder(id string) error { return w.happen(opRefund, id) }

// CloseOrder cancels an order and pays it back.
func (w *World) CloseOrder(id string) error { return w.happen(opClose, id) }

// MendOrder takes away what made the platform refuse an order's number or shipment, as when the shop has set its
// after-sale address.
func (w *World) MendOrder(id string) error { return w.happen(opMend, id) }

func (w *World) happen(op, id string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.byID[id] == nil {
		return fmt.Errorf("sandbox: %s: there is no order %q", op, id)
	}
	w.change(event{Op: op, At: w.now(), Order: id})
	return w.flush()
}
