package storetest

import (
	"errors"
	"slices"
	"testing"
	"time"

	"printstation/app"
	"printstation/app/outbox"
	"printstation/app/shipping"
)

func label(id shipping.LabelID, job shipping.JobID, page int, state shipping.LabelState) shipping.LabelCopy {
	p, _, _ := id.Split()
	return shipping.LabelCopy{
		ID: id, Parcel: p, Number: "N", Carrier: "zhongtong", State: state, Job: job, Page: page, Printer: "bench", QueuedAt: noon,
	}
}

func labels(t *testing.T, s Store) {
	full := label("dy1/1-2", "J0000002", 1, shipping.LabelPrinted)
	full.Reprint, full.Document, full.Proof = 1, "a.pdf", shipping.ProofFile
	full.Reason, full.Doubted, full.EndedAt = "media-empty", true, noon
	update(t, s, func(tx app.Tx) error {
		_, err := tx.Label(full.ID)
		wantMissing(t, "label that was never put", err)
		return errors.Join(
			tx.PutLabel(label("dy1/9-1", "J0000001", 10, shipping.LabelQueued)),
			tx.PutLabel(label("dy1/3-1", "J0000001", 2, shipping.LabelQueued)),
			tx.PutLabel(label("dy1/1-1", "J0000001", 3, shipping.LabelQueued)),
			tx.PutLabel(label("dy1/10-1", "J10000000", 1, shipping.LabelQueued)), // the ids grew by a digit: later
			tx.PutLabel(label("dy1/8-1", "J9999999", 1, shipping.LabelQueued)),
			tx.PutLabel(label("dy1/1-11", "J0000003", 1, shipping.LabelFailed)),
			tx.PutLabel(full),
		)
	})
	view(t, s, func(tx app.Tx) error {
		got, err := tx.Label(full.ID)
		wantEqual(t, "label", got, full)
		if err != nil {
			return err
		}
		all, err := tx.LabelsOf("dy1/1")
		var ids []shipping.LabelID
		for _, c := range all {
			ids = append(ids, c.ID)
		}
		wantEqual(t, "labels of a parcel", ids, []shipping.LabelID{"dy1/1-1", "dy1/1-2", "dy1/1-11"})
		if err != nil {
			return err
		}
		wantEach(t, "queued", tx.LabelsIn(shipping.LabelQueued), labelID, "dy1/3-1", "dy1/1-1", "dy1/9-1", "dy1/8-1", "dy1/10-1")
		wantEach(t, "two states", tx.LabelsIn(shipping.LabelFailed, shipping.LabelQueued), labelID,
			"dy1/3-1", "dy1/1-1", "dy1/9-1", "dy1/1-11", "dy1/8-1", "dy1/10-1")
		return nil
	})
	update(t, s, func(tx app.Tx) error { return tx.PutLabel(label("dy1/3-1", "J0000001", 2, shipping.LabelSpooled)) })
	view(t, s, func(tx app.Tx) error {
		wantEach(t, "queued", tx.LabelsIn(shipping.LabelQueued), labelID, "dy1/1-1", "dy1/9-1", "dy1/8-1", "dy1/10-1")
		wantEach(t, "spooled", tx.LabelsIn(shipping.LabelSpooled), labelID, "dy1/3-1")
		return nil
	})
	for _, bad := range []shipping.LabelCopy{
		{ID: "dy1/1-1", Parcel: "dy1/2"}, {ID: "dy1/1-01", Parcel: "dy1/1"}, {ID: "dy1/1", Parcel: "dy1/1"},
	} {
		if err := s.Update(t.Context(), func(tx app.Tx) error { return tx.PutLabel(bad) }); err == nil {
			t.Errorf("a label %q of parcel %q was taken", bad.ID, bad.Parcel)
		}
	}
}

func jobs(t *testing.T, s Store) {
	var ids []shipping.JobID
	update(t, s, func(tx app.Tx) error {
		for range 3 {
			id, err := tx.NewJobID()
			if err != nil {
				return err
			}
			ids = append(ids, id)
			j := shipping.PrintJob{ID: id, Printer: "bench", Device: "77", Batch: "A1", Open: true, CreatedAt: noon}
			j.Labels = []shipping.LabelID{"dy1/1-1"}
			if err := tx.PutJob(j); err != nil {
				return err
			}
			got, err := tx.Job(id)
			wantEqual(t, "job", got, j)
			if err != nil {
				return err
			}
		}
		_, err := tx.Job("J0099999")
		wantMissing(t, "job that was never put", err)
		return nil
	})
	wantEqual(t, "job ids", ids, []shipping.JobID{"J0000001", "J0000002", "J0000003"})
	update(t, s, func(tx app.Tx) error {
		return tx.PutJob(shipping.PrintJob{ID: ids[1], Printer: "bench", CreatedAt: noon})
	})
	view(t, s, func(tx app.Tx) error {
		wantEach(t, "open jobs", tx.OpenJobs(), func(j shipping.PrintJob) shipping.JobID { return j.ID }, ids[0], ids[2])
		return nil
	})
}

func entries(t *testing.T, s Store) {
	update(t, s, func(tx app.Tx) error {
		full := entry("dy1/1", "1", "N1")
		_, err := tx.Entry(full.ID)
		wantMissing(t, "entry that was never put", err)
		full.Fault = &shipping.Fault{Class: shipping.ClassBusiness, Message: "已退款", At: noon}
		full.Attempts = []outbox.Attempt{{Began: noon, Ended: noon.Add(time.Second), Asked: true}, {Began: noon.Add(time.Minute)}}
		full.Note, full.Tries, full.SettledAt, full.ShipBy = "客户自提", 3, noon, noon
		full.Seq = 9999 // not the caller's to say
		if err := tx.PutEntry(full); err != nil {
			return err
		}
		got, err := tx.Entry(full.ID)
		if got.Seq == 0 || got.Seq == full.Seq {
			t.Errorf("a new entry has Seq %d", got.Seq)
		}
		full.Seq = got.Seq
		wantEqual(t, "entry", got, full)
		return errors.Join(err, tx.PutEntry(entry("dy1/1", "2", "N1")), tx.PutEntry(entry("抖店 一号/1", "1", "N2")),
			tx.PutEntry(entry("dy1/2", "3", "N3")))
	})
	update(t, s, func(tx app.Tx) error { // back into the queue: its place stays
		e, err := tx.Entry(outbox.MakeEntryID(shop1, "1", "N1"))
		if err != nil {
			return err
		}
		e.State, e.Seq = outbox.Failed, 0
		return tx.PutEntry(e)
	})
	one := []shipping.ShopID{shop1}
	view(t, s, func(tx app.Tx) error {
		wantEach(t, "waiting", tx.Entries(one, outbox.Waiting), entryOrder, "2", "3")
		wantEach(t, "failed", tx.Entries(one, outbox.Failed), entryOrder, "1")
		wantEach(t, "two states", tx.Entries(one, outbox.Waiting, outbox.Failed), entryOrder, "1", "2", "3")
		wantEach(t, "all", tx.Entries([]shipping.ShopID{shop3, shop1}), entryOrder, "1", "1", "2", "3")
		wantEach(t, "latest", tx.LatestEntries([]shipping.ShopID{shop1, shop3}, outbox.Waiting), entryOrder, "3", "2", "1")
		of, err := tx.EntriesOf("dy1/1")
		if len(of) != 2 || of[0].Order != "1" || of[1].Order != "2" {
			t.Errorf("entries of parcel dy1/1: %+v", of)
		}
		return err
	})
	bad := entry("dy1/1", "1", "N1")
	bad.ID = "dy1/1/N2"
	if err := s.Update(t.Context(), func(tx app.Tx) error { return tx.PutEntry(bad) }); err == nil {
		t.Error("an entry under another's id was taken")
	}
}

func timelines(t *testing.T, s Store) {
	want := []shipping.Event{
		{At: noon.Add(time.Hour), Parcel: "dy1/1", Kind: shipping.EventParcel, To: "pending", Order: "1"},
		// The clock went back meanwhile.
		{At: noon, Parcel: "dy1/1", Kind: shipping.EventLabel, From: "queued", To: "printed", Label: "dy1/1-1", Detail: "a.pdf"},
	}
	for _, e := range []shipping.Event{want[0], {At: noon, Parcel: "dy1/11", Kind: shipping.EventEntry}, want[1]} {
		update(t, s, func(tx app.Tx) error { return tx.AppendEvent(e) })
	}
	view(t, s, func(tx app.Tx) error {
		got, err := each(tx.Events("dy1/1"), func(e shipping.Event) shipping.Event { return e })
		if len(got) == 2 && (got[0].Seq == 0 || got[0].Seq >= got[1].Seq) {
			t.Errorf("numbers of events: %d, %d", got[0].Seq, got[1].Seq)
		}
		for i := range got {
			got[i].Seq = 0
		}
		wantEqual(t, "timeline", got, want)
		wantEach(t, "timeline of nothing", tx.Events("dy1/2"), func(e shipping.Event) uint64 { return e.Seq })
		return err
	})
}

func batchesAndMarks(t *testing.T, s Store) {
	for want := range uint64(3) {
		update(t, s, func(tx app.Tx) error {
			n, err := tx.NextBatch()
			wantEqual(t, "batch", n, want+1)
			return err
		})
	}
	update(t, s, func(tx app.Tx) error {
		_, err := tx.Mark(shop1, "orders")
		wantMissing(t, "mark that was never put", err)
		return errors.Join(tx.PutMark(shop1, "orders", []byte("a")), tx.PutMark(shop1, "orders", []byte("b")),
			tx.PutMark("", "station", nil))
	})
	view(t, s, func(tx app.Tx) error {
		got, err := tx.Mark(shop1, "orders")
		wantEqual(t, "mark", string(got), "b")
		if err != nil {
			return err
		}
		_, err = tx.Mark("", "station")
		return err
	})
}

func writeWhileReading(t *testing.T, s Store) {
	const n = 700
	pending, issuedShelf := shipping.Shelf(shipping.ParcelPending), shipping.Shelf(shipping.ParcelIssued)
	update(t, s, func(tx app.Tx) error {
		for i := range n {
			if err := tx.PutParcel(parcel(shipping.MakeParcelID(shop1, uint64(i+1)), orderName(i))); err != nil {
				return err
			}
		}
		return nil
	})
	update(t, s, func(tx app.Tx) error {
		seen := 0
		for p, err := range tx.Parcels([]shipping.ShopID{shop1}, pending, issuedShelf) {
			if err != nil {
				return err
			}
			seen++
			if err := tx.PutParcel(issued(p, shipping.TrackingNumber("N"+p.ID))); err != nil {
				return err
			}
		}
		wantEqual(t, "parcels seen while each moved on", seen, n)
		wantEach(t, "left behind", tx.Parcels([]shipping.ShopID{shop1}, pending), parcelID)
		return nil
	})
	update(t, s, func(tx app.Tx) error {
		for p, err := range tx.Parcels([]shipping.ShopID{shop1}, issuedShelf) {
			if err != nil {
				return err
			}
			wantEqual(t, "first", p.ID, "dy1/1")
			break // early, and the transaction goes on
		}
		return tx.PutMark(shop1, "m", []byte("x"))
	})
}

func longLists(t *testing.T, s Store) {
	const n = 1000
	var want []shipping.ParcelID
	update(t, s, func(tx app.Tx) error {
		for i := range n {
			p := parcel(shipping.MakeParcelID(shop1, uint64(i+1)), "same")
			if i%2 == 1 {
				p.State = shipping.ParcelHeld
			}
			want = append(want, p.ID)
			if err := errors.Join(tx.PutParcel(p), tx.AppendEvent(shipping.Event{Parcel: "dy1/1", At: noon})); err != nil {
				return err
			}
		}
		return nil
	})
	view(t, s, func(tx app.Tx) error {
		shops := []shipping.ShopID{shop1}
		wantEach(t, "all", tx.Parcels(shops), parcelID, want...)
		held, pending := shipping.Shelf(shipping.ParcelHeld), shipping.Shelf(shipping.ParcelPending)
		wantEach(t, "merged", tx.Parcels(shops, held, pending), parcelID, want...)
		of, err := tx.ParcelsOf(ref(shop1, "same"))
		wantEqual(t, "parcels of one order", of, want)
		events, err2 := each(tx.Events("dy1/1"), func(e shipping.Event) uint64 { return e.Seq })
		if len(events) != n || !slices.IsSorted(events) {
			t.Errorf("%d events, sorted: %t", len(events), slices.IsSorted(events))
		}
		var back []shipping.ParcelID
		for i := n - 1; i >= 0; i -= 2 {
			back = append(back, want[i])
		}
		wantEach(t, "backwards", tx.LatestParcels(shops, held), parcelID, back...)
		return errors.Join(err, err2)
	})
}
