package settings

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// Not parallel: it moves the user's home.
func TestFind(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(home, ".config"))
	t.Setenv("AppData", filepath.Join(home, "AppData"))
	dir, err := os.UserConfigDir()
	if err != nil {
		t.Fatal(err)
	}
	base := filepath.Join(dir, "PrintStation")
	usual := filepath.Join(base, "station.toml")
	named := filepath.Join(home, "bench.toml")
	write(t, named)

	check := func(what, config, data string, demo bool, want Place) {
		t.Helper()
		got, err := Find(config, data, demo)
		if err != nil || got != want {
			t.Errorf("%s: got %+v, %v; want %+v", what, got, err, want)
		}
	}
	check("nothing set up", "", "", false, Place{Data: filepath.Join(base, "demo"), Demo: true})
	check("demo with a folder", "", home, true, Place{Data: home, Demo: true})
	check("named", named, "", false, Place{Config: named, Data: filepath.Join(base, "data")})
	t.Chdir(home)
	check("named from here", "bench.toml", "", false, Place{Config: named, Data: filepath.Join(base, "data")})

	if _, err := Find(filepath.Join(home, "none.toml"), "", false); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a named file that is missing: %v", err)
	}
	if _, err := Find(named, "", true); !errors.Is(err, ErrDemoWithFile) {
		t.Errorf("demo with a file: %v", err)
	}

	write(t, usual)
	check("the usual file", "", "", false, Place{Config: usual, Data: filepath.Join(base, "data")})
	check("demo beside the usual file", "", "", true, Place{Data: filepath.Join(base, "demo"), Demo: true})
}

func write(t *testing.T, path string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(sample), 0o600); err != nil {
		t.Fatal(err)
	}
}
