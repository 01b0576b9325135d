package outbox

import (
	"slices"
	"time"

	"printstation/app/shipping"
)

// Standing is what the platform holds of an order, asked for before a doubtful confirmation is repeated.
type Standing struct {
	Shipped bool // fully
	Closed  bool // cancelled or refunded as a whole
	Numbers []shipping.TrackingNumber
}

// answered ends the entry's open attempt with the platform's answer; a nil fault is "accepted".
func (e Entry) answered(fault *shipping.Fault, now time.Time, p Policy, dice float64) (Entry, error) {
	if fault == nil {
		e.Fault = nil
		return e.endAttempt(nil, false, now).apply(Accept, now)
	}
	own := *fault // a batch may share one
	own.NotDone = own.NotDone && own.Class != shipping.ClassAlreadyDone
	e = e.endAttempt(&own, false, now)
	switch {
	case own.Class == shipping.ClassRateLimited:
		return e.delay(p.limitWait(fault), now)
	case own.Class == shipping.ClassTransient, own.Class == shipping.ClassUnknown && own.Code == "":
		return e.retryLater(now, p, dice)
	case own.Class == shipping.ClassUnauthorized:
		return e.apply(Park, now)
	case own.Class == shipping.ClassAlreadyDone:
		// Shipped, but under which number? Being unsure now, the entry is asked about next, at once.
		return e.delay(0, now)
	}
	return e.apply(Fail, now)
}

// askFailed ends an attempt that was only to read the order's state and could not.
func (e Entry) askFailed(fault *shipping.Fault, now time.Time, p Policy, dice float64) (Entry, error) {
	e = e.endAttempt(fault, true, now)
	switch {
	case fault.Class == shipping.ClassRateLimited:
		return e.delay(p.limitWait(fault), now)
	case fault.Class == shipping.ClassUnauthorized:
		return e.apply(Park, now)
	}
	return e.retryLater(now, p, dice)
}

// asked ends an attempt that read the order's state. "Already shipped" is success only under our number.
func (e Entry) asked(s Standing, now time.Time, p Policy, dice float64) (Entry, error) {
	e = e.endAttempt(nil, true, now)
	if slices.Contains(s.Numbers, e.Number) {
		e.Fault = nil
		return e.apply(Accept, now)
	}
	switch {
	case s.Closed:
		return e.fail(shipping.ClassBusiness, shipping.Because("station.order_closed"), now)
	case s.Shipped && len(s.Numbers) > 0:
		return e.fail(shipping.ClassBusiness, shipping.Because("station.other_number", "Number", string(s.Numbers[0])), now)
	case s.Shipped:
		return e.fail(shipping.ClassAlreadyDone, shipping.Because("station.shipped_unnumbered"), now)
	}
	if e.Fault != nil && e.Fault.Class == shipping.ClassAlreadyDone {
		return e.retryLater(now, p, dice) // "shipped" to the call, "to ship" to the question: not to be repeated for ever
	}
	return e.delay(0, now) // unshipped: the call may be made again
}

func (e Entry) fail(class shipping.Class, why shipping.Reason, now time.Time) (Entry, error) {
	e.Fault = shipping.OwnFault(class, why, now)
	return e.apply(Fail, now)
}

func (e Entry) retryLater(now time.Time, p Policy, dice float64) (Entry, error) {
	e.Tries++
	if e.Tries >= p.MaxTries {
		return e.apply(Fail, now)
	}
	return e.delay(max(p.Backoff(e.Tries, dice), e.Fault.RetryAfter), now)
}

func (e Entry) delay(wait time.Duration, now time.Time) (Entry, error) {
	e.NextAt = now.Add(wait)
	return e.apply(Delay, now)
}

// apply moves the entry through the machine.
func (e Entry) apply(ev Event, now time.Time) (Entry, error) {
	to, err := e.State.Next(ev)
	if err != nil {
		return e, err
	}
	e.State = to
	if to.Settled() {
		e.SettledAt = now
	}
	return e, nil
}

// Apply moves an entry for a reason outside the worker: queued, requeued, suspended, closed. A requeued entry is due at
// once and starts its backoff anew, but keeps its attempts: what was unsure stays so.
func (e Entry) Apply(ev Event, now time.Time) (Entry, error) {
	e, err := e.apply(ev, now)
	if err == nil && (ev == Queue || ev == Requeue) {
		e.NextAt, e.Tries, e.SettledAt = now, 0, time.Time{}
	}
	return e, err
}

func (e Entry) endAttempt(fault *shipping.Fault, asked bool, now time.Time) Entry {
	if fault != nil {
		e.Fault = fault
	}
	e.Attempts = slices.Clone(e.Attempts)
	if n := len(e.Attempts); n > 0 {
		e.Attempts[n-1].Ended, e.Attempts[n-1].Fault, e.Attempts[n-1].Asked = now, fault, asked
	}
	if n := len(e.Attempts); n > MaxKept {
		e.Attempts = e.Attempts[n-MaxKept:]
	}
	return e
}

// unsureBefore reports whether the call before the attempt that was just begun may have had its effect.
func (e Entry) unsureBefore() bool {
	if len(e.Attempts) == 0 {
		return false
	}
	e.Attempts = e.Attempts[:len(e.Attempts)-1]
	return e.Unsure()
}
