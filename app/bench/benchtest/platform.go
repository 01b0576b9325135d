package benchtest

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"printstation/platform"
	"printstation/platform/sandbox"
)

// SecretVariable is the environment variable that Settings names for the shop's secret.
const SecretVariable = "TEST_SECRET"

// Environment is what a program that works with Settings needs beside its own: the secret, a home of its own, and no
// way to the user's keyring.
func Environment(home string) []string {
	return []string{SecretVariable + "=" + sandbox.DemoSecret, "HOME=" + home, "DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent"}
}

// Platform is a simulated platform in a process of its own.
type Platform struct {
	Account platform.Account
	t       testing.TB
}

// Serve starts `printstation sandbox` and waits until it tells where it listens. It is killed when the test ends.
func Serve(t testing.TB, program string, seed, orders int) *Platform {
	t.Helper()
	cmd := exec.Command(program, "sandbox", "--json", "--listen", "127.0.0.1:0", "--seed", fmt.Sprint(seed), "--orders", fmt.Sprint(orders))
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	var access struct {
		BaseURL    string `json:"base_url"`
		AppID      string `json:"app_id"`
		SellerNick string `json:"seller_nick"`
	}
	if err := json.NewDecoder(bufio.NewReader(out)).Decode(&access); err != nil {
		t.Fatalf("sandbox: %v", err)
	}
	return &Platform{t: t, Account: platform.Account{
		Shop: "dy1", BaseURL: access.BaseURL, AppID: access.AppID, Secret: sandbox.DemoSecret, SellerNick: access.SellerNick,
		Channel: 1, UserID: -1,
	}}
}

// Settings is a station.toml of one shop at the platform and one printer that writes into the folder.
func (p *Platform) Settings(labels string) string {
	return fmt.Sprintf(`
[station]
name = "A1"
[[shop]]
id = %q
name = "抖店一号"
platform = "fengchao"
base_url = %q
app_id = %q
secret = "env:%s"
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
`, p.Account.Shop, p.Account.BaseURL, p.Account.AppID, SecretVariable, p.Account.SellerNick, filepath.ToSlash(labels))
}

// World is what the platform has counted.
func (p *Platform) World() sandbox.Snapshot {
	p.t.Helper()
	var w sandbox.Snapshot
	p.ask(http.MethodGet, "/sandbox/state", nil, &w)
	return w
}

// Faults sets what goes wrong from now on.
func (p *Platform) Faults(f sandbox.Faults) {
	p.t.Helper()
	var set sandbox.Faults
	p.ask(http.MethodPut, "/sandbox/faults", f, &set)
}

func (p *Platform) ask(method, path string, body, into any) {
	p.t.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		p.t.Fatal(err)
	}
	url := strings.TrimSuffix(p.Account.BaseURL, "/gateway") + path
	req, err := http.NewRequestWithContext(p.t.Context(), method, url, bytes.NewReader(raw))
	if err != nil {
		p.t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		p.t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		p.t.Fatalf("%s %s: %s: %v: %s", method, path, resp.Status, err, text)
	}
	if err := json.Unmarshal(text, into); err != nil {
		p.t.Fatalf("%s %s: %v", method, path, err)
	}
}
