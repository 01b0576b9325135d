package storage_test

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"printstation/app"
	"printstation/app/shipping"
	"printstation/storage"
)

func TestDestroyKeys(t *testing.T) {
	t.Parallel()
	path := newPath(t)
	now := newClock(noon.AddDate(0, -6, 0)) // May
	db := open(t, path, storage.Options{Clock: now.now})
	put(t, db, someOrder("dy1", "printed"))
	put(t, db, someOrder("dy1", "held"))
	put(t, db, someOrder("dy1", "unlabelled"))
	put(t, db, someOrder("dy1", "unpacked"))
	over := someOrder("dy1", "over")
	over.Status = shipping.OrderClosed
	put(t, db, over)
	err := db.Update(t.Context(), func(tx app.Tx) error {
		var errs []error
		for i, id := range []shipping.OrderID{"printed", "held", "unlabelled"} {
			p := shipping.Parcel{ID: shipping.MakeParcelID("dy1", uint64(i+1)), Shop: "dy1", Orders: []shipping.OrderID{id}}
			p.RequestID, p.Request = "r", []byte("13900001111")
			if p.State = shipping.ParcelIssued; id == "held" {
				p.State = shipping.ParcelHeld
			}
			errs = append(errs, tx.PutParcel(p))
		}
		errs = append(errs, tx.PutLabel(shipping.LabelCopy{ID: "dy1/1-1", Parcel: "dy1/1", State: shipping.LabelVerified}))
		errs = append(errs, tx.PutLabel(shipping.LabelCopy{ID: "dy1/3-1", Parcel: "dy1/3", State: shipping.LabelUncertain}))
		return errors.Join(errs...)
	})
	if err != nil {
		t.Fatal(err)
	}
	now.set(noon)
	put(t, db, someOrder("dy1", "fresh"))
	if got := db.KeyState().Months; !slices.Equal(got, []string{"2026-05", "2026-11"}) {
		t.Errorf("months with keys: %v", got)
	}

	for _, early := range []time.Time{noon.AddDate(0, -7, 0), time.Date(2026, 5, 31, 15, 59, 59, 0, time.UTC)} {
		if done, err := db.DestroyKeysBefore(t.Context(), early); err != nil || len(done.Months) > 0 || done.Emptied > 0 {
			t.Errorf("before %v: %+v, %v", early, done, err)
		}
	}
	before := readFile(t, path+".keys")
	done, err := db.DestroyKeysBefore(t.Context(), noon.Add(-storage.DefaultRetention))
	if err != nil || !slices.Equal(done.Months, []string{"2026-05"}) || done.Resealed != 5 || done.Emptied != 3 {
		t.Errorf("%+v, %v", done, err)
	}
	check := func(db *storage.DB) {
		t.Helper()
		wantSealed(t, db, "printed", shipping.SealDestroyed)
		wantSealed(t, db, "over", shipping.SealDestroyed)
		for _, id := range []string{"held", "unlabelled", "unpacked", "fresh"} {
			wantSealed(t, db, id, shipping.SealOpen)
		}
		wantRequest(t, db, "dy1/1", "")
		wantRequest(t, db, "dy1/3", "13900001111")
	}
	check(db)
	if left, _ := filepath.Glob(path + ".keys*"); len(left) != 1 {
		t.Errorf("files of keys: %v", left)
	}

	// The old key file, as a crash before it was replaced leaves it, brings nothing back.
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	writeFile(t, path+".keys", append(before[:0:0], before...))
	back := open(t, path, storage.Options{Clock: now.now})
	if got := back.KeyState().Months; slices.Contains(got, "2026-05") {
		t.Errorf("months with keys: %v", got)
	}
	if strings.Contains(string(readFile(t, path+".keys")), "2026-05") {
		t.Error("the destroyed key is still in the file")
	}
	check(back)

	now.set(noon.AddDate(0, -6, 0)) // a clock set back must not seal under a month whose keys are destroyed
	put(t, back, someOrder("dy1", "late"))
	wantSealed(t, back, "late", shipping.SealOpen)
}

// Data that did not change keeps its key: polling an order again does not lengthen the life of what is sealed.
func TestUnchangedIsNotSealedAgain(t *testing.T) {
	t.Parallel()
	path := newPath(t)
	now := newClock(noon)
	db := open(t, path, storage.Options{Clock: now.now})
	put(t, db, someOrder("dy1", "1"))
	now.set(noon.AddDate(0, 1, 0))
	o := someOrder("dy1", "1")
	o.Status = shipping.OrderShipped
	put(t, db, o)
	if got := db.KeyState().Months; !slices.Equal(got, []string{"2026-11"}) {
		t.Errorf("a change of state used a new key: %v", got)
	}
	o.SellerRemark = "改地址"
	put(t, db, o)
	if got := db.KeyState().Months; !slices.Equal(got, []string{"2026-11", "2026-12"}) {
		t.Errorf("months with keys: %v", got)
	}
}
