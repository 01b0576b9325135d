package ipp

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
	"time"

	"github.com/OpenPrinting/goipp"
)

// Limits of one exchange with a printer.
const (
	dialTimeout = 5 * time.Second
	callTimeout = 15 * time.Second
	// slowest is the slowest link that a document is given time for, in bytes a second: a printer on weak Wi-Fi.
	slowest  = 32 << 10
	maxReply = 4 << 20
)

// version is that of IPP/1.1: every later printer must take it, and old label printers know no other.
var version = goipp.MakeVersion(1, 1)

// client carries IPP requests over HTTP.
type client struct {
	target
	http   *http.Client
	lastID atomic.Uint32
}

func newClient(t target) *client {
	transport := &http.Transport{
		Proxy:                  nil, // printers are in the house
		DialContext:            (&net.Dialer{Timeout: dialTimeout}).DialContext,
		TLSHandshakeTimeout:    dialTimeout,
		DisableKeepAlives:      true, // a connection that the printer has dropped meanwhile would leave a job's fate open
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
		MaxResponseHeaderBytes: 64 << 10,
	}
	if t.pin != nil {
		// The certificate is compared whole; who signed it says nothing more.
		transport.TLSClientConfig.InsecureSkipVerify = true
		transport.TLSClientConfig.VerifyConnection = func(s tls.ConnectionState) error { return checkPin(s, t.pin) }
	}
	return &client{target: t, http: &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// pinError tells that a printer showed another certificate than the one it is known by.
type pinError struct{ seen [sha256.Size]byte }

func (e *pinError) Error() string {
	return fmt.Sprintf("the printer's certificate has changed: its SHA-256 is now %x", e.seen)
}

func checkPin(s tls.ConnectionState, pin []byte) error {
	if len(s.PeerCertificates) == 0 {
		return errors.New("the printer showed no certificate")
	}
	sum := sha256.Sum256(s.PeerCertificates[0].Raw)
	if subtle.ConstantTimeCompare(sum[:], pin) != 1 {
		return &pinError{seen: sum}
	}
	return nil
}

// unsentError wraps a failure before anything of a request was on its way.
type unsentError struct{ err error }

func (e *unsentError) Error() string { return e.err.Error() }
func (e *unsentError) Unwrap() error { return e.err }

// statusError is an answer in HTTP other than 200.
type statusError struct {
	code     int
	location string
}

func (e *statusError) Error() string {
	if e.location != "" {
		return fmt.Sprintf("HTTP %d %s, to %s", e.code, http.StatusText(e.code), e.location)
	}
	return fmt.Sprintf("HTTP %d %s", e.code, http.StatusText(e.code))
}

// call sends a request, followed by a document if there is one, and gives the reply whatever its IPP status. An error is
// an unsentError when the request surely did not reach the printer.
func (c *client) call(ctx context.Context, req *goipp.Message, document []byte) (*goipp.Message, error) {
	timeout := callTimeout + time.Duration(len(document)/slowest)*time.Second
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	req.RequestID = c.lastID.Add(1)%(1<<31-1) + 1 // 1 to 2^31-1, RFC 8011 section 4.1.2
	head, err := req.EncodeBytes()
	if err != nil {
		return nil, &unsentError{fmt.Errorf("encode: %w", err)}
	}
	var connected atomic.Bool
	trace := &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { connected.Store(true) }}
	body := io.MultiReader(bytes.NewReader(head), bytes.NewReader(document))
	r, err := http.NewRequestWithContext(httptrace.WithClientTrace(ctx, trace), http.MethodPost, c.target.http, body)
	if err != nil {
		return nil, &unsentError{err}
	}
	r.ContentLength = int64(len(head) + len(document)) // printers know no chunks; and no second try without GetBody
	r.Header.Set("Content-Type", goipp.ContentType)
	r.Header.Set("Accept", goipp.ContentType)
	resp, err := c.http.Do(r)
	if err != nil {
		if !connected.Load() {
			return nil, &unsentError{err}
		}
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	return readReply(resp, req.RequestID)
}

func readReply(resp *http.Response, id uint32) (*goipp.Message, error) {
	if resp.StatusCode != http.StatusOK {
		return nil, &statusError{code: resp.StatusCode, location: resp.Header.Get("Location")}
	}
	kind, _, err := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	if err != nil || kind != goipp.ContentType {
		return nil, fmt.Errorf("%w: the answer is of type %q, not %s", errNotIPP, resp.Header.Get("Content-Type"), goipp.ContentType)
	}
	data, err := io.ReadAll(io.LimitReader(resp.Body, maxReply+1))
	if err != nil {
		return nil, fmt.Errorf("%w: the answer was cut off: %w", errNotIPP, err)
	}
	return decodeReply(data, id)
}

// errNotIPP stands in errors about answers that are no IPP, or not the answer to our request.
var errNotIPP = errors.New("not a usable IPP answer")

func decodeReply(data []byte, id uint32) (*goipp.Message, error) {
	if len(data) > maxReply {
		return nil, fmt.Errorf("%w: longer than %d bytes", errNotIPP, maxReply)
	}
	reply := &goipp.Message{}
	if err := reply.DecodeBytesEx(data, goipp.DecoderOptions{EnableWorkarounds: true}); err != nil {
		return nil, fmt.Errorf("%w: %w", errNotIPP, err)
	}
	if reply.RequestID != id {
		return nil, fmt.Errorf("%w: it answers request %d, not %d", errNotIPP, reply.RequestID, id)
	}
	return reply, nil
}
