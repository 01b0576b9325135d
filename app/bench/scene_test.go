package bench_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"printstation/app/bench/benchtest"
	"printstation/platform/sandbox"
)

// build makes the program as it is shipped.
func build(t *testing.T) string {
	t.Helper()
	return benchtest.Program(t, "migrated_fynedo")
}

func TestMain(m *testing.M) { benchtest.Main(m) }

// scene is the program beside a simulated platform that runs as a process of its own and outlives every kill.
type scene struct {
	*benchtest.Platform
	t       *testing.T
	program string
	dir     string
	labels  string
	report  report
}

type report struct {
	Orders, Invalid, Parcels, Waybills, Printed, Confirmed, Failed, Uncertain, Waiting int
	Items                                                                              []struct {
		OrderIDs       []string `json:"order_ids"`
		TrackingNumber string   `json:"tracking_number"`
		State          string
		Document       string
		Page           int
		Reason         string
	}
}

func newScene(t *testing.T, program string, seed, orders int) *scene {
	t.Helper()
	dir := t.TempDir()
	s := &scene{t: t, program: program, dir: dir, labels: filepath.Join(dir, "labels")}
	s.Platform = benchtest.Serve(t, program, seed, orders)
	s.Faults(sandbox.Faults{
		Latency:  sandbox.Latency{MinMS: 5, MaxMS: 60},
		CutAfter: sandbox.Rule{Probability: 0.15, Calls: []string{"logistics/newcreateorder", "order/logistics/add"}},
	})
	if err := os.WriteFile(filepath.Join(dir, "station.toml"), []byte(s.Settings(s.labels)), 0o600); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *scene) command(ctx context.Context, args ...string) *exec.Cmd {
	args = append(args, "--config", filepath.Join(s.dir, "station.toml"), "--data", filepath.Join(s.dir, "data"), "--lang", "zh")
	cmd := exec.CommandContext(ctx, s.program, args...)
	cmd.Env = append(append(os.Environ(), "LANG=zh_CN.UTF-8"), benchtest.Environment(s.dir)...)
	return cmd
}

// run runs a command to its end and gives what it printed, and its exit code.
func (s *scene) run(args ...string) (string, int) {
	s.t.Helper()
	ctx, stop := context.WithTimeout(s.t.Context(), 3*time.Minute)
	defer stop()
	var out, said bytes.Buffer
	cmd := s.command(ctx, args...)
	cmd.Stdout, cmd.Stderr = &out, &said
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		s.t.Fatalf("%v: %v", args, err)
	}
	if cmd.ProcessState.ExitCode() == 2 || cmd.ProcessState.ExitCode() < 0 {
		s.t.Logf("%v: %s", args, said.String())
	}
	return out.String(), cmd.ProcessState.ExitCode()
}

func (s *scene) json(into any, args ...string) {
	s.t.Helper()
	out, _ := s.run(args...)
	if err := json.Unmarshal([]byte(out), into); err != nil {
		s.t.Fatalf("%v: %v in %s", args, err, head(out))
	}
}

// toShip gives the orders that the last report listed and the platform never had as shipped.
func (s *scene) toShip() []string {
	shipped := map[string]bool{}
	for _, sh := range s.World().Shipments {
		shipped[sh.OrderID] = sh.Accepted > 0
	}
	var ids []string
	for _, it := range s.report.Items {
		for _, id := range it.OrderIDs {
			if !shipped[id] {
				ids = append(ids, id)
			}
		}
	}
	return ids
}
