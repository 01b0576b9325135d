package storage

import (
	"errors"
	"fmt"
	"iter"

	"printstation/app"
	"printstation/app/shipping"
)

// AppendEvent puts a line at the end of its parcel's timeline and numbers it over the whole store.
func (t *tx) AppendEvent(e shipping.Event) error {
	if err := t.mayWrite("append event"); err != nil {
		return err
	}
	parcel, err := parcelKey(e.Parcel)
	if err != nil {
		return fmt.Errorf("storage: append event: %w", err)
	}
	if e.Seq, err = t.bucket(rowsEvents).NextSequence(); err != nil {
		return err
	}
	return t.putJSON(rowsEvents, appendNumber(parcel, e.Seq), e)
}

// Events yields a parcel's timeline, oldest line first.
func (t *tx) Events(p shipping.ParcelID) iter.Seq2[shipping.Event, error] {
	return func(yield func(shipping.Event, error) bool) {
		prefix, err := parcelKey(p)
		if err != nil {
			yield(shipping.Event{}, fmt.Errorf("storage: events: %w", err))
			return
		}
		for end := range t.walk(rowsEvents, prefix) {
			e, err := read[shipping.Event](t, rowsEvents, join(prefix, end))
			if !yield(e, err) || err != nil {
				return
			}
		}
	}
}

// Mark gives a mark; the shop may be "" for marks of the station as a whole.
func (t *tx) Mark(shop shipping.ShopID, name string) ([]byte, error) {
	value := t.bucket(rowsMarks).Get(textKey(string(shop), name))
	if value == nil {
		return nil, fmt.Errorf("mark %s of shop %q: %w", name, shop, app.ErrNotFound)
	}
	return append([]byte{}, value...), nil
}

// PutMark writes a mark.
func (t *tx) PutMark(shop shipping.ShopID, name string, value []byte) error {
	if err := t.mayWrite("put mark"); err != nil {
		return err
	}
	if name == "" {
		return errors.New("storage: put mark: no name")
	}
	return t.put(rowsMarks, textKey(string(shop), name), append([]byte{}, value...))
}
