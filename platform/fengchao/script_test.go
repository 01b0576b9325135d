package fengchao

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	"printstation/app/shipping"
	"printstation/platform"
)

// gateway is a scripted server: it answers each request by a function and keeps what was asked.
type gateway struct {
	url    string
	answer func(path string, form url.Values) string

	mu    sync.Mutex
	paths []string
	forms []url.Values
}

func startGateway(t *testing.T, answer func(path string, form url.Values) string) *gateway {
	t.Helper()
	g := &gateway{answer: answer}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseForm(); err != nil {
			t.Errorf("the request is no form: %v", err)
		}
		g.mu.Lock()
		g.paths, g.forms = append(g.paths, r.URL.Path), append(g.forms, r.PostForm)
		g.mu.Unlock()
		_, _ = w.Write([]byte(g.answer(r.URL.Path, r.PostForm)))
	}))
	t.Cleanup(srv.Close)
	g.url = srv.URL + "/gateway"
	return g
}

// always answers every request with the same bytes.
func always(reply string) func(string, url.Values) string {
	return func(string, url.Values) string { return reply }
}

// form gives the only request.
func (g *gateway) form(t *testing.T) url.Values {
	t.Helper()
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.forms) != 1 {
		t.Fatalf("%d requests, want 1", len(g.forms))
	}
	return g.forms[0]
}

var account = platform.Account{Shop: "dy1", AppID: "app1", Secret: "secret", SellerNick: "店铺A"}

// shop opens the adapter on the gateway.
func (g *gateway) shop(t *testing.T, change func(*platform.Config)) *Shop {
	t.Helper()
	c := platform.Config{Account: account, Clock: func() time.Time { return time.Unix(1700000000, 0) }}
	c.Account.BaseURL = g.url
	if change != nil {
		change(&c)
	}
	s, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// words is a classifier that knows a few codes.
type words map[string]shipping.Class

func (w words) Classify(r platform.Reply) shipping.Class {
	if c, ok := w[r.Code]; ok {
		return c
	}
	return shipping.ClassUnknown
}

// journal keeps the lines.
type journal struct{ lines []platform.CallRecord }

func (j *journal) RecordCall(_ context.Context, r platform.CallRecord) { j.lines = append(j.lines, r) }

// fault gives what is kept of an error.
func fault(t *testing.T, err error) shipping.Fault {
	t.Helper()
	var pe *platform.Error
	if !errors.As(err, &pe) {
		t.Fatalf("error %v is not a *platform.Error", err)
	}
	return pe.Fault
}

// request encodes a request for a number with a receiver in clear.
func request(t *testing.T, s *Shop, order, pack string) platform.EncodedWaybill {
	t.Helper()
	r := shipping.WaybillRequest{
		ID: shipping.MakeRequestID("dy1", shipping.OrderID(order), pack), LeadOrder: shipping.OrderID(order), PackID: pack, Carrier: "zhongtong",
		Sender:    shipping.Sender{Contact: shipping.Contact{Name: "仓库小王", Mobile: "13800000000"}},
		Recipient: shipping.Recipient{Contact: shipping.Contact{Name: "王小明", Mobile: "13900001111"}, Address: shipping.Address{Detail: "幸福小区3幢"}},
	}
	payload, err := s.EncodeWaybill(r)
	if err != nil {
		t.Fatal(err)
	}
	return platform.EncodedWaybill{ID: r.ID, LeadOrder: r.LeadOrder, PackID: pack, Carrier: r.Carrier, Payload: payload}
}
