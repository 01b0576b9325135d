package storage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"printstation/app/shipping"
	"printstation/platform"
)

// How the journal gathers lines: adapters must not wait for the disk for a line that only people read.
const (
	journalBatch  = 100
	journalDelay  = 200 * time.Millisecond
	journalQueue  = 2000 // lines that wait at most; more are dropped and counted
	journalExcess = 1000 // lines beyond what is kept before the oldest are taken out
)

// Journal gives the store as adapters see it.
func (db *DB) Journal() platform.Journal { return db.journal }

type journal struct {
	db      *DB
	lines   chan platform.CallRecord
	flush   chan chan error
	quit    chan struct{}
	ended   chan struct{}
	dropped atomic.Int64
	once    sync.Once
}

func startJournal(db *DB) *journal {
	j := &journal{
		db:    db,
		lines: make(chan platform.CallRecord, journalQueue),
		flush: make(chan chan error),
		quit:  make(chan struct{}),
		ended: make(chan struct{}),
	}
	go j.run()
	return j
}

// RecordCall hands a line over; it is on disk 200 ms later. It never waits: when the disk does not keep up, lines are
// dropped, and the log says how many.
func (j *journal) RecordCall(_ context.Context, r platform.CallRecord) {
	select {
	case <-j.quit:
		return
	default:
	}
	select {
	case j.lines <- r:
	default:
		j.dropped.Add(1)
	}
}

func (j *journal) run() {
	defer close(j.ended)
	var batch []platform.CallRecord
	timer := time.NewTimer(journalDelay)
	timer.Stop()
	write := func() error {
		timer.Stop()
		err := j.write(batch)
		batch = nil
		return err
	}
	for {
		select {
		case r := <-j.lines:
			if batch = append(batch, r); len(batch) == 1 {
				timer.Reset(journalDelay)
			}
			if len(batch) >= journalBatch {
				_ = write()
			}
		case <-timer.C:
			_ = write()
		case done := <-j.flush:
			batch = append(batch, j.waiting()...)
			done <- write()
		case <-j.quit:
			batch = append(batch, j.waiting()...)
			_ = write()
			return
		}
	}
}

// waiting takes what is in the queue now.
func (j *journal) waiting() []platform.CallRecord {
	var out []platform.CallRecord
	for {
		select {
		case r := <-j.lines:
			out = append(out, r)
		default:
			return out
		}
	}
}

// write puts lines on disk. A failure is logged and the lines are gone: the journal must not hinder the work.
func (j *journal) write(batch []platform.CallRecord) error {
	if n := j.dropped.Swap(0); n > 0 {
		j.db.opt.Log.Warn("call journal fell behind", "dropped", n)
	}
	if len(batch) == 0 {
		return nil
	}
	err := j.db.update(context.Background(), func(t *tx) error {
		for _, r := range batch {
			if err := t.appendCall(r); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		j.db.opt.Log.Warn("call journal", "lines", len(batch), "err", err)
		return err
	}
	if err := j.trim(); err != nil {
		j.db.opt.Log.Warn("call journal is not trimmed", "err", err)
	}
	return nil
}

// trim takes out the oldest lines once there are enough of them to be worth an update of its own.
func (j *journal) trim() error {
	var first, last uint64
	err := j.db.view(context.Background(), func(t *tx) error {
		first, last = t.callSpan()
		return nil
	})
	keep := uint64(j.db.opt.JournalKeep)
	if err != nil || last-first < keep+journalExcess {
		return err
	}
	return j.db.update(context.Background(), func(t *tx) error {
		_, err := t.trimCalls(last-keep, time.Time{}, journalBatch+journalExcess)
		return err
	})
}

// settle waits until all lines recorded so far are on disk.
func (j *journal) settle(ctx context.Context) error {
	done := make(chan error, 1)
	select {
	case j.flush <- done:
	case <-j.ended:
		return ErrClosed
	case <-ctx.Done():
		return ctx.Err()
	}
	return <-done
}

func (j *journal) stop() {
	j.once.Do(func() { close(j.quit) })
	<-j.ended
}

func (t *tx) appendCall(r platform.CallRecord) error {
	n, err := t.bucket(rowsCalls).NextSequence()
	if err != nil {
		return err
	}
	r.Seq = n
	if err := t.putJSON(rowsCalls, appendNumber(nil, n), r); err != nil {
		return err
	}
	return t.put(callsShop, appendNumber(shopKey(r.Shop), n), []byte{})
}

// callSpan gives the numbers of the oldest and the newest line.
func (t *tx) callSpan() (first, last uint64) {
	c := t.bucket(rowsCalls).Cursor()
	if k, _ := c.First(); k != nil {
		first, _, _ = cutNumber(k)
	}
	if k, _ := c.Last(); k != nil {
		last, _, _ = cutNumber(k)
	}
	return first, last
}

// trimCalls takes out up to limit of the oldest lines: those numbered up to last, and those older than before.
func (t *tx) trimCalls(last uint64, before time.Time, limit int) (int, error) {
	gone := 0
	for key := range t.walk(rowsCalls, nil) {
		n, _, ok := cutNumber(key)
		r, err := read[platform.CallRecord](t, rowsCalls, key)
		if err != nil || !ok {
			return gone, errors.Join(ErrDamaged, err)
		}
		if gone == limit || n > last && !r.At.Before(before) {
			return gone, nil
		}
		if err := t.remove(callsShop, appendNumber(shopKey(r.Shop), n)); err != nil {
			return gone, err
		}
		if err := t.remove(rowsCalls, key); err != nil {
			return gone, err
		}
		gone++
	}
	return gone, nil
}

// TrimJournal takes out the calls made before the time given, as far as they are the oldest lines, and tells how many.
func (db *DB) TrimJournal(ctx context.Context, before time.Time) (int, error) {
	total := 0
	for {
		gone := 0
		err := db.update(ctx, func(t *tx) (err error) {
			gone, err = t.trimCalls(0, before, journalExcess)
			return err
		})
		if err != nil {
			return total, fmt.Errorf("storage: trim journal: %w", err)
		}
		if total += gone; gone < journalExcess {
			return total, nil
		}
	}
}

// Calls gives the newest calls, newest first, of all shops when shop is "", all of them when limit is 0.
func (db *DB) Calls(ctx context.Context, shop shipping.ShopID, limit int) ([]platform.CallRecord, error) {
	if err := db.journal.settle(ctx); err != nil {
		return nil, fmt.Errorf("storage: calls: %w", err)
	}
	var out []platform.CallRecord
	err := db.view(ctx, func(t *tx) error {
		name, prefix := rowsCalls, []byte(nil)
		if shop != "" {
			name, prefix = callsShop, shopKey(shop)
		}
		for end := range t.walkBack(name, prefix) {
			if limit > 0 && len(out) == limit {
				return nil
			}
			n, _, _ := cutNumber(end)
			raw := t.bucket(rowsCalls).Get(end)
			var r platform.CallRecord
			if err := json.Unmarshal(raw, &r); err != nil {
				return fmt.Errorf("storage: call %d: %w", n, errors.Join(ErrDamaged, err))
			}
			out = append(out, r)
		}
		return nil
	})
	return out, err
}
