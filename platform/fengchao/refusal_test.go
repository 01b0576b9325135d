package fengchao

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"printstation/app/shipping"
	"printstation/platform"
)

// answering starts a server with one status, header and body.
func answering(t *testing.T, status int, header http.Header, body string) string {
	t.Helper()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for k, v := range header {
			w.Header()[k] = v
		}
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}))
	t.Cleanup(srv.Close)
	return srv.URL
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	known := words{"9": shipping.ClassRateLimited, "8": shipping.ClassTransient, "7": shipping.ClassUnauthorized}
	tests := []struct {
		name   string
		status int
		header http.Header
		body   string
		known  platform.Classifier
		want   shipping.Fault
	}{
		{"no classifier", 200, nil, `{"code":7,"message":"签名错误"}`, nil,
			shipping.Fault{Class: shipping.ClassUnknown, Code: "7", Message: "签名错误", NotDone: true}},
		{"classified", 200, nil, `{"code":"7","sub_code":"isv.x","msg":"签名错误"}`, known,
			shipping.Fault{Class: shipping.ClassUnauthorized, Code: "7", SubCode: "isv.x", Message: "签名错误", NotDone: true}},
		{"with a wait", 200, nil, `{"code":9,"message":"请求过于频繁,请120秒后重试"}`, known,
			shipping.Fault{Class: shipping.ClassRateLimited, Code: "9", Message: "请求过于频繁,请120秒后重试", RetryAfter: 2 * time.Minute, NotDone: true}},
		{"a busy system may have done it", 200, nil, `{"code":8,"message":"接口超时"}`, known,
			shipping.Fault{Class: shipping.ClassTransient, Code: "8", Message: "接口超时"}},
		{"no words", 200, nil, `{"code":5}`, known,
			shipping.Fault{Class: shipping.ClassUnknown, Code: "5", Message: "refused without a word", NotDone: true}},
		{"429", 429, http.Header{"Retry-After": {"3"}}, `slow down`, known,
			shipping.Fault{Class: shipping.ClassRateLimited, Message: "HTTP 429 Too Many Requests", RetryAfter: 3 * time.Second, NotDone: true}},
		{"503 with an envelope", 503, nil, `{"code":5,"message":"维护"}`, known,
			shipping.Fault{Class: shipping.ClassTransient, Code: "5", Message: "维护"}},
		{"500 that says yes", 500, nil, `{"code":0,"message":"ok","data":{}}`, known,
			shipping.Fault{Class: shipping.ClassTransient, Code: "0", Message: "ok"}},
		{"500 that refuses may have done it", 500, nil, `{"code":7,"message":"签名错误"}`, known,
			shipping.Fault{Class: shipping.ClassUnauthorized, Code: "7", Message: "签名错误"}},
		{"404", 404, nil, `<html>`, known,
			shipping.Fault{Class: shipping.ClassUnknown, Message: "HTTP 404 Not Found", NotDone: true}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := platform.Config{Account: account, Classifier: tt.known}
			c.Account.BaseURL = answering(t, tt.status, tt.header, tt.body)
			s, err := New(c)
			if err != nil {
				t.Fatal(err)
			}
			_, err = s.Order(t.Context(), "1")
			if got := fault(t, err); got != tt.want {
				t.Errorf("got  %+v\nwant %+v", got, tt.want)
			}
			if !strings.HasPrefix(err.Error(), "fengchao: read order: ") {
				t.Errorf("text %q", err)
			}
		})
	}
}

func TestClockErrorNamesTheDifference(t *testing.T) {
	t.Parallel()
	gateways := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for _, tt := range []struct {
		ours time.Time
		want string
	}{
		{gateways.Add(15 * time.Minute), "timestamp已过期 (this machine's clock is 15m0s ahead of the gateway's)"},
		{gateways.Add(-time.Hour), "timestamp已过期 (this machine's clock is 1h0m0s behind the gateway's)"},
	} {
		c := platform.Config{Account: account, Clock: func() time.Time { return tt.ours }}
		c.Account.BaseURL = answering(t, 200, http.Header{"Date": {gateways.Format(http.TimeFormat)}}, `{"code":4,"message":"timestamp已过期"}`)
		s, err := New(c)
		if err != nil {
			t.Fatal(err)
		}
		if got := fault(t, s.Probe(t.Context())); got.Message != tt.want {
			t.Errorf("message %q, want %q", got.Message, tt.want)
		}
	}
}

func TestPersonalDataStaysOut(t *testing.T) {
	t.Parallel()
	const reply = `{"code":0,"message":"ok","data":{"err_infos":[{"order_id":"A","pack_id":"1","err_code":1,
		"err_msg":"收件人王小明的电话13900001111不对,地址幸福小区3幢","echo":"王小明"}]}}`
	j := &journal{}
	g := startGateway(t, always(reply))
	s := g.shop(t, func(c *platform.Config) { c.Journal = j })
	got, err := s.IssueWaybills(t.Context(), []platform.EncodedWaybill{request(t, s, "A", "1")})
	if err != nil {
		t.Fatal(err)
	}
	if f := fault(t, got[0].Err); f.Message != "收件人*的电话*不对,地址*" {
		t.Errorf("message %q", f.Message)
	}
	if len(j.lines) != 1 {
		t.Fatalf("%d lines in the journal", len(j.lines))
	}
	l := j.lines[0]
	for _, never := range []string{"王小明", "13900001111", "幸福小区", "仓库小王", "13800000000", "secret", g.form(t).Get("sign")} {
		if strings.Contains(l.Request+l.Reply+l.Error, never) {
			t.Errorf("%q is in the journal: %+v", never, l)
		}
	}
	if l.Shop != "dy1" || l.Call != platform.CallIssue || l.Path != "dd/logistics/newcreateorder" || l.Code != "0" || l.HTTP != 200 || l.Items != 1 {
		t.Errorf("line %+v", l)
	}
	if !strings.Contains(l.Request, `"order_id":"A"`) || !strings.Contains(l.Reply, `"err_code":1`) {
		t.Errorf("the line does not say what was asked or answered: %+v", l)
	}
}

func TestFailedCallsAreInTheJournal(t *testing.T) {
	t.Parallel()
	j := &journal{}
	c := platform.Config{Account: account, Journal: j}
	c.Account.BaseURL = "http://127.0.0.1:1/gateway"
	s, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.CancelWaybill(t.Context(), shipping.Waybill{Carrier: "zhongtong", Number: "70000000000001"}); err == nil {
		t.Fatal("a call to nobody succeeded")
	}
	if len(j.lines) != 1 || j.lines[0].Error == "" || !strings.Contains(j.lines[0].Request, `"track_no":"70000000000001"`) {
		t.Errorf("lines %+v", j.lines)
	}
}

func TestJournalIsCut(t *testing.T) {
	t.Parallel()
	j := &journal{}
	g := startGateway(t, always(`{"code":0,"data":{"ebill_infos":[]}}`))
	s := g.shop(t, func(c *platform.Config) { c.Journal = j })
	var rs []platform.EncodedWaybill
	for i := range waybillBatch {
		rs = append(rs, request(t, s, strings.Repeat("龘", 3)+string(rune('a'+i%26))+strings.Repeat("1", i/26), "1"))
	}
	if _, err := s.IssueWaybills(t.Context(), rs); err != nil {
		t.Fatal(err)
	}
	if n := len(j.lines[0].Request); n > 4<<10 || n < 3<<10 {
		t.Errorf("%d bytes in the journal", n)
	}
}
