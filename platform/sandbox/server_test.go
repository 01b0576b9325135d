package sandbox

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

func TestServeOnlyLoopback(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Options{Orders: 5})
	for _, bad := range []string{"0.0.0.0:0", ":0", "192.0.2.1:0", "[::]:0", "example.com:0", "127.0.0.1", ""} {
		if s, err := Serve(bad, w); err == nil {
			t.Errorf("%q was served at %s", bad, s.BaseURL)
			_ = s.Close(context.Background())
		}
	}
	for _, good := range []string{"127.0.0.1:0", "localhost:0"} {
		s, err := Serve(good, w)
		if err != nil {
			t.Errorf("%s: %v", good, err)
			continue
		}
		if !strings.HasPrefix(s.BaseURL, "http://") || !strings.HasSuffix(s.BaseURL, "/gateway") {
			t.Errorf("base URL %s", s.BaseURL)
		}
		res, err := http.PostForm(s.BaseURL+"/dd/logistics/company/list", signed(nil))
		if err != nil {
			t.Fatal(err)
		}
		var a answer
		if err := json.NewDecoder(res.Body).Decode(&a); err != nil || a.Code != 0 {
			t.Errorf("answer %+v, %v", a, err)
		}
		_ = res.Body.Close()
		if err := s.Close(context.Background()); err != nil {
			t.Error(err)
		}
		if _, err := http.PostForm(s.BaseURL+"/dd/logistics/company/list", signed(nil)); err == nil {
			t.Error("the server answers after its close")
		}
	}
}

func TestForeignHostNamesAreRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Options{Orders: 5})
	s, err := Serve("127.0.0.1:0", w)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	req, err := http.NewRequest(http.MethodPost, strings.TrimSuffix(s.BaseURL, "/gateway")+"/sandbox/order", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Host = "shop.example.com"
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusForbidden || w.Snapshot().Waiting != 5 {
		t.Errorf("status %d, %d orders", res.StatusCode, w.Snapshot().Waiting)
	}
}

func TestInspection(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{Orders: 20})
	id := b.pickOrder(plainOrder)
	post := func(path string) int {
		res, err := b.http.Post(b.url+path, "", nil)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		return res.StatusCode
	}
	if got := post("/sandbox/refund?order=" + id); got != http.StatusOK || b.world.byID[id].Refund != refundPending {
		t.Errorf("refund: status %d", got)
	}
	if got := post("/sandbox/close?order=" + id); got != http.StatusOK || b.world.byID[id].Status != statusClosed {
		t.Errorf("close: status %d", got)
	}
	if got := post("/sandbox/refund?order=1"); got != http.StatusNotFound {
		t.Errorf("refund of an unknown order: status %d", got)
	}
	if got := post("/sandbox/order"); got != http.StatusOK {
		t.Errorf("new order: status %d", got)
	}
	res, err := b.http.Get(b.url + "/sandbox/state")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var s Snapshot
	if err := json.NewDecoder(res.Body).Decode(&s); err != nil || s.Waiting != 20 {
		t.Errorf("state: %+v, %v", s, err)
	}
}
