package storage

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"

	"printstation/app"
	"printstation/app/outbox"
	"printstation/app/shipping"
)

// checkLimit is how many faults Check lists before it gives up.
const checkLimit = 20

// Check holds the file's pages, every row and every index against each other. It reads all of the store in one view;
// the error lists what is wrong and matches ErrDamaged.
func (db *DB) Check(ctx context.Context) error {
	// bbolt's own check takes pages that an update is just freeing for damage: updates wait meanwhile.
	select {
	case db.turn <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-db.turn }()
	return db.view(ctx, func(t *tx) error {
		var faults []error
		for err := range t.bolt.Check() { // must be read to its end
			if len(faults) < checkLimit {
				faults = append(faults, err)
			}
		}
		if len(faults) == 0 {
			c := &checker{tx: t, want: make(map[string][][]byte)}
			c.rows()
			c.indexes()
			faults = c.faults
		}
		if len(faults) == 0 {
			return nil
		}
		return &PathError{Path: db.path, Kind: ErrDamaged, Err: errors.Join(faults...)}
	})
}

// checker gathers the index rows that the rows call for, then holds them against those that are there.
type checker struct {
	*tx
	want   map[string][][]byte // by index
	faults []error
}

func (c *checker) fault(format string, args ...any) {
	if len(c.faults) < checkLimit {
		c.faults = append(c.faults, fmt.Errorf(format, args...))
	}
}

func (c *checker) expect(index string, key []byte) { c.want[index] = append(c.want[index], key) }

// all calls do for every row of a bucket that can be decoded.
func all[T any](c *checker, name string, do func(key []byte, row T)) {
	for key := range c.walk(name, nil) {
		row, err := read[T](c.tx, name, key)
		if err != nil {
			c.fault("%w", err)
			continue
		}
		do(key, row)
	}
}

func (c *checker) rows() {
	all(c, rowsOrders, func(key []byte, o shipping.Order) {
		c.expect(ordersByID, orderKey(o.OrderRef))
		if at := c.bucket(ordersByID).Get(orderKey(o.OrderRef)); !bytes.Equal(at, key) {
			c.fault("order %s is not found by its id", o.OrderRef)
		}
		if personalOf(o) != (personalData{}) {
			c.fault("order %s has personal data in clear", o.OrderRef)
		}
		c.sealed(sealedOrders, key)
	})
	all(c, rowsParcels, c.parcel)
	all(c, rowsLabels, func(key []byte, l shipping.LabelCopy) {
		index, err := labelStateKey(key, l)
		if err != nil {
			c.fault("label %s: %w", l.ID, err)
			return
		}
		c.expect(labelsState, index)
	})
	all(c, rowsJobs, func(key []byte, j shipping.PrintJob) {
		if j.Open {
			c.expect(jobsOpen, key)
		}
	})
	all(c, rowsEntries, c.entry)
}

func (c *checker) parcel(key []byte, p shipping.Parcel) {
	_, seq, err := p.ID.Split()
	if err != nil {
		c.fault("parcel: %w", err)
		return
	}
	c.expect(parcelsShelf, join(textKey(string(p.Shelf())), key))
	for _, ref := range p.Refs() {
		c.expect(parcelsOrder, appendNumber(orderKey(ref), seq))
	}
	claims, err := c.claims(p)
	if err != nil {
		c.fault("parcel %s: %w", p.ID, err)
	}
	for _, claim := range claims {
		if c.bucket(numbersTaken).Get(claim) == nil {
			c.fault("parcel %s does not hold its own number", p.ID)
		}
	}
	c.sealed(sealedParcels, key)
}

func (c *checker) entry(key []byte, e outbox.Entry) {
	c.expect(entriesByID, textKey(string(e.ID)))
	if at := c.bucket(entriesByID).Get(textKey(string(e.ID))); !bytes.Equal(at, key) {
		c.fault("confirmation %s is not found by its id", e.ID)
	}
	c.expect(entriesState, join(textKey(string(e.State)), key))
	if due := dueKey(e); due != nil {
		c.expect(entriesDue, due)
	}
	parcel, err := parcelKey(e.Parcel)
	if err != nil {
		c.fault("confirmation %s: %w", e.ID, err)
		return
	}
	c.expect(entriesParcel, join(parcel, key))
}

// sealed opens what is sealed of a row, as far as there is a key.
func (c *checker) sealed(name string, key []byte) {
	if _, _, err := c.unseal(name, key); err != nil {
		c.fault("row %x of %s: %w", key, name, err)
	}
}

func (c *checker) indexes() {
	for _, name := range []string{
		ordersByID, parcelsShelf, parcelsOrder, labelsState, jobsOpen, entriesByID, entriesState, entriesDue, entriesParcel,
	} {
		want := c.want[name]
		slices.SortFunc(want, bytes.Compare)
		want = slices.CompactFunc(want, bytes.Equal)
		for have := range c.walk(name, nil) {
			at, ok := slices.BinarySearchFunc(want, have, bytes.Compare)
			if !ok {
				c.fault("index %s has a row that nothing calls for: %x", name, have)
				continue
			}
			want = slices.Delete(want, at, at+1)
		}
		for _, key := range want {
			c.fault("index %s misses %x", name, key)
		}
	}
	for key := range c.walk(numbersTaken, nil) {
		id := shipping.ParcelID(c.bucket(numbersTaken).Get(key))
		if _, err := c.Parcel(id); errors.Is(err, app.ErrNotFound) {
			c.fault("a number is held by parcel %s, which does not exist", id)
		}
	}
	c.journal()
}

func (c *checker) journal() {
	rows, indexed := 0, 0
	for range c.walk(rowsCalls, nil) {
		rows++
	}
	for range c.walk(callsShop, nil) {
		indexed++
	}
	if rows != indexed {
		c.fault("the journal has %d lines and %d places for them", rows, indexed)
	}
}
