package storage

import (
	"crypto/hmac"
	"errors"
	"fmt"

	"go.etcd.io/bbolt"
)

// KeyState tells whether personal data can be read and written.
type KeyState struct {
	Open   bool
	Place  string   // of the master key: PlaceSystem, PlaceFile, or what another KeyRing calls it
	Months []string // that have a data key: "2026-11"
	Err    error    // when not Open: matches ErrKeyLost, and ErrNoKey when the key is surely missing
}

// KeyState tells how things are; it asks nobody.
func (db *DB) KeyState() KeyState {
	v := db.vault
	v.mu.RLock()
	defer v.mu.RUnlock()
	s := KeyState{Open: v.master != nil, Place: v.place, Err: v.barred()}
	for _, k := range v.keys {
		s.Months = append(s.Months, k.id.month().String())
	}
	return s
}

// Unlock asks the key ring for the master key again, as when a person has unlocked the system's keyring meanwhile. The
// error matches ErrKeyLost.
func (db *DB) Unlock() error {
	db.keysMu.Lock()
	defer db.keysMu.Unlock()
	master, err := db.loadMaster()
	if err == nil {
		err = db.vault.unlock(master)
		clear(master)
	}
	if err != nil {
		db.vault.lock(err)
		return fmt.Errorf("storage: %w: %w", ErrKeyLost, err)
	}
	return nil
}

func (db *DB) loadMaster() ([]byte, error) {
	place := db.vault.placeNow()
	master, err := db.opt.Keys.Load(db.id, place)
	if err != nil {
		return nil, err
	}
	if err := db.checkMaster(master); err != nil {
		return nil, fmt.Errorf("the key in the %s: %w: %w", place, ErrNoKey, err)
	}
	return master, nil
}

// checkMaster holds a key against what the store remembers of its own.
func (db *DB) checkMaster(master []byte) error {
	return db.bolt.View(func(tx *bbolt.Tx) error {
		if !hmac.Equal(tx.Bucket([]byte(rowsMeta)).Get(metaKeyCheck), keyCheck(db.id, master)) {
			return ErrWrongKey
		}
		return nil
	})
}

// ExportRecovery gives the recovery key: groups of letters and digits that a person writes down. With it and the file
// PATH.keys, personal data can be read; it belongs on paper, away from this computer.
func (db *DB) ExportRecovery() (string, error) {
	db.vault.mu.RLock()
	defer db.vault.mu.RUnlock()
	if err := db.vault.barred(); err != nil {
		return "", fmt.Errorf("storage: export recovery key: %w", err)
	}
	return encodeRecovery(db.id, db.vault.master), nil
}

// ImportRecovery takes a recovery key back into the key ring and unlocks with it. A slip of the pen is a *GroupError,
// the key of another store ErrWrongKey; neither changes anything. It also serves to try a written key while all is
// well.
func (db *DB) ImportRecovery(text string) error {
	db.keysMu.Lock()
	defer db.keysMu.Unlock()
	master, err := decodeRecovery(db.id, text)
	if err == nil {
		err = db.checkMaster(master)
	}
	if err != nil {
		return fmt.Errorf("storage: import recovery key: %w", err)
	}
	defer clear(master)
	if db.vault.isOpen() {
		return nil
	}
	if err := db.vault.unlock(master); err != nil {
		return fmt.Errorf("storage: import recovery key: %w: %w", ErrKeyLost, err)
	}
	return db.keepMaster(master)
}

// keepMaster puts a master key in the ring, and its place and check value in the store.
func (db *DB) keepMaster(master []byte) error {
	place, err := db.opt.Keys.Save(db.id, master)
	if err != nil {
		return fmt.Errorf("storage: master key: %w", err)
	}
	err = db.bolt.Update(func(tx *bbolt.Tx) error {
		meta := tx.Bucket([]byte(rowsMeta))
		return errors.Join(meta.Put(metaKeyPlace, []byte(place)), meta.Put(metaKeyCheck, keyCheck(db.id, master)))
	})
	if err != nil {
		return db.named(err)
	}
	db.vault.mu.Lock()
	db.vault.place = place
	db.vault.mu.Unlock()
	return nil
}

// RenewKeys gives up the personal data sealed so far and begins with new keys, so that a bench whose keys are surely
// gone can take orders again. It is a person's decision, never ours. Keys that work, or that the ring may yet give, are
// not replaced. What is left of the old key file is kept aside.
func (db *DB) RenewKeys() error {
	db.keysMu.Lock()
	defer db.keysMu.Unlock()
	if db.vault.isOpen() {
		return fmt.Errorf("storage: renew keys: %w", ErrKeysOpen)
	}
	master, err := db.loadMaster()
	if errors.Is(err, ErrNoKey) || errors.Is(err, ErrDamaged) {
		master = make([]byte, keySize)
		random(master)
		err = db.keepMaster(master)
	}
	if err != nil {
		return fmt.Errorf("storage: renew keys: %w", err)
	}
	defer clear(master)
	if err := db.vault.file.setAside(); err != nil {
		return fmt.Errorf("storage: renew keys: %w", err)
	}
	if err := db.vault.file.save(db.id, nil); err != nil {
		return fmt.Errorf("storage: renew keys: %w", err)
	}
	db.opt.Log.Warn("personal data begins anew with new keys", "store", db.path)
	return db.vault.unlock(master)
}

func (v *vault) placeNow() string {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.place
}

func (v *vault) isOpen() bool {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.master != nil
}
