package cli

import (
	"context"
	"encoding/json"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"printstation/app/doctor"
	"printstation/app/settings"
	"printstation/printing"
)

func TestDoctor(t *testing.T) {
	t.Parallel()
	good := settingsFile(t, goodSettings)
	bad := settingsFile(t, strings.Replace(goodSettings, "fengchao", "fengcha", 1))
	_, noSecret := settings.Resolve("keyring:dy1", nil, nil)
	ready := func(context.Context) (printing.PrinterState, error) {
		return printing.PrinterState{Ready: true, Device: "Zebra", MediaFit: true}, nil
	}
	silent := func(context.Context) (printing.PrinterState, error) {
		return printing.PrinterState{}, errors.New("connection refused")
	}
	for name, c := range map[string]struct {
		args   []string
		probes doctor.Probes
		code   int
		en, zh string
	}{
		"all well":       {[]string{"--config", good}, doctor.Probes{Printers: []doctor.Printer{{ID: "bench", State: ready}}}, ExitOK, "all is well", "一切正常"},
		"demo":           {[]string{"--demo"}, doctor.Probes{}, ExitOK, "demo mode", "演示模式"},
		"settings":       {[]string{"--config", bad}, doctor.Probes{}, ExitUsage, "did you mean fengchao?", "是不是 fengchao"},
		"no file":        {[]string{"--config", good + ".none"}, doctor.Probes{}, ExitUsage, "does not exist", "不存在"},
		"no secret":      {[]string{"--config", good}, doctor.Probes{Shops: []doctor.Shop{{ID: "dy1", SecretErr: noSecret}}}, ExitUsage, "keyring does not open", "系统钥匙串打不开"},
		"silent printer": {[]string{"--config", good}, doctor.Probes{Printers: []doctor.Printer{{ID: "bench", State: silent}}}, ExitAttention, "does not answer: connection refused", "没有应答"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for lang, said := range map[string]string{"en": c.en, "zh": c.zh} {
				r := newRun(&fakeBench{})
				r.deps.Probes = func(context.Context, Options) doctor.Probes { return c.probes }
				r.do(t, append([]string{"doctor", "--lang", lang, "--data", t.TempDir()}, c.args...)...).wantCode(t, c.code)
				wantSaid(t, r.stdout, said)
				if strings.Contains(r.stdout, "doctor.") || strings.Contains(r.stdout, "settings.") || strings.Contains(r.stdout, "<no value>") {
					t.Errorf("an id is shown:\n%s", r.stdout)
				}
			}
		})
	}
}

// With settings at fault doctor names the line, and still looks at what does not depend on them.
func TestDoctorJSON(t *testing.T) {
	t.Parallel()
	path := settingsFile(t, strings.Replace(goodSettings, "fengchao", "fengcha", 1))
	r := newRun(&fakeBench{})
	dir := t.TempDir()
	r.deps.Probes = func(_ context.Context, o Options) doctor.Probes {
		return doctor.Probes{DataDir: o.Data, Fonts: func() ([]string, error) { return []string{"Noto"}, nil }}
	}
	r.do(t, "doctor", "--json", "--config", path, "--data", filepath.Join(dir, "new")).wantCode(t, ExitUsage)
	var got checkup
	if err := json.Unmarshal([]byte(r.stdout), &got); err != nil {
		t.Fatal(err)
	}
	if got.Worst != doctor.Fail || len(got.Checks) < 4 {
		t.Fatalf("got %+v", got)
	}
	first := got.Checks[0]
	if first.Area != doctor.AreaSettings || first.Line != 5 || first.Mend == "" || first.Level != doctor.Fail {
		t.Errorf("the settings' finding is %+v", first)
	}
	wantSaid(t, r.stdout, `"fonts"`, `"data"`)
}
