package storage_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"go.etcd.io/bbolt"

	"printstation/app"
	"printstation/assets/words"
	"printstation/storage"
)

// stored makes a closed store with some hundred rows and gives its path.
func stored(t *testing.T) string {
	t.Helper()
	path := newPath(t)
	db, err := storage.Open(path, storage.Options{Keys: fileKeys(path)})
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(t.Context(), func(tx app.Tx) error {
		for n := range 300 {
			if err := putAll(tx, n+1); err != nil {
				return err
			}
		}
		return nil
	})
	if err = errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

func readFile(t *testing.T, path string) []byte {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func writeFile(t *testing.T, path string, raw []byte) {
	t.Helper()
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
}

// setMeta writes a row of the store's own notes past the store.
func setMeta(t *testing.T, path, key string, value []byte) {
	t.Helper()
	b, err := bbolt.Open(path, 0o600, &bbolt.Options{NoFreelistSync: true})
	if err != nil {
		t.Fatal(err)
	}
	err = b.Update(func(tx *bbolt.Tx) error { return tx.Bucket([]byte("meta")).Put([]byte(key), value) })
	if err = errors.Join(err, b.Close()); err != nil {
		t.Fatal(err)
	}
}

// What hinders a store is named, said in both languages with its values, and nothing is written.
func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		make func(t *testing.T) string
		mode storage.Mode
		want error
	}{
		{"a folder", func(t *testing.T) string { return t.TempDir() }, "", storage.ErrNotFile},
		{"no folder", func(t *testing.T) string { return filepath.Join(t.TempDir(), "none", "station.db") }, "", storage.ErrNoFolder},
		{"the other mode", stored, storage.Demo, storage.ErrMode},
		{"a newer store", func(t *testing.T) string {
			path := stored(t)
			setMeta(t, path, "schema", []byte{0, 0, 0, 0, 0, 0, 0, 99})
			return path
		}, "", storage.ErrNewer},
		{"a text", func(t *testing.T) string {
			path := newPath(t)
			writeFile(t, path, bytes.Repeat([]byte("订单号,收件人\n"), 999))
			return path
		}, "", storage.ErrNotStore},
		{"a short text", func(t *testing.T) string {
			path := newPath(t)
			writeFile(t, path, []byte("x"))
			return path
		}, "", storage.ErrNotStore},
		{"a store of another program", func(t *testing.T) string {
			path := newPath(t)
			b, err := bbolt.Open(path, 0o600, &bbolt.Options{NoFreelistSync: true})
			if err != nil {
				t.Fatal(err)
			}
			err = b.Update(func(tx *bbolt.Tx) error {
				_, err := tx.CreateBucket([]byte("wallet"))
				return err
			})
			if err = errors.Join(err, b.Close()); err != nil {
				t.Fatal(err)
			}
			return path
		}, "", storage.ErrNotStore},
		{"cut off", func(t *testing.T) string {
			path := stored(t)
			if err := os.Truncate(path, 3*4096); err != nil {
				t.Fatal(err)
			}
			return path
		}, "", storage.ErrDamaged},
		{"both heads gone", func(t *testing.T) string {
			path := stored(t)
			raw := readFile(t, path)
			clear(raw[64:128])
			clear(raw[os.Getpagesize()+40 : os.Getpagesize()+128])
			writeFile(t, path, raw)
			return path
		}, "", storage.ErrDamaged},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			path := test.make(t)
			before, _ := os.ReadFile(path)
			beside, _ := filepath.Glob(path + "*")
			db, err := storage.Open(path, storage.Options{Keys: fileKeys(path), Mode: test.mode})
			if err == nil {
				t.Fatal("it opened", db.Close())
			}
			if !errors.Is(err, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
			after, _ := os.ReadFile(path)
			besideNow, _ := filepath.Glob(path + "*")
			if !bytes.Equal(before, after) || len(beside) != len(besideNow) {
				t.Errorf("something was written: %v", besideNow)
			}
			wantSentence(t, err)
		})
	}
}

// wantSentence fails unless there is a sentence in both languages with every value in its place.
func wantSentence(t *testing.T, err error) {
	t.Helper()
	reason, ok := storage.Explain(err)
	if !ok {
		t.Errorf("no sentence for %v", err)
		return
	}
	for _, lang := range []string{words.Chinese, words.English} {
		w, err := words.For(lang)
		if err != nil {
			t.Fatal(err)
		}
		said := w.T(reason.ID, reason.Data)
		if bytes.Contains([]byte(said), []byte("<no value>")) || bytes.HasPrefix([]byte(said), []byte(reason.ID)) {
			t.Errorf("%s says %q", lang, said)
		}
	}
}

// Whatever a disk does to the bytes, opening gives a store that holds together or an error: never a panic.
func TestOpenDamaged(t *testing.T) {
	t.Parallel()
	path := stored(t)
	whole := readFile(t, path)
	keys, master := readFile(t, path+".keys"), readFile(t, path+".master")
	rnd := rand.New(rand.NewPCG(1, 2))
	refused := 0
	const rounds = 150
	dir := t.TempDir()
	for i := range rounds {
		raw := bytes.Clone(whole)
		switch i % 3 {
		case 0: // a page of noise
			at := rnd.IntN(len(raw)/4096) * 4096
			for j := range 4096 {
				raw[at+j] = byte(rnd.Uint32())
			}
		case 1: // heads of pages, where bbolt would run wild
			for range 20 {
				raw[rnd.IntN(len(raw)/4096)*4096+rnd.IntN(48)] ^= byte(1 << rnd.IntN(8))
			}
		case 2:
			raw = raw[:rnd.IntN(len(raw))]
		}
		broken := filepath.Join(dir, fmt.Sprintf("%d.db", i))
		writeFile(t, broken, raw)
		writeFile(t, broken+".keys", keys)
		writeFile(t, broken+".master", master)
		db, err := storage.Open(broken, storage.Options{Keys: fileKeys(broken)})
		if err != nil {
			refused++
			wantSentence(t, err)
			continue
		}
		_ = db.Check(t.Context()) // may find rows that are no longer JSON; must not fall over them
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}
	if refused < rounds/2 {
		t.Errorf("only %d of %d damaged files were refused", refused, rounds)
	}
	t.Logf("%d of %d damaged files were refused", refused, rounds)
}

// A crash in the midst of making a store leaves one that can be made again.
func TestOpenHalfMade(t *testing.T) {
	t.Parallel()
	path := newPath(t)
	b, err := bbolt.Open(path, 0o600, &bbolt.Options{NoFreelistSync: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	writeFile(t, path+".keys.new", []byte("half"))
	db := open(t, path, storage.Options{})
	if s := db.KeyState(); !s.Open {
		t.Errorf("keys: %v", s.Err)
	}
}

func TestReopen(t *testing.T) {
	t.Parallel()
	path := stored(t)
	for range 2 {
		db, err := storage.Open(path, storage.Options{Keys: fileKeys(path)})
		if err != nil {
			t.Fatal(err)
		}
		stats, err := db.Stats(t.Context())
		if err != nil || stats.Orders != 300 || stats.Waiting != 300 || stats.Schema != 1 || stats.Mode != storage.Live || stats.Size == 0 {
			t.Errorf("%+v, %v", stats, err)
		}
		checkAndClose(t, db)
		if err := db.Close(); err != nil {
			t.Errorf("closing again: %v", err)
		}
		if err := db.View(t.Context(), func(app.Tx) error { return nil }); !errors.Is(err, storage.ErrClosed) {
			t.Errorf("a view of a closed store: %v", err)
		}
		if _, err := db.Calls(t.Context(), "", 0); !errors.Is(err, storage.ErrClosed) {
			t.Errorf("calls of a closed store: %v", err)
		}
	}
}
