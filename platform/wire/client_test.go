package wire

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

// serve starts a server and gives its address; kept-alive connections do not hold up the end of the test.
func serve(t *testing.T, h http.HandlerFunc) *url.URL {
	t.Helper()
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	return parse(t, srv.URL)
}

func parse(t *testing.T, raw string) *url.URL {
	t.Helper()
	u, err := url.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// failure makes a call that must fail and gives its Failure.
func failure(ctx context.Context, t *testing.T, c *Client, to *url.URL) *Failure {
	t.Helper()
	_, err := c.PostForm(ctx, to, url.Values{"name": {"王小明"}})
	var f *Failure
	if !errors.As(err, &f) {
		t.Fatalf("error is %v, want a *Failure", err)
	}
	if strings.Contains(f.Error(), "王小明") {
		t.Errorf("the error quotes the request: %v", f)
	}
	return f
}

func TestPostFormSendsTheFormToTheLetter(t *testing.T) {
	t.Parallel()
	const value = "龘䶮𠮷 ' \" # & + < > % \\ / = ;"
	to := serve(t, func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, r.PostFormValue("v"))
	})
	got, err := NewClient(0, 0).PostForm(t.Context(), to, url.Values{"v": {value}})
	if err != nil || string(got.Body) != value || got.Status != 200 {
		t.Errorf("got %d %q, %v", got.Status, got.Body, err)
	}
}

func TestNothingListens(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if f := failure(t.Context(), t, NewClient(0, 0), parse(t, "http://"+addr)); f.Sent {
		t.Errorf("a refused connection counts as sent: %v", f)
	}
}

func TestUntrustedCertificateIsRefusedBeforeSending(t *testing.T) {
	t.Parallel()
	asked := false
	srv := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked = true }))
	srv.Config.ErrorLog = log.New(io.Discard, "", 0) // it complains of the handshake that we break off on purpose
	srv.StartTLS()
	f := failure(t.Context(), t, NewClient(0, 0), parse(t, srv.URL))
	srv.Close()
	if f.Sent || asked || !strings.Contains(f.Error(), "certificate") {
		t.Errorf("sent %v, asked %v, error %v", f.Sent, asked, f)
	}
}

func TestCutConnections(t *testing.T) {
	t.Parallel()
	cut := func(head string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body)
			conn, _, err := http.NewResponseController(w).Hijack()
			if err == nil {
				_, _ = io.WriteString(conn, head)
				_ = conn.Close()
			}
		}
	}
	for name, head := range map[string]string{
		"no answer":   "",
		"half header": "HTTP/1.1 200 OK\r\nContent-Le",
		"half body":   "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"code\":0",
		"half chunk":  "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n{\"code\"",
	} {
		if f := failure(t.Context(), t, NewClient(0, 0), serve(t, cut(head))); !f.Sent {
			t.Errorf("%s: counts as not sent: %v", name, f)
		}
	}
}

func TestSlowDripMeetsTheDeadline(t *testing.T) {
	t.Parallel()
	to := serve(t, func(w http.ResponseWriter, r *http.Request) {
		tick := time.NewTicker(2 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-r.Context().Done():
				return
			case <-tick.C:
				_, _ = io.WriteString(w, " ")
				_ = http.NewResponseController(w).Flush()
			}
		}
	})
	f := failure(t.Context(), t, NewClient(50*time.Millisecond, 0), to)
	if !f.Sent || !errors.Is(f, context.DeadlineExceeded) || !strings.Contains(f.Error(), "50ms") {
		t.Errorf("sent %v, error %v", f.Sent, f)
	}
}

func TestCancelledContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	asked := make(chan struct{}, 1)
	to := serve(t, func(http.ResponseWriter, *http.Request) { asked <- struct{}{} })
	f := failure(ctx, t, NewClient(0, 0), to)
	if f.Sent || !errors.Is(f, context.Canceled) || len(asked) != 0 {
		t.Errorf("sent %v, asked %d, error %v", f.Sent, len(asked), f)
	}
}

func TestHugeReplyIsRefused(t *testing.T) {
	t.Parallel()
	to := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, strings.Repeat("x", 5000))
	})
	if f := failure(t.Context(), t, NewClient(0, 4096), to); !f.Sent || !strings.Contains(f.Error(), "larger than 4096") {
		t.Errorf("sent %v, error %v", f.Sent, f)
	}
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	t.Parallel()
	asked := make(chan struct{}, 1)
	other := serve(t, func(http.ResponseWriter, *http.Request) { asked <- struct{}{} })
	for _, status := range []int{301, 302, 303, 307, 308} {
		to := serve(t, func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, other.String()+"/elsewhere?secret=1", status)
		})
		f := failure(t.Context(), t, NewClient(0, 0), to)
		if len(asked) != 0 || f.Status != status || !strings.Contains(f.Error(), other.Host) || strings.Contains(f.Error(), "secret") {
			t.Errorf("%d: asked %d, error %v", status, len(asked), f)
		}
	}
}
