package cli

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"printstation/app"
	"printstation/app/settings"
	"printstation/app/shipping"
)

func troubled() *fakeBench {
	return &fakeBench{troubles: []app.Trouble{{
		ID: "dy1/17", Kind: app.TroubleWaybill, Shop: "dy1", Orders: []shipping.OrderID{"1001"}, Tries: 1, Since: since,
		Fault: &shipping.Fault{Class: shipping.ClassData, Code: "4006", Message: "订单号非法"},
	}, {
		ID: "dy1/1002/ZT9", Kind: app.TroubleConfirm, Shop: "dy1", Orders: []shipping.OrderID{"1002"}, Number: "ZT9", Tries: 3, Since: since,
		Fault: &shipping.Fault{Class: shipping.ClassMapping, Message: "物流映射"},
	}}}
}

func TestFailedList(t *testing.T) {
	t.Parallel()
	newRun(&fakeBench{}).do(t, "failed", "--demo", "--data", t.TempDir()).wantCode(t, ExitOK)
	r := newRun(troubled()).do(t, "failed", "--demo", "--data", t.TempDir())
	r.wantCode(t, ExitAttention)
	wantSaid(t, r.stdout, "dy1/17", "1001", "4006: 订单号非法", "dy1/1002/ZT9", "ZT9", "confirm")

	r.do(t, "failed", "--demo", "--json", "--data", t.TempDir()).wantCode(t, ExitAttention)
	var got []trouble
	if err := json.Unmarshal([]byte(r.stdout), &got); err != nil {
		t.Fatal(err)
	}
	want := []trouble{
		{ID: "dy1/17", Kind: "waybill", Shop: "dy1", OrderIDs: []shipping.OrderID{"1001"}, Class: "data", Code: "4006", Message: "订单号非法",
			Reason: "4006: 订单号非法", Tries: 1, Since: since},
		{ID: "dy1/1002/ZT9", Kind: "confirm", Shop: "dy1", OrderIDs: []shipping.OrderID{"1002"}, TrackingNumber: "ZT9", Class: "mapping",
			Message: "物流映射", Reason: "物流映射", Tries: 3, Since: since},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	r = newRun(&fakeBench{}).do(t, "failed", "--demo", "--json", "--data", t.TempDir())
	if strings.TrimSpace(r.stdout) != "[]" {
		t.Errorf("an empty list is %q", r.stdout)
	}
}

func TestFailedRetry(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ args, want []string }{
		{[]string{"--all"}, []string{"dy1/17", "dy1/1002/ZT9"}},
		{[]string{"dy1/17"}, []string{"dy1/17"}},
	} {
		r := newRun(troubled()).do(t, append([]string{"failed", "retry", "--demo", "--data", t.TempDir()}, c.args...)...)
		r.wantCode(t, ExitOK)
		if diff := cmp.Diff(c.want, r.bench.retried); diff != "" {
			t.Error(diff)
		}
	}
	b := troubled()
	b.retryErr = errors.New("no such entry")
	newRun(b).do(t, "failed", "retry", "x", "--demo", "--data", t.TempDir()).wantCode(t, ExitAttention)
}

func TestUncertain(t *testing.T) {
	t.Parallel()
	newRun(&fakeBench{}).do(t, "uncertain", "--demo", "--data", t.TempDir()).wantCode(t, ExitOK)
	b := &fakeBench{doubts: []app.Doubt{{
		Label: shipping.LabelCopy{ID: "dy1/17-1", Number: "ZT1", Printer: "bench", Document: "J1.pdf", Page: 3, Reason: "power"},
		Row:   app.Row{Orders: []shipping.OrderID{"1001"}}, Pages: 20, Age: 90 * time.Second,
	}}}
	r := newRun(b).do(t, "uncertain", "--demo", "--data", t.TempDir())
	r.wantCode(t, ExitAttention)
	wantSaid(t, r.stdout, "dy1/17-1", "1001", "ZT1", "J1.pdf", "3/20", "1m30s")
	r.do(t, "uncertain", "--demo", "--json", "--data", t.TempDir()).wantCode(t, ExitAttention)
	var got []doubt
	if err := json.Unmarshal([]byte(r.stdout), &got); err != nil || len(got) != 1 || got[0].Page != 3 || got[0].AgeSeconds != 90 {
		t.Errorf("got %+v, %v", got, err)
	}
	for _, how := range []string{"printed", "lost"} {
		r := newRun(b).do(t, "uncertain", how, "dy1/17-1", "dy1/18-2", "--demo", "--data", t.TempDir())
		r.wantCode(t, ExitOK)
		if diff := cmp.Diff([]shipping.LabelID{"dy1/17-1", "dy1/18-2"}, b.decided[how]); diff != "" {
			t.Error(diff)
		}
	}
}

// keyring is a keyring that keeps or fails.
type keyring struct {
	kept map[string]string
	err  error
}

func (k *keyring) Get(name string) (string, error) { return k.kept[name], k.err }

func (k *keyring) Set(name, secret string) error {
	if k.err == nil {
		k.kept[name] = secret
	}
	return k.err
}

var _ settings.Keyring = (*keyring)(nil)

func TestSecretSet(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		args  []string // after "secret set"
		stdin string
		err   error
		code  int
		kept  string
	}{
		"from a pipe":     {[]string{"dy1"}, "hunter2\n", nil, ExitOK, "hunter2"},
		"in Chinese":      {[]string{"dy1", "--lang", "zh"}, "hunter2", nil, ExitOK, "hunter2"},
		"no line end":     {[]string{"dy1"}, " hunter2", nil, ExitOK, "hunter2"},
		"first line only": {[]string{"dy1"}, "hunter2\r\nmore\n", nil, ExitOK, "hunter2"},
		"empty":           {[]string{"dy1"}, "\n", nil, ExitUsage, ""},
		"too long":        {[]string{"dy1"}, strings.Repeat("hunter2", 300), nil, ExitUsage, ""},
		"no name":         {nil, "hunter2", nil, ExitUsage, ""},
		"bad name":        {[]string{"a b"}, "hunter2", nil, ExitUsage, ""},
		"no keyring":      {[]string{"dy1"}, "hunter2", errors.New("no session bus"), ExitAttention, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := &keyring{kept: map[string]string{}, err: c.err}
			r := newRun(&fakeBench{})
			r.deps.Keyring, r.deps.Stdin = k, strings.NewReader(c.stdin)
			r.do(t, append([]string{"secret", "set"}, c.args...)...).wantCode(t, c.code)
			if k.kept["dy1"] != c.kept {
				t.Errorf("kept %q, want %q", k.kept["dy1"], c.kept)
			}
			if strings.Contains(r.stdout+r.stderr, "hunter2") {
				t.Error("the secret is shown")
			}
			if c.code == ExitOK {
				wantSaid(t, r.stdout, `secret = "keyring:dy1"`)
			}
			if c.err != nil {
				wantSaid(t, r.stderr, "dy1", c.err.Error(), "env:")
			}
		})
	}
}

// recoveryStore is a store with a recovery key.
type recoveryStore struct {
	imported string
	err      error
}

func (s *recoveryStore) ExportRecovery() (string, error) { return "ABCD-EFGH", s.err }
func (s *recoveryStore) ImportRecovery(key string) error { s.imported = key; return s.err }

func TestRecovery(t *testing.T) {
	t.Parallel()
	s, closed := &recoveryStore{}, 0
	r := newRun(&fakeBench{})
	r.deps.OpenRecovery = func(context.Context, Options) (Recovery, func() error, error) {
		return s, func() error { closed++; return nil }, nil
	}
	r.do(t, "recovery", "export", "--demo", "--data", t.TempDir()).wantCode(t, ExitOK)
	if r.stdout != "ABCD-EFGH\n" {
		t.Errorf("standard output holds more than the key: %q", r.stdout)
	}
	r.deps.Stdin = strings.NewReader("ABCD-EFGH\n")
	r.do(t, "recovery", "import", "--demo", "--data", t.TempDir()).wantCode(t, ExitOK)
	if s.imported != "ABCD-EFGH" || closed != 2 {
		t.Errorf("imported %q, closed %d times", s.imported, closed)
	}
	r.deps.Stdin = strings.NewReader("")
	r.do(t, "recovery", "import", "--demo", "--data", t.TempDir()).wantCode(t, ExitUsage)
	s.err = errors.New("key of another store")
	r.deps.Stdin = strings.NewReader("X")
	r.do(t, "recovery", "import", "--demo", "--data", t.TempDir()).wantCode(t, ExitAttention)
	wantSaid(t, r.stderr, "key of another store")
}

func TestSandboxListensOnLoopbackOnly(t *testing.T) {
	t.Parallel()
	for listen, code := range map[string]int{
		"127.0.0.1:0": ExitOK, "localhost:8790": ExitOK, "[::1]:8790": ExitOK, "127.9.9.9:1": ExitOK,
		"0.0.0.0:8790": ExitUsage, ":8790": ExitUsage, "192.168.1.2:80": ExitUsage, "example.com:80": ExitUsage, "127.0.0.1": ExitUsage,
	} {
		r := newRun(&fakeBench{})
		served := ""
		r.deps.ServeSandbox = func(_ context.Context, o SandboxOptions, ready func(SandboxAccess)) error {
			served = o.Listen
			ready(SandboxAccess{BaseURL: "http://" + o.Listen + "/gateway", AppID: "demo", Secret: "public", SellerNick: "nick"})
			return nil
		}
		r.do(t, "sandbox", "--listen", listen).wantCode(t, code)
		if (served == listen) != (code == ExitOK) {
			t.Errorf("%s: served at %q", listen, served)
		}
		if code == ExitOK {
			wantSaid(t, r.stdout, "http://"+listen+"/gateway", `app_id = "demo"`)
		}
	}
}
