package storage

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// keyFile holds the wrapped data keys beside the store. It is rewritten as a whole: written anew beside itself and
// synced, then put in the old one's place, whose bytes are overwritten before it goes. A crash between any two of these
// steps leaves a whole file; load finishes what was begun.
type keyFile struct{ path string }

// The neighbours of the file while it is replaced.
func (f keyFile) next() string { return f.path + ".new" }
func (f keyFile) past() string { return f.path + ".old" }

type keyRow struct {
	ID      keyID
	Wrapped []byte // nonce, then the key sealed under the master key
}

// keyFileForm is what lies on disk.
type keyFileForm struct {
	Version int          `json:"version"`
	Store   string       `json:"store"`
	Keys    []keyFormRow `json:"keys"`
}

type keyFormRow struct {
	ID      string `json:"id"`
	Month   string `json:"month"` // for people; the id has it too
	Wrapped []byte `json:"wrapped"`
}

const keyFileVersion = 1

// load reads the file, which must be there and be the store's own: a store that lost it must be told so, not given an
// empty one.
func (f keyFile) load(store string) ([]keyRow, error) {
	if err := f.finish(); err != nil {
		return nil, err
	}
	form, err := f.read(f.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: %w", f.path, ErrNoKey)
	}
	if err != nil {
		return nil, err
	}
	if form.Store != store {
		return nil, fmt.Errorf("%s holds the keys of another store: %w", f.path, ErrNoKey)
	}
	rows := make([]keyRow, len(form.Keys))
	for i, k := range form.Keys {
		raw, err := hex.DecodeString(k.ID)
		if err != nil || len(raw) != keyIDSize {
			return nil, fmt.Errorf("%s: key id %q: %w", f.path, k.ID, ErrDamaged)
		}
		rows[i] = keyRow{ID: keyID(raw), Wrapped: k.Wrapped}
	}
	return rows, nil
}

func (f keyFile) read(path string) (keyFileForm, error) {
	var form keyFileForm
	raw, err := os.ReadFile(path)
	if err != nil {
		return form, err
	}
	if err := json.Unmarshal(raw, &form); err != nil || form.Version != keyFileVersion {
		return form, fmt.Errorf("%s is no key file of this version: %w", path, errors.Join(ErrDamaged, err))
	}
	return form, nil
}

// save replaces the file by one with just these keys.
func (f keyFile) save(store string, rows []keyRow) error {
	form := keyFileForm{Version: keyFileVersion, Store: store, Keys: []keyFormRow{}}
	for _, r := range rows {
		form.Keys = append(form.Keys, keyFormRow{ID: r.ID.String(), Month: r.ID.month().String(), Wrapped: r.Wrapped})
	}
	raw, err := json.MarshalIndent(form, "", "  ")
	if err != nil {
		return err
	}
	if err := f.replace(raw); err != nil {
		return fmt.Errorf("key file: %w", nameError(f.path, err))
	}
	return nil
}

func (f keyFile) replace(raw []byte) error {
	if err := writeSynced(f.next(), raw); err != nil {
		return err
	}
	if err := os.Rename(f.path, f.past()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.Rename(f.next(), f.path); err != nil {
		return err
	}
	if err := syncFolder(f.path); err != nil {
		return err
	}
	return erase(f.past())
}

// finish ends a replacement that a crash cut off. The new file counts only once the old one was moved away: before
// that it may be half written.
func (f keyFile) finish() error {
	_, err := os.Stat(f.path)
	if errors.Is(err, fs.ErrNotExist) {
		from := f.next()
		if _, err := f.read(from); err != nil {
			from = f.past()
		}
		if _, err := f.read(from); err != nil {
			return nil // there never was one
		}
		if err := os.Rename(from, f.path); err != nil {
			return err
		}
		if err := syncFolder(f.path); err != nil {
			return err
		}
	}
	if err := erase(f.next()); err != nil {
		return err
	}
	return erase(f.past())
}

// setAside keeps the file of another store out of the way of a new one: its store may come back from a backup.
func (f keyFile) setAside() error {
	form, err := f.read(f.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	name := form.Store
	if err != nil {
		name = "damaged"
	}
	return os.Rename(f.path, f.path+"."+name)
}

// writeSynced writes a file that only its user can read, and has it on disk when it returns.
func writeSynced(path string, raw []byte) (err error) {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if err := restrict(path); err != nil {
		return err
	}
	if _, err := file.Write(raw); err != nil {
		return err
	}
	return file.Sync()
}

// erase overwrites a file's bytes in place before it unlinks it. Where the disk keeps old blocks of its own (flash,
// snapshots) they outlive this, and are of no use without the master key.
func erase(path string) (err error) {
	file, err := os.OpenFile(path, os.O_WRONLY, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	info, err := file.Stat()
	if err == nil {
		blank := make([]byte, info.Size())
		random(blank)
		_, err = file.WriteAt(blank, 0)
	}
	err = errors.Join(err, file.Sync(), file.Close())
	if err != nil {
		return err
	}
	return os.Remove(path)
}

// folderOf is the folder that has to be synced for a rename to outlast a power cut.
func folderOf(path string) string { return filepath.Dir(path) }
