package storage

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"printstation/app"
	"printstation/app/shipping"
)

var noon = time.Date(2026, 11, 11, 12, 0, 0, 0, cst)

func openNew(t *testing.T, o Options) *DB {
	t.Helper()
	o.Keys = KeyFile{Path: filepath.Join(t.TempDir(), "master")}
	db, err := Open(filepath.Join(t.TempDir(), "station.db"), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

func emptyBolt(t *testing.T) *bbolt.DB {
	t.Helper()
	b, err := bbolt.Open(filepath.Join(t.TempDir(), "bolt.db"), 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.Close() })
	return b
}

func TestMigrate(t *testing.T) {
	t.Parallel()
	b := emptyBolt(t)
	var ran []string
	named := func(name string, err error) step {
		return step{name, func(tx *bbolt.Tx) error {
			ran = append(ran, name)
			if err == nil {
				_, err = tx.CreateBucketIfNotExists([]byte(rowsMeta))
			}
			return err
		}}
	}
	broken := errors.New("broken off")
	one, two, three, bad := named("one", nil), named("two", nil), named("three", nil), named("bad", broken)
	tests := []struct {
		steps   []step
		ran     []string
		version int
		err     error
	}{
		{[]step{one}, []string{"one"}, 1, nil},
		{[]step{one}, nil, 1, nil},
		{[]step{one, two, bad}, []string{"two", "bad"}, 1, broken}, // nothing of it counts
		{[]step{one, two, three}, []string{"two", "three"}, 3, nil},
		{[]step{one, two}, nil, 3, ErrNewer},
	}
	for i, test := range tests {
		ran = nil
		err := b.Update(func(tx *bbolt.Tx) error { return migrate(tx, test.steps) })
		if !errors.Is(err, test.err) || !slices.Equal(ran, test.ran) {
			t.Errorf("%d: ran %v, error %v; want %v, %v", i, ran, err, test.ran, test.err)
		}
		_ = b.View(func(tx *bbolt.Tx) error {
			if v := schemaVersion(tx); v != test.version {
				t.Errorf("%d: version %d, want %d", i, v, test.version)
			}
			return nil
		})
	}
}

func TestMonth(t *testing.T) {
	t.Parallel()
	for at, want := range map[string]string{
		"2026-11-11T12:00:00+08:00": "2026-11",
		"2026-12-31T23:59:59+08:00": "2026-12",
		"2026-12-31T16:00:00Z":      "2027-01", // New Year at the bench
	} {
		when, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		m := monthOf(when)
		if m.String() != want || monthOf(when)+1 <= m || monthOf(when.AddDate(0, 0, 31)) <= m {
			t.Errorf("%s is of month %s, want %s", at, m, want)
		}
	}
}

func FuzzRowKeys(f *testing.F) {
	f.Add("dy1", "1", "dy1/1", "")
	f.Add("a", "\x00", "a\x00", "\x01")
	f.Add("\xff", "\x00\x01", "\x00\xff", "抖店")
	f.Fuzz(func(t *testing.T, a, b, c, d string) {
		x, y := textKey(a, b), textKey(c, d)
		order := slices.Compare([]string{a, b}, []string{c, d})
		if got := bytes.Compare(x, y); got != order {
			t.Errorf("%q,%q and %q,%q compare as %d, their keys as %d", a, b, c, d, order, got)
		}
		if bytes.HasPrefix(x, textKey(c)) != (a == c) {
			t.Errorf("key of %q,%q seems to begin with %q", a, b, c)
		}
		first, rest, ok := cutText(x)
		second, rest2, ok2 := cutText(rest)
		if !ok || !ok2 || first != a || second != b || len(rest2) != 0 {
			t.Errorf("%q,%q came back as %q,%q", a, b, first, second)
		}
		_, _, _ = cutText([]byte(d)) // any bytes: no panic
	})
}

func TestTimeKeys(t *testing.T) {
	t.Parallel()
	times := []time.Time{{}, time.Unix(-1, 5), time.Unix(0, 0), noon, noon.Add(1), noon.Add(time.Second), time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)}
	for i, at := range times {
		key := appendTime(nil, at)
		if i > 0 && bytes.Compare(appendTime(nil, times[i-1]), key) >= 0 {
			t.Errorf("%v does not come after %v", at, times[i-1])
		}
		if back, rest, ok := cutTime(key); !ok || !back.Equal(at) || len(rest) != 0 {
			t.Errorf("%v came back as %v", at, back)
		}
	}
}

// A sealed row opens in its own place only.
func TestSealedRowsCannotBeSwapped(t *testing.T) {
	t.Parallel()
	db := openNew(t, Options{})
	err := db.update(t.Context(), func(t *tx) error {
		return errors.Join(t.seal(sealedOrders, []byte("a"), []byte("one")), t.seal(sealedOrders, []byte("b"), []byte("two")))
	})
	if err != nil {
		t.Fatal(err)
	}
	_ = db.view(t.Context(), func(x *tx) error {
		row := x.bucket(sealedOrders).Get([]byte("a"))
		if plain, _, err := db.vault.open(sealBound(sealedOrders, []byte("a")), row); err != nil || string(plain) != "one" {
			t.Errorf("in its place: %q, %v", plain, err)
		}
		for _, bound := range [][]byte{sealBound(sealedOrders, []byte("b")), sealBound(sealedParcels, []byte("a"))} {
			if _, _, err := db.vault.open(bound, row); !errors.Is(err, ErrDamaged) {
				t.Errorf("in another place: %v", err)
			}
		}
		for cut := range len(row) {
			if plain, state, err := db.vault.open(sealBound(sealedOrders, []byte("a")), row[:cut]); cut > 0 && err == nil && state == shipping.SealOpen {
				t.Errorf("cut to %d bytes it gave %q", cut, plain)
			}
		}
		return nil
	})
}

// A row that was sealed under a month that is destroyed says so, also when it came too late to be emptied.
func TestSealedUnderDestroyedMonth(t *testing.T) {
	t.Parallel()
	db := openNew(t, Options{Clock: func() time.Time { return noon }})
	bound := sealBound(sealedOrders, []byte("a"))
	row, err := db.vault.seal(noon, bound, []byte("one"))
	if err != nil {
		t.Fatal(err)
	}
	if months, err := db.vault.destroy(monthOf(noon)); err != nil || !slices.Equal(months, []month{monthOf(noon)}) {
		t.Fatal(months, err)
	}
	if plain, state, err := db.vault.open(bound, row); plain != nil || state != shipping.SealDestroyed || err != nil {
		t.Errorf("%q, %q, %v", plain, state, err)
	}
}

// Check finds an index that does not fit its rows.
func TestCheckFindsStaleIndex(t *testing.T) {
	t.Parallel()
	key := appendNumber(shopKey("dy1"), 1)
	for name, spoil := range map[string]func(*tx) error{
		"stale": func(t *tx) error { return t.put(parcelsShelf, join(textKey("held"), key), []byte{}) },
		"lost": func(t *tx) error {
			return t.remove(parcelsOrder, appendNumber(orderKey(shipping.OrderRef{Shop: "dy1", ID: "o"}), 1))
		},
		"clear": func(t *tx) error {
			o := shipping.Order{OrderRef: shipping.OrderRef{Shop: "dy1", ID: "o"}, BuyerMessage: "x"}
			return errors.Join(t.put(ordersByID, orderKey(o.OrderRef), key), t.putJSON(rowsOrders, key, o))
		},
		"no JSON": func(t *tx) error { return t.put(rowsParcels, key, []byte("{")) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := openNew(t, Options{})
			p := shipping.Parcel{ID: "dy1/1", Shop: "dy1", Orders: []shipping.OrderID{"o"}, State: shipping.ParcelPending}
			if err := db.Update(t.Context(), func(tx app.Tx) error { return tx.PutParcel(p) }); err != nil {
				t.Fatal(err)
			}
			if err := db.Check(t.Context()); err != nil {
				t.Fatal(err)
			}
			if err := db.update(t.Context(), spoil); err != nil {
				t.Fatal(err)
			}
			if err := db.Check(t.Context()); !errors.Is(err, ErrDamaged) {
				t.Errorf("check gave %v", err)
			}
		})
	}
}

func TestKindOf(t *testing.T) {
	t.Parallel()
	tests := []struct {
		err  error
		want error
	}{
		{berrors.ErrTimeout, ErrRunning},
		{&fs.PathError{Op: "open", Err: syscall.EACCES}, ErrNotWritable},
		{&fs.PathError{Op: "open", Err: syscall.EROFS}, ErrNotWritable},
		{fmt.Errorf("write: %w", syscall.ENOENT), ErrNoFolder},
		{berrors.ErrMaxSizeReached, ErrDiskFull},
		{berrors.ErrChecksum, ErrDamaged},
		{app.ErrNotFound, nil},
	}
	for _, test := range tests {
		err := nameError("/data/station.db", test.err)
		if test.want == nil {
			if err != test.err {
				t.Errorf("%v became %v", test.err, err)
			}
			continue
		}
		var named *PathError
		if !errors.Is(err, test.want) || !errors.Is(err, test.err) || !errors.As(err, &named) || named.Path != "/data/station.db" {
			t.Errorf("%v became %v", test.err, err)
		}
	}
}
