package storage

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"

	"go.etcd.io/bbolt"

	"printstation/app"
	"printstation/app/shipping"
)

// View runs do on what is on disk now. It does not wait for updates.
func (db *DB) View(ctx context.Context, do func(app.Tx) error) error {
	return db.view(ctx, func(t *tx) error { return do(t) })
}

func (db *DB) view(ctx context.Context, do func(*tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return db.named(db.bolt.View(func(b *bbolt.Tx) error { return do(&tx{bolt: b, db: db}) }))
}

// Update runs do alone; its writes are on disk when it returns nil, and none of them is when it does not. Waiting for
// the update before it ends with the context. Do must not call View or Update of the same store.
func (db *DB) Update(ctx context.Context, do func(app.Tx) error) error {
	return db.update(ctx, func(t *tx) error { return do(t) })
}

func (db *DB) update(ctx context.Context, do func(*tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case db.turn <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-db.turn }()
	return db.named(db.bolt.Update(func(b *bbolt.Tx) error { return do(&tx{bolt: b, db: db}) }))
}

// tx is app.Tx on a bbolt transaction.
type tx struct {
	bolt *bbolt.Tx
	db   *DB
}

var _ app.Tx = (*tx)(nil)

// fillSequential packs pages of rows that mostly come in ascending order: they are not split again later.
const fillSequential = 0.9

func (t *tx) bucket(name string) *bbolt.Bucket { return t.bolt.Bucket([]byte(name)) }

// mayWrite refuses a Put in a View, under the name that the caller knows it by.
func (t *tx) mayWrite(what string) error {
	if !t.bolt.Writable() {
		return fmt.Errorf("storage: %s: %w", what, ErrView)
	}
	return nil
}

// put writes a row, unless it is there already just so: an order polled again every ten seconds costs no page then.
func (t *tx) put(name string, key, value []byte) error {
	b := t.bucket(name)
	b.FillPercent = fillSequential
	if old := b.Get(key); old != nil && bytes.Equal(old, value) {
		return nil
	}
	return b.Put(key, value)
}

func (t *tx) remove(name string, key []byte) error { return t.bucket(name).Delete(key) }

// move takes an index row from one key to another; nil stands for none.
func (t *tx) move(name string, from, to []byte) error {
	if bytes.Equal(from, to) && (from == nil || t.bucket(name).Get(from) != nil) {
		return nil
	}
	if from != nil {
		if err := t.remove(name, from); err != nil {
			return err
		}
	}
	if to == nil {
		return nil
	}
	return t.put(name, to, []byte{})
}

func (t *tx) putJSON(name string, key []byte, v any) error {
	raw, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return t.put(name, key, raw)
}

// read decodes a row; app.ErrNotFound when there is none.
func read[T any](t *tx, name string, key []byte) (T, error) {
	var v T
	raw := t.bucket(name).Get(key)
	if raw == nil {
		return v, app.ErrNotFound
	}
	if err := json.Unmarshal(raw, &v); err != nil {
		return v, fmt.Errorf("storage: row %x of %s: %w", key, name, errors.Join(ErrDamaged, err))
	}
	return v, nil
}

// nextOf gives the next number of a shop's rows.
func (t *tx) nextOf(rows string, shop shipping.ShopID) (uint64, error) {
	key := textKey(rows, string(shop))
	n := numberOf(t.bucket(rowsSequences).Get(key)) + 1
	return n, t.put(rowsSequences, key, appendNumber(nil, n))
}

// raise keeps a number that was not given by nextOf from being given later.
func (t *tx) raise(rows string, shop shipping.ShopID, n uint64) error {
	key := textKey(rows, string(shop))
	if numberOf(t.bucket(rowsSequences).Get(key)) >= n {
		return nil
	}
	return t.put(rowsSequences, key, appendNumber(nil, n))
}

// walkChunk is how many keys walk looks up before it yields them: writes between two yields then meet no open cursor.
const walkChunk = 256

// walk yields, in ascending order, what follows the prefixes in the keys of a bucket that begin with any of them. The
// caller may write to the store between two yields and may stop at any.
func (t *tx) walk(name string, prefixes ...[]byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		var after []byte
		for {
			chunk := t.chunk(name, prefixes, after)
			for _, end := range chunk {
				if !yield(end) {
					return
				}
			}
			if len(chunk) < walkChunk {
				return
			}
			after = chunk[len(chunk)-1]
		}
	}
}

// chunk merges the next ends after the one given.
func (t *tx) chunk(name string, prefixes [][]byte, after []byte) [][]byte {
	runs := make([]*run, 0, len(prefixes))
	for _, p := range prefixes {
		r := &run{cursor: t.bucket(name).Cursor(), prefix: p}
		from := bytes.Clone(p)
		if after != nil {
			from = append(append(from, after...), 0) // the least key behind it
		}
		if r.take(r.cursor.Seek(from)); r.end != nil {
			runs = append(runs, r)
		}
	}
	var ends [][]byte
	for len(runs) > 0 && len(ends) < walkChunk {
		least := 0
		for i, r := range runs {
			if bytes.Compare(r.end, runs[least].end) < 0 {
				least = i
			}
		}
		r := runs[least]
		ends = append(ends, bytes.Clone(r.end))
		if r.take(r.cursor.Next()); r.end == nil {
			runs = append(runs[:least], runs[least+1:]...)
		}
	}
	return ends
}

// run is one prefix's place in a merge.
type run struct {
	cursor *bbolt.Cursor
	prefix []byte
	end    []byte // nil: exhausted
}

func (r *run) take(key, _ []byte) {
	r.end = nil
	if key != nil && bytes.HasPrefix(key, r.prefix) {
		r.end = key[len(r.prefix):]
	}
}

// walkBack is walk over one prefix from the last key to the first.
func (t *tx) walkBack(name string, prefix []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		before := behind(prefix)
		for {
			chunk := t.chunkBack(name, prefix, before)
			for _, end := range chunk {
				if !yield(end) {
					return
				}
			}
			if len(chunk) < walkChunk {
				return
			}
			before = join(prefix, chunk[len(chunk)-1])
		}
	}
}

// chunkBack gives the ends of the last keys of the prefix that lie before the one given; nil stands for the end of all.
func (t *tx) chunkBack(name string, prefix, before []byte) [][]byte {
	c := t.bucket(name).Cursor()
	var k []byte
	if before != nil {
		k, _ = c.Seek(before)
	}
	if k != nil {
		k, _ = c.Prev()
	} else {
		k, _ = c.Last() // all keys lie before it
	}
	var ends [][]byte
	for ; k != nil && bytes.HasPrefix(k, prefix) && len(ends) < walkChunk; k, _ = c.Prev() {
		ends = append(ends, bytes.Clone(k[len(prefix):]))
	}
	return ends
}

// behind gives the least key behind all that begin with the texts of the prefix: no text is closed by what it ends in.
// Nil stands for the end of all.
func behind(prefix []byte) []byte {
	if len(prefix) == 0 {
		return nil
	}
	b := bytes.Clone(prefix)
	b[len(b)-1] = textEnd + 1
	return b
}

// firsts lists the different texts that keys of the bucket begin with, in order.
func (t *tx) firsts(name string) []string {
	var out []string
	c := t.bucket(name).Cursor()
	for k, _ := c.First(); k != nil; {
		s, _, ok := cutText(k)
		if !ok {
			return out
		}
		out = append(out, s)
		k, _ = c.Seek(behind(textKey(s)))
	}
	return out
}
