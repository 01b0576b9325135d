package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"printstation/app"
	"printstation/app/settings"
	"printstation/app/shipping"
)

func TestWrongUse(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{
		{"nonsense"}, {"--nonsense"}, {"batch", "--wait", "soon"}, {"batch", "--limit", "x"}, {"failed", "retry"},
		{"failed", "retry", "--all", "dy1/1"}, {"failed", "list"}, {"uncertain", "printed"}, {"uncertain", "lost", "17"},
		{"uncertain", "found", "dy1/1-1"}, {"doctor", "now"}, {"version", "1"}, {"--demo", "--config", "x.toml"},
	} {
		r := newRun(&fakeBench{}).do(t, args...)
		r.wantCode(t, ExitUsage)
		if r.stdout != "" || r.stderr == "" || strings.Contains(r.stderr, "cli.") {
			t.Errorf("%v says %q and %q", args, r.stdout, r.stderr)
		}
	}
}

// A settings file at fault stops every command before anything is opened, with file, line and mend.
func TestSettingsAtFault(t *testing.T) {
	t.Parallel()
	path := settingsFile(t, strings.Replace(goodSettings, `"env:S"`, `"hunter2"`, 1))
	for _, args := range [][]string{{"batch"}, {"failed"}, {"uncertain"}, {"failed", "retry", "--all"}} {
		r := newRun(&fakeBench{})
		r.deps.OpenBench = func(context.Context, Options) (Bench, func() error, error) {
			t.Error("the bench is opened")
			return nil, nil, errors.New("no")
		}
		r.do(t, append(args, "--config", path, "--data", t.TempDir())...)
		r.wantCode(t, ExitUsage)
		wantSaid(t, r.stderr, path+":8:1: ", "→ ", "secret set NAME")
		if strings.Contains(r.stderr, "hunter2") {
			t.Error("the secret is shown")
		}
	}
}

// A named file that is missing never starts the demo.
func TestNamedFileMissing(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "station.toml")
	for _, args := range [][]string{{"batch"}, {"failed"}, {}} {
		r := newRun(&fakeBench{})
		r.deps.OpenBench = func(_ context.Context, o Options) (Bench, func() error, error) {
			t.Errorf("the bench is opened, demo %v", o.Demo)
			return nil, nil, errors.New("no")
		}
		r.deps.RunWindow = func(_ context.Context, o Options) error {
			t.Errorf("the window is opened, demo %v", o.Demo)
			return nil
		}
		r.do(t, append(args, "--config", path)...)
		r.wantCode(t, ExitUsage)
		wantSaid(t, r.stderr, path, "does not exist")
	}
}

func TestGoodSettingsReachTheBench(t *testing.T) {
	t.Parallel()
	path, data := settingsFile(t, goodSettings), t.TempDir()
	r := newRun(&fakeBench{})
	open := r.deps.OpenBench
	r.deps.OpenBench = func(ctx context.Context, o Options) (Bench, func() error, error) {
		if o.Demo || o.Data != data || o.Config != path || len(o.Settings.Shops) != 1 || o.Words.Lang() != "en" {
			t.Errorf("opened with %+v", o)
		}
		return open(ctx, o)
	}
	r.do(t, "batch", "--config", path, "--data", data).wantCode(t, ExitOK)
}

func TestLanguageOfSettings(t *testing.T) {
	t.Parallel()
	path := settingsFile(t, strings.Replace(goodSettings, `name = "A1"`, "name = \"A1\"\nlanguage = \"zh\"", 1))
	r := newRun(&fakeBench{}).do(t, "failed", "--config", path, "--data", t.TempDir())
	wantSaid(t, r.stdout, "没有失败的")
	r.do(t, "failed", "--config", path, "--data", t.TempDir(), "--lang", "en")
	wantSaid(t, r.stdout, "nothing failed")
}

func TestOpeningFails(t *testing.T) {
	t.Parallel()
	_, missing := settings.Resolve("env:S", func(string) (string, bool) { return "", false }, nil)
	running := errors.New("held")
	for name, c := range map[string]struct {
		err  error
		code int
		said string
	}{
		"secret missing": {fmt.Errorf("open: %w", missing), ExitUsage, "set S before the start"},
		"store held":     {fmt.Errorf("open: %w", running), ExitAttention, "→ said by the store"},
		"read-only disk": {fmt.Errorf("open: %w", &fs.PathError{Op: "mkdir", Path: "/data/x", Err: syscall.EROFS}), ExitAttention, "/data/x cannot be used"},
		"unknown":        {errors.New("hardware on fire"), ExitAttention, "hardware on fire"},
		"refused":        {&app.RefusedError{Reason: shipping.Because("station.cancel_nothing")}, ExitAttention, "number"},
		"interrupted":    {context.Canceled, ExitAttention, "stopped"},
	} {
		r := newRun(&fakeBench{})
		r.deps.OpenBench = func(context.Context, Options) (Bench, func() error, error) { return nil, nil, c.err }
		r.deps.Reason = func(err error) (shipping.Reason, bool) {
			return shipping.Because("→ said by the store"), errors.Is(err, running)
		}
		r.do(t, "batch", "--demo", "--data", t.TempDir()).wantCode(t, c.code)
		if !strings.Contains(r.stderr, c.said) {
			t.Errorf("%s: says %q", name, r.stderr)
		}
	}
}

func TestWindow(t *testing.T) {
	t.Parallel()
	path := settingsFile(t, goodSettings)
	r := newRun(&fakeBench{})
	shown := 0
	r.deps.RunWindow = func(_ context.Context, o Options) error {
		shown++
		if o.Config != path {
			t.Errorf("shown with %+v", o.Place)
		}
		return nil
	}
	r.do(t, "--config", path).wantCode(t, ExitOK)

	bad := settingsFile(t, strings.Replace(goodSettings, "fengchao", "ebay", 1))
	r.deps.RunWindow = func(_ context.Context, o Options) error {
		shown++
		if len(o.Problems) != 1 {
			t.Errorf("problems %v", o.Problems)
		}
		return nil
	}
	r.do(t, "--config", bad).wantCode(t, ExitUsage)
	wantSaid(t, r.stderr, bad+":5:1: ")
	if shown != 2 {
		t.Errorf("shown %d times", shown)
	}
}

func TestHelpSpeaksBothLanguages(t *testing.T) {
	t.Parallel()
	all := []string{"batch", "failed", "uncertain", "doctor", "version", "--config", "--data", "--demo", "--json"}
	for lang, said := range map[string]string{"en": "Commands:", "zh": "命令"} {
		r := newRun(&fakeBench{}).do(t, "--help", "--lang", lang)
		r.wantCode(t, ExitOK)
		wantSaid(t, r.stdout, append(all, said)...)
		if strings.Contains(r.stdout, "cli.") || strings.Contains(r.stdout, "secret ") {
			t.Errorf("help has ids, or a command without its parts:\n%s", r.stdout)
		}
	}
	wantSaid(t, newRun(&fakeBench{}).do(t, "batch", "--help").stdout, "parcels = invalid + held", "--limit")
}

func TestVersion(t *testing.T) {
	t.Parallel()
	wantSaid(t, newRun(&fakeBench{}).do(t, "version").stdout, "printstation 9.9.9")
	wantSaid(t, newRun(&fakeBench{}).do(t, "--version").stdout, "9.9.9")
	var got map[string]string
	if err := json.Unmarshal([]byte(newRun(&fakeBench{}).do(t, "version", "--json").stdout), &got); err != nil || got["version"] != "9.9.9" {
		t.Errorf("got %v, %v", got, err)
	}
}

// Every command has its help in both languages, and its line in the README.
func TestEveryCommandIsTold(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	full := func() *run {
		r := newRun(&fakeBench{})
		r.deps.Keyring = &keyring{}
		r.deps.OpenRecovery = func(context.Context, Options) (Recovery, func() error, error) { return nil, nil, nil }
		r.deps.ServeSandbox = func(context.Context, SandboxOptions, func(SandboxAccess)) error { return nil }
		return r
	}
	for _, path := range []string{
		"batch", "failed", "failed retry", "uncertain", "uncertain printed", "uncertain lost", "secret", "secret set",
		"recovery", "recovery export", "recovery import", "sandbox", "doctor", "version",
	} {
		last := path[strings.LastIndex(path, " ")+1:]
		if !strings.Contains(string(readme), path) && !strings.Contains(string(readme), "`"+last+"`") {
			t.Errorf("the README does not tell of %q", path)
		}
		for _, lang := range []string{"en", "zh"} {
			r := full().do(t, append(strings.Fields(path), "--help", "--lang", lang)...)
			r.wantCode(t, ExitOK)
			if strings.Contains(r.stdout, "cli.") || !strings.Contains(r.stdout, "printstation "+path) {
				t.Errorf("%s %s:\n%s", lang, path, r.stdout)
			}
		}
	}
}
