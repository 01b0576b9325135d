package ipp

import (
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
)

// Schemes of the URIs that this package opens.
const (
	Scheme       = "ipp"
	SecureScheme = "ipps"
)

const (
	defaultPort    = "631" // of both schemes, RFC 3510 and 7472
	fingerprintLen = 32    // SHA-256
)

// target is a printer's address, taken apart.
type target struct {
	uri  string // as the printer is told it, without the fingerprint
	http string // where requests go
	pin  []byte // SHA-256 of the certificate to expect; nil: the system's authorities decide
}

// parseURI reads "ipp://HOST[:PORT]/PATH" or "ipps://…[?fingerprint=HEX]".
func parseURI(uri string) (target, error) {
	u, err := url.Parse(uri)
	if err != nil {
		return target{}, errors.New("not a URI") // url's error would repeat what may hold a password
	}
	secure := strings.EqualFold(u.Scheme, SecureScheme)
	switch {
	case !secure && !strings.EqualFold(u.Scheme, Scheme):
		return target{}, fmt.Errorf("scheme %q is neither ipp nor ipps", u.Scheme)
	case u.User != nil:
		return target{}, errors.New("a user name or password in a printer's address is not supported")
	case u.Hostname() == "":
		return target{}, errors.New("the host is missing")
	case u.Fragment != "":
		return target{}, errors.New("a fragment has no meaning here")
	}
	pin, err := parsePin(u, secure)
	if err != nil {
		return target{}, err
	}
	u.RawQuery = ""
	if u.Path == "" {
		u.Path = "/"
	}
	u.Scheme = strings.ToLower(u.Scheme)
	t := target{uri: u.String(), pin: pin}
	h := *u
	h.Scheme = "http"
	if secure {
		h.Scheme = "https"
	}
	if h.Port() == "" {
		h.Host = net.JoinHostPort(u.Hostname(), defaultPort)
	}
	t.http = h.String()
	return t, nil
}

func parsePin(u *url.URL, secure bool) ([]byte, error) {
	q, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return nil, errors.New("the part after ? cannot be read")
	}
	text := q.Get("fingerprint")
	for name, values := range q {
		if name != "fingerprint" || len(values) != 1 {
			return nil, fmt.Errorf("option %q is not known, or given twice; there is ?fingerprint=", name)
		}
	}
	if len(q) == 0 {
		return nil, nil
	}
	if !secure {
		return nil, errors.New("a fingerprint needs ipps://")
	}
	text = strings.TrimPrefix(strings.ToLower(text), "sha256:")
	pin, err := hex.DecodeString(strings.ReplaceAll(text, ":", ""))
	if err != nil || len(pin) != fingerprintLen {
		return nil, errors.New("a fingerprint is the SHA-256 of the certificate, 64 hex digits")
	}
	return pin, nil
}
