package ui

import (
	"context"
	"sync/atomic"
	"time"
)

// foldTime is how long wishes to read again are gathered before one reading answers them all.
const foldTime = 150 * time.Millisecond

// feed keeps something shown up to date. However often it is wanted, one reading runs at a time, readings keep a
// distance, and the last wish is always answered. A reading that takes long makes the distance longer, so that reading
// never takes more than a quarter of the station's time.
type feed[T any] struct {
	back *backstage
	plan func() func(context.Context) (T, error) // says on Fyne's goroutine what to read
	show func(T, error)

	waiting bool // a reading will begin
	running bool
	again   bool // wanted while one was running
	rest    time.Duration
}

func newFeed[T any](b *backstage, plan func() func(context.Context) (T, error), show func(T, error)) *feed[T] {
	return &feed[T]{back: b, plan: plan, show: show}
}

// want asks for a reading soon.
func (f *feed[T]) want() {
	if f.running {
		f.again = true
		return
	}
	if f.waiting {
		return
	}
	f.waiting = true
	f.back.later(max(foldTime, f.rest), f.read)
}

// now reads at once, for what a person asked for.
func (f *feed[T]) now() {
	if f.running {
		f.again = true
		return
	}
	f.read()
}

func (f *feed[T]) read() {
	f.waiting = false
	if f.running {
		f.again = true
		return
	}
	f.running = true
	work := f.plan()
	var took atomic.Int64 // of the station alone: a window that is busy drawing is no reason to read less
	took.Store(int64(readLimit))
	ask(f.back, readLimit, func(ctx context.Context) (T, error) {
		began := time.Now()
		v, err := work(ctx)
		took.Store(int64(time.Since(began)))
		return v, err
	}, func(v T, err error) {
		f.running = false
		f.rest = 3 * time.Duration(took.Load())
		if f.again {
			f.again = false
			f.want()
		}
		f.show(v, err)
	})
}
