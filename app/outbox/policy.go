package outbox

import (
	"time"

	"printstation/app/shipping"
)

// Policy says how patient the queue is.
type Policy struct {
	First    time.Duration // wait after the first failure
	Longest  time.Duration // no wait grows beyond this
	MaxTries int           // after so many counted attempts a person is asked
	Limited  time.Duration // wait after a rate limit that states no time
}

// DefaultPolicy tries for about two hours: 2 s, 4 s, 8 s … 10 min.
func DefaultPolicy() Policy {
	return Policy{First: 2 * time.Second, Longest: 10 * time.Minute, MaxTries: 18, Limited: 30 * time.Second}
}

// Backoff is the wait before try number tries+1, doubled with each try, with a fifth of jitter either way so that the
// shops of a street do not all knock at once. dice is a number in [0,1).
func (p Policy) Backoff(tries int, dice float64) time.Duration {
	wait := p.First
	for i := 1; i < tries && wait < p.Longest; i++ {
		wait *= 2
	}
	wait = min(wait, p.Longest)
	return wait + time.Duration((dice-0.5)*0.4*float64(wait))
}

// limitWait is the wait that a rate limit asks for, ours when it states none.
func (p Policy) limitWait(fault *shipping.Fault) time.Duration {
	if fault.RetryAfter > 0 {
		return fault.RetryAfter
	}
	return p.Limited
}
