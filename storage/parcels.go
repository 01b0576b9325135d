package storage

import (
	"bytes"
	"errors"
	"fmt"
	"iter"
	"slices"

	"printstation/app"
	"printstation/app/shipping"
)

// NewParcelID gives the shop's next id. One that is not used is not given again.
func (t *tx) NewParcelID(shop shipping.ShopID) (shipping.ParcelID, error) {
	if err := t.mayWrite("new parcel"); err != nil {
		return "", err
	}
	if shop == "" {
		return "", errors.New("storage: new parcel: no shop")
	}
	seq, err := t.nextOf(rowsParcels, shop)
	return shipping.MakeParcelID(shop, seq), err
}

// Parcel gives the parcel; Request is nil when its key is not to be had.
func (t *tx) Parcel(id shipping.ParcelID) (shipping.Parcel, error) {
	key, err := parcelKey(id)
	if err != nil {
		return shipping.Parcel{}, fmt.Errorf("%w: %w", err, app.ErrNotFound)
	}
	p, err := t.parcelAt(key)
	if errors.Is(err, app.ErrNotFound) {
		return p, fmt.Errorf("parcel %s: %w", id, err)
	}
	return p, err
}

func (t *tx) parcelAt(key []byte) (shipping.Parcel, error) {
	p, err := read[shipping.Parcel](t, rowsParcels, key)
	if err != nil {
		return shipping.Parcel{}, err
	}
	if p.Request, _, err = t.unseal(sealedParcels, key); err != nil {
		return shipping.Parcel{}, fmt.Errorf("parcel %s: %w", p.ID, err)
	}
	return p, nil
}

// PutParcel writes the parcel, its indexes and its claim on a number. A nil Request leaves the stored bytes as long as
// RequestID stays the same; with another RequestID, or none, the old bytes go.
func (t *tx) PutParcel(p shipping.Parcel) error {
	if err := t.mayWrite("put parcel"); err != nil {
		return err
	}
	key, err := parcelKey(p.ID)
	if err != nil {
		return fmt.Errorf("storage: put parcel: %w", err)
	}
	if p.ID.Shop() != p.Shop {
		return fmt.Errorf("storage: put parcel %s: it is said to be of shop %q", p.ID, p.Shop)
	}
	old, err := read[shipping.Parcel](t, rowsParcels, key)
	if err != nil && !errors.Is(err, app.ErrNotFound) {
		return err
	}
	claims, err := t.claims(p)
	if err != nil {
		return err
	}
	if err := t.putRequest(key, p, old); err != nil {
		return fmt.Errorf("storage: put parcel %s: %w", p.ID, err)
	}
	for _, c := range claims {
		if err := t.put(numbersTaken, c, []byte(p.ID)); err != nil {
			return err
		}
	}
	if err := t.indexParcel(key, old, p); err != nil {
		return err
	}
	return t.putJSON(rowsParcels, key, p)
}

// claims gives the index keys of all numbers of the parcel, or tells who else holds one.
func (t *tx) claims(p shipping.Parcel) ([][]byte, error) {
	if p.Waybill == nil {
		return nil, nil
	}
	var keys [][]byte
	for _, n := range append([]shipping.TrackingNumber{p.Waybill.Number}, p.Waybill.Children...) {
		if n == "" {
			continue
		}
		key := textKey(string(n), string(p.Waybill.Carrier))
		if holder := t.bucket(numbersTaken).Get(key); holder != nil && string(holder) != string(p.ID) {
			return nil, &app.NumberTakenError{Carrier: p.Waybill.Carrier, Number: n, Holder: shipping.ParcelID(holder)}
		}
		keys = append(keys, key)
	}
	return keys, nil
}

// putRequest keeps the exact bytes that a number was or will be asked with.
func (t *tx) putRequest(key []byte, p, old shipping.Parcel) error {
	if p.Request == nil || p.RequestID == "" {
		if p.RequestID != "" && p.RequestID == old.RequestID {
			return nil
		}
		return t.remove(sealedParcels, key)
	}
	was, state, err := t.unseal(sealedParcels, key)
	if err == nil && state == shipping.SealOpen && was != nil && bytes.Equal(was, p.Request) {
		return nil
	}
	return t.seal(sealedParcels, key, p.Request)
}

func (t *tx) indexParcel(key []byte, old, p shipping.Parcel) error {
	_, seq, err := p.ID.Split()
	if err != nil {
		return err
	}
	if old.ID == "" {
		if err := t.raise(rowsParcels, p.Shop, seq); err != nil {
			return err
		}
	}
	var from []byte
	if old.ID != "" {
		from = join(textKey(string(old.Shelf())), key)
	}
	if err := t.move(parcelsShelf, from, join(textKey(string(p.Shelf())), key)); err != nil {
		return err
	}
	for _, ref := range old.Refs() {
		if slices.Contains(p.Orders, ref.ID) {
			continue
		}
		if err := t.remove(parcelsOrder, appendNumber(orderKey(ref), seq)); err != nil {
			return err
		}
	}
	for _, ref := range p.Refs() {
		if err := t.move(parcelsOrder, nil, appendNumber(orderKey(ref), seq)); err != nil {
			return err
		}
	}
	return nil
}

// ParcelsOf gives the parcels that hold the order, in sequence; none is no error.
func (t *tx) ParcelsOf(ref shipping.OrderRef) ([]shipping.ParcelID, error) {
	var ids []shipping.ParcelID
	for end := range t.walk(parcelsOrder, orderKey(ref)) {
		seq, _, ok := cutNumber(end)
		if !ok {
			return nil, fmt.Errorf("storage: parcels of order %s: %w", ref, ErrDamaged)
		}
		ids = append(ids, shipping.MakeParcelID(ref.Shop, seq))
	}
	return ids, nil
}

// Parcels yields parcels as app.Tx says. The caller may write between two of them: each is read when its turn comes,
// and left out when it lies on none of the shelves any more.
func (t *tx) Parcels(shops []shipping.ShopID, shelves ...shipping.Shelf) iter.Seq2[shipping.Parcel, error] {
	return func(yield func(shipping.Parcel, error) bool) {
		for _, shop := range shops {
			keys := t.rowsIn(rowsParcels, parcelsShelf, shopKey(shop), texts(shelves))
			if !t.yieldParcels(keys, shelves, yield) {
				return
			}
		}
	}
}

// LatestParcels yields the parcels of one shelf, the newest of a shop first; otherwise it is as Parcels.
func (t *tx) LatestParcels(shops []shipping.ShopID, shelf shipping.Shelf) iter.Seq2[shipping.Parcel, error] {
	return func(yield func(shipping.Parcel, error) bool) {
		for _, shop := range shops {
			keys := t.latestIn(parcelsShelf, shopKey(shop), string(shelf))
			if !t.yieldParcels(keys, []shipping.Shelf{shelf}, yield) {
				return
			}
		}
	}
}

func (t *tx) yieldParcels(keys iter.Seq[[]byte], shelves []shipping.Shelf, yield func(shipping.Parcel, error) bool) bool {
	for key := range keys {
		p, err := t.parcelAt(key)
		if err == nil && len(shelves) > 0 && !slices.Contains(shelves, p.Shelf()) {
			continue
		}
		if !yield(p, err) || err != nil {
			return false
		}
	}
	return true
}

// rowsIn yields the keys of a shop's rows, of those in the states when any are given.
func (t *tx) rowsIn(rows, index string, shop []byte, states []string) iter.Seq[[]byte] {
	name, prefixes := rows, [][]byte{shop}
	if len(states) > 0 {
		name, prefixes = index, nil
		for _, s := range states {
			prefixes = append(prefixes, join(textKey(s), shop))
		}
	}
	return func(yield func([]byte) bool) {
		for end := range t.walk(name, prefixes...) {
			if !yield(join(shop, end)) {
				return
			}
		}
	}
}

// latestIn yields the keys of a shop's rows in one state, the last one first.
func (t *tx) latestIn(index string, shop []byte, state string) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for end := range t.walkBack(index, join(textKey(state), shop)) {
			if !yield(join(shop, end)) {
				return
			}
		}
	}
}

// texts gives states as plain texts, each once: a state named twice must not yield its rows twice.
func texts[S ~string](states []S) []string {
	var out []string
	for _, s := range states {
		if !slices.Contains(out, string(s)) {
			out = append(out, string(s))
		}
	}
	return out
}

// NumberHolder finds the parcel that holds a number, also one that was cancelled since.
func (t *tx) NumberHolder(carrier shipping.Carrier, number shipping.TrackingNumber) (shipping.ParcelID, error) {
	if carrier != "" {
		if id := t.bucket(numbersTaken).Get(textKey(string(number), string(carrier))); id != nil {
			return shipping.ParcelID(id), nil
		}
		return "", fmt.Errorf("number %s: %w", number, app.ErrNotFound)
	}
	prefix := textKey(string(number))
	if k, id := t.bucket(numbersTaken).Cursor().Seek(prefix); k != nil && bytes.HasPrefix(k, prefix) {
		return shipping.ParcelID(id), nil
	}
	return "", fmt.Errorf("number %s: %w", number, app.ErrNotFound)
}
