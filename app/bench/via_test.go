package bench_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"printstation/app"
	"printstation/app/bench"
	"printstation/app/outbox"
	"printstation/app/settings"
	"printstation/app/shipping"
	"printstation/platform"
	"printstation/platform/fengchao"
	"printstation/platform/sandbox"
	"printstation/printing"
	"printstation/printing/folder"
)

// TestVia takes the numbers of one shop from another shop's account, as document 004 has it in 4.1 (both on Douyin, the
// order checked against user_id) and 4.2 (another channel, taken on trust), and follows every order to its confirmation.
func TestVia(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		channel int
		user    int64
		issued  bool
		want    header
	}{
		"4.1 with the shop's id":      {1, sandbox.DemoShopID, true, header{strconv.Itoa(sandbox.DemoShopID), `"1"`}},
		"4.1 without the shop's id":   {1, -1, true, header{"-1", `"1"`}},
		"4.1 with another shop's id":  {1, 424242, false, header{"424242", `"1"`}},
		"4.2 of another platform":     {2, -1, true, header{"-1", `"2"`}},
		"4.2 another platform, by id": {8, 77, true, header{"77", `"8"`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v := newVia(t, c.channel, c.user)
			v.work(t, c.issued)
			v.checkWire(t, c.want)
		})
	}
}

// header is what a request for numbers says of the shop, as it stands on the wire.
type header struct{ User, Channel string }

// via is a bench of two shops at one platform. What each account is asked passes a tap of its own.
type via struct {
	*bench.Bench
	world     *sandbox.World
	main, own *tap
}

func newVia(t *testing.T, channel int, user int64) *via {
	t.Helper()
	world, err := sandbox.New(sandbox.Options{Orders: 30, Seed: 5})
	if err != nil {
		t.Fatal(err)
	}
	server, err := sandbox.Serve("127.0.0.1:0", world)
	if err != nil {
		t.Fatal(err)
	}
	v := &via{world: world, main: newTap(t, server.BaseURL), own: newTap(t, server.BaseURL)}
	dir := t.TempDir()
	lender := bench.DemoSettings(v.main.base, filepath.Join(dir, "labels"))
	lender.Shops[0].ID = "main"
	branch := lender.Shops[0]
	branch.ID, branch.BaseURL, branch.Via, branch.Channel, branch.UserID = "branch", v.own.base, "main", channel, user
	lender.Shops = append(lender.Shops, branch)
	v.Bench, err = bench.Open(bench.Config{
		Settings: lender, Data: filepath.Join(dir, "data"), Adapters: []platform.Opener{fengchao.Opener()},
		Printers: []printing.Opener{folder.Opener()},
		Secrets:  func(settings.SecretRef) (string, error) { return sandbox.DemoSecret, nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, stop := context.WithTimeout(context.Background(), 5*time.Second)
		defer stop()
		if err := errors.Join(v.Close(), server.Close(ctx), world.Close()); err != nil {
			t.Error(err)
		}
	})
	return v
}

// work takes the branch's orders to their end: confirmed, or refused where the account may not have numbers for them.
func (v *via) work(t *testing.T, issued bool) {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	lanes, stopLanes := context.WithCancel(ctx)
	done := make(chan error, 1)
	go func() { done <- v.RunLanes(lanes) }()
	if _, err := v.Load(ctx, "branch"); err != nil {
		t.Fatal(err)
	}
	var ids []shipping.ParcelID
	for _, r := range v.rows(t, app.ViewToPrint) {
		if r.Printable() {
			ids = append(ids, r.ID)
		}
	}
	if len(ids) < 20 {
		t.Fatalf("%d parcels to print", len(ids))
	}
	if _, err := v.Print(ctx, app.PrintRequest{Parcels: ids}); err != nil {
		t.Fatal(err)
	}
	if err := v.Settle(ctx); err != nil {
		t.Error(err)
	}
	stopLanes()
	if err := <-done; err != nil && !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	snapshot := v.world.Snapshot()
	if !issued {
		if len(snapshot.Waybills) != 0 || len(v.rows(t, app.ViewPrinted)) != 0 {
			t.Errorf("%d numbers were given to a shop that may have none", len(snapshot.Waybills))
		}
		return
	}
	for _, r := range v.rows(t, app.ViewPrinted) {
		if r.Confirm != outbox.Confirmed {
			t.Errorf("order %v is %q: %v", r.Orders, r.Confirm, r.Fault)
		}
	}
	if n := len(v.rows(t, app.ViewPrinted)); n != len(ids) || len(snapshot.Waybills) != n {
		t.Errorf("%d of %d parcels are printed, with %d numbers", n, len(ids), len(snapshot.Waybills))
	}
}

func (v *via) rows(t *testing.T, view app.View) []app.Row {
	t.Helper()
	rows, err := v.Rows(t.Context(), app.Filter{Shops: []shipping.ShopID{"branch"}, View: view})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// checkWire sees that numbers were asked of the main account alone, in the branch's name, and all else of the branch's.
func (v *via) checkWire(t *testing.T, want header) {
	t.Helper()
	const issue = "logistics/newcreateorder"
	asked := v.main.bodies(issue)
	if len(asked) == 0 || len(v.own.bodies(issue)) != 0 {
		t.Errorf("numbers were asked %d times of the main account, %d times of the branch's", len(asked), len(v.own.bodies(issue)))
	}
	for _, body := range asked {
		var h struct {
			User    json.RawMessage `json:"user_id"`
			Channel json.RawMessage `json:"order_channel"`
		}
		if err := json.Unmarshal([]byte(body), &h); err != nil {
			t.Fatal(err)
		}
		if got := (header{string(h.User), string(h.Channel)}); got != want {
			t.Errorf("asked as %+v, want %+v", got, want)
		}
	}
	for _, call := range []string{"trade/list", "order/logistics/add"} {
		if len(v.main.bodies(call)) != 0 {
			t.Errorf("%s went to the main account", call)
		}
	}
	if len(v.own.bodies("trade/list")) == 0 {
		t.Error("the branch's orders were never asked for")
	}
}

// tap passes calls on and keeps what they asked.
type tap struct {
	base string
	mu   sync.Mutex
	seen []call
}

type call struct{ path, data string }

func newTap(t *testing.T, to string) *tap {
	t.Helper()
	target, err := url.Parse(strings.TrimSuffix(to, "/gateway"))
	if err != nil {
		t.Fatal(err)
	}
	p := &tap{}
	proxy := httputil.NewSingleHostReverseProxy(target)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		raw, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		form, err := url.ParseQuery(string(raw))
		if err != nil {
			t.Error(err)
		}
		p.mu.Lock()
		p.seen = append(p.seen, call{r.URL.Path, form.Get("request_data")})
		p.mu.Unlock()
		r.Body = io.NopCloser(bytes.NewReader(raw))
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	p.base = server.URL + "/gateway"
	return p
}

func (p *tap) bodies(path string) []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	var bodies []string
	for _, c := range p.seen {
		if strings.HasSuffix(c.path, path) {
			bodies = append(bodies, c.data)
		}
	}
	return slices.Clip(bodies)
}
