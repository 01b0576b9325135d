package storage

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func FuzzRecovery(f *testing.F) {
	f.Add("7d2f", "")
	f.Add("7d2f", encodeRecovery("7d2f", make([]byte, keySize)))
	f.Fuzz(func(t *testing.T, store, text string) {
		if key, err := decodeRecovery(store, text); err == nil && recoveryPlain(encodeRecovery(store, key)) != recoveryPlain(text) {
			t.Errorf("%q was taken for another key", text)
		}
		master := bytes.Repeat([]byte(store+"k"), keySize)[:keySize]
		back, err := decodeRecovery(store, encodeRecovery(store, master))
		if err != nil || !bytes.Equal(back, master) {
			t.Errorf("store %q: %v", store, err)
		}
	})
}

// A slip in one letter is found in its group, save where the check letter happens to fit; then the key does not.
func TestRecoverySlips(t *testing.T) {
	t.Parallel()
	master := make([]byte, keySize)
	random(master)
	text := encodeRecovery("id", master)
	slips, named := 0, 0
	for i := range text {
		for _, r := range recoveryAlpha {
			if text[i] == '-' || byte(r) == text[i] {
				continue
			}
			slips++
			slip := text[:i] + string(r) + text[i+1:]
			key, err := decodeRecovery("id", slip)
			var group *GroupError
			if errors.As(err, &group) && group.Group == i/(recoveryGroup+1)+1 {
				named++
			} else if err == nil && bytes.Equal(key, master) {
				t.Errorf("a slip at %d gave the right key", i)
			}
		}
	}
	if named < slips*9/10 {
		t.Errorf("%d of %d slips were found in their group", named, slips)
	}
}

// The key file survives a crash between any two steps of its replacement.
func TestKeyFileCrash(t *testing.T) {
	t.Parallel()
	oldRows := []keyRow{{ID: newKeyID(monthOf(noon)), Wrapped: []byte("old")}}
	newRows := []keyRow{{ID: newKeyID(monthOf(noon)), Wrapped: []byte("new")}}
	text := func(rows []keyRow) []byte {
		f := keyFile{filepath.Join(t.TempDir(), "keys")}
		if err := f.save("id", rows); err != nil {
			t.Fatal(err)
		}
		raw, err := os.ReadFile(f.path)
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	before, after := text(oldRows), text(newRows)
	tests := []struct {
		name             string
		here, next, past []byte
		want             []keyRow
	}{
		{"half of the new one", before, after[:20], nil, oldRows},
		{"the new one whole", before, after, nil, oldRows},
		{"the old one moved away", nil, after, before, newRows},
		{"the new one in place", after, nil, before, newRows},
		{"the old one half overwritten", after, nil, before[:9], newRows},
		{"only the old one, moved away", nil, nil, before, oldRows},
	}
	for _, test := range tests {
		f := keyFile{filepath.Join(t.TempDir(), "keys")}
		for path, raw := range map[string][]byte{f.path: test.here, f.next(): test.next, f.past(): test.past} {
			if raw == nil {
				continue
			}
			if err := os.WriteFile(path, raw, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		got, err := f.load("id")
		if err != nil || len(got) != 1 || !bytes.Equal(got[0].Wrapped, test.want[0].Wrapped) {
			t.Errorf("%s: %v, %v", test.name, got, err)
		}
		if left, _ := filepath.Glob(f.path + "*"); len(left) != 1 {
			t.Errorf("%s: files left: %v", test.name, left)
		}
	}
	if _, err := (keyFile{filepath.Join(t.TempDir(), "keys")}).load("id"); !errors.Is(err, ErrNoKey) {
		t.Errorf("no file at all: %v", err)
	}
}
