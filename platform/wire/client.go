package wire

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync/atomic"
	"time"
)

// DefaultTimeout is the deadline of one exchange, connecting and reading the whole reply included.
const DefaultTimeout = 20 * time.Second

// DefaultLimit is the largest reply that is read, in bytes: some hundred times what a full batch needs.
const DefaultLimit = 16 << 20

// Client makes guarded exchanges with one host. It is safe for use by several goroutines.
type Client struct {
	http    *http.Client
	timeout time.Duration
	limit   int64
}

// NewClient gives a client; a timeout or limit of zero or less means the default.
func NewClient(timeout time.Duration, limit int64) *Client {
	if timeout <= 0 {
		timeout = DefaultTimeout
	}
	if limit <= 0 {
		limit = DefaultLimit
	}
	return &Client{
		http: &http.Client{
			Transport: &http.Transport{
				Proxy:               http.ProxyFromEnvironment,
				DialContext:         (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
				TLSClientConfig:     &tls.Config{MinVersion: tls.VersionTLS12},
				TLSHandshakeTimeout: 10 * time.Second,
				ForceAttemptHTTP2:   true,
				MaxIdleConnsPerHost: 4,
				// Shorter than the idle time of usual load balancers, so that a POST seldom meets a closing connection.
				IdleConnTimeout:        30 * time.Second,
				MaxResponseHeaderBytes: 64 << 10,
			},
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
		timeout: timeout,
		limit:   limit,
	}
}

// Answer is a complete HTTP reply of any status but a redirect.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
}

// Failure is an exchange that gave no complete reply. Its text names hosts and causes, never what was sent.
type Failure struct {
	Sent   bool // the request, or a part of it, may have reached the other side
	Status int  // of the reply, 0 when none came
	Reason string
	Err    error
}

func (f *Failure) Error() string {
	if f.Err == nil {
		return f.Reason
	}
	return f.Reason + ": " + f.Err.Error()
}

// Unwrap gives the cause, so that context.Canceled and the like are found.
func (f *Failure) Unwrap() error { return f.Err }

// PostForm sends a form and reads the whole reply. The error is a *Failure.
func (c *Client) PostForm(ctx context.Context, to *url.URL, form url.Values) (Answer, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, c.timeout, fmt.Errorf("no answer within %s: %w", c.timeout, context.DeadlineExceeded))
	defer cancel()
	var sent atomic.Bool
	traced := httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteHeaders: func() { sent.Store(true) }})
	req, err := http.NewRequestWithContext(traced, http.MethodPost, to.String(), strings.NewReader(form.Encode()))
	if err != nil {
		return Answer{}, &Failure{Reason: "the request could not be made", Err: errors.New("bad address")}
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
	req.Header.Set("Accept", "application/json")
	resp, err := c.http.Do(req)
	if err != nil {
		return Answer{}, &Failure{Sent: sent.Load(), Reason: unreached(sent.Load()), Err: cause(ctx, err)}
	}
	defer resp.Body.Close()
	return c.read(ctx, to, resp)
}

func (c *Client) read(ctx context.Context, to *url.URL, resp *http.Response) (Answer, error) {
	fail := func(reason string, err error) (Answer, error) {
		return Answer{}, &Failure{Sent: true, Status: resp.StatusCode, Reason: reason, Err: err}
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, c.limit+1))
	switch {
	case err != nil:
		return fail("the reply was cut off", cause(ctx, err))
	case int64(len(body)) > c.limit:
		return fail(fmt.Sprintf("the reply is larger than %d bytes", c.limit), nil)
	case resp.StatusCode >= 300 && resp.StatusCode < 400:
		return fail(redirected(to, resp), nil)
	}
	return Answer{Status: resp.StatusCode, Header: resp.Header, Body: body}, nil
}

func unreached(sent bool) string {
	if sent {
		return "the request was sent but no answer came"
	}
	return "the platform could not be reached"
}

func redirected(to *url.URL, resp *http.Response) string {
	where := "another address"
	if next, err := resp.Location(); err == nil && next.Host != "" {
		where = next.Scheme + "://" + next.Host
	}
	return fmt.Sprintf("%s redirects to %s; redirects are not followed, check base_url", to.Host, where)
}

// cause strips the wrapping that would repeat the whole address, and says which deadline it was.
func cause(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	var ue *url.Error
	if errors.As(err, &ue) {
		return ue.Err
	}
	return err
}
