package smoke_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"printstation/app/shipping"
	"printstation/platform"
	"printstation/platform/fengchao"
	"printstation/platform/sandbox"
	_ "printstation/printing/folder" // with the next: the program changes, and no cached result of this test holds
	_ "printstation/ui/launch"
)

// bench is a packing bench: the program's settings, data and labels, and the platform that it works against.
type bench struct {
	t       *testing.T
	program string
	dir     string
	account platform.Account
	screen  *screen
	said    bytes.Buffer // what every run of the window wrote to stderr
}

// build makes the program as it runs here: without the tag migrated_fynedo, so that Fyne tells of every widget that is
// touched off the window's thread.
func build(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "printstation")
	if out, err := exec.Command("go", "build", "-o", path, "printstation").CombinedOutput(); err != nil {
		t.Fatalf("build the program: %v\n%s", err, out)
	}
	return path
}

func newBench(t *testing.T, orders int) *bench {
	t.Helper()
	b := &bench{t: t, program: build(t), dir: t.TempDir(), screen: openScreen(t)}
	b.serve(orders)
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
`, b.account.BaseURL, b.account.AppID, b.account.SellerNick, filepath.ToSlash(b.labels()))
	if err := os.WriteFile(b.config(), []byte(settings), 0o600); err != nil {
		t.Fatal(err)
	}
	return b
}

func (b *bench) config() string { return filepath.Join(b.dir, "station.toml") }
func (b *bench) data() string   { return filepath.Join(b.dir, "data") }
func (b *bench) labels() string { return filepath.Join(b.dir, "labels") }

// serve starts the platform as a process that outlives every end of the window.
func (b *bench) serve(orders int) {
	b.t.Helper()
	args := []string{"sandbox", "--json", "--listen", "127.0.0.1:0", "--seed", "5", "--orders", fmt.Sprint(orders)}
	cmd := exec.Command(b.program, args...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	var access struct {
		BaseURL    string `json:"base_url"`
		AppID      string `json:"app_id"`
		SellerNick string `json:"seller_nick"`
	}
	if err := json.NewDecoder(bufio.NewReader(out)).Decode(&access); err != nil {
		b.t.Fatalf("sandbox: %v", err)
	}
	b.account = platform.Account{
		Shop: "dy1", BaseURL: access.BaseURL, AppID: access.AppID, Secret: sandbox.DemoSecret, SellerNick: access.SellerNick,
	}
}

// orders asks the platform for its orders, in clear where it has them in clear.
func (b *bench) orders() []shipping.Order {
	b.t.Helper()
	shop, err := fengchao.New(platform.Config{Account: b.account})
	if err != nil {
		b.t.Fatal(err)
	}
	var all []shipping.Order
	for o, err := range shop.PendingOrders(b.t.Context(), time.Time{}) {
		if err != nil {
			b.t.Fatal(err)
		}
		all = append(all, o)
	}
	return all
}

// world is what the platform has counted.
func (b *bench) world() sandbox.Snapshot {
	b.t.Helper()
	var w sandbox.Snapshot
	b.ask(http.MethodGet, "/sandbox/state", nil, &w)
	return w
}

func (b *bench) faults(f sandbox.Faults) {
	b.t.Helper()
	var set sandbox.Faults
	b.ask(http.MethodPut, "/sandbox/faults", f, &set)
}

func (b *bench) ask(method, path string, body, into any) {
	b.t.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		b.t.Fatal(err)
	}
	url := strings.TrimSuffix(b.account.BaseURL, "/gateway") + path
	req, err := http.NewRequestWithContext(b.t.Context(), method, url, bytes.NewReader(raw))
	if err != nil {
		b.t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		b.t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		b.t.Fatalf("%s %s: %s: %v: %s", method, path, resp.Status, err, text)
	}
	if err := json.Unmarshal(text, into); err != nil {
		b.t.Fatalf("%s %s: %v", method, path, err)
	}
}

var trackingNumber = regexp.MustCompile(`\b7\d{13}\b`)

// pages gives the tracking number of every page in the folder of the labels, how often it is there.
func (b *bench) pages() map[string]int {
	b.t.Helper()
	count := map[string]int{}
	for _, file := range b.files() {
		text, err := exec.Command("pdftotext", "-layout", file, "-").Output()
		if err != nil {
			b.t.Fatalf("pdftotext %s: %v", file, err)
		}
		for _, page := range strings.Split(strings.TrimSuffix(string(text), "\f"), "\f") {
			count[trackingNumber.FindString(page)]++
		}
	}
	return count
}

// files are the documents in the folder of the labels.
func (b *bench) files() []string {
	b.t.Helper()
	files, err := filepath.Glob(filepath.Join(b.labels(), "*.pdf"))
	if err != nil {
		b.t.Fatal(err)
	}
	return files
}

// number is the tracking number that the platform gave for an order; "" while it has none.
func (b *bench) number(order shipping.OrderID) string {
	b.t.Helper()
	live := b.world().Numbers(string(order))
	if len(live) > 1 {
		b.t.Fatalf("order %s has the numbers %v", order, live)
	}
	if len(live) == 0 {
		return ""
	}
	return live[0]
}

// environment is what the program is started with.
func (b *bench) environment() []string {
	return append(b.screen.env(),
		"TEST_SECRET="+sandbox.DemoSecret, "HOME="+b.dir, "DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent")
}

// command runs a command of the program beside the window, and gives what it printed.
func (b *bench) command(args ...string) []byte {
	b.t.Helper()
	cmd := exec.CommandContext(b.t.Context(), b.program, append(args, "--config", b.config(), "--data", b.data())...)
	cmd.Env = b.environment()
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil && cmd.ProcessState.ExitCode() != 1 { // 1: something needs a hand
		b.t.Fatalf("%v: %v: %s", args, err, said.String())
	}
	return out
}
