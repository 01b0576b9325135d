package ui

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// Deadlines of calls to the station.
const (
	readLimit   = 15 * time.Second
	decideLimit = 60 * time.Second // those that may ask a platform
	closeLimit  = 5 * time.Second
)

// backstage is where everything that takes time happens. Results come back on Fyne's goroutine, and not at all once the
// window is closed.
type backstage struct {
	ctx    context.Context
	cancel context.CancelFunc
	do     func(func()) // runs on Fyne's goroutine
	flying sync.WaitGroup
}

func newBackstage(do func(func())) *backstage {
	b := &backstage{do: do}
	b.ctx, b.cancel = context.WithCancel(context.Background())
	return b
}

// close ends everything under way and waits a little for it; work that will not end is left to die with the program.
func (b *backstage) close() {
	b.cancel()
	ended := make(chan struct{})
	go func() {
		b.flying.Wait()
		close(ended)
	}()
	select {
	case <-ended:
	case <-time.After(closeLimit):
	}
}

// post runs f on Fyne's goroutine. It must be called from another one.
func (b *backstage) post(f func()) {
	b.do(func() {
		if b.ctx.Err() == nil {
			f()
		}
	})
}

// later posts f after a while.
func (b *backstage) later(after time.Duration, f func()) {
	time.AfterFunc(after, func() {
		if b.ctx.Err() == nil {
			b.post(f)
		}
	})
}

// start runs work until it ends; work must end when its context does. Then then gets what it gave.
func start[T any](b *backstage, ctx context.Context, work func(context.Context) (T, error), then func(T, error)) {
	b.flying.Go(func() {
		v, err := work(ctx)
		b.post(func() { then(v, err) })
	})
}

// ask runs work with a deadline. Work that outlives its deadline is answered for with the deadline's error, and what it
// gives afterwards is dropped: a page is never left waiting.
func ask[T any](b *backstage, limit time.Duration, work func(context.Context) (T, error), then func(T, error)) {
	ctx, cancel := context.WithTimeout(b.ctx, limit)
	var answered atomic.Bool
	b.flying.Go(func() {
		defer cancel()
		v, err := work(ctx)
		if answered.CompareAndSwap(false, true) {
			b.post(func() { then(v, err) })
		}
	})
	context.AfterFunc(ctx, func() {
		if context.Cause(ctx) != context.DeadlineExceeded || !answered.CompareAndSwap(false, true) {
			return
		}
		var none T
		b.post(func() { then(none, context.DeadlineExceeded) })
	})
}

// tell is ask for work that gives nothing but an error.
func tell(b *backstage, limit time.Duration, work func(context.Context) error, then func(error)) {
	ask(b, limit, func(ctx context.Context) (struct{}, error) { return struct{}{}, work(ctx) }, func(_ struct{}, err error) { then(err) })
}
