package settings

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Place is where a run of the program keeps its things.
type Place struct {
	Config string // the settings file, absolute; "" in the demo
	Data   string // the folder of store, keys and log; the demo has its own
	Demo   bool
}

// Find decides between demo and live. A file that is named is used, or it is an error that it is missing. Without a
// name the usual file is used; only when that does not exist the demo starts. A demo asked for outright reads no file.
func Find(config, data string, demo bool) (Place, error) {
	if demo && config != "" {
		return Place{}, fmt.Errorf("settings: %w", ErrDemoWithFile)
	}
	p := Place{Config: config, Data: data, Demo: demo}
	home, err := home(config == "" && !demo || data == "")
	if err != nil {
		return Place{}, err
	}
	if config == "" && !demo {
		p.Config = filepath.Join(home, "station.toml")
	}
	if p.Config != "" {
		if p.Config, err = filepath.Abs(p.Config); err != nil { // people are told where it was looked for
			return Place{}, fmt.Errorf("settings: %w", err)
		}
		_, err := os.Stat(p.Config)
		switch {
		case errors.Is(err, fs.ErrNotExist) && config == "":
			p.Config, p.Demo = "", true
		case err != nil:
			return Place{}, fmt.Errorf("settings: %w", err)
		}
	}
	if p.Data == "" {
		p.Data = filepath.Join(home, "data")
		if p.Demo {
			p.Data = filepath.Join(home, "demo")
		}
	}
	if p.Data, err = filepath.Abs(p.Data); err != nil {
		return Place{}, fmt.Errorf("settings: %w", err)
	}
	return p, nil
}

// ErrDemoWithFile says that --demo and a settings file were asked for at once.
var ErrDemoWithFile = errors.New("the demo reads no settings file")

// home is the program's folder in the user's configuration: ~/.config/PrintStation, ~/Library/Application
// Support/PrintStation, %AppData%\PrintStation. It is not looked up when nobody needs it, for a service may have none.
func home(needed bool) (string, error) {
	if !needed {
		return "", nil
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", fmt.Errorf("settings: no folder for this user's settings: %w", err)
	}
	return filepath.Join(dir, "PrintStation"), nil
}
