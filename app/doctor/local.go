package doctor

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"time"

	"printstation/app/settings"
)

// Free space of the data folder's disk, bytes.
const (
	scarce = 1 << 30  // a store of a busy month
	tooFew = 64 << 20 // a few hundred labels more
)

// earliest is before the first version of this program: a clock that shows less was never set.
var earliest = time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)

func (p Probes) settings(context.Context) []Finding {
	switch {
	case p.SettingsErr != nil && errors.Is(p.SettingsErr, fs.ErrNotExist):
		return []Finding{found(AreaSettings, "", Fail, "no_file", "Path", p.Config).mended()}
	case p.SettingsErr != nil:
		return []Finding{found(AreaSettings, "", Fail, "file_unreadable", "Detail", p.SettingsErr.Error()).mended()}
	case p.Demo:
		return []Finding{found(AreaSettings, "", OK, "demo")}
	case len(p.Problems) == 0:
		return []Finding{found(AreaSettings, "", OK, "settings_ok", "Path", p.Config)}
	}
	var faults []Finding
	for _, pr := range p.Problems {
		f := Finding{Area: AreaSettings, Level: Fail, Line: pr.Line, Found: pr.What, Mend: pr.Mend}
		if pr.Line > 0 {
			f.Name = fmt.Sprintf("%d:%d", pr.Line, pr.Column)
		}
		faults = append(faults, f)
	}
	return faults
}

func (p Probes) secrets(context.Context) []Finding {
	var fs []Finding
	for _, s := range p.Shops {
		var se *settings.SecretError
		switch {
		case s.SecretErr == nil:
			fs = append(fs, found(AreaSecret, string(s.ID), OK, "secret_ok"))
		case errors.As(s.SecretErr, &se):
			fs = append(fs, Finding{Area: AreaSecret, Name: string(s.ID), Level: Fail, Found: se.What, Mend: se.Mend})
		default:
			fs = append(fs, found(AreaSecret, string(s.ID), Fail, "secret_other", "Detail", s.SecretErr.Error()))
		}
	}
	return fs
}

// dataAndStore takes the folder first: the store can only be made in one that is there. Without one the store would
// only repeat, in other words, what is wrong with the folder.
func (p Probes) dataAndStore(ctx context.Context) []Finding {
	data := p.data()
	if p.DataDir != "" {
		if _, err := os.Stat(p.DataDir); err != nil {
			return data
		}
	}
	return append(data, p.store(ctx)...)
}

// data looks whether the data folder can be written and its disk has room.
func (p Probes) data() []Finding {
	if p.DataDir == "" {
		return nil
	}
	if err := writable(p.DataDir); err != nil {
		return []Finding{found(AreaData, "", Fail, "data_readonly", "Path", p.DataDir, "Detail", plainError(err)).mended()}
	}
	free, err := freeSpace(p.DataDir)
	if err != nil {
		return []Finding{found(AreaData, "", Warn, "space_unknown", "Path", p.DataDir, "Detail", plainError(err))}
	}
	left := size(int64(min(free, 1<<62)))
	switch {
	case free < tooFew:
		return []Finding{found(AreaData, "", Fail, "disk_full", "Path", p.DataDir, "Free", left).mended()}
	case free < scarce:
		return []Finding{found(AreaData, "", Warn, "disk_low", "Path", p.DataDir, "Free", left).mended()}
	}
	return []Finding{found(AreaData, "", OK, "data_ok", "Path", p.DataDir, "Free", left)}
}

// writable makes the folder if need be and puts a file into it for a moment.
func writable(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, ".doctor-*")
	if err != nil {
		return err
	}
	_, err = f.Write([]byte{0})
	return errors.Join(err, f.Close(), os.Remove(f.Name()))
}

func (p Probes) store(ctx context.Context) []Finding {
	if p.Store == nil {
		return nil
	}
	facts, err := p.Store(ctx)
	switch {
	case errors.Is(err, ErrRunning):
		return []Finding{found(AreaStore, "", Warn, "store_running", "Path", p.DataDir).mended()}
	case err != nil:
		return []Finding{p.storeError(AreaStore, err)}
	}
	id := "store_live"
	if facts.Demo {
		id = "store_demo"
	}
	store := found(AreaStore, "", OK, id, "Path", facts.Path, "Schema", strconv.Itoa(facts.Schema), "Size", size(facts.Size))
	return []Finding{store, p.key(facts)}
}

func (p Probes) key(facts StoreFacts) Finding {
	switch {
	case facts.KeyErr != nil:
		return p.storeError(AreaKey, facts.KeyErr)
	case facts.KeyInSystem:
		return found(AreaKey, "", OK, "key_keyring")
	}
	return found(AreaKey, "", OK, "key_file")
}

// storeError lets the store speak for itself; its sentences hold the mend.
func (p Probes) storeError(area Area, err error) Finding {
	if p.Reason != nil {
		if why, ok := p.Reason(err); ok {
			return Finding{Area: area, Level: Fail, Found: why}
		}
	}
	return found(area, "", Fail, "store_error", "Detail", err.Error())
}

func (p Probes) fonts(context.Context) []Finding {
	if p.Fonts == nil {
		return nil
	}
	names, err := p.Fonts()
	if err != nil {
		return []Finding{found(AreaFonts, "", Fail, "fonts_broken", "Detail", err.Error()).mended()}
	}
	return []Finding{found(AreaFonts, "", OK, "fonts_ok", "Names", strings.Join(names, ", "))}
}

func (p Probes) clock(context.Context) []Finding {
	now := p.Now()
	shown := now.Format("2006-01-02 15:04:05 -07:00")
	if now.Before(earliest) {
		return []Finding{found(AreaClock, "", Fail, "clock_unset", "Now", shown).mended()}
	}
	return []Finding{found(AreaClock, "", OK, "clock_ok", "Now", shown)}
}

// plainError drops the path that a file error repeats.
func plainError(err error) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err.Error()
	}
	return err.Error()
}

// size says bytes as people do.
func size(n int64) string {
	switch {
	case n >= 1<<30:
		return fmt.Sprintf("%.1f GB", float64(n)/(1<<30))
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
	}
	return fmt.Sprintf("%.1f KB", float64(n)/(1<<10))
}
