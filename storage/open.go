package storage

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"runtime/debug"
	"sync"
	"time"

	"go.etcd.io/bbolt"

	"printstation/app"
)

// Mode tells demo data from real data. A store has one for life.
type Mode string

// The modes.
const (
	Live Mode = "live"
	Demo Mode = "demo"
)

// Options of Open. The zero value opens a live store with the keys of the system.
type Options struct {
	Mode Mode // "": Live
	// Keys holds the master key. Nil: the system's keyring, else the file PATH.master; for a demo store that file
	// alone.
	Keys  KeyRing
	Clock func() time.Time // nil: time.Now
	Log   *slog.Logger     // nil: discarded
	// Timeout is how long to wait for another instance to end; 0 means 1 s.
	Timeout time.Duration
	// JournalKeep is how many calls the journal keeps; 0 means 50,000.
	JournalKeep int
}

func (o *Options) fill(path string) {
	if o.Mode == "" {
		o.Mode = Live
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Timeout <= 0 {
		o.Timeout = time.Second
	}
	if o.JournalKeep <= 0 {
		o.JournalKeep = 50_000
	}
	file := KeyFile{Path: path + ".master"}
	switch {
	case o.Keys != nil:
	case o.Mode == Demo:
		o.Keys = file
	default:
		o.Keys = SystemKeyRing{File: file}
	}
}

// DB is an open store. It is safe for use by several goroutines.
type DB struct {
	path  string
	opt   Options
	bolt  *bbolt.DB
	turn  chan struct{} // held by the one update that runs
	id    string
	vault *vault

	keysMu sync.Mutex // one change of the master key, or one destruction, at a time

	journal   *journal
	closeOnce sync.Once
	closeErr  error
}

var (
	_ app.Store   = (*DB)(nil)
	_ app.CallLog = (*DB)(nil)
)

// Open opens the store at path, making it when there is no file; its folder must exist. Beside it lie PATH.keys and
// perhaps PATH.master. What hinders it comes as one of the errors of this package, with the file untouched. Keys that
// are not to be had do not hinder it: see KeyState.
func Open(path string, o Options) (*DB, error) {
	o.fill(path)
	if err := inspect(path, o); err != nil {
		return nil, err
	}
	b, err := openBolt(path, o, false)
	if err != nil {
		return nil, err
	}
	db := &DB{path: path, opt: o, bolt: b, turn: make(chan struct{}, 1)}
	if err := db.prepare(); err != nil {
		return nil, errors.Join(db.named(err), b.Close())
	}
	if err := db.Unlock(); err != nil {
		o.Log.Warn("personal data is locked", "store", path, "err", err)
	}
	db.journal = startJournal(db)
	return db, nil
}

// Close writes what the journal still holds and lets another instance open the store. Closing again does nothing.
func (db *DB) Close() error {
	db.closeOnce.Do(func() {
		db.journal.stop()
		db.closeErr = db.bolt.Close()
		db.vault.lock(ErrClosed)
	})
	return db.closeErr
}

// openBolt opens the file and turns a panic of bbolt over a damaged page into an error. Only opening is guarded so: it
// reads every page once, and a panic in the midst of work must not be taken for an ordinary failure.
func openBolt(path string, o Options, readOnly bool) (b *bbolt.DB, err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			b, err = nil, &PathError{Path: path, Kind: ErrDamaged, Err: fmt.Errorf("%v", p)}
		}
	}()
	b, err = bbolt.Open(path, 0o600, &bbolt.Options{
		Timeout:        o.Timeout,
		ReadOnly:       readOnly,
		FreelistType:   bbolt.FreelistMapType,
		NoFreelistSync: true,
	})
	return b, nameError(path, err)
}

// inspect looks at a file that is there before anything may write to it: whether it is free, whole, ours, of this mode
// and of a version we know. It holds the lock that readers share, so that no other instance writes meanwhile.
func inspect(path string, o Options) (err error) {
	if err := checkPath(path); err != nil {
		return err
	}
	info, err := os.Stat(path)
	if err != nil || info.Size() == 0 {
		return nil // Open makes it
	}
	if err := checkMagic(path); err != nil {
		return err
	}
	b, err := openBolt(path, o, true)
	if err != nil && kindOf(err) == nil { // in words of bbolt's own
		err = errors.Join(err, checkPages(path))
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.Close()) }()
	if err := checkPages(path); err != nil {
		return err
	}
	return b.View(func(tx *bbolt.Tx) error { return checkStamp(tx, path, o.Mode) })
}

// checkStamp refuses a store of another program, another mode or a newer version. An empty file of bbolt's passes: it
// is what a crash in the midst of making a store leaves.
func checkStamp(tx *bbolt.Tx, path string, want Mode) error {
	meta := tx.Bucket([]byte(rowsMeta))
	if meta == nil {
		if name, _ := tx.Cursor().First(); name != nil {
			return &PathError{Path: path, Kind: ErrNotStore}
		}
		return nil
	}
	if meta.Get(metaID) == nil {
		return &PathError{Path: path, Kind: ErrNotStore}
	}
	if have := schemaVersion(tx); have > len(steps) {
		return &PathError{Path: path, Kind: &VersionError{Have: have, Can: len(steps)}}
	}
	if have := Mode(meta.Get(metaMode)); have != want {
		return &PathError{Path: path, Kind: &ModeError{Have: have, Want: want}}
	}
	return nil
}

// prepare brings the open file to this version, stamps a new one, and reads who it is.
func (db *DB) prepare() error {
	var stamp *stamp
	err := db.bolt.View(func(tx *bbolt.Tx) error {
		if err := checkStamp(tx, db.path, db.opt.Mode); err != nil || tx.Bucket([]byte(rowsMeta)) != nil {
			return err
		}
		var err error
		stamp, err = db.newStamp()
		return err
	})
	if err != nil {
		return err
	}
	return db.bolt.Update(func(tx *bbolt.Tx) error {
		if err := migrate(tx, steps); err != nil {
			return err
		}
		meta := tx.Bucket([]byte(rowsMeta))
		if stamp != nil {
			if err := stamp.put(meta); err != nil {
				return err
			}
		}
		db.id = string(meta.Get(metaID))
		db.vault = &vault{
			store: db.id,
			file:  keyFile{db.path + ".keys"},
			place: string(meta.Get(metaKeyPlace)),
			gone:  month(numberOf(meta.Get(metaDestroyed))),
		}
		return nil
	})
}

// stamp is what a new store is born with.
type stamp struct {
	id, place string
	mode      Mode
	check     []byte
}

// newStamp makes the keys of a new store. They are in their places before the store says so: a crash in between leaves
// a key that nobody needs, never a store without one.
func (db *DB) newStamp() (*stamp, error) {
	raw := make([]byte, 8)
	random(raw)
	s := &stamp{id: hex.EncodeToString(raw), mode: db.opt.Mode}
	file := keyFile{db.path + ".keys"}
	if err := file.setAside(); err != nil {
		return nil, err
	}
	master, place, err := db.newMaster(s.id)
	if err != nil {
		return nil, err
	}
	defer clear(master)
	s.place, s.check = place, keyCheck(s.id, master)
	return s, file.save(s.id, nil)
}

func (db *DB) newMaster(id string) (master []byte, place string, err error) {
	master = make([]byte, keySize)
	random(master)
	place, err = db.opt.Keys.Save(id, master)
	if err != nil {
		return nil, "", fmt.Errorf("master key: %w", err)
	}
	return master, place, nil
}

func (s *stamp) put(meta *bbolt.Bucket) error {
	for _, row := range []struct{ key, value []byte }{
		{metaID, []byte(s.id)},
		{metaMode, []byte(s.mode)},
		{metaKeyPlace, []byte(s.place)},
		{metaKeyCheck, bytes.Clone(s.check)},
	} {
		if err := meta.Put(row.key, row.value); err != nil {
			return err
		}
	}
	return nil
}
