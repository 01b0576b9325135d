package storage

import (
	"bytes"
	"errors"
	"fmt"
	"iter"

	"printstation/app"
	"printstation/app/shipping"
)

// Order gives the order; without its key, personal fields are empty and Sealed says why.
func (t *tx) Order(ref shipping.OrderRef) (shipping.Order, error) {
	key := t.bucket(ordersByID).Get(orderKey(ref))
	if key == nil {
		return shipping.Order{}, fmt.Errorf("order %s: %w", ref, app.ErrNotFound)
	}
	return t.orderAt(key)
}

func (t *tx) orderAt(key []byte) (shipping.Order, error) {
	o, err := read[shipping.Order](t, rowsOrders, key)
	if err != nil {
		return shipping.Order{}, err
	}
	p, state, err := t.openPersonal(key)
	if err != nil {
		return shipping.Order{}, fmt.Errorf("order %s: %w", o.OrderRef, err)
	}
	p.into(&o)
	o.Sealed = state
	return o, nil
}

// PutOrder writes what the platform last told. An order that was read back without its personal data (Sealed) keeps
// what is sealed of it; any other needs the key, and fails with ErrKeyLost without it.
func (t *tx) PutOrder(o shipping.Order) error {
	if err := t.mayWrite("put order"); err != nil {
		return err
	}
	if o.Shop == "" || o.ID == "" {
		return fmt.Errorf("storage: put order %s: it has no shop or no id", o.OrderRef)
	}
	byID := orderKey(o.OrderRef)
	key := bytes.Clone(t.bucket(ordersByID).Get(byID))
	isNew := key == nil
	if isNew {
		seq, err := t.nextOf(rowsOrders, o.Shop)
		if err != nil {
			return err
		}
		key = appendNumber(shopKey(o.Shop), seq)
	}
	personal := personalOf(o)
	if err := t.putPersonal(key, personal, o.Sealed); err != nil {
		return fmt.Errorf("storage: put order %s: %w", o.OrderRef, err)
	}
	if isNew {
		if err := t.put(ordersByID, byID, key); err != nil {
			return err
		}
	}
	personalData{}.into(&o)
	return t.putJSON(rowsOrders, key, o)
}

// Orders yields the shop's orders in order of first writing. The caller may write between two of them.
func (t *tx) Orders(shop shipping.ShopID) iter.Seq2[shipping.Order, error] {
	return func(yield func(shipping.Order, error) bool) {
		prefix := shopKey(shop)
		for end := range t.walk(rowsOrders, prefix) {
			o, err := t.orderAt(join(prefix, end))
			if !yield(o, err) || err != nil {
				return
			}
		}
	}
}

// personalData is what is sealed of an order.
type personalData struct {
	Recipient    shipping.Recipient `json:"recipient"`
	BuyerMessage string             `json:"buyer_message,omitempty"`
	SellerRemark string             `json:"seller_remark,omitempty"`
}

func personalOf(o shipping.Order) personalData {
	return personalData{Recipient: o.Recipient, BuyerMessage: o.BuyerMessage, SellerRemark: o.SellerRemark}
}

func (p personalData) into(o *shipping.Order) {
	o.Recipient, o.BuyerMessage, o.SellerRemark = p.Recipient, p.BuyerMessage, p.SellerRemark
}

// putPersonal seals p under this month's key, unless just that is sealed already.
func (t *tx) putPersonal(key []byte, p personalData, was shipping.SealState) error {
	if p == (personalData{}) && was != shipping.SealOpen {
		return nil // the caller never saw what is sealed: it stays
	}
	old, state, err := t.openPersonal(key)
	if err != nil && !errors.Is(err, ErrDamaged) {
		return err // what is damaged may be written over; the new data is whole
	}
	if err == nil && state == shipping.SealOpen && samePersonal(old, p) {
		return nil
	}
	return t.sealJSON(sealedOrders, key, p)
}

func samePersonal(a, b personalData) bool {
	x, y := a.Recipient.Masked, b.Recipient.Masked
	a.Recipient.Masked, b.Recipient.Masked = nil, nil
	return a == b && (x == y || (x != nil && y != nil && *x == *y))
}

func join(a, b []byte) []byte { return append(bytes.Clone(a), b...) }
