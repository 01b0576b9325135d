package storage_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"printstation/storage"
	"printstation/storage/storetest"
)

// noon is a time as the wire gives it, in China Standard Time.
var noon = time.Date(2026, 11, 11, 12, 0, 0, 0, time.FixedZone("CST", 8*60*60))

// fileKeys keeps the master key beside the store, so that tests never touch the keyring of whoever runs them.
func fileKeys(path string) storage.KeyRing { return storage.KeyFile{Path: path + ".master"} }

func newPath(t *testing.T) string { return filepath.Join(t.TempDir(), "station.db") }

// open opens the store at path; it is checked and closed at the end of the test.
func open(t *testing.T, path string, o storage.Options) *storage.DB {
	t.Helper()
	if o.Keys == nil {
		o.Keys = fileKeys(path)
	}
	db, err := storage.Open(path, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { checkAndClose(t, db) })
	return db
}

func checkAndClose(t *testing.T, db *storage.DB) {
	t.Helper()
	// The test's own context has ended by now. A store that the test closed itself needs no second look.
	if err := db.Check(context.Background()); err != nil && !errors.Is(err, storage.ErrClosed) {
		t.Errorf("the store is not consistent: %v", err)
	}
	if err := db.Close(); err != nil {
		t.Error(err)
	}
}

func TestStore(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T) storetest.Store { return open(t, newPath(t), storage.Options{}) })
}
