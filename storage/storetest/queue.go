package storetest

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"printstation/app"
	"printstation/app/outbox"
	"printstation/app/shipping"
	"printstation/platform"
)

func copies(t *testing.T, s Store) {
	p := parcel("dy1/1", "1")
	p.RequestID, p.Request = "r", []byte("bytes")
	value := []byte("mark")
	update(t, s, func(tx app.Tx) error {
		if err := errors.Join(tx.PutParcel(p), tx.PutMark(shop1, "m", value)); err != nil {
			return err
		}
		p.Request[0], value[0], p.Orders[0] = 'X', 'X', "X" // after the put: none of the store's business
		return nil
	})
	var mark []byte
	view(t, s, func(tx app.Tx) error {
		got, err := tx.Parcel(p.ID)
		wantEqual(t, "request", string(got.Request), "bytes")
		wantEqual(t, "orders", got.Orders, []shipping.OrderID{"1"})
		got.Request[0] = 'Y'
		mark, _ = tx.Mark(shop1, "m")
		mark[0] = 'Y'
		return err
	})
	view(t, s, func(tx app.Tx) error {
		got, err := tx.Parcel(p.ID)
		wantEqual(t, "request", string(got.Request), "bytes")
		again, _ := tx.Mark(shop1, "m")
		wantEqual(t, "mark", string(again), "mark")
		return err
	})
	wantEqual(t, "mark kept beyond its view", string(mark), "Yark")
}

func contexts(t *testing.T, s Store) {
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	never := func(app.Tx) error { t.Error("ran with an ended context"); return nil }
	if err := s.View(ended, never); !errors.Is(err, context.Canceled) {
		t.Errorf("view: %v", err)
	}
	if err := s.Update(ended, never); !errors.Is(err, context.Canceled) {
		t.Errorf("update: %v", err)
	}
	update(t, s, func(app.Tx) error { // another update would have to wait for this one
		waiting, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
		defer cancel()
		if err := s.Update(waiting, never); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("update behind a running one: %v", err)
		}
		return nil
	})
}

// queued fills a queue of five: due at noon less 2, 1, 3, 0 and plus 5 minutes, in that order of queueing.
func queued(t *testing.T, s Store) {
	t.Helper()
	update(t, s, func(tx app.Tx) error {
		for i, minutes := range []int{-2, -1, -3, 0, 5} {
			id := shipping.MakeParcelID(shop1, uint64(i+1))
			e := entry(id, fmt.Sprint(i+1), fmt.Sprintf("N%d", i+1))
			e.NextAt = noon.Add(time.Duration(minutes) * time.Minute)
			if err := errors.Join(tx.PutParcel(issued(parcel(id, fmt.Sprint(i+1)), e.Number)), tx.PutEntry(e)); err != nil {
				return err
			}
		}
		parked := entry("dy1/1", "9", "N9")
		parked.State, parked.NextAt = outbox.Parked, noon.Add(-time.Hour)
		other := entry("dy1/1/1", "1", "N8")
		other.NextAt = noon.Add(-time.Hour)
		return errors.Join(tx.PutEntry(parked), tx.PutEntry(other))
	})
}

func ordersOf(es []outbox.Entry) []shipping.OrderID {
	var ids []shipping.OrderID
	for _, e := range es {
		ids = append(ids, e.Order)
	}
	return ids
}

func beginDue(t *testing.T, s Store) {
	queued(t, s)
	q := s.Outbox()
	got, err := q.BeginDue(t.Context(), shop1, noon, 3)
	if err != nil {
		t.Fatal(err)
	}
	wantEqual(t, "due, oldest first, three of four", ordersOf(got), []shipping.OrderID{"3", "1", "2"})
	view(t, s, func(tx app.Tx) error {
		for _, e := range got {
			if n := len(e.Attempts); n != 1 || !e.Attempts[0].Began.Equal(noon) || !e.Attempts[0].Ended.IsZero() {
				t.Errorf("attempts of %s: %+v", e.ID, e.Attempts)
			}
			stored, err := tx.Entry(e.ID)
			wantEqual(t, "entry on disk", stored, e)
			if err != nil {
				return err
			}
		}
		return nil
	})
	for range outbox.MaxKept + 3 {
		if got, err = q.BeginDue(t.Context(), shop1, noon.Add(time.Second), 100); err != nil {
			t.Fatal(err)
		}
	}
	wantEqual(t, "all that are due", ordersOf(got), []shipping.OrderID{"3", "1", "2", "4"})
	if n := len(got[0].Attempts); n != outbox.MaxKept || !got[0].Attempts[0].Began.Equal(noon.Add(time.Second)) {
		t.Errorf("%d attempts are kept, the first of %v", n, got[0].Attempts[0].Began)
	}
	for _, none := range []func() ([]outbox.Entry, error){
		func() ([]outbox.Entry, error) { return q.BeginDue(t.Context(), shop1, noon.Add(-time.Hour), 9) },
		func() ([]outbox.Entry, error) { return q.BeginDue(t.Context(), shop3, noon, 9) },
		func() ([]outbox.Entry, error) { return q.BeginDue(t.Context(), shop1, noon, 0) },
	} {
		if got, err := none(); err != nil || len(got) != 0 {
			t.Errorf("got %d entries and %v where none was due", len(got), err)
		}
	}
}

func settle(t *testing.T, s Store) {
	queued(t, s)
	q := s.Outbox()
	es, err := q.BeginDue(t.Context(), shop1, noon, 3)
	if err != nil {
		t.Fatal(err)
	}
	end := noon.Add(2 * time.Second)
	for i := range es {
		es[i].Attempts[0].Ended = end
	}
	es[0].State, es[0].SettledAt = outbox.Confirmed, end
	es[1].State, es[1].Fault = outbox.Failed, &shipping.Fault{Class: shipping.ClassBusiness, Code: "7", Message: "已退款", At: end}
	es[2].NextAt, es[2].Tries = noon.Add(time.Minute), 1
	if err := q.Settle(t.Context(), es); err != nil {
		t.Fatal(err)
	}
	view(t, s, func(tx app.Tx) error {
		for _, e := range es {
			got, err := tx.Entry(e.ID)
			wantEqual(t, "settled", got, e)
			if err != nil {
				return err
			}
		}
		wantEach(t, "waiting", tx.Entries([]shipping.ShopID{shop1}, outbox.Waiting), entryOrder, "2", "4", "5")
		kind := func(e shipping.Event) string {
			return fmt.Sprint(e.Kind, " ", e.From, ">", e.To, " ", e.Order, " ", e.Detail)
		}
		wantEach(t, "timeline", tx.Events("dy1/3"), kind, "confirmation waiting>confirmed 3 N3")
		wantEach(t, "timeline", tx.Events("dy1/1"), kind, "confirmation waiting>failed 1 7: 已退款")
		wantEach(t, "timeline", tx.Events("dy1/2"), kind)
		return nil
	})
	es[0].State = outbox.Failed
	unknown := entry("dy1/1", "77", "N77")
	if err := q.Settle(t.Context(), []outbox.Entry{es[0], unknown}); !errors.Is(err, app.ErrNotFound) {
		t.Errorf("settling an unknown entry: %v", err)
	}
	view(t, s, func(tx app.Tx) error {
		got, err := tx.Entry(es[0].ID)
		wantEqual(t, "state after a settle that failed", got.State, outbox.Confirmed)
		return err
	})
}

func settleAfterPerson(t *testing.T, s Store) {
	queued(t, s)
	q := s.Outbox()
	es, err := q.BeginDue(t.Context(), shop1, noon, 2)
	if err != nil {
		t.Fatal(err)
	}
	decided := []outbox.State{outbox.Closed, outbox.Suspended}
	update(t, s, func(tx app.Tx) error {
		for i, state := range decided {
			e := es[i]
			e.State, e.Note = state, "自提"
			if err := tx.PutEntry(e); err != nil {
				return err
			}
		}
		return nil
	})
	for i := range es {
		es[i].State, es[i].NextAt, es[i].Tries = outbox.Waiting, noon.Add(time.Hour), 1
		es[i].Attempts[0].Ended = noon.Add(time.Second)
	}
	if err := q.Settle(t.Context(), es); err != nil {
		t.Fatal(err)
	}
	view(t, s, func(tx app.Tx) error {
		for i, e := range es {
			got, err := tx.Entry(e.ID)
			if err != nil {
				return err
			}
			wantEqual(t, "state", got.State, decided[i])
			wantEqual(t, "note", got.Note, "自提")
			wantEqual(t, "attempts", got.Attempts, e.Attempts)
			wantEach(t, "timeline", tx.Events(e.Parcel), func(e shipping.Event) string { return e.To })
		}
		return nil
	})
}

func nextDue(t *testing.T, s Store) {
	q := s.Outbox()
	if _, ok, err := q.NextDue(t.Context(), shop1); ok || err != nil {
		t.Errorf("an empty queue: %t, %v", ok, err)
	}
	queued(t, s)
	for shop, want := range map[shipping.ShopID]time.Time{shop1: noon.Add(-3 * time.Minute), shop2: noon.Add(-time.Hour)} {
		got, ok, err := q.NextDue(t.Context(), shop)
		if !ok || err != nil || !got.Equal(want) {
			t.Errorf("next of %s: %v, %t, %v; want %v", shop, got, ok, err, want)
		}
	}
	if _, ok, err := q.NextDue(t.Context(), shop3); ok || err != nil {
		t.Errorf("a shop without entries: %t, %v", ok, err)
	}
}

func journal(t *testing.T, s Store) {
	const n = 250
	j := s.Journal()
	for i := range n {
		shop := shop1
		if i%10 == 0 {
			shop = shop3
		}
		j.RecordCall(t.Context(), platform.CallRecord{
			At: noon, Shop: shop, Call: platform.CallIssue, Path: "/x", Took: time.Second, HTTP: 200, Items: i,
			Request: "{}", Reply: "{}",
		})
	}
	items := func(shop shipping.ShopID, limit int) []int {
		t.Helper()
		calls, err := s.Calls(t.Context(), shop, limit)
		if err != nil {
			t.Fatal(err)
		}
		var out []int
		for i, c := range calls {
			if i > 0 && c.Seq >= calls[i-1].Seq {
				t.Errorf("call %d comes after call %d", c.Seq, calls[i-1].Seq)
			}
			out = append(out, c.Items)
		}
		return out
	}
	wantEqual(t, "newest of all", items("", 3), []int{249, 248, 247})
	wantEqual(t, "newest of one shop", items(shop3, 2), []int{240, 230})
	wantEqual(t, "none", items(shop2, 2), nil)
	wantEqual(t, "all", len(items("", 0)), n)
	wantEqual(t, "all of one shop", len(items(shop3, 0)), n/10)
}
