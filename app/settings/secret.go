package settings

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"printstation/app/shipping"
)

// SecretRef names where a secret lies: "env:NAME" is a variable of the environment, "keyring:NAME" an entry of the
// system's keyring that `printstation secret set NAME` fills.
type SecretRef string

// ErrNoSecret says that a keyring has no entry of that name.
var ErrNoSecret = errors.New("no such secret in the keyring")

// Keyring keeps secrets outside of every file.
type Keyring interface {
	// Get gives ErrNoSecret when there is no entry of that name; any other error means that the keyring does not work.
	Get(name string) (string, error)
	Set(name, secret string) error
}

var (
	envName    = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]{0,99}$`)
	secretName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$`)
)

var errForm = errors.New(`not of the form "env:NAME" or "keyring:NAME"`)

// check reports whether the reference has one of the two forms. Its error never repeats the reference.
func (ref SecretRef) check() error {
	kind, name, _ := strings.Cut(string(ref), ":")
	if kind == "env" && envName.MatchString(name) || kind == "keyring" && secretName.MatchString(name) {
		return nil
	}
	return errForm
}

// ValidSecretName reports whether a keyring entry may be called so.
func ValidSecretName(name string) bool { return secretName.MatchString(name) }

// SecretError says why a secret is not to be had, and how to mend it. It never holds the secret.
type SecretError struct {
	Ref  SecretRef
	What shipping.Reason
	Mend shipping.Reason
	Err  error // the keyring's own words, if it was the keyring
}

func (e *SecretError) Error() string {
	if e.Err == nil {
		return fmt.Sprintf("settings: secret %s: %s", e.Ref, e.What.ID)
	}
	return fmt.Sprintf("settings: secret %s: %s: %v", e.Ref, e.What.ID, e.Err)
}

func (e *SecretError) Unwrap() error { return e.Err }

// Resolve fetches a secret. Its error is a *SecretError.
func Resolve(ref SecretRef, env func(string) (string, bool), ring Keyring) (string, error) {
	if ref.check() != nil {
		return "", secretError("", "secret_form", nil)
	}
	kind, name, _ := strings.Cut(string(ref), ":")
	if kind == "env" {
		if value, _ := env(name); strings.TrimSpace(value) != "" {
			return strings.TrimSpace(value), nil
		}
		return "", secretError(ref, "secret_env", nil, "Name", name)
	}
	if ring == nil {
		return "", secretError(ref, "secret_keyring", nil, "Name", name, "Detail", "-")
	}
	value, err := ring.Get(name)
	switch {
	case errors.Is(err, ErrNoSecret), err == nil && value == "":
		return "", secretError(ref, "secret_unset", err, "Name", name)
	case err != nil:
		return "", secretError(ref, "secret_keyring", err, "Name", name, "Detail", err.Error())
	}
	return value, nil
}

func secretError(ref SecretRef, id string, err error, pairs ...string) *SecretError {
	p := problem(position{}, "", id, pairs...)
	return &SecretError{Ref: ref, What: p.What, Mend: p.Mend, Err: err}
}
