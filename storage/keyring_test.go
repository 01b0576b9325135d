package storage_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/zalando/go-keyring"

	"printstation/app/shipping"
	"printstation/storage"
)

// These tests change the keyring of the whole process: one after the other, and beside nothing else.
func TestSystemKeyRing(t *testing.T) {
	keyring.MockInit()
	path := newPath(t)
	ring := storage.SystemKeyRing{File: storage.KeyFile{Path: path + ".master"}}
	db, err := storage.Open(path, storage.Options{Keys: ring})
	if err != nil {
		t.Fatal(err)
	}
	put(t, db, someOrder("dy1", "1"))
	if s := db.KeyState(); s.Place != storage.PlaceSystem {
		t.Errorf("the key lies in %q", s.Place)
	}
	checkAndClose(t, db)
	if left, _ := filepath.Glob(path + ".master"); len(left) > 0 {
		t.Errorf("a key file too: %v", left)
	}

	keyring.MockInitWithError(errors.New("the keyring is locked"))
	db = open(t, path, storage.Options{Keys: ring})
	wantOpen(t, db, false)
	if errors.Is(db.KeyState().Err, storage.ErrNoKey) {
		t.Error("a locked keyring is taken for an empty one")
	}
	if err := db.RenewKeys(); err == nil {
		t.Error("a key that may come back was replaced")
	}
	keyring.MockInit() // emptied
	if err := db.Unlock(); !errors.Is(err, storage.ErrNoKey) {
		t.Errorf("an empty keyring: %v", err)
	}
}

func TestSystemKeyRingFallsBack(t *testing.T) {
	keyring.MockInitWithError(errors.New("no keyring here"))
	path := newPath(t)
	db := open(t, path, storage.Options{Keys: storage.SystemKeyRing{File: storage.KeyFile{Path: path + ".master"}}})
	if s := db.KeyState(); s.Place != storage.PlaceFile || !s.Open {
		t.Errorf("%+v", s)
	}
	keyring.MockInit() // a keyring that appears later is not asked for a key that it never had
	if err := db.Unlock(); err != nil {
		t.Error(err)
	}
}

func TestDemoUsesTheKeyFile(t *testing.T) {
	keyring.MockInit()
	path := newPath(t)
	db, err := storage.Open(path, storage.Options{Mode: storage.Demo})
	if err != nil {
		t.Fatal(err)
	}
	defer checkAndClose(t, db)
	if s := db.KeyState(); s.Place != storage.PlaceFile || !s.Open {
		t.Errorf("%+v", s)
	}
}

// A new store in the place of one that was moved away leaves the keys of the old one alone.
func TestNewStoreKeepsOldKeys(t *testing.T) {
	t.Parallel()
	path := stored(t)
	away := filepath.Join(t.TempDir(), "away.db")
	if err := os.Rename(path, away); err != nil {
		t.Fatal(err)
	}
	db := open(t, path, storage.Options{})
	put(t, db, someOrder("dy1", "1"))
	for _, kind := range []string{".keys", ".master"} {
		kept, _ := filepath.Glob(path + kind + ".*")
		if len(kept) != 1 {
			t.Fatalf("files kept of %s: %v", kind, kept)
		}
		writeFile(t, away+kind, readFile(t, kept[0]))
	}
	wantSealed(t, open(t, away, storage.Options{}), "order1", shipping.SealOpen)
}
