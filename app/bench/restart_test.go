package bench_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"printstation/platform/sandbox"
)

// The key of personal data is lost: what is printed is confirmed all the same, what is not is held and says why, and
// the recovery key brings all of it back.
func TestKeyLost(t *testing.T) {
	t.Parallel()
	s := newScene(t, build(t), 151, 12)
	s.Faults(sandbox.Faults{HTTP500: sandbox.Rule{Probability: 1, Calls: []string{"order/logistics/add"}}})
	s.tell(t, start{}, "zh", "batch", "--limit", "4", "--wait", "200ms").says(t, 1)
	exported := s.tell(t, start{}, "en", "recovery", "export")
	exported.says(t, 0, "Write it down")
	key := strings.TrimSpace(exported.out)
	s.Faults(sandbox.Faults{})
	if err := os.Remove(filepath.Join(s.dir, "data", "station.db.master")); err != nil {
		t.Fatal(err)
	}

	s.tell(t, start{}, "zh", "doctor").says(t, 1, "✗  加密", "printstation recovery import", ".keys")
	s.tell(t, start{}, "en", "doctor").says(t, 1, "✗  key", "printstation recovery import", ".keys")
	s.tell(t, start{}, "zh", "recovery", "export").says(t, 1, "密钥不见了", "printstation recovery import")
	locked := s.tell(t, start{}, "zh", "batch", "--json", "--wait", "60s")
	s.heldForTheKey(t, locked)
	s.tell(t, start{}, "en", "batch").says(t, 1, "restore it with printstation recovery import")

	wrong := key[:len(key)-1] + "0"
	if wrong == key {
		wrong = key[:len(key)-1] + "1"
	}
	s.tell(t, start{stdin: wrong + "\n"}, "zh", "recovery", "import").says(t, 1, "第 14 组有误")
	s.tell(t, start{stdin: "\n"}, "en", "recovery", "import").says(t, 2, "no recovery key was given")
	s.tell(t, start{stdin: strings.ToLower(key) + "\n"}, "en", "recovery", "import").says(t, 0, "the key is restored")
	s.tell(t, start{}, "en", "doctor").says(t, 0, "the key of the personal data works")
	s.confirmsAll(t)
}

// heldForTheKey checks a batch without the key: the four that were printed are confirmed, the rest says what it lacks.
func (s *scene) heldForTheKey(t *testing.T, o told) {
	t.Helper()
	var r report
	if err := json.Unmarshal([]byte(o.out), &r); err != nil {
		t.Fatalf("%v in %s", err, head(o.all()))
	}
	if o.code != 1 || r.Confirmed != 4 || r.Printed != 4 || r.Failed+r.Uncertain+r.Waiting != 0 {
		t.Errorf("exit %d with %+v", o.code, r)
	}
	held := 0
	for _, it := range r.Items {
		if it.State == "held" && strings.Contains(it.Reason, "printstation recovery import") {
			held++
		}
	}
	if held < 5 {
		t.Errorf("%d parcels are held for the key", held)
	}
}

// A second start while the first still works is told so at once and changes nothing; the doctor sees no fault in it.
func TestSecondInstance(t *testing.T) {
	t.Parallel()
	s := newScene(t, build(t), 152, 12)
	s.Faults(sandbox.Faults{Latency: sandbox.Latency{MinMS: 1500, MaxMS: 1500}})
	first := s.starting(t.Context(), start{}, "zh", "batch", "--json")
	if err := first.Start(); err != nil {
		t.Fatal(err)
	}
	s.await(t, "the first instance's call", func() bool { return s.anyCall() })
	s.tell(t, start{}, "zh", "batch").says(t, 1, "已经在运行", "切换到已打开的窗口", "station.db")
	s.tell(t, start{}, "en", "failed").says(t, 1, "is running already", "use its window", "station.db")
	s.Faults(sandbox.Faults{})
	if err := first.Wait(); err != nil {
		t.Errorf("the first instance: %v", err)
	}
	s.confirmsAll(t)
}

// The doctor can be asked while the station runs.
func TestDoctorBesideStation(t *testing.T) {
	t.Parallel()
	s := newScene(t, build(t), 153, 12)
	s.Faults(sandbox.Faults{Latency: sandbox.Latency{MinMS: 1500, MaxMS: 1500}})
	first := s.starting(t.Context(), start{}, "zh", "batch")
	if err := first.Start(); err != nil {
		t.Fatal(err)
	}
	s.await(t, "the first instance's call", func() bool { return s.anyCall() })
	s.tell(t, start{}, "zh", "doctor").says(t, 0, "!  数据", "正在运行", "✓  店铺")
	s.Faults(sandbox.Faults{})
	if err := first.Wait(); err != nil {
		t.Errorf("the first instance: %v", err)
	}
	s.tell(t, start{}, "en", "doctor").says(t, 0, "all is well")
}

func (s *scene) anyCall() bool {
	for _, c := range s.World().Calls {
		if c.Total > 0 {
			return true
		}
	}
	return false
}

// await polls until a condition holds.
func (s *scene) await(t *testing.T, what string, holds func() bool) {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for !holds() {
		select {
		case <-ctx.Done():
			t.Fatalf("%s did not come", what)
		case <-tick.C:
		}
	}
}

// Without any settings the demo starts, says so, and its world outlives the process: a second batch has nothing to do.
func TestDemoByDefault(t *testing.T) {
	t.Parallel()
	s := &scene{t: t, program: build(t), dir: t.TempDir()}
	bare := start{bare: true}
	first := s.tell(t, bare, "zh", "batch")
	first.says(t, 1, "还没有设置文件，使用内置沙盒演示", "取号被拒")
	labels := s.demoLabels(t)
	var r report
	again := s.tell(t, bare, "en", "batch", "--json")
	if err := json.Unmarshal([]byte(again.out), &r); err != nil {
		t.Fatalf("%v in %s", err, head(again.all()))
	}
	again.says(t, first.code) // refused and held orders are listed again
	if r.Waybills != 0 || r.Printed != 0 || r.Confirmed != 0 || r.Uncertain+r.Waiting != 0 || r.Parcels == 0 {
		t.Errorf("the second batch: %+v", r)
	}
	for _, it := range r.Items {
		if it.Reason == "" {
			t.Errorf("order %v is %s without a reason", it.OrderIDs, it.State)
		}
	}
	if left := s.demoLabels(t); len(labels) == 0 || left != labels {
		t.Errorf("the labels were %q and are %q", labels, left)
	}
	s.tell(t, bare, "zh", "doctor").says(t, 0, "演示模式", "演示数据", "一切正常")
	s.tell(t, bare, "en", "doctor").says(t, 0, "demo mode", "demo data", "all is well")
	s.tell(t, bare, "en", "batch", "--limit", "1").says(t, first.code, "there is no settings file yet: this is the demo")
}

// demoLabels names the files that the demo has printed.
func (s *scene) demoLabels(t *testing.T) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(s.dir, "*", "demo", "labels", "*.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	more, err := filepath.Glob(filepath.Join(s.dir, "*", "*", "*", "demo", "labels", "*.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(append(files, more...), "\n")
}

// A computer without a keyring says so, when a secret is to be kept and when one is to be read, and names the way out.
func TestNoKeyring(t *testing.T) {
	t.Parallel()
	s := newScene(t, build(t), 154, 12)
	s.Faults(sandbox.Faults{})
	how := start{stdin: "piped-pass-8842\n"}
	s.tell(t, how, "zh", "secret", "set", "dy1").says(t, 1, "dy1 没有存进去", `env:变量名`)
	s.tell(t, how, "en", "secret", "set", "dy1").says(t, 1, "dy1 was not kept", `env:NAME`)
	s.tell(t, start{stdin: "\n"}, "zh", "secret", "set", "dy1").says(t, 2, "密钥是空的")
	how = start{config: s.rewrite(t, "env:TEST_SECRET", "keyring:dy1")}
	s.tell(t, how, "zh", "batch").says(t, 2, "系统钥匙串打不开，取不到 dy1", `env:变量名`)
	s.tell(t, how, "en", "doctor").says(t, 2, "✗  secret", "the system's keyring does not open", `env:NAME`)
	s.confirmsAll(t)
}
