package wire

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
)

// ParseBase reads the address a shop is called at. It must be https; plain http is taken for loopback only
// (127.0.0.0/8, ::1, localhost), where the sandbox listens. A trailing slash is dropped. The address is not quoted in
// the error: a person may have pasted credentials into it.
func ParseBase(raw string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil {
		return nil, errors.New("the address is not a URL")
	}
	if u.Host == "" || u.Hostname() == "" {
		return nil, errors.New("the address has no host: want https://HOST/PATH")
	}
	if u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return nil, errors.New("the address must have no user, query or fragment: want https://HOST/PATH")
	}
	switch {
	case u.Scheme == "https":
	case u.Scheme == "http" && Loopback(u.Hostname()):
	case u.Scheme == "http":
		return nil, fmt.Errorf("plain http is for this machine only: use https for %s", u.Host)
	default:
		return nil, fmt.Errorf("the address begins with %q: want https", u.Scheme)
	}
	u.Path = strings.TrimRight(u.Path, "/")
	u.RawPath = ""
	return u, nil
}

// Loopback reports whether a host name or address without port means this machine. Names other than localhost do not
// count, whatever they resolve to today.
func Loopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
