package outbox

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"printstation/app/shipping"
)

// desk is a Store in memory that keeps the rules of the real one.
type desk struct {
	mu      sync.Mutex
	entries []Entry
	fail    error
}

func (d *desk) BeginDue(_ context.Context, shop shipping.ShopID, now time.Time, limit int) ([]Entry, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	var due []Entry
	for i, e := range d.entries {
		if e.Shop != shop || e.State != Waiting || e.NextAt.After(now) || len(due) == limit {
			continue
		}
		d.entries[i].Attempts = append(slices.Clone(e.Attempts), Attempt{Began: now})
		due = append(due, d.entries[i])
	}
	return due, d.fail
}

func (d *desk) Settle(_ context.Context, es []Entry) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, e := range es {
		i := slices.IndexFunc(d.entries, func(x Entry) bool { return x.ID == e.ID })
		d.entries[i] = e
	}
	return d.fail
}

func (d *desk) NextDue(_ context.Context, shop shipping.ShopID) (time.Time, bool, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	var next time.Time
	for _, e := range d.entries {
		if e.Shop == shop && e.State == Waiting && (next.IsZero() || e.NextAt.Before(next)) {
			next = e.NextAt
		}
	}
	return next, !next.IsZero(), nil
}

func (d *desk) entry(i int) Entry {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.entries[i]
}

// market is a platform that can lose answers. It counts what it accepted.
type market struct {
	mu       sync.Mutex
	accepted map[shipping.OrderID][]shipping.TrackingNumber
	answers  []*shipping.Fault // one for each coming call, then nil
	lose     int               // so many calls take effect but their answer is lost
	asked    int
	calls    int
	askFault *shipping.Fault
}

func (m *market) Batch() int { return 100 }

func (m *market) Confirm(_ context.Context, ss []shipping.Shipment) []*shipping.Fault {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.calls++
	faults := make([]*shipping.Fault, len(ss))
	var answer *shipping.Fault
	if len(m.answers) > 0 {
		answer, m.answers = m.answers[0], m.answers[1:]
	}
	for i, s := range ss {
		if answer != nil {
			faults[i] = answer
			continue
		}
		if len(m.accepted[s.Order]) > 0 {
			faults[i] = &shipping.Fault{Class: shipping.ClassAlreadyDone, Code: "60110", NotDone: true}
			continue
		}
		m.accepted[s.Order] = append(m.accepted[s.Order], s.Number)
		if m.lose > 0 {
			faults[i] = &shipping.Fault{Class: shipping.ClassTransient, Message: "answer lost"}
		}
	}
	if m.lose > 0 {
		m.lose--
	}
	return faults
}

func (m *market) Ask(_ context.Context, id shipping.OrderID) (Standing, *shipping.Fault) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.asked++
	if m.askFault != nil {
		return Standing{}, m.askFault
	}
	return Standing{Shipped: len(m.accepted[id]) > 0, Numbers: m.accepted[id]}, nil
}

func waiting(order string) Entry {
	s := shipping.Shipment{Shop: "s", Order: shipping.OrderID(order), Parcel: "s/1", Carrier: "zhongtong", Number: "N" + shipping.TrackingNumber(order)}
	return Entry{ID: MakeEntryID(s.Shop, s.Order, s.Number), Shipment: s, State: Waiting}
}

func newLane(d *desk, m *market) *Lane {
	return NewLane(Lane{
		Shop: "s", Store: d, Confirmer: m, Policy: DefaultPolicy(), Clock: time.Now,
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
}

// run lets a lane work for a while of virtual time.
func run(t *testing.T, l *Lane, d time.Duration) {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), d)
	defer stop()
	done := make(chan struct{})
	go func() { l.Run(ctx); close(done) }()
	<-done
}

func TestLane(t *testing.T) {
	t.Parallel()
	refund := &shipping.Fault{Class: shipping.ClassBusiness, Code: "60040", Message: "订单有退款需要处理", NotDone: true}
	busy := &shipping.Fault{Class: shipping.ClassTransient, Code: "8888", NotDone: true}
	limit := &shipping.Fault{Class: shipping.ClassRateLimited, Code: "60000", NotDone: true, RetryAfter: 2 * time.Minute}
	expired := &shipping.Fault{Class: shipping.ClassUnauthorized, Code: "30001", NotDone: true}
	garbled := &shipping.Fault{Class: shipping.ClassUnknown, Message: "not JSON"}
	odd := &shipping.Fault{Class: shipping.ClassUnknown, Code: "77", NotDone: true}
	shipped := &shipping.Fault{Class: shipping.ClassAlreadyDone, Code: "60110", NotDone: true}
	cases := []struct {
		name   string
		market *market
		runFor time.Duration
		state  State
		calls  int
		asked  int
		tries  int
	}{
		{name: "accepted", runFor: time.Second, state: Confirmed, calls: 1},
		{name: "busy twice, then accepted", market: &market{answers: []*shipping.Fault{busy, busy}}, runFor: time.Minute, state: Confirmed, calls: 3, tries: 2},
		{name: "permanent refusal", market: &market{answers: []*shipping.Fault{refund}}, runFor: time.Hour, state: Failed, calls: 1},
		{name: "unknown code goes to a person", market: &market{answers: []*shipping.Fault{odd}}, runFor: time.Hour, state: Failed, calls: 1},
		{name: "rate limit waits and does not count", market: &market{answers: []*shipping.Fault{limit}}, runFor: time.Minute, state: Waiting, calls: 1},
		{name: "rate limit ends", market: &market{answers: []*shipping.Fault{limit}}, runFor: 3 * time.Minute, state: Confirmed, calls: 2},
		{name: "authorization gone", market: &market{answers: []*shipping.Fault{expired}}, runFor: time.Hour, state: Parked, calls: 1},
		{name: "answer lost: asked first, not called twice", market: &market{lose: 1}, runFor: time.Minute, state: Confirmed, calls: 1, asked: 1, tries: 1},
		{name: "garbled reply: asked first, then called again", market: &market{answers: []*shipping.Fault{garbled}}, runFor: time.Minute, state: Confirmed, calls: 2, asked: 1, tries: 1},
		{name: "shipped already under our number", market: &market{accepted: map[shipping.OrderID][]shipping.TrackingNumber{"1": {"N1"}}}, runFor: time.Minute, state: Confirmed, calls: 1, asked: 1},
		{name: "shipped already under another number", market: &market{accepted: map[shipping.OrderID][]shipping.TrackingNumber{"1": {"OTHER"}}}, runFor: time.Minute, state: Failed, calls: 1, asked: 1},
		{name: "shipped to the call, to ship to the question", market: &market{answers: slices.Repeat([]*shipping.Fault{shipped}, 100)}, runFor: 24 * time.Hour, state: Failed, calls: 18, asked: 18, tries: 18},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				if c.market == nil {
					c.market = &market{}
				}
				if c.market.accepted == nil {
					c.market.accepted = map[shipping.OrderID][]shipping.TrackingNumber{}
				}
				d := &desk{entries: []Entry{waiting("1")}}
				run(t, newLane(d, c.market), c.runFor)
				e := d.entry(0)
				if e.State != c.state || c.market.calls != c.calls || c.market.asked != c.asked || e.Tries != c.tries {
					t.Errorf("state %s after %d calls, %d questions, %d tries; want %s, %d, %d, %d (fault %v)",
						e.State, c.market.calls, c.market.asked, e.Tries, c.state, c.calls, c.asked, c.tries, e.Fault)
				}
				if n := len(c.market.accepted["1"]); n > 1 {
					t.Errorf("%d shipments accepted", n)
				}
			})
		})
	}
}

// A process that died in the middle of a call leaves an open attempt: the next one asks before it calls.
func TestOpenAttemptIsAskedAbout(t *testing.T) {
	t.Parallel()
	for _, reached := range []bool{true, false} {
		synctest.Test(t, func(t *testing.T) {
			m := &market{accepted: map[shipping.OrderID][]shipping.TrackingNumber{}}
			if reached {
				m.accepted["1"] = []shipping.TrackingNumber{"N1"}
			}
			e := waiting("1")
			e.Attempts = []Attempt{{Began: time.Now()}}
			d := &desk{entries: []Entry{e}}
			run(t, newLane(d, m), time.Minute)
			if got := d.entry(0); got.State != Confirmed || m.asked != 1 || len(m.accepted["1"]) != 1 {
				t.Errorf("reached %v: %s after %d questions, accepted %v", reached, got.State, m.asked, m.accepted)
			}
		})
	}
}

// An order that cannot be asked about is never called for on suspicion.
func TestNoCallWhileUnsure(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := &market{accepted: map[shipping.OrderID][]shipping.TrackingNumber{}, lose: 1, askFault: &shipping.Fault{Class: shipping.ClassTransient, Message: "down"}}
		d := &desk{entries: []Entry{waiting("1")}}
		run(t, newLane(d, m), 10*time.Minute)
		if e := d.entry(0); m.calls != 1 || m.asked < 3 || e.State != Waiting || !e.Unsure() {
			t.Errorf("%d calls, %d questions, %s", m.calls, m.asked, e.State)
		}
	})
}

func TestTriesAreLimited(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		busy := &shipping.Fault{Class: shipping.ClassTransient, Code: "8888", NotDone: true}
		m := &market{accepted: map[shipping.OrderID][]shipping.TrackingNumber{}, answers: slices.Repeat([]*shipping.Fault{busy}, 100)}
		d := &desk{entries: []Entry{waiting("1")}}
		run(t, newLane(d, m), 24*time.Hour)
		e := d.entry(0)
		if e.State != Failed || m.calls != DefaultPolicy().MaxTries || len(e.Attempts) > MaxKept {
			t.Errorf("%s after %d calls with %d attempts kept", e.State, m.calls, len(e.Attempts))
		}
		again, err := e.Apply(Requeue, time.Now())
		if err != nil || again.State != Waiting || again.Tries != 0 {
			t.Errorf("requeue gives %+v, %v", again, err)
		}
	})
}

// A store that fails for a while stops nothing for good, and Wake does not wait for the idle time.
func TestStoreFailureAndWake(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := &market{accepted: map[shipping.OrderID][]shipping.TrackingNumber{}}
		d := &desk{fail: errors.New("disk full")}
		l := newLane(d, m)
		go l.Run(t.Context())
		synctest.Wait()
		d.mu.Lock()
		d.fail, d.entries = nil, []Entry{waiting("1")}
		d.mu.Unlock()
		l.Wake()
		synctest.Wait()
		if e := d.entry(0); e.State != Confirmed {
			t.Errorf("woken lane left the entry %s", e.State)
		}
	})
}

func TestBackoff(t *testing.T) {
	t.Parallel()
	p := DefaultPolicy()
	for tries, want := range map[int]time.Duration{1: 2 * time.Second, 2: 4 * time.Second, 5: 32 * time.Second, 12: 10 * time.Minute, 60: 10 * time.Minute} {
		low, mid, high := p.Backoff(tries, 0), p.Backoff(tries, 0.5), p.Backoff(tries, 0.999)
		if mid != want || low < want*79/100 || high > want*121/100 {
			t.Errorf("Backoff(%d) = %v … %v … %v, want about %v", tries, low, mid, high, want)
		}
	}
}

func TestMachine(t *testing.T) {
	t.Parallel()
	for _, s := range []State{Confirmed, Closed, NotRequired} {
		for _, ev := range []Event{Queue, Accept, Delay, Fail, Park, Suspend, Requeue, Close} {
			if to, err := s.Next(ev); err == nil {
				t.Errorf("%s --%s--> %s: a settled entry must stay", s, ev, to)
			}
		}
	}
	var te *shipping.TransitionError
	if _, err := Suspended.Next(Accept); !errors.As(err, &te) || te.Machine != "confirmation" {
		t.Errorf("a suspended entry was accepted: %v", err)
	}
}
