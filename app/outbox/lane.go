package outbox

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"time"

	"printstation/app/shipping"
)

// Confirmer is what the worker needs of a platform.
type Confirmer interface {
	// Confirm gives one fault for each shipment, in order, nil for accepted.
	Confirm(ctx context.Context, ss []shipping.Shipment) []*shipping.Fault
	// Ask reads the order's state.
	Ask(ctx context.Context, order shipping.OrderID) (Standing, *shipping.Fault)
	// Batch is the most shipments that one call takes.
	Batch() int
}

// Lane confirms the shipments of one shop, one call at a time, oldest first.
type Lane struct {
	Shop      shipping.ShopID
	Store     Store
	Confirmer Confirmer
	Policy    Policy
	Clock     func() time.Time
	Log       *slog.Logger
	Changed   func(settled []Entry) // after entries settled; nil: nobody listens

	wake   chan struct{}
	paused time.Time // a rate limit holds the whole lane until then
}

// NewLane fills in what every lane has.
func NewLane(l Lane) *Lane {
	l.wake = make(chan struct{}, 1)
	if l.Changed == nil {
		l.Changed = func([]Entry) {}
	}
	return &l
}

// Wake tells the lane that something was queued. It never blocks.
func (l *Lane) Wake() {
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

// idle is how long a lane sleeps when nothing waits and nobody wakes it, and after its store failed.
const idle = 30 * time.Second

// Run works until the context ends. What is under way then is recorded as far as it is known.
func (l *Lane) Run(ctx context.Context) {
	for ctx.Err() == nil {
		next, err := l.Step(ctx)
		if err != nil && ctx.Err() == nil {
			l.Log.Error("outbox: lane", "shop", l.Shop, "err", err)
			next = l.Clock().Add(idle)
		}
		l.sleep(ctx, next)
	}
}

func (l *Lane) sleep(ctx context.Context, until time.Time) {
	wait := until.Sub(l.Clock())
	if wait <= 0 {
		return
	}
	t := time.NewTimer(min(wait, idle))
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-l.wake:
	case <-t.C:
	}
}

// Step confirms one batch of what is due and tells when to come again.
func (l *Lane) Step(ctx context.Context) (time.Time, error) {
	now := l.Clock()
	if now.Before(l.paused) {
		return l.paused, nil
	}
	due, err := l.Store.BeginDue(ctx, l.Shop, now, l.Confirmer.Batch())
	if err != nil {
		return now, err
	}
	if len(due) == 0 {
		next, ok, err := l.Store.NextDue(ctx, l.Shop)
		if err != nil || !ok {
			return now.Add(idle), err
		}
		return next, nil
	}
	settled, err := l.work(ctx, due)
	// What the platform answered is recorded even when the station is being closed.
	if err2 := l.Store.Settle(context.WithoutCancel(ctx), settled); err == nil {
		err = err2
	}
	l.Changed(settled)
	return l.Clock(), err
}

// work asks about the doubtful entries and confirms the others.
func (l *Lane) work(ctx context.Context, due []Entry) (settled []Entry, err error) {
	var sure []Entry
	for _, e := range due {
		if !e.unsureBefore() {
			sure = append(sure, e)
			continue
		}
		standing, fault := l.Confirmer.Ask(ctx, e.Order)
		done, err := l.afterAsk(e, standing, fault)
		if err != nil {
			return settled, err
		}
		settled = append(settled, done)
	}
	if len(sure) == 0 {
		return settled, nil
	}
	shipments := make([]shipping.Shipment, len(sure))
	for i, e := range sure {
		shipments[i] = e.Shipment
	}
	for i, fault := range l.Confirmer.Confirm(ctx, shipments) {
		l.heed(fault)
		done, err := sure[i].answered(fault, l.Clock(), l.Policy, rand.Float64())
		if err != nil {
			return settled, err
		}
		settled = append(settled, done)
	}
	return settled, nil
}

func (l *Lane) afterAsk(e Entry, s Standing, fault *shipping.Fault) (Entry, error) {
	if fault != nil {
		l.heed(fault)
		return e.askFailed(fault, l.Clock(), l.Policy, rand.Float64())
	}
	return e.asked(s, l.Clock(), l.Policy, rand.Float64())
}

// heed lets a rate limit hold the whole lane.
func (l *Lane) heed(fault *shipping.Fault) {
	if fault == nil || fault.Class != shipping.ClassRateLimited {
		return
	}
	if until := l.Clock().Add(l.Policy.limitWait(fault)); until.After(l.paused) {
		l.paused = until
	}
}
