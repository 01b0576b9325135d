package storage_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"printstation/app"
	"printstation/app/outbox"
	"printstation/app/shipping"
	"printstation/storage"
)

// clock is a time that the test moves.
type clock struct{ at atomic.Int64 }

func newClock(t time.Time) *clock {
	c := new(clock)
	c.set(t)
	return c
}

func (c *clock) set(t time.Time) { c.at.Store(t.UnixNano()) }
func (c *clock) now() time.Time  { return time.Unix(0, c.at.Load()) }

func put(t *testing.T, db *storage.DB, o shipping.Order) {
	t.Helper()
	if err := db.Update(t.Context(), func(tx app.Tx) error { return tx.PutOrder(o) }); err != nil {
		t.Fatal(err)
	}
}

// wantSealed fails unless the order comes back in that state, with its personal data just when it is open.
func wantSealed(t *testing.T, db *storage.DB, id string, want shipping.SealState) {
	t.Helper()
	err := db.View(t.Context(), func(tx app.Tx) error {
		o, err := tx.Order(shipping.OrderRef{Shop: "dy1", ID: shipping.OrderID(id)})
		if err != nil {
			return err
		}
		full := o.Recipient.Name != "" && o.BuyerMessage != ""
		empty := o.Recipient == shipping.Recipient{} && o.BuyerMessage == "" && o.SellerRemark == ""
		if o.Sealed != want || (want == shipping.SealOpen && !full) || (want != shipping.SealOpen && !empty) {
			t.Errorf("order %s is %q, full %t, empty %t; want %q", id, o.Sealed, full, empty, want)
		}
		if len(o.Items) != 1 {
			t.Errorf("order %s has lost what is not sealed", id)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func wantOpen(t *testing.T, db *storage.DB, want bool) {
	t.Helper()
	s := db.KeyState()
	if s.Open != want || (s.Err == nil) != want || (!want && !errors.Is(s.Err, storage.ErrKeyLost)) {
		t.Errorf("keys: %+v; want open %t", s, want)
	}
	if !want {
		wantSentence(t, s.Err)
	}
}

// Nothing of a person lies in the store's files in clear, and nothing of the keys beside it.
func TestNothingInClear(t *testing.T) {
	t.Parallel()
	path := stored(t)
	for _, name := range []string{path, path + ".keys"} {
		raw := readFile(t, name)
		for _, secret := range []string{"王小明", "13900001111", "诸光路", "请放门口"} {
			if bytes.Contains(raw, []byte(secret)) {
				t.Errorf("%s holds %q in clear", filepath.Base(name), secret)
			}
		}
	}
	for _, name := range []string{path, path + ".keys", path + ".master"} {
		if info, err := os.Stat(name); err != nil || info.Mode().Perm()&0o077 != 0 && os.PathSeparator == '/' {
			t.Errorf("%s can be read by others: %v, %v", filepath.Base(name), info.Mode(), err)
		}
	}
}

// Without its key the store goes on with everything that is not personal, and loses nothing.
func TestKeyLost(t *testing.T) {
	t.Parallel()
	path := stored(t)
	master := readFile(t, path+".master")
	if err := os.Remove(path + ".master"); err != nil {
		t.Fatal(err)
	}
	db := open(t, path, storage.Options{})
	wantOpen(t, db, false)
	wantSealed(t, db, "order1", shipping.SealLocked)

	es, err := db.Outbox().BeginDue(t.Context(), "dy1", noon, 1) // confirmations go on
	if err != nil || len(es) != 1 {
		t.Fatal(es, err)
	}
	es[0].State = outbox.Confirmed
	if err := db.Outbox().Settle(t.Context(), es); err != nil {
		t.Error(err)
	}
	err = db.Update(t.Context(), func(tx app.Tx) error { return tx.PutOrder(someOrder("dy1", "new")) })
	if !errors.Is(err, storage.ErrKeyLost) || !errors.Is(err, storage.ErrNoKey) {
		t.Errorf("an order with personal data: %v", err)
	}
	err = db.Update(t.Context(), func(tx app.Tx) error {
		o, err := tx.Order(shipping.OrderRef{Shop: "dy1", ID: "order1"})
		if err != nil {
			return err
		}
		o.Status = shipping.OrderShipped
		p, err := tx.Parcel("dy1/1")
		if err != nil {
			return err
		}
		if p.Request != nil {
			t.Errorf("request bytes without a key: %q", p.Request)
		}
		p.Labelled = true
		return errors.Join(tx.PutOrder(o), tx.PutParcel(p))
	})
	if err != nil {
		t.Errorf("changes of what is not personal: %v", err)
	}
	if _, err := db.ExportRecovery(); !errors.Is(err, storage.ErrKeyLost) {
		t.Errorf("export: %v", err)
	}
	if _, err := db.DestroyKeysBefore(t.Context(), noon); !errors.Is(err, storage.ErrKeyLost) {
		t.Errorf("destroy: %v", err)
	}
	if left, _ := filepath.Glob(path + ".master*"); len(left) > 0 {
		t.Errorf("a key was made anew: %v", left)
	}

	writeFile(t, path+".master", master)
	if err := db.Unlock(); err != nil {
		t.Fatal(err)
	}
	wantOpen(t, db, true)
	wantSealed(t, db, "order1", shipping.SealOpen)
	wantRequest(t, db, "dy1/1", `{"receiver_mobile":"13900001111"}`)
}

func wantRequest(t *testing.T, db *storage.DB, id shipping.ParcelID, want string) {
	t.Helper()
	err := db.View(t.Context(), func(tx app.Tx) error {
		p, err := tx.Parcel(id)
		if string(p.Request) != want {
			t.Errorf("request of %s: %q, want %q", id, p.Request, want)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestRecoveryKey(t *testing.T) {
	t.Parallel()
	path := stored(t)
	db, err := storage.Open(path, storage.Options{Keys: fileKeys(path)})
	if err != nil {
		t.Fatal(err)
	}
	text, err := db.ExportRecovery()
	if err != nil {
		t.Fatal(err)
	}
	if err := db.ImportRecovery(text); err != nil {
		t.Errorf("trying the key while all is well: %v", err)
	}
	checkAndClose(t, db)
	other := open(t, newPath(t), storage.Options{})
	if err := other.ImportRecovery(text); !errors.Is(err, storage.ErrWrongKey) {
		t.Errorf("the key of another store: %v", err)
	}

	if err := os.Remove(path + ".master"); err != nil {
		t.Fatal(err)
	}
	db = open(t, path, storage.Options{})
	var group *storage.GroupError
	groups := strings.Split(text, "-")
	groups[4], groups[5] = groups[5], groups[4]
	if err := db.ImportRecovery(strings.Join(groups, "-")); !errors.As(err, &group) || group.Group < 5 || group.Group > 6 {
		t.Errorf("two groups the other way round: %v", err)
	}
	if err := db.ImportRecovery(text[:20]); !errors.As(err, &group) || group.Group != 0 {
		t.Errorf("half a key: %v", err)
	}
	wantOpen(t, db, false)
	if err := db.ImportRecovery(" " + strings.ToLower(strings.ReplaceAll(text, "-", "\n")) + " "); err != nil {
		t.Fatal(err)
	}
	wantOpen(t, db, true)
	wantSealed(t, db, "order1", shipping.SealOpen)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	wantOpen(t, open(t, path, storage.Options{}), true) // it is back in its place
}

// A bench whose keys are surely gone begins anew when a person says so, and only then.
func TestRenewKeys(t *testing.T) {
	t.Parallel()
	for _, lost := range []string{".master", ".keys"} {
		t.Run(lost, func(t *testing.T) {
			t.Parallel()
			path := stored(t)
			if err := os.Remove(path + lost); err != nil {
				t.Fatal(err)
			}
			db := open(t, path, storage.Options{})
			wantOpen(t, db, false)
			if err := db.RenewKeys(); err != nil {
				t.Fatal(err)
			}
			if err := db.RenewKeys(); !errors.Is(err, storage.ErrKeysOpen) {
				t.Errorf("renewing keys that work: %v", err)
			}
			wantSealed(t, db, "order1", shipping.SealLocked)
			put(t, db, someOrder("dy1", "new"))
			put(t, db, someOrder("dy1", "order2")) // told again by the platform
			wantSealed(t, db, "new", shipping.SealOpen)
			wantSealed(t, db, "order2", shipping.SealOpen)
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			wantSealed(t, open(t, path, storage.Options{}), "new", shipping.SealOpen)
		})
	}
}
