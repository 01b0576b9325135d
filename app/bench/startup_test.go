package bench_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"printstation/platform/sandbox"
)

// start says how one run of the program differs from a good one. The zero value is a good run.
type start struct {
	config string              // "": station.toml of the scene
	data   string              // "": the folder data of the scene
	bare   bool                // neither --config nor --data
	demo   bool                // --demo, and no --config
	env    []string            // after the usual variables
	stdin  string              // what is piped in
	wrap   func(cmd *exec.Cmd) // the last word on the process
}

// told is what a run left on its terminal.
type told struct {
	out, err string
	code     int
}

func (o told) all() string { return o.out + o.err }

// tell runs a command in a language to its end. Whatever happens, nobody is shown a stack, a secret or a telephone.
func (s *scene) tell(t *testing.T, how start, lang string, args ...string) told {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	cmd := s.starting(ctx, how, lang, args...)
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr, cmd.Stdin = &out, &said, strings.NewReader(how.stdin)
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatalf("%v: %v", args, err)
	}
	o := told{out.String(), said.String(), cmd.ProcessState.ExitCode()}
	keepsQuiet(t, o.all(), how)
	if log, err := os.ReadFile(filepath.Join(s.dataOf(how), "printstation.log")); err == nil {
		keepsQuiet(t, string(log), how)
	}
	return o
}

func (s *scene) starting(ctx context.Context, how start, lang string, args ...string) *exec.Cmd {
	args = append(args, "--lang", lang)
	config := how.config
	if config == "" {
		config = filepath.Join(s.dir, "station.toml")
	}
	switch {
	case how.demo:
		args = append(args, "--demo", "--data", s.dataOf(how))
	case !how.bare:
		args = append(args, "--config", config, "--data", s.dataOf(how))
	}
	cmd := exec.CommandContext(ctx, s.program, args...)
	cmd.Env = append(os.Environ(), "TEST_SECRET="+sandbox.DemoSecret, "LANG=zh_CN.UTF-8", "LC_ALL=", "HOME="+s.dir, "XDG_CONFIG_HOME="+s.dir,
		"DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent")
	cmd.Env = append(cmd.Env, how.env...)
	if how.wrap != nil {
		how.wrap(cmd)
	}
	return cmd
}

func (s *scene) dataOf(how start) string {
	if how.data != "" {
		return how.data
	}
	return filepath.Join(s.dir, "data")
}

var telephone = regexp.MustCompile(`(^|\D)1[3-9]\d{9}(\D|$)`)

func keepsQuiet(t *testing.T, text string, how start) {
	t.Helper()
	secrets := []string{sandbox.DemoSecret, strings.TrimSpace(how.stdin)}
	for _, v := range how.env {
		if _, value, _ := strings.Cut(v, "="); strings.Contains(v, "SECRET") {
			secrets = append(secrets, value)
		}
	}
	for _, secret := range secrets {
		if secret != "" && strings.Contains(text, secret) {
			t.Errorf("a secret is shown:\n%s", text)
		}
	}
	if m := telephone.FindString(text); m != "" {
		t.Errorf("a telephone number is shown, %q:\n%s", m, text)
	}
	for _, mark := range []string{"panic:", "goroutine ", "runtime error", "<no value>"} {
		if strings.Contains(text, mark) {
			t.Errorf("%q is shown:\n%s", mark, text)
		}
	}
}

// says checks what a person reads, in the language given.
func (o told) says(t *testing.T, code int, wants ...string) {
	t.Helper()
	if o.code != code {
		t.Errorf("exit %d, want %d:\n%s", o.code, code, o.all())
	}
	for _, want := range wants {
		if !strings.Contains(o.all(), want) {
			t.Errorf("it does not say %q:\n%s", want, o.all())
		}
	}
}

// line is what a command says of a trouble in both languages: what is wrong, where, and how to mend it.
type line struct {
	command string
	zh, en  []string
}

// trouble is something that hinders the start, or the work.
type trouble struct {
	prepare func(t *testing.T, s *scene) start // brings it about
	mend    func(t *testing.T, s *scene)       // nil: a good start is the mend
	batch   int                                // exit codes
	doctor  int
	lines   []line
}

// check lets both commands meet the trouble in both languages, mends it, and sees that nothing was lost by it.
func (tr trouble) check(t *testing.T, seed int) {
	t.Parallel()
	s := newScene(t, build(t), seed, 12)
	s.Faults(sandbox.Faults{})
	how := tr.prepare(t, s)
	for _, lang := range []string{"zh", "en"} {
		codes := map[string]int{"batch": tr.batch, "doctor": tr.doctor}
		for _, l := range tr.lines {
			wants := l.zh
			if lang == "en" {
				wants = l.en
			}
			args := []string{l.command}
			if l.command == "batch" {
				args = append(args, "--wait", "1s")
			}
			s.tell(t, how, lang, args...).says(t, codes[l.command], wants...)
		}
	}
	if tr.mend != nil {
		tr.mend(t, s)
	}
	s.confirmsAll(t)
}

// confirmsAll runs a good batch, and holds the outcome against the platform's own records.
func (s *scene) confirmsAll(t *testing.T) {
	t.Helper()
	o := s.tell(t, start{}, "zh", "batch", "--json", "--wait", "60s")
	if o.code != 0 {
		t.Fatalf("after mending: exit %d: %s", o.code, o.all())
	}
	var r report
	if err := json.Unmarshal([]byte(o.out), &r); err != nil {
		t.Fatalf("%v in %s", err, head(o.out))
	}
	if r.Failed+r.Uncertain+r.Waiting != 0 {
		t.Errorf("after mending: %d failed, %d uncertain, %d waiting", r.Failed, r.Uncertain, r.Waiting)
	}
	w := s.World()
	numbers := map[string]bool{}
	for _, b := range w.Waybills {
		if numbers[b.OrderID] || b.AskedElsewise > 0 {
			t.Errorf("order %s has two numbers, or was asked for in other bytes", b.OrderID)
		}
		numbers[b.OrderID] = true
	}
	shipped := 0
	for _, sh := range w.Shipments {
		if sh.Accepted != 1 {
			t.Errorf("the shipment of order %s was accepted %d times", sh.OrderID, sh.Accepted)
		}
		shipped++
	}
	if shipped != len(numbers) || shipped < 9 {
		t.Errorf("%d orders have a number and %d are shipped", len(numbers), shipped)
	}
}

// rewrite gives the scene's settings another file, with one text replaced by another.
func (s *scene) rewrite(t *testing.T, old, instead string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(s.dir, "station.toml"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(raw), old) {
		t.Fatalf("the settings do not hold %q", old)
	}
	path := filepath.Join(s.dir, "other.toml")
	if err := os.WriteFile(path, []byte(strings.Replace(string(raw), old, instead, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
