package doctor

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"printstation/app/settings"
	"printstation/app/shipping"
	"printstation/assets/words"
	"printstation/printing"
)

// at is a plausible now.
var at = time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)

func now() time.Time { return at }

func TestFindings(t *testing.T) {
	t.Parallel()
	_, secret := settings.Resolve("env:NONE", func(string) (string, bool) { return "", false }, nil)
	locked := errors.New("locked")
	away := shipping.Because("exchange.unreachable", "Detail", "connection refused")
	refused := func(class shipping.Class, why *shipping.Reason) error {
		return fmt.Errorf("probe: %w", &shipping.Fault{Class: class, Code: "1003", Message: "签名错误", Reason: why})
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	state := func(st printing.PrinterState, err error) []Printer {
		return []Printer{{ID: "bench", State: func(context.Context) (printing.PrinterState, error) { return st, err }}}
	}
	store := func(f StoreFacts, err error) func(context.Context) (StoreFacts, error) {
		return func(context.Context) (StoreFacts, error) { return f, err }
	}
	clock := func(off time.Duration) func(context.Context) (time.Time, error) {
		return func(context.Context) (time.Time, error) { return at.Add(off), nil }
	}
	reached := func(context.Context) error { return nil }
	for name, c := range map[string]struct {
		probes Probes
		area   Area
		level  Level
		id     string
	}{
		"no settings file":   {Probes{SettingsErr: fmt.Errorf("x: %w", fs.ErrNotExist), Config: "s.toml"}, AreaSettings, Fail, "doctor.no_file"},
		"unreadable file":    {Probes{SettingsErr: fs.ErrPermission}, AreaSettings, Fail, "doctor.file_unreadable"},
		"settings at fault":  {Probes{Problems: []settings.Problem{{Line: 7, Column: 1, What: shipping.Because("settings.no_shop"), Mend: shipping.Because("settings.no_shop_mend")}}}, AreaSettings, Fail, "settings.no_shop"},
		"settings in order":  {Probes{Config: "s.toml"}, AreaSettings, OK, "doctor.settings_ok"},
		"demo":               {Probes{Demo: true}, AreaSettings, OK, "doctor.demo"},
		"secret missing":     {Probes{Shops: []Shop{{ID: "dy1", SecretErr: secret}}}, AreaSecret, Fail, "settings.secret_env"},
		"secret found":       {Probes{Shops: []Shop{{ID: "dy1", Probe: reached}}}, AreaSecret, OK, "doctor.secret_ok"},
		"data folder":        {Probes{DataDir: t.TempDir()}, AreaData, OK, "doctor.data_ok"},
		"data in a file":     {Probes{DataDir: filepath.Join(file, "data")}, AreaData, Fail, "doctor.data_readonly"},
		"store opens":        {Probes{Store: store(StoreFacts{Path: "s.db", Schema: 1, Size: 5 << 20}, nil)}, AreaStore, OK, "doctor.store_live"},
		"demo store opens":   {Probes{Store: store(StoreFacts{Path: "s.db", Demo: true}, nil)}, AreaStore, OK, "doctor.store_demo"},
		"station runs":       {Probes{Store: store(StoreFacts{}, fmt.Errorf("%w: %w", ErrRunning, locked))}, AreaStore, Warn, "doctor.store_running"},
		"key works":          {Probes{Store: store(StoreFacts{KeyInSystem: true}, nil)}, AreaKey, OK, "doctor.key_keyring"},
		"key in a file":      {Probes{Store: store(StoreFacts{}, nil)}, AreaKey, OK, "doctor.key_file"},
		"key lost":           {Probes{Store: store(StoreFacts{KeyErr: locked}, nil)}, AreaKey, Fail, "said.by_the_store"},
		"store held":         {Probes{Store: store(StoreFacts{}, locked)}, AreaStore, Fail, "said.by_the_store"},
		"store unknown":      {Probes{Store: store(StoreFacts{}, errors.New("other"))}, AreaStore, Fail, "doctor.store_error"},
		"fonts":              {Probes{Fonts: func() ([]string, error) { return []string{"Noto"}, nil }}, AreaFonts, OK, "doctor.fonts_ok"},
		"fonts broken":       {Probes{Fonts: func() ([]string, error) { return nil, errors.New("cut off") }}, AreaFonts, Fail, "doctor.fonts_broken"},
		"clock":              {Probes{}, AreaClock, OK, "doctor.clock_ok"},
		"clock never set":    {Probes{Now: func() time.Time { return time.Unix(0, 0) }}, AreaClock, Fail, "doctor.clock_unset"},
		"clock off":          {Probes{Shops: []Shop{{ID: "dy1", Probe: reached, Clock: clock(-5 * time.Minute)}}}, AreaClock, Fail, "doctor.clock_off"},
		"clock agrees":       {Probes{Shops: []Shop{{ID: "dy1", Probe: reached, Clock: clock(2 * time.Second)}}}, AreaClock, OK, "doctor.clock_agrees"},
		"printer ready":      {Probes{Printers: state(printing.PrinterState{Ready: true, MediaFit: true}, nil)}, AreaPrinter, OK, "doctor.printer_ok"},
		"spooler":            {Probes{Printers: state(printing.PrinterState{Ready: true, MediaFit: true, Spooler: true}, nil)}, AreaPrinter, OK, "doctor.printer_spooler"},
		"printer silent":     {Probes{Printers: state(printing.PrinterState{}, errors.New("refused"))}, AreaPrinter, Fail, "doctor.printer_silent"},
		"printer explains":   {Probes{Printers: state(printing.PrinterState{}, &printing.Error{Op: "ipp: state", Reason: shipping.Because("printer.no_queue", "Printer", "x"), Err: errors.New("404")})}, AreaPrinter, Fail, "printer.no_queue"},
		"out of paper":       {Probes{Printers: state(printing.PrinterState{Reasons: []string{"media-empty"}}, nil)}, AreaPrinter, Fail, "doctor.printer_not_ready"},
		"wrong paper":        {Probes{Printers: state(printing.PrinterState{Ready: true}, nil)}, AreaPrinter, Warn, "doctor.printer_media"},
		"low on paper":       {Probes{Printers: state(printing.PrinterState{Ready: true, MediaFit: true, Reasons: []string{"media-low"}}, nil)}, AreaPrinter, Warn, "doctor.printer_reasons"},
		"shop reached":       {Probes{Shops: []Shop{{ID: "dy1", Probe: reached}}}, AreaShop, OK, "doctor.shop_ok"},
		"shop refuses":       {Probes{Shops: []Shop{{ID: "dy1", Probe: func(context.Context) error { return errors.New("签名错误") }}}}, AreaShop, Fail, "doctor.shop_fails"},
		"shop takes no key":  {Probes{Shops: []Shop{{ID: "dy1", Probe: func(context.Context) error { return refused(shipping.ClassUnauthorized, nil) }}}}, AreaShop, Fail, "doctor.shop_refuses"},
		"shop unreachable":   {Probes{Shops: []Shop{{ID: "dy1", Probe: func(context.Context) error { return refused(shipping.ClassTransient, &away) }}}}, AreaShop, Fail, "exchange.unreachable"},
		"shop without probe": {Probes{Shops: []Shop{{ID: "dy1"}}}, AreaShop, Warn, "doctor.shop_unprobed"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := c.probes
			if p.Now == nil {
				p.Now = now
			}
			p.Reason = func(err error) (shipping.Reason, bool) {
				return shipping.Because("said.by_the_store"), errors.Is(err, locked)
			}
			r := Examine(t.Context(), p)
			f, ok := find(r, c.area, c.id)
			if !ok || f.Level != c.level {
				t.Fatalf("no finding %s %s in %+v", c.level, c.id, r.Findings)
			}
			if c.level == Fail && r.Worst() != Fail {
				t.Errorf("the worst is %s", r.Worst())
			}
			if want := c.level == Fail && (c.area == AreaSettings || c.area == AreaSecret); r.SettingsAtFault() != want {
				t.Errorf("settings at fault: %v", r.SettingsAtFault())
			}
			saysItAll(t, f)
		})
	}
}

func find(r Report, area Area, id string) (Finding, bool) {
	for _, f := range r.Findings {
		if f.Area == area && f.Found.ID == id {
			return f, true
		}
	}
	return Finding{}, false
}

// saysItAll checks that both languages have the sentences with all their values, and a mend for what failed.
func saysItAll(t *testing.T, f Finding) {
	t.Helper()
	if strings.HasPrefix(f.Found.ID, "said.") {
		return
	}
	if f.Level == Fail && f.Mend.ID == "" && f.Found.ID != "doctor.store_error" &&
		!strings.HasPrefix(f.Found.ID, "printer.") && !strings.HasPrefix(f.Found.ID, "exchange.") {
		t.Errorf("%s says no mend", f.Found.ID)
	}
	for _, lang := range []string{"zh", "en"} {
		w, err := words.For(lang)
		if err != nil {
			t.Fatal(err)
		}
		for _, why := range []shipping.Reason{f.Found, f.Mend, {ID: "doctor.area_" + string(f.Area)}} {
			if said := w.T(why.ID, why.Data); why.ID != "" && (strings.Contains(said, why.ID) || strings.Contains(said, "<no value>")) {
				t.Errorf("%s: %q", lang, said)
			}
		}
	}
}

// A data folder that is not to be had is told once: the store would only tell it again in other words.
func TestNoFolderNoStore(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	r := Examine(t.Context(), Probes{Now: now, DataDir: filepath.Join(file, "data"), Store: func(context.Context) (StoreFacts, error) {
		t.Error("the store was opened")
		return StoreFacts{}, nil
	}})
	if _, ok := find(r, AreaData, "doctor.data_readonly"); !ok {
		t.Errorf("got %+v", r.Findings)
	}
}

// A printer that never answers neither hangs the examination nor hides the rest.
func TestDeadline(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	p := Probes{Now: now, Printers: []Printer{{ID: "dead", State: func(ctx context.Context) (printing.PrinterState, error) {
		if _, ok := ctx.Deadline(); !ok {
			t.Error("a check without a deadline")
		}
		cancel()
		<-ctx.Done()
		return printing.PrinterState{}, ctx.Err()
	}}}}
	r := Examine(ctx, p)
	if f, ok := find(r, AreaPrinter, "doctor.printer_silent"); !ok || f.Name != "dead" {
		t.Errorf("got %+v", r.Findings)
	}
	if _, ok := find(r, AreaClock, "doctor.clock_ok"); !ok {
		t.Error("the clock was not looked at")
	}
}

// The shop's secret comes first: without it the shop is not called.
func TestNoCallWithoutSecret(t *testing.T) {
	t.Parallel()
	Examine(t.Context(), Probes{Now: now, Shops: []Shop{{ID: "dy1", SecretErr: errors.New("none"), Probe: func(context.Context) error {
		t.Error("the shop was called")
		return nil
	}}}})
}

func TestServerClock(t *testing.T) {
	t.Parallel()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodHead || r.URL.RawQuery != "" {
			t.Errorf("asked by %s %s", r.Method, r.URL)
		}
		if r.URL.Path == "/none" {
			w.Header()["Date"] = nil
			return
		}
		w.Header().Set("Date", at.Format(http.TimeFormat))
		w.WriteHeader(http.StatusNotFound)
	}))
	defer srv.Close()
	if got, err := ServerClock(t.Context(), srv.URL); err != nil || !got.Equal(at) {
		t.Errorf("got %v, %v", got, err)
	}
	if _, err := ServerClock(t.Context(), srv.URL+"/none"); !errors.Is(err, ErrNoDate) {
		t.Errorf("without a date: %v", err)
	}
	srv.Close()
	if _, err := ServerClock(t.Context(), srv.URL); err == nil {
		t.Error("a server that is gone tells the time")
	}
}

func TestWritable(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "a", "b")
	if err := writable(dir); err != nil {
		t.Fatal(err)
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 0 {
		t.Errorf("it leaves %v behind, %v", left, err)
	}
	if free, err := freeSpace(dir); err != nil || free == 0 {
		t.Errorf("free space %d, %v", free, err)
	}
}
