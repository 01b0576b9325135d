package storage

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"go.etcd.io/bbolt"

	"printstation/app/outbox"
	"printstation/app/shipping"
)

// Outbox gives the store as the confirmation worker sees it.
func (db *DB) Outbox() outbox.Store { return queue{db} }

type queue struct{ db *DB }

// BeginDue appends an attempt to each entry it gives.
func (q queue) BeginDue(ctx context.Context, shop shipping.ShopID, now time.Time, limit int) ([]outbox.Entry, error) {
	if _, ok, err := q.NextDue(ctx, shop); err != nil || !ok || limit <= 0 {
		return nil, err // nothing to write: no transaction on disk for an idle look
	}
	var out []outbox.Entry
	err := q.db.update(ctx, func(t *tx) error {
		out = nil
		prefix := shopKey(shop)
		for end := range t.walk(entriesDue, prefix) {
			due, seq, ok := cutTime(end)
			if !ok {
				return fmt.Errorf("storage: due confirmations: %w", ErrDamaged)
			}
			if due.After(now) || len(out) == limit {
				return nil
			}
			e, err := read[outbox.Entry](t, rowsEntries, join(prefix, seq))
			if err != nil {
				return err
			}
			e.Attempts = keptAttempts(append(e.Attempts, outbox.Attempt{Began: now}))
			if err := t.PutEntry(e); err != nil {
				return err
			}
			out = append(out, e)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// keptAttempts drops the oldest attempts beyond outbox.MaxKept.
func keptAttempts(as []outbox.Attempt) []outbox.Attempt {
	return as[max(0, len(as)-outbox.MaxKept):]
}

// Settle writes entries back, or only their attempts where a person was faster.
func (q queue) Settle(ctx context.Context, entries []outbox.Entry) error {
	if len(entries) == 0 {
		return nil
	}
	return q.db.update(ctx, func(t *tx) error {
		for _, e := range entries {
			if err := t.settle(e); err != nil {
				return err
			}
		}
		return nil
	})
}

func (t *tx) settle(e outbox.Entry) error {
	old, err := t.Entry(e.ID)
	if err != nil {
		return fmt.Errorf("storage: settle: %w", err)
	}
	e.Attempts = keptAttempts(e.Attempts)
	if old.State == outbox.Closed || old.State == outbox.Suspended {
		old.Attempts = e.Attempts
		return t.PutEntry(old)
	}
	if err := t.PutEntry(e); err != nil {
		return err
	}
	if e.State == old.State {
		return nil
	}
	return t.AppendEvent(shipping.Event{
		At:     settledAt(e, t.db.opt.Clock),
		Parcel: e.Parcel,
		Kind:   shipping.EventEntry,
		From:   string(old.State),
		To:     string(e.State),
		Order:  e.Order,
		Detail: settleDetail(e),
	})
}

// settledAt is when the last attempt ended, by the worker's clock.
func settledAt(e outbox.Entry, clock func() time.Time) time.Time {
	if !e.SettledAt.IsZero() {
		return e.SettledAt
	}
	if n := len(e.Attempts); n > 0 && !e.Attempts[n-1].Ended.IsZero() {
		return e.Attempts[n-1].Ended
	}
	return clock()
}

// settleDetail is the number that was taken, or the platform's words.
func settleDetail(e outbox.Entry) string {
	if e.State != outbox.Confirmed && e.Fault != nil {
		return e.Fault.Error()
	}
	return string(e.Number)
}

// NextDue looks at the first waiting entry of the shop.
func (q queue) NextDue(ctx context.Context, shop shipping.ShopID) (due time.Time, ok bool, err error) {
	if err := ctx.Err(); err != nil {
		return time.Time{}, false, err
	}
	prefix := shopKey(shop)
	err = q.db.bolt.View(func(b *bbolt.Tx) error {
		k, _ := b.Bucket([]byte(entriesDue)).Cursor().Seek(prefix)
		if k == nil || !bytes.HasPrefix(k, prefix) {
			return nil
		}
		if due, _, ok = cutTime(k[len(prefix):]); !ok {
			return fmt.Errorf("storage: due confirmations: %w", ErrDamaged)
		}
		return nil
	})
	return due, ok, q.db.named(err)
}
