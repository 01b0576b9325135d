package bench

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"printstation/app"
	"printstation/app/settings"
	"printstation/app/shipping"
	"printstation/platform"
	"printstation/printing"
	"printstation/printing/folder"
	"printstation/storage"
)

// TestSweep lets a store, a call journal and a label folder grow old by half a year, and then sweeps them at a time that
// is given: what is past its retention goes, what is younger or still to be printed stays.
func TestSweep(t *testing.T) {
	t.Parallel()
	now := time.Now()
	dir := t.TempDir()
	labels := filepath.Join(dir, "labels")
	oldStore(t, dir, now.AddDate(0, -6, 0))
	old, young, foreign := filepath.Join(labels, "J0000001.pdf"), filepath.Join(labels, "J0000002.pdf"), filepath.Join(labels, "invoice.pdf")
	writeAged(t, old, now.AddDate(0, -6, 0))
	writeAged(t, young, now.AddDate(0, 0, -89))
	writeAged(t, foreign, now.AddDate(-3, 0, 0))

	b, err := Open(Config{Data: dir, Printers: []printing.Opener{folder.Opener()}, Settings: settings.Settings{
		Printers: []settings.Printer{{ID: "bench", URI: "folder:" + labels, Default: true}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	}()
	b.sweep(t.Context(), now.AddDate(0, -4, 0)) // two months after the first call: nothing is due yet
	wantKept(t, b, true)
	if !slices.Equal(remaining(t, labels), []string{"J0000001.pdf", "J0000002.pdf", "invoice.pdf"}) {
		t.Errorf("too early, the label folder was swept: %v", remaining(t, labels))
	}
	b.sweep(t.Context(), now)
	wantKept(t, b, false)
	if !slices.Equal(remaining(t, labels), []string{"J0000002.pdf", "invoice.pdf"}) {
		t.Errorf("the label folder holds %v", remaining(t, labels))
	}
}

// oldStore makes a store that worked once, at the time given: one order was closed then, one is still to be shipped.
func oldStore(t *testing.T, dir string, then time.Time) {
	t.Helper()
	db, err := storage.Open(filepath.Join(dir, StoreFile), storage.Options{
		Clock: func() time.Time { return then }, Keys: storage.KeyFile{Path: filepath.Join(dir, StoreFile+".master")},
	})
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(t.Context(), func(tx app.Tx) error {
		for id, status := range map[shipping.OrderID]shipping.OrderStatus{"closed": shipping.OrderClosed, "open": shipping.OrderToShip} {
			o := shipping.Order{OrderRef: shipping.OrderRef{Shop: "dy1", ID: id}, Status: status}
			o.Recipient.Name, o.Recipient.Mobile = "王小明", "13900001111"
			if err := tx.PutOrder(o); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	db.Journal().RecordCall(t.Context(), platform.CallRecord{At: then, Shop: "dy1", Path: "old"})
	db.Journal().RecordCall(t.Context(), platform.CallRecord{At: time.Now(), Shop: "dy1", Path: "new"})
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func writeAged(t *testing.T, path string, at time.Time) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("%PDF-"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(path, at, at); err != nil {
		t.Fatal(err)
	}
}

// wantKept checks what is left of the old personal data and of the journal. The open order keeps its recipient always.
func wantKept(t *testing.T, b *Bench, all bool) {
	t.Helper()
	wantClosed, wantCalls := shipping.SealDestroyed, []string{"new"}
	if all {
		wantClosed, wantCalls = shipping.SealOpen, []string{"new", "old"}
	}
	err := b.Store.View(t.Context(), func(tx app.Tx) error {
		closed, err := tx.Order(shipping.OrderRef{Shop: "dy1", ID: "closed"})
		if err != nil {
			return err
		}
		open, err := tx.Order(shipping.OrderRef{Shop: "dy1", ID: "open"})
		if err != nil {
			return err
		}
		if closed.Sealed != wantClosed || (closed.Recipient.Name == "") != (wantClosed == shipping.SealDestroyed) {
			t.Errorf("the closed order is %q, with recipient: %v", closed.Sealed, closed.Recipient.Name != "")
		}
		if open.Sealed != shipping.SealOpen || open.Recipient.Mobile != "13900001111" {
			t.Errorf("the order to ship is %q", open.Sealed)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	calls, err := b.Store.Calls(context.Background(), "dy1", 0)
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, c := range calls {
		paths = append(paths, c.Path)
	}
	if slices.Sort(paths); !slices.Equal(paths, wantCalls) {
		t.Errorf("the journal holds %v, want %v", paths, wantCalls)
	}
}

func remaining(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}
