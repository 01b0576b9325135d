package launch

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"printstation/app/bench"
	"printstation/app/settings"
	"printstation/app/shipping"
	"printstation/assets/words"
	"printstation/platform"
	"printstation/platform/fengchao"
	"printstation/printing"
	"printstation/printing/folder"
	"printstation/printing/ipp"
	"printstation/storage"
	"printstation/ui/cli"
)

// whole is the program with the parts that main hands it, but for the window system.
func whole() program {
	return program{Parts{
		Version: "1.2.3", Adapters: []platform.Opener{fengchao.Opener()},
		Printers: append([]printing.Opener{folder.Opener()}, ipp.Openers()...),
	}}
}

// The settings are checked against what the program can do, and nothing else.
func TestKnown(t *testing.T) {
	t.Parallel()
	k := whole().known()
	if strings.Join(k.Platforms, " ") != "fengchao" || !strings.HasPrefix(strings.Join(k.Schemes, " "), "folder ipp") {
		t.Errorf("platforms %v, schemes %v", k.Platforms, k.Schemes)
	}
	for carrier, known := range map[shipping.Carrier]bool{"zhongtong": true, "shunfeng": true, "pony": false} {
		if k.Carrier(carrier) != known {
			t.Errorf("carrier %s: %v", carrier, !known)
		}
	}
	for _, c := range []struct {
		platform string
		channel  int
		known    bool
	}{{"fengchao", 1, true}, {"fengchao", 56, true}, {"fengchao", 54, false}, {"fengchao", 9999, false}, {"another", 9999, true}} {
		if k.Channel(c.platform, c.channel) != c.known {
			t.Errorf("channel %d of %s: %v", c.channel, c.platform, !c.known)
		}
	}
}

func TestLabelFolder(t *testing.T) {
	t.Parallel()
	two := settings.Settings{Printers: []settings.Printer{
		{ID: "paper", URI: "ipp://localhost/ipp/print", Default: true}, {ID: "files", URI: "folder:/srv/labels"},
	}}
	one := settings.Settings{Printers: []settings.Printer{{ID: "files", URI: "folder:/srv/labels", Default: true}}}
	for name, c := range map[string]struct {
		settings settings.Settings
		demo     bool
		id, want string
	}{
		"demo":              {settings.Settings{}, true, "", filepath.Join("data", "labels")},
		"the only one":      {one, false, "", "/srv/labels"},
		"default of paper":  {two, false, "", ""},
		"one that is named": {two, false, "files", "/srv/labels"},
		"no such printer":   {two, false, "none", ""},
		"no printer at all": {settings.Settings{}, false, "", ""},
	} {
		o := cli.Options{Place: settings.Place{Data: "data", Demo: c.demo}, Settings: c.settings}
		if got := whole().labelFolder(o, c.id); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// The log grows beside the store, is set aside once when it is large, and is done without where nothing can be written.
func TestFileLog(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "data")
	write := func(line string) {
		t.Helper()
		log, done := fileLog(data)
		log.Warn(line)
		done()
	}
	write("first")
	write("second")
	path := filepath.Join(data, "printstation.log")
	if got := read(t, path); !strings.Contains(got, "first") || !strings.Contains(got, "second") {
		t.Errorf("the log holds %q", got)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm()&0o077 != 0 && os.PathSeparator == '/' {
		t.Errorf("others may read the log: %v, %v", info.Mode(), err)
	}
	if err := os.WriteFile(path, bytes.Repeat([]byte("old line\n"), logLimit/9+1), 0o600); err != nil {
		t.Fatal(err)
	}
	write("third")
	if got := read(t, path); !strings.Contains(got, "third") || strings.Contains(got, "old line") {
		t.Errorf("after it was set aside the log holds %d bytes", len(got))
	}
	if got := read(t, path+".1"); !strings.HasPrefix(got, "old line") {
		t.Error("the older log is gone")
	}
	data = filepath.Join(path, "under-a-file")
	write("to nobody")
}

func read(t *testing.T, path string) string {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// A store of the other mode is wrong use, which no running again will mend; one that is held is not.
func TestOpenMarksWrongUse(t *testing.T) {
	t.Parallel()
	w, err := words.For("en")
	if err != nil {
		t.Fatal(err)
	}
	o := cli.Options{Place: settings.Place{Data: t.TempDir(), Demo: true}, Words: w}
	db, err := bench.OpenStore(o.Data, true, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var wrong *cli.UsageError
	if _, _, err := whole().openBench(t.Context(), o); !errors.Is(err, storage.ErrRunning) || errors.As(err, &wrong) {
		t.Errorf("a store that is held: %v", err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	o.Demo = false
	if _, _, err := whole().openBench(t.Context(), o); !errors.Is(err, storage.ErrMode) || !errors.As(err, &wrong) {
		t.Errorf("a store of the demo: %v", err)
	}
	if _, _, err := whole().openRecovery(t.Context(), o); !errors.As(err, &wrong) {
		t.Errorf("its recovery: %v", err)
	}
}

// What hinders a window is told in it with place, fault and mend, as on a terminal.
func TestProblemLines(t *testing.T) {
	t.Parallel()
	w, err := words.For("zh")
	if err != nil {
		t.Fatal(err)
	}
	_, problems := settings.Parse([]byte("[station]\nname = 7\n"), t.TempDir(), whole().known())
	lines := problemLines(cli.Options{Words: w, Problems: problems})
	if len(lines) != len(problems) || !strings.Contains(strings.Join(lines, "\n"), "2:1  name 应当是文字  → 给 name 的值加上英文双引号") {
		t.Errorf("got %q", lines)
	}
	if got := say(w, errors.Join(errors.New("outer"), &storage.PathError{Path: "x.db", Kind: storage.ErrDiskFull})); !strings.HasPrefix(got, "磁盘已满") {
		t.Errorf("said %q", got)
	}
	if got := say(w, errors.New("plain")); got != "plain" {
		t.Errorf("said %q", got)
	}
}
