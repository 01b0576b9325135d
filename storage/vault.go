package storage

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"printstation/app/shipping"
)

// keySize is that of the master key and of every data key: AES-256.
const keySize = 32

// A sealed row is version, key id, nonce, ciphertext with tag. The row's bucket and key are bound to it as additional
// data, so that no row can be put in another's place. A row cut off behind the key id is what destruction leaves.
const (
	sealVersion = 1
	nonceSize   = 12
	sealHead    = 1 + keyIDSize
)

// keyID names a data key: its month, and four random bytes, so that a month that needs a second key can have one.
type keyID [keyIDSize]byte

const keyIDSize = 8

func newKeyID(m month) keyID {
	var id keyID
	binary.BigEndian.PutUint32(id[:], uint32(m))
	random(id[4:])
	return id
}

func (id keyID) month() month   { return month(binary.BigEndian.Uint32(id[:])) }
func (id keyID) String() string { return hex.EncodeToString(id[:]) }

// random fills b. The system's generator cannot fail since Go 1.24: the program would have ended.
func random(b []byte) { _, _ = rand.Read(b) }

// vault seals and opens with the data keys it could unwrap. It is safe for use by several goroutines.
type vault struct {
	store string
	file  keyFile

	mu       sync.RWMutex
	master   []byte // nil: locked, and hindered says why
	place    string // of the master key, as the key ring named it
	keys     []dataKey
	gone     month // the last destroyed one; 0: none was
	hindered error
}

type dataKey struct {
	id      keyID
	wrapped []byte
	aead    cipher.AEAD
}

// unlock takes the master key into use with all data keys of the file.
func (v *vault) unlock(master []byte) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	rows, err := v.file.load(v.store)
	if err != nil {
		return v.shut(err)
	}
	keys := make([]dataKey, 0, len(rows))
	for _, row := range rows {
		if row.ID.month() <= v.gone {
			continue // its destruction was decided, and the program ended before the file was written
		}
		k, err := v.unwrap(master, row)
		if err != nil {
			return v.shut(err)
		}
		keys = append(keys, k)
	}
	if len(keys) < len(rows) {
		if err := v.file.save(v.store, rowsOf(keys)); err != nil {
			return v.shut(err)
		}
	}
	v.master, v.keys, v.hindered = slices.Clone(master), keys, nil
	return nil
}

// lock forgets the keys; why is what people are told.
func (v *vault) lock(why error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	_ = v.shut(why)
}

func (v *vault) shut(why error) error {
	clear(v.master)
	v.master, v.keys, v.hindered = nil, nil, why
	return why
}

// barred gives the error of everything that needs a key while there is none.
func (v *vault) barred() error {
	if v.master != nil {
		return nil
	}
	return fmt.Errorf("%w: %w", ErrKeyLost, v.hindered)
}

// seal encrypts plain under the key of now's month, making that key when it is the month's first use.
func (v *vault) seal(now time.Time, bound, plain []byte) ([]byte, error) {
	k, err := v.keyFor(monthOf(now))
	if err != nil {
		return nil, err
	}
	out := make([]byte, sealHead+nonceSize, sealHead+nonceSize+len(plain)+k.aead.Overhead())
	out[0] = sealVersion
	copy(out[1:], k.id[:])
	random(out[sealHead:])
	return k.aead.Seal(out, out[sealHead:], plain, bound), nil
}

// keyFor gives the month's key. A month whose keys are destroyed gets none again, also when the clock was set back: the
// first month after it stands in.
func (v *vault) keyFor(m month) (dataKey, error) {
	v.mu.RLock()
	k, ok := v.find(m)
	err := v.barred()
	v.mu.RUnlock()
	if ok || err != nil {
		return k, err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if err := v.barred(); err != nil {
		return dataKey{}, err
	}
	if k, ok := v.find(m); ok {
		return k, nil
	}
	if k, err = v.newKey(v.master, max(m, v.gone+1)); err != nil {
		return dataKey{}, err
	}
	keys := append(slices.Clone(v.keys), k)
	if err := v.file.save(v.store, rowsOf(keys)); err != nil {
		return dataKey{}, err // not used unless it is on disk: what it sealed could never be opened again
	}
	v.keys = keys
	return k, nil
}

func (v *vault) find(m month) (dataKey, bool) {
	m = max(m, v.gone+1)
	for _, k := range v.keys {
		if k.id.month() == m {
			return k, true
		}
	}
	return dataKey{}, false
}

// open decrypts a sealed row. Without the key it gives nil and says whether the key may come back.
func (v *vault) open(bound, row []byte) ([]byte, shipping.SealState, error) {
	if len(row) == 0 {
		return nil, shipping.SealOpen, nil
	}
	if len(row) < sealHead || row[0] != sealVersion {
		return nil, shipping.SealLocked, fmt.Errorf("sealed row: %w", ErrDamaged)
	}
	if len(row) == sealHead {
		return nil, shipping.SealDestroyed, nil
	}
	id := keyID(row[1:sealHead])
	v.mu.RLock()
	defer v.mu.RUnlock()
	if id.month() <= v.gone {
		return nil, shipping.SealDestroyed, nil
	}
	at := slices.IndexFunc(v.keys, func(k dataKey) bool { return k.id == id })
	if at < 0 {
		return nil, shipping.SealLocked, nil
	}
	if len(row) < sealHead+nonceSize {
		return nil, shipping.SealLocked, fmt.Errorf("sealed row: %w", ErrDamaged)
	}
	nonce, box := row[sealHead:sealHead+nonceSize], row[sealHead+nonceSize:]
	plain, err := v.keys[at].aead.Open([]byte{}, nonce, box, bound)
	if err != nil {
		return nil, shipping.SealLocked, fmt.Errorf("sealed row: %w", errors.Join(ErrDamaged, err))
	}
	return plain, shipping.SealOpen, nil
}

// destroy forgets the keys of all months up to last, in memory and on disk.
func (v *vault) destroy(last month) ([]month, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if err := v.barred(); err != nil {
		return nil, err
	}
	var kept []dataKey
	var gone []month
	for _, k := range v.keys {
		if k.id.month() <= last {
			gone = append(gone, k.id.month())
			continue
		}
		kept = append(kept, k)
	}
	v.gone = max(v.gone, last)
	v.keys = kept
	if len(gone) == 0 {
		return nil, nil
	}
	slices.Sort(gone)
	return slices.Compact(gone), v.file.save(v.store, rowsOf(kept))
}

func (v *vault) newKey(master []byte, m month) (dataKey, error) {
	key := make([]byte, keySize)
	random(key)
	defer clear(key)
	id := newKeyID(m)
	outer, err := gcm(master)
	if err != nil {
		return dataKey{}, err
	}
	wrapped := make([]byte, nonceSize, nonceSize+keySize+outer.Overhead())
	random(wrapped)
	wrapped = outer.Seal(wrapped, wrapped, key, v.wrapBound(id))
	inner, err := gcm(key)
	return dataKey{id: id, wrapped: wrapped, aead: inner}, err
}

func (v *vault) unwrap(master []byte, row keyRow) (dataKey, error) {
	outer, err := gcm(master)
	if err != nil {
		return dataKey{}, err
	}
	if len(row.Wrapped) < nonceSize {
		return dataKey{}, fmt.Errorf("data key %s: %w", row.ID, ErrDamaged)
	}
	key, err := outer.Open(nil, row.Wrapped[:nonceSize], row.Wrapped[nonceSize:], v.wrapBound(row.ID))
	if err != nil {
		return dataKey{}, fmt.Errorf("data key %s: %w", row.ID, errors.Join(ErrDamaged, err))
	}
	defer clear(key)
	inner, err := gcm(key)
	return dataKey{id: row.ID, wrapped: row.Wrapped, aead: inner}, err
}

// wrapBound binds a wrapped key to its store and its id.
func (v *vault) wrapBound(id keyID) []byte {
	return append(textKey("data key", v.store), id[:]...)
}

func gcm(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

func rowsOf(keys []dataKey) []keyRow {
	rows := make([]keyRow, len(keys))
	for i, k := range keys {
		rows[i] = keyRow{ID: k.id, Wrapped: k.wrapped}
	}
	return rows
}

// keyCheck tells the right master key from any other without giving it away; the store keeps it in clear.
func keyCheck(store string, master []byte) []byte {
	h := hmac.New(sha256.New, master)
	h.Write(textKey("key check", store))
	return h.Sum(nil)[:16]
}
