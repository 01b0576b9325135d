package storage

import (
	"bytes"
	"fmt"
	"iter"
	"slices"

	"printstation/app"
	"printstation/app/outbox"
	"printstation/app/shipping"
)

// PutEntry writes a confirmation under its id. Seq is the store's own: a new entry gets the next one, an old one keeps
// the one it has, whatever the caller filled in.
func (t *tx) PutEntry(e outbox.Entry) error {
	if err := t.mayWrite("put entry"); err != nil {
		return err
	}
	if e.Shop == "" || e.ID != outbox.MakeEntryID(e.Shop, e.Order, e.Number) {
		return fmt.Errorf("storage: put entry %q: the id is not that of its shop, order and number", e.ID)
	}
	parcel, err := parcelKey(e.Parcel)
	if err != nil {
		return fmt.Errorf("storage: put entry %s: %w", e.ID, err)
	}
	var old *outbox.Entry
	byID := textKey(string(e.ID))
	key := bytes.Clone(t.bucket(entriesByID).Get(byID))
	if key != nil {
		was, err := read[outbox.Entry](t, rowsEntries, key)
		if err != nil {
			return err
		}
		if was.Shop != e.Shop || was.Order != e.Order || was.Number != e.Number {
			return fmt.Errorf("storage: put entry %s: another shop and order have the same id", e.ID)
		}
		old, e.Seq = &was, was.Seq
	} else {
		if e.Seq, err = t.bucket(rowsEntries).NextSequence(); err != nil {
			return err
		}
		key = appendNumber(shopKey(e.Shop), e.Seq)
		if err := t.put(entriesByID, byID, key); err != nil {
			return err
		}
	}
	if err := t.indexEntry(key, parcel, old, e); err != nil {
		return err
	}
	return t.putJSON(rowsEntries, key, e)
}

func (t *tx) indexEntry(key, parcel []byte, old *outbox.Entry, e outbox.Entry) error {
	var state, due []byte
	if old != nil {
		state, due = join(textKey(string(old.State)), key), dueKey(*old)
		if old.Parcel != e.Parcel {
			was, err := parcelKey(old.Parcel)
			if err != nil {
				return err
			}
			if err := t.remove(entriesParcel, join(was, key)); err != nil {
				return err
			}
		}
	}
	if err := t.move(entriesState, state, join(textKey(string(e.State)), key)); err != nil {
		return err
	}
	if err := t.move(entriesDue, due, dueKey(e)); err != nil {
		return err
	}
	return t.move(entriesParcel, nil, join(parcel, key))
}

// dueKey orders the waiting entries of a shop by when they are due, then by queueing; nil for one that does not wait.
func dueKey(e outbox.Entry) []byte {
	if e.State != outbox.Waiting {
		return nil
	}
	return appendNumber(appendTime(shopKey(e.Shop), e.NextAt), e.Seq)
}

// Entry gives one confirmation.
func (t *tx) Entry(id outbox.EntryID) (outbox.Entry, error) {
	key := t.bucket(entriesByID).Get(textKey(string(id)))
	if key == nil {
		return outbox.Entry{}, fmt.Errorf("confirmation %s: %w", id, app.ErrNotFound)
	}
	return read[outbox.Entry](t, rowsEntries, key)
}

// EntriesOf gives all confirmations of a parcel in order of queueing; none is no error.
func (t *tx) EntriesOf(p shipping.ParcelID) ([]outbox.Entry, error) {
	prefix, err := parcelKey(p)
	if err != nil {
		return nil, fmt.Errorf("storage: confirmations of a parcel: %w", err)
	}
	var out []outbox.Entry
	for key := range t.walk(entriesParcel, prefix) {
		e, err := read[outbox.Entry](t, rowsEntries, key)
		if err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, nil
}

// Entries yields confirmations as app.Tx says, in every state when none is given. The caller may write between two of
// them, as with Parcels.
func (t *tx) Entries(shops []shipping.ShopID, states ...outbox.State) iter.Seq2[outbox.Entry, error] {
	return func(yield func(outbox.Entry, error) bool) {
		for _, shop := range shops {
			keys := t.rowsIn(rowsEntries, entriesState, shopKey(shop), texts(states))
			if !t.yieldEntries(keys, states, yield) {
				return
			}
		}
	}
}

// LatestEntries yields the confirmations in one state, those of a shop that were queued last first.
func (t *tx) LatestEntries(shops []shipping.ShopID, state outbox.State) iter.Seq2[outbox.Entry, error] {
	return func(yield func(outbox.Entry, error) bool) {
		for _, shop := range shops {
			keys := t.latestIn(entriesState, shopKey(shop), string(state))
			if !t.yieldEntries(keys, []outbox.State{state}, yield) {
				return
			}
		}
	}
}

func (t *tx) yieldEntries(keys iter.Seq[[]byte], states []outbox.State, yield func(outbox.Entry, error) bool) bool {
	for key := range keys {
		e, err := read[outbox.Entry](t, rowsEntries, key)
		if err == nil && len(states) > 0 && !slices.Contains(states, e.State) {
			continue
		}
		if !yield(e, err) || err != nil {
			return false
		}
	}
	return true
}
