package settings

import (
	"errors"
	"fmt"

	"github.com/zalando/go-keyring"
)

// service is the name that our entries have in the system's keyring.
const service = "PrintStation"

// SystemKeyring is the keyring of the operating system: the Secret Service of a Linux desktop, the keychain of macOS,
// the credential store of Windows. A computer without a desktop session usually has none; its error then says so.
type SystemKeyring struct{}

// Get reads an entry.
func (SystemKeyring) Get(name string) (string, error) {
	secret, err := keyring.Get(service, name)
	if errors.Is(err, keyring.ErrNotFound) {
		return "", ErrNoSecret
	}
	if err != nil {
		return "", fmt.Errorf("keyring: %w", err)
	}
	return secret, nil
}

// Set writes an entry, over an older one of that name.
func (SystemKeyring) Set(name, secret string) error {
	if err := keyring.Set(service, name, secret); err != nil {
		return fmt.Errorf("keyring: %w", err)
	}
	return nil
}
