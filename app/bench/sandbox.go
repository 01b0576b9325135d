package bench

import (
	"context"
	"errors"
	"time"

	"printstation/platform/sandbox"
)

// Serving says which world to serve, and where.
type Serving struct {
	Listen string // HOST:PORT on loopback
	Orders int    // 0: its own number
	Seed   uint64
	State  string // a file that keeps what happened; "" forgets
}

// ServeSandbox serves the simulated platform alone until the context ends. It tells ready where, once.
func ServeSandbox(ctx context.Context, s Serving, ready func(baseURL string)) error {
	world, err := sandbox.New(sandbox.Options{Orders: s.Orders, Seed: s.Seed, StateFile: s.State})
	if err != nil {
		return err
	}
	server, err := sandbox.Serve(s.Listen, world)
	if err != nil {
		return errors.Join(err, world.Close())
	}
	ready(server.BaseURL)
	<-ctx.Done()
	end, stop := context.WithTimeout(context.WithoutCancel(ctx), 3*time.Second)
	defer stop()
	return errors.Join(server.Close(end), world.Close())
}
