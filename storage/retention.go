package storage

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"printstation/app"
	"printstation/app/shipping"
)

// DefaultRetention is how long personal data is kept when the settings say nothing.
const DefaultRetention = 90 * 24 * time.Hour

// Destroyed tells what DestroyKeysBefore did.
type Destroyed struct {
	Months   []string // whose keys are gone: "2026-08"
	Resealed int      // rows that are still worked on, now under this month's key
	Emptied  int      // rows whose data is gone
}

// DestroyKeysBefore destroys the data keys of all months that ended before t, and with them the personal data sealed
// under them. What the bench still has to print is sealed anew first: orders without a parcel that are to be shipped,
// and those of parcels that have no printed label yet and were not cancelled. The current month is never destroyed.
// It works in short updates, so that the bench goes on; after a crash it is simply run again.
func (db *DB) DestroyKeysBefore(ctx context.Context, t time.Time) (Destroyed, error) {
	db.keysMu.Lock()
	defer db.keysMu.Unlock()
	var done Destroyed
	if !db.vault.isOpen() {
		return done, fmt.Errorf("storage: destroy keys: %w", ErrKeyLost)
	}
	last := min(monthOf(t), monthOf(db.opt.Clock())) - 1
	for _, name := range []string{sealedOrders, sealedParcels} {
		if err := db.clearOut(ctx, name, last, &done); err != nil {
			return done, fmt.Errorf("storage: destroy keys: %w", err)
		}
	}
	err := db.update(ctx, func(t *tx) error {
		last := max(uint64(last), numberOf(t.bucket(rowsMeta).Get(metaDestroyed)))
		return t.put(rowsMeta, metaDestroyed, appendNumber(nil, last))
	})
	if err != nil {
		return done, fmt.Errorf("storage: destroy keys: %w", err)
	}
	months, err := db.vault.destroy(last)
	for _, m := range months {
		done.Months = append(done.Months, m.String())
	}
	if err != nil {
		return done, fmt.Errorf("storage: destroy keys: %w", err)
	}
	return done, nil
}

// clearOut goes through a sealed bucket in short updates.
func (db *DB) clearOut(ctx context.Context, name string, last month, done *Destroyed) error {
	var after []byte
	for {
		var keys [][]byte
		var part Destroyed // counts only once it is on disk
		err := db.update(ctx, func(t *tx) error {
			keys = t.chunk(name, [][]byte{nil}, after)
			for _, key := range keys {
				if err := t.clearRow(name, key, last, &part); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		done.Resealed += part.Resealed
		done.Emptied += part.Emptied
		if len(keys) < walkChunk {
			return nil
		}
		after = keys[len(keys)-1]
	}
}

// clearRow seals a row anew when it is still needed, and empties it when it is not.
func (t *tx) clearRow(name string, key []byte, last month, done *Destroyed) error {
	row := t.bucket(name).Get(key)
	if len(row) <= sealHead || keyID(row[1:sealHead]).month() > last {
		return nil
	}
	needed := t.orderNeeded
	if name == sealedParcels {
		needed = t.parcelNeeded
	}
	keep, err := needed(key)
	if err != nil {
		return err
	}
	if keep {
		plain, state, err := t.unseal(name, key)
		if err != nil {
			return err
		}
		if state == shipping.SealOpen {
			done.Resealed++
			return t.seal(name, key, plain)
		}
	}
	done.Emptied++
	return t.put(name, key, bytes.Clone(row[:sealHead]))
}

// orderNeeded reports whether the personal data of the order in the row is still to be printed.
func (t *tx) orderNeeded(key []byte) (bool, error) {
	o, err := read[shipping.Order](t, rowsOrders, key)
	if err != nil {
		return false, ignoreMissing(err)
	}
	ids, err := t.ParcelsOf(o.OrderRef)
	if err != nil {
		return false, err
	}
	for _, id := range ids {
		key, err := parcelKey(id)
		if err != nil {
			return false, err
		}
		if needed, err := t.parcelNeeded(key); needed || err != nil {
			return needed, err
		}
	}
	return len(ids) == 0 && (o.Status == shipping.OrderToShip || o.Status == shipping.OrderPartShipped), nil
}

// parcelNeeded reports whether the parcel in the row still has its label before it.
func (t *tx) parcelNeeded(key []byte) (bool, error) {
	p, err := read[shipping.Parcel](t, rowsParcels, key)
	if err != nil {
		return false, ignoreMissing(err)
	}
	switch p.State {
	case shipping.ParcelCancelled:
		return false, nil
	case shipping.ParcelIssued:
		copies, err := t.LabelsOf(p.ID)
		for _, c := range copies {
			if c.State == shipping.LabelPrinted || c.State == shipping.LabelVerified {
				return false, nil
			}
		}
		return true, err
	}
	return true, nil
}

// ignoreMissing lets a sealed row whose own row is not there count as not needed.
func ignoreMissing(err error) error {
	if errors.Is(err, app.ErrNotFound) {
		return nil
	}
	return err
}
