package settings

import (
	"errors"
	"strings"
	"testing"

	"github.com/zalando/go-keyring"
)

// ring is a keyring of a few entries; broken makes every call fail with it.
type ring struct {
	entries map[string]string
	broken  error
}

func (r ring) Get(name string) (string, error) {
	if r.broken != nil {
		return "", r.broken
	}
	if s, ok := r.entries[name]; ok {
		return s, nil
	}
	return "", ErrNoSecret
}

func (r ring) Set(name, secret string) error { r.entries[name] = secret; return r.broken }

func TestResolve(t *testing.T) {
	t.Parallel()
	env := func(name string) (string, bool) {
		v, ok := map[string]string{"GOOD": " s3cret\n", "EMPTY": " "}[name]
		return v, ok
	}
	good := ring{entries: map[string]string{"dy1": "kept", "blank": ""}}
	for name, c := range map[string]struct {
		ref  SecretRef
		ring Keyring
		want string
		id   string
	}{
		"variable":       {"env:GOOD", nil, "s3cret", ""},
		"no variable":    {"env:NONE", nil, "", "secret_env"},
		"empty variable": {"env:EMPTY", nil, "", "secret_env"},
		"keyring":        {"keyring:dy1", good, "kept", ""},
		"no entry":       {"keyring:dy9", good, "", "secret_unset"},
		"empty entry":    {"keyring:blank", good, "", "secret_unset"},
		"keyring broken": {"keyring:dy1", ring{broken: errors.New("no session bus")}, "", "secret_keyring"},
		"no keyring":     {"keyring:dy1", nil, "", "secret_keyring"},
		"literal":        {"hunter2hunter2", good, "", "secret_form"},
		"literal colon":  {"env:hunter 2", good, "", "secret_form"},
	} {
		got, err := Resolve(c.ref, env, c.ring)
		if got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
		if c.id == "" {
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		var se *SecretError
		if !errors.As(err, &se) || se.What.ID != "settings."+c.id {
			t.Errorf("%s: got %v, want settings.%s", name, err, c.id)
			continue
		}
		if strings.Contains(err.Error(), "hunter") {
			t.Errorf("%s: the secret is repeated: %v", name, err)
		}
		speaks(t, Problem{What: se.What, Mend: se.Mend}, "hunter")
	}
}

// Not parallel: the keyring package has one provider for the whole program.
func TestSystemKeyring(t *testing.T) {
	keyring.MockInit()
	var k SystemKeyring
	if _, err := k.Get("dy1"); !errors.Is(err, ErrNoSecret) {
		t.Errorf("empty keyring: %v", err)
	}
	if err := k.Set("dy1", "kept"); err != nil {
		t.Fatal(err)
	}
	if got, err := k.Get("dy1"); got != "kept" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
	keyring.MockInitWithError(errors.New("no session bus"))
	if _, err := k.Get("dy1"); err == nil || errors.Is(err, ErrNoSecret) {
		t.Errorf("broken keyring: %v", err)
	}
}
