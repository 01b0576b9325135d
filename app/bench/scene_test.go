package bench_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"printstation/platform/sandbox"
)

// build makes the real program, once.
func build(t *testing.T) string {
	t.Helper()
	path, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

var built = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "printstation-program-")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "printstation")
	out, err := exec.Command("go", "build", "-tags", "migrated_fynedo", "-o", path, "printstation").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("build the program: %w\n%s", err, out)
	}
	return path, nil
})

func TestMain(m *testing.M) {
	code := m.Run()
	if path, err := built(); err == nil {
		_ = os.RemoveAll(filepath.Dir(path))
	}
	os.Exit(code)
}

// scene is the program beside a simulated platform that runs as a process of its own and outlives every kill.
type scene struct {
	t       *testing.T
	program string
	base    string // of the sandbox, without /gateway
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

// world is what the sandbox tells of itself.
type world = sandbox.Snapshot

func newScene(t *testing.T, program string, seed, orders int) *scene {
	t.Helper()
	dir := t.TempDir()
	s := &scene{t: t, program: program, dir: dir, labels: filepath.Join(dir, "labels")}
	access := s.serve(seed, orders)
	s.base = strings.TrimSuffix(access.BaseURL, "/gateway")
	s.faults(map[string]any{
		"latency":   map[string]any{"min_ms": 5, "max_ms": 60},
		"cut_after": map[string]any{"probability": 0.15, "calls": []string{"logistics/newcreateorder", "order/logistics/add"}},
	})
	settings := fmt.Sprintf(`
[station]
name = "A1"
[[shop]]
id = "dy1"
name = "抖店一号"
platform = "fengchao"
base_url = %q
app_id = %q
secret = "env:TEST_SECRET"
seller_nick = %q
channel = 1
user_id = -1
carrier = "zhongtong"
[shop.sender]
name = "仓库小王"
mobile = "13800000000"
province = "上海市"
city = "上海市"
district = "青浦区"
detail = "测试路1号"
[[printer]]
id = "bench"
uri = "folder:%s"
default = true
`, access.BaseURL, access.AppID, access.SellerNick, filepath.ToSlash(s.labels))
	if err := os.WriteFile(filepath.Join(dir, "station.toml"), []byte(settings), 0o600); err != nil {
		t.Fatal(err)
	}
	return s
}

type access struct {
	BaseURL    string `json:"base_url"`
	AppID      string `json:"app_id"`
	SellerNick string `json:"seller_nick"`
}

// serve starts `printstation sandbox` and waits until it tells where it listens.
func (s *scene) serve(seed, orders int) access {
	s.t.Helper()
	cmd := exec.Command(s.program, "sandbox", "--json", "--listen", "127.0.0.1:0", "--seed", fmt.Sprint(seed), "--orders", fmt.Sprint(orders))
	out, err := cmd.StdoutPipe()
	if err != nil {
		s.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	var a access
	if err := json.NewDecoder(bufio.NewReader(out)).Decode(&a); err != nil {
		s.t.Fatalf("sandbox: %v", err)
	}
	return a
}

func (s *scene) command(ctx context.Context, args ...string) *exec.Cmd {
	args = append(args, "--config", filepath.Join(s.dir, "station.toml"), "--data", filepath.Join(s.dir, "data"), "--lang", "zh")
	cmd := exec.CommandContext(ctx, s.program, args...)
	cmd.Env = append(os.Environ(), "TEST_SECRET="+sandbox.DemoSecret, "LANG=zh_CN.UTF-8", "HOME="+s.dir, "DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent")
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

func (s *scene) faults(f map[string]any) {
	s.t.Helper()
	raw, err := json.Marshal(f)
	if err != nil {
		s.t.Fatal(err)
	}
	req, err := http.NewRequest(http.MethodPut, s.base+"/sandbox/faults", bytes.NewReader(raw))
	if err != nil {
		s.t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode/100 != 2 {
		text, _ := io.ReadAll(resp.Body)
		s.t.Fatalf("faults: %s: %s", resp.Status, text)
	}
}

func (s *scene) world() world {
	s.t.Helper()
	resp, err := http.Get(s.base + "/sandbox/state")
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	var w world
	if err := json.NewDecoder(resp.Body).Decode(&w); err != nil {
		s.t.Fatal(err)
	}
	return w
}

// toShip gives the orders that the last report listed and the platform never had as shipped.
func (s *scene) toShip() []string {
	shipped := map[string]bool{}
	for _, sh := range s.world().Shipments {
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

// page is one label as it lies in the folder.
type page struct {
	file    string
	page    int
	number  string
	reprint bool
}

var trackingNumber = regexp.MustCompile(`\b7\d{13}\b`)

// pages reads every document in the folder.
func (s *scene) pages() []page {
	s.t.Helper()
	files, err := filepath.Glob(filepath.Join(s.labels, "*.pdf"))
	if err != nil {
		s.t.Fatal(err)
	}
	var all []page
	for _, file := range files {
		text, err := exec.Command("pdftotext", "-layout", file, "-").Output()
		if err != nil {
			s.t.Fatalf("pdftotext %s: %v", file, err)
		}
		for i, p := range strings.Split(strings.TrimSuffix(string(text), "\f"), "\f") {
			number := trackingNumber.FindString(p)
			all = append(all, page{file: filepath.Base(file), page: i + 1, number: number, reprint: strings.Contains(p, "补打")})
		}
	}
	return all
}
