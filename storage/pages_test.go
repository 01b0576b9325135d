package storage

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"go.etcd.io/bbolt"
)

// sized is a file in memory.
type sized struct{ *bytes.Reader }

func (s sized) Stat() (os.FileInfo, error) { return sizeInfo{size: s.Reader.Size()}, nil }

type sizeInfo struct {
	os.FileInfo
	size int64
}

func (i sizeInfo) Size() int64 { return i.size }

// smallBolt gives the bytes of a bbolt file with a branch page, a row over several pages, and a bucket within a row.
func smallBolt(t testing.TB) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "small.db")
	b, err := bbolt.Open(path, 0o600, &bbolt.Options{NoFreelistSync: true, PageSize: 1024})
	if err != nil {
		t.Fatal(err)
	}
	err = b.Update(func(tx *bbolt.Tx) error {
		for _, name := range []string{"small", "large"} {
			if _, err := tx.CreateBucket([]byte(name)); err != nil {
				return err
			}
		}
		if err := tx.Bucket([]byte("small")).Put([]byte("k"), []byte("v")); err != nil {
			return err
		}
		for i := range 50 {
			value := make([]byte, 50)
			if i == 20 {
				value = make([]byte, 3000)
			}
			if err := tx.Bucket([]byte("large")).Put(appendNumber(nil, uint64(i)), value); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// walkBytes checks a file in memory.
func walkBytes(raw []byte) error { return (&pageWalk{file: sized{bytes.NewReader(raw)}}).run() }

// The walk takes what bbolt wrote, and never panics or hangs over anything else.
func FuzzPages(f *testing.F) {
	whole := smallBolt(f)
	if err := walkBytes(whole); err != nil {
		f.Fatalf("a whole file: %v", err)
	}
	f.Add(0, byte(0), len(whole))
	f.Add(1024+40, byte(0xFF), len(whole))
	for page := 2; page < 12; page++ {
		for at := range 20 {
			f.Add(page*1024+at, byte(0x81), len(whole))
		}
	}
	f.Add(0, byte(0), 3000)
	f.Fuzz(func(_ *testing.T, at int, flip byte, length int) {
		raw := bytes.Clone(whole[:min(max(length, 0), len(whole))])
		if at >= 0 && at < len(raw) {
			raw[at] ^= flip
		}
		_ = walkBytes(raw)
	})
}

// What bbolt would panic over is named.
func TestPagesNamesFaults(t *testing.T) {
	t.Parallel()
	whole := smallBolt(t)
	found := 0
	for page := 2; (page+1)*1024 <= len(whole); page++ {
		raw := bytes.Clone(whole)
		raw[page*1024] ^= 0xFF // its number
		if walkBytes(raw) != nil {
			found++
		}
	}
	if found < 5 {
		t.Errorf("%d pages with a wrong number were found", found)
	}
	if err := walkBytes(whole[:len(whole)/2]); err == nil {
		t.Error("half a file passed")
	}
}
