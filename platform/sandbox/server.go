package sandbox

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"time"
)

// Server is a world behind a real socket.
type Server struct {
	BaseURL string // "http://127.0.0.1:PORT/gateway", what a shop's base_url wants

	http   *http.Server
	served chan struct{} // closed when the listener has ended
	ended  error         // why, once it has
}

// Serve listens on an address of this machine's loopback, as "127.0.0.1:0" or "localhost:8400"; any other is refused:
// the world has no protection worth the name. The world stays open when the server closes.
func Serve(listen string, w *World) (*Server, error) {
	if err := checkLoopback(listen); err != nil {
		return nil, err
	}
	l, err := net.Listen("tcp", listen)
	if err != nil {
		return nil, fmt.Errorf("sandbox: listen: %w", err)
	}
	// A name can point anywhere: what counts is where we really listen.
	if ap, err := netip.ParseAddrPort(l.Addr().String()); err != nil || !ap.Addr().Unmap().IsLoopback() {
		_ = l.Close()
		return nil, fmt.Errorf("sandbox: listen %s: not an address of this machine's loopback", l.Addr())
	}
	s := &Server{
		BaseURL: "http://" + l.Addr().String() + "/gateway",
		http:    &http.Server{Handler: loopbackOnly(w.Handler()), ReadHeaderTimeout: 10 * time.Second},
		served:  make(chan struct{}),
	}
	go func() {
		defer close(s.served)
		s.ended = s.http.Serve(l)
	}()
	return s, nil
}

func checkLoopback(listen string) error {
	host, _, err := net.SplitHostPort(listen)
	if err != nil {
		return fmt.Errorf("sandbox: listen %q: want an address as 127.0.0.1:0: %w", listen, err)
	}
	if host == "localhost" {
		return nil
	}
	if a, err := netip.ParseAddr(host); err != nil || !a.Unmap().IsLoopback() {
		return fmt.Errorf("sandbox: listen %q: only loopback addresses are served", listen)
	}
	return nil
}

// loopbackOnly refuses requests that were sent to another host name: a page in a browser could have its own name
// point here, and change the world.
func loopbackOnly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		host := r.Host
		if h, _, err := net.SplitHostPort(host); err == nil {
			host = h
		}
		if checkLoopback(net.JoinHostPort(host, "0")) != nil {
			http.Error(rw, "only for this machine", http.StatusForbidden)
			return
		}
		next.ServeHTTP(rw, r)
	})
}

// Close lets calls under way end until the context does, then cuts them. Closing again does no harm.
func (s *Server) Close(ctx context.Context) error {
	err := s.http.Shutdown(ctx)
	if err != nil {
		err = errors.Join(err, s.http.Close())
	}
	<-s.served
	if !errors.Is(s.ended, http.ErrServerClosed) {
		err = errors.Join(err, s.ended)
	}
	if err != nil {
		return fmt.Errorf("sandbox: close server: %w", err)
	}
	return nil
}
