package storage

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/zalando/go-keyring"
)

// KeyRing keeps the master key of a store: 32 random bytes. The store records the place that Save named and asks for
// the key there only, so that a ring that is out of reach for once never looks like one that has no key.
type KeyRing interface {
	// Save keeps the key under the store's name and tells where.
	Save(store string, key []byte) (place string, err error)
	// Load gives the key. ErrNoKey means that it surely is not there; any other error, that it may come back.
	Load(store, place string) ([]byte, error)
}

// The places that the rings of this package name.
const (
	PlaceSystem = "keyring"
	PlaceFile   = "file"
)

// KeyFile keeps the key in a file that only its user can read.
type KeyFile struct{ Path string }

// Save writes the file, synced. A file with the key of another store is kept aside under that store's name.
func (f KeyFile) Save(store string, key []byte) (string, error) {
	if raw, err := os.ReadFile(f.Path); err == nil {
		if name, _, _ := strings.Cut(strings.TrimSpace(string(raw)), " "); name != store {
			if err := os.Rename(f.Path, f.Path+"."+filepath.Base(name)); err != nil {
				return "", nameError(f.Path, err)
			}
		}
	}
	text := store + " " + base64.StdEncoding.EncodeToString(key) + "\n"
	if err := writeSynced(f.Path, []byte(text)); err != nil {
		return "", nameError(f.Path, err)
	}
	return PlaceFile, syncFolder(f.Path)
}

// Load reads the file.
func (f KeyFile) Load(store, place string) ([]byte, error) {
	if place != PlaceFile {
		return nil, fmt.Errorf("the key lies in %q, which is not to be used here", place)
	}
	raw, err := os.ReadFile(f.Path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: %w", f.Path, ErrNoKey)
	}
	if err != nil {
		return nil, err
	}
	name, text, _ := strings.Cut(strings.TrimSpace(string(raw)), " ")
	if name != store {
		return nil, fmt.Errorf("%s holds the key of another store: %w", f.Path, ErrNoKey)
	}
	return decodeKey(text)
}

// SystemKeyRing keeps the key in the keyring of the operating system (Windows Credential Manager, macOS Keychain,
// Secret Service), and in a key file where there is none.
type SystemKeyRing struct {
	File KeyFile
	// Patience bounds one call: a keyring may wait for a person to type its password. 0 means 20 s.
	Patience time.Duration
}

// keyringService is the name under which people find our keys in their system's keyring.
const keyringService = "PrintStation"

// Save prefers the system's keyring, and believes it only when it gives the key back.
func (r SystemKeyRing) Save(store string, key []byte) (string, error) {
	err := r.inTime(func() error {
		text := base64.StdEncoding.EncodeToString(key)
		if err := keyring.Set(keyringService, store, text); err != nil {
			return err
		}
		back, err := keyring.Get(keyringService, store)
		if err == nil && back != text {
			err = errors.New("the keyring gave back something else")
		}
		return err
	})
	if err != nil {
		return r.File.Save(store, key)
	}
	return PlaceSystem, nil
}

// Load looks where Save put the key, nowhere else.
func (r SystemKeyRing) Load(store, place string) ([]byte, error) {
	if place != PlaceSystem {
		return r.File.Load(store, place)
	}
	var text string
	err := r.inTime(func() (err error) {
		text, err = keyring.Get(keyringService, store)
		return err
	})
	if errors.Is(err, keyring.ErrNotFound) {
		return nil, fmt.Errorf("system keyring: %w", ErrNoKey)
	}
	if err != nil {
		return nil, fmt.Errorf("system keyring: %w", err)
	}
	return decodeKey(text)
}

// inTime gives up waiting for a keyring that does not answer; the call is left behind, it cannot be stopped.
func (r SystemKeyRing) inTime(do func() error) error {
	patience := r.Patience
	if patience == 0 {
		patience = 20 * time.Second
	}
	done := make(chan error, 1)
	go func() { done <- do() }()
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case err := <-done:
		return err
	case <-timer.C:
		return fmt.Errorf("the keyring did not answer in %v", patience)
	}
}

func decodeKey(text string) ([]byte, error) {
	key, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(key) != keySize {
		return nil, fmt.Errorf("the stored key is not one: %w", ErrDamaged)
	}
	return key, nil
}
