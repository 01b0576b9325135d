package bench_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"printstation/platform/sandbox"
)

// A platform that will not list its orders for a moment does not keep a batch from doing them.
func TestLoadIsTriedAgain(t *testing.T) {
	t.Parallel()
	s := newScene(t, build(t), 161, 12)
	s.Faults(sandbox.Faults{
		RateLimit: sandbox.RateLimit{Rule: sandbox.Rule{Next: 1, Calls: []string{"trade/list"}}, WaitSeconds: 1},
		CutBefore: sandbox.Rule{Next: 1, Calls: []string{"trade/list"}},
	})
	s.batch()
	if r := s.report; r.Orders < 12 || r.Confirmed == 0 || r.Waiting != 0 {
		t.Errorf("after two refusals to list: %d orders, %d confirmed, %d waiting", r.Orders, r.Confirmed, r.Waiting)
	}
}

// Without a display the window says so, and what can be done without one.
func TestNoDisplay(t *testing.T) {
	t.Parallel()
	for _, display := range []string{"DISPLAY=", "DISPLAY=:4095"} { // none, and one that is dead
		for lang, mend := range map[string]string{"zh": "没有显示器", "en": "There is no display"} {
			cmd := exec.Command(build(t), "--demo", "--data", t.TempDir(), "--lang", lang)
			cmd.Env = append(os.Environ(), display, "WAYLAND_DISPLAY=", "LANG=zh_CN.UTF-8")
			out, err := cmd.CombinedOutput()
			if err == nil || cmd.ProcessState.ExitCode() != 1 || !strings.Contains(string(out), mend) || !strings.Contains(string(out), "printstation batch") {
				t.Errorf("%s: exit %d: %s", display, cmd.ProcessState.ExitCode(), head(string(out)))
			}
			if strings.Contains(string(out), "goroutine ") {
				t.Errorf("%s: it panics: %s", display, head(string(out)))
			}
		}
	}
}
