package platformtest

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

// Tap stands between an adapter and its platform: a real server that passes every request on and its answer back,
// unless a fault was ordered.
type Tap struct {
	URL string // what the adapter is opened with; the peer's path included

	peer   *url.URL
	client *http.Client

	mu     sync.Mutex
	faults []Fault
	sent   []string // bodies of the requests, decoded when they are forms
	last   []byte   // the last whole answer
}

// Fault handles one exchange instead of the Tap. pass does the work at the peer and gives its answer.
type Fault func(w http.ResponseWriter, r *http.Request, pass func() []byte)

// NewTap starts a Tap in front of a platform's address.
func NewTap(t testing.TB, base string) *Tap {
	t.Helper()
	u, err := url.Parse(base)
	if err != nil {
		t.Fatalf("peer's address %q: %v", base, err)
	}
	tap := &Tap{peer: u, client: &http.Client{Transport: &http.Transport{}}}
	srv := httptest.NewServer(tap)
	t.Cleanup(func() {
		srv.CloseClientConnections()
		srv.Close()
		tap.client.CloseIdleConnections()
	})
	tap.URL = srv.URL + u.Path
	return tap
}

// Next orders faults for the coming exchanges, one each.
func (t *Tap) Next(fs ...Fault) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.faults = append(t.faults, fs...)
}

// Calm takes back the faults that have not struck.
func (t *Tap) Calm() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.faults = nil
}

// Exchanges is how many requests came, spoiled ones included.
func (t *Tap) Exchanges() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.sent)
}

// Sent joins all request bodies, form encoding undone.
func (t *Tap) Sent() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return strings.Join(t.sent, "\n")
}

// Last is the last whole answer of the peer.
func (t *Tap) Last() []byte {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.last
}

func (t *Tap) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	fault := t.take(r, body)
	var (
		status = http.StatusBadGateway
		header = http.Header{}
	)
	pass := func() []byte {
		// The work goes on though the caller hangs up, as it does at a real platform.
		req, err := http.NewRequest(r.Method, t.peer.Scheme+"://"+t.peer.Host+r.URL.RequestURI(), bytes.NewReader(body))
		if err != nil {
			panic(http.ErrAbortHandler)
		}
		req.Header = r.Header.Clone()
		resp, err := t.client.Do(req)
		if err != nil {
			panic(http.ErrAbortHandler)
		}
		defer resp.Body.Close()
		status, header = resp.StatusCode, resp.Header
		out, err := io.ReadAll(resp.Body)
		if err != nil {
			panic(http.ErrAbortHandler)
		}
		t.mu.Lock()
		t.last = out
		t.mu.Unlock()
		return out
	}
	if fault != nil {
		fault(w, r, pass)
		return
	}
	out := pass()
	for k, v := range header {
		w.Header()[k] = v
	}
	w.WriteHeader(status)
	_, _ = w.Write(out)
}

// take notes the request and gives its fault.
func (t *Tap) take(r *http.Request, body []byte) Fault {
	text := string(body)
	if strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
		if form, err := url.QueryUnescape(text); err == nil {
			text = form
		}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.sent = append(t.sent, text)
	if len(t.faults) == 0 {
		return nil
	}
	f := t.faults[0]
	t.faults = t.faults[1:]
	return f
}

// CutBefore cuts the connection; nothing was done.
func CutBefore(http.ResponseWriter, *http.Request, func() []byte) { panic(http.ErrAbortHandler) }

// CutAfter does the work and loses the answer.
func CutAfter(_ http.ResponseWriter, _ *http.Request, pass func() []byte) {
	pass()
	panic(http.ErrAbortHandler)
}

// HalfReply does the work, sends half of the answer and cuts the connection.
func HalfReply(w http.ResponseWriter, _ *http.Request, pass func() []byte) {
	out := pass()
	_, _ = w.Write(out[:len(out)/2])
	_ = http.NewResponseController(w).Flush()
	panic(http.ErrAbortHandler)
}

// ShortReply does the work and sends half of the answer as if it were whole.
func ShortReply(w http.ResponseWriter, _ *http.Request, pass func() []byte) {
	out := pass()
	_, _ = w.Write(out[:len(out)/2])
}

// ServerError answers with a page and status 500; nothing was done.
func ServerError(w http.ResponseWriter, _ *http.Request, _ func() []byte) {
	http.Error(w, "<html>Internal Server Error</html>", http.StatusInternalServerError)
}

// ServerErrorAfter does the work and answers with a page and status 502.
func ServerErrorAfter(w http.ResponseWriter, _ *http.Request, pass func() []byte) {
	pass()
	http.Error(w, "<html>Bad Gateway</html>", http.StatusBadGateway)
}

// Redirect sends the caller elsewhere on this machine.
func Redirect(w http.ResponseWriter, r *http.Request, _ func() []byte) {
	http.Redirect(w, r, "http://localhost:9/elsewhere", http.StatusTemporaryRedirect)
}

// Answer does the work and answers with other bytes, status 200.
func Answer(body []byte) Fault {
	return func(w http.ResponseWriter, _ *http.Request, pass func() []byte) {
		pass()
		_, _ = w.Write(body)
	}
}

// Flood does the work and sends more than anyone would read.
func Flood(w http.ResponseWriter, _ *http.Request, pass func() []byte) {
	pass()
	block := bytes.Repeat([]byte(" "), 1<<20)
	for range 64 {
		if _, err := w.Write(block); err != nil {
			return
		}
	}
}

// Drip does the work and then sends a space every few milliseconds until the caller gives up.
func Drip(w http.ResponseWriter, r *http.Request, pass func() []byte) {
	pass()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-r.Context().Done():
			return
		case <-tick.C:
			if _, err := w.Write([]byte(" ")); err != nil {
				return
			}
			_ = http.NewResponseController(w).Flush()
		}
	}
}
