package sandbox

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"time"
)

// Faults say what goes wrong, beside what the orders themselves have in store. The zero value is a world without
// faults. Chance comes from the world's seed alone.
type Faults struct {
	Latency      Latency       `json:"latency,omitzero"`
	HTTP500      Rule          `json:"http_500,omitzero"`      // an HTML page with status 500; nothing was done
	CutBefore    Rule          `json:"cut_before,omitzero"`    // the connection is cut; nothing was done
	CutAfter     Rule          `json:"cut_after,omitzero"`     // the work was done, and the answer lost
	CutReply     Rule          `json:"cut_reply,omitzero"`     // the work was done, and half of the answer comes
	NotJSON      Rule          `json:"not_json,omitzero"`      // the work was done, and HTML comes with status 200
	WrongShape   Rule          `json:"wrong_shape,omitzero"`   // the work was done, and other JSON comes
	ForeignOrder Rule          `json:"foreign_order,omitzero"` // one order of the answer has a foreign id
	Shuffle      Rule          `json:"shuffle,omitzero"`       // the parts of the answer come in another order
	SlowDrip     Drip          `json:"slow_drip,omitzero"`
	RateLimit    RateLimit     `json:"rate_limit,omitzero"`
	Waybills     RefuseOrder   `json:"waybills,omitzero"`  // single orders get no number
	Shipments    RefuseOrder   `json:"shipments,omitzero"` // single shipments are refused
	DownFor      []RefusedCall `json:"down_for,omitempty"` // calls that are refused as a whole
}

// Rule says how often a fault strikes: the next so many times, then with a probability.
type Rule struct {
	Next        int      `json:"next,omitempty"`        // counts down
	Probability float64  `json:"probability,omitempty"` // 0 to 1
	Calls       []string `json:"calls,omitempty"`       // as "logistics/newcreateorder"; none means all
}

// Latency is how long each answer takes at least and at most, in milliseconds.
type Latency struct {
	MinMS int `json:"min_ms,omitempty"`
	MaxMS int `json:"max_ms,omitempty"`
}

// Drip sends an answer in pieces with pauses between them.
type Drip struct {
	Rule
	Bytes   int `json:"bytes,omitempty"`    // of each piece; 0: 64
	PauseMS int `json:"pause_ms,omitempty"` // 0: 20
}

// RateLimit refuses calls with words that say how long to wait.
type RateLimit struct {
	Rule
	WaitSeconds int `json:"wait_seconds,omitempty"` // 0: 1
	PerSecond   int `json:"per_second,omitempty"`   // above zero: more calls than this in a second are refused too
}

// RefuseOrder refuses single orders of a batch; the rest goes through. Without words, numbers are refused with 4029
// and shipments with each of the answers in turn that shop staff know from this platform.
type RefuseOrder struct {
	Rule
	Code int    `json:"code,omitempty"`
	Text string `json:"text,omitempty"`
}

// RefusedCall answers every call to one path with a code and words, as when an authorization has run out.
type RefusedCall struct {
	Call string `json:"call"`
	Code int    `json:"code"`
	Text string `json:"text"`
}

// Validate reports the first setting that makes no sense.
func (f Faults) Validate() error {
	for name, r := range map[string]Rule{
		"http_500": f.HTTP500, "cut_before": f.CutBefore, "cut_after": f.CutAfter, "cut_reply": f.CutReply,
		"not_json": f.NotJSON, "wrong_shape": f.WrongShape, "foreign_order": f.ForeignOrder, "shuffle": f.Shuffle,
		"slow_drip": f.SlowDrip.Rule, "rate_limit": f.RateLimit.Rule, "waybills": f.Waybills.Rule,
		"shipments": f.Shipments.Rule,
	} {
		if r.Next < 0 || !(r.Probability >= 0 && r.Probability <= 1) {
			return fmt.Errorf("sandbox: fault %s: next must not be negative, probability lies between 0 and 1", name)
		}
		for _, c := range r.Calls {
			if _, known := calls[c]; !known {
				return fmt.Errorf("sandbox: fault %s: there is no call %q", name, c)
			}
		}
	}
	if f.Latency.MinMS < 0 || f.Latency.MaxMS < 0 {
		return fmt.Errorf("sandbox: fault latency: times must not be negative")
	}
	for _, d := range f.DownFor {
		if _, known := calls[d.Call]; !known || d.Code == 0 {
			return fmt.Errorf("sandbox: fault down_for: wants a known call and a code that is not 0, got %q and %d", d.Call, d.Code)
		}
	}
	return nil
}

// SetFaults replaces the faults. Settings that Validate refuses make nothing strike that they do not clearly name:
// callers with input from outside validate first.
func (w *World) SetFaults(f Faults) { w.faults.set(f) }

// Faults gives the faults as they stand, counted down.
func (w *World) Faults() Faults { return w.faults.get() }

// faultBox draws the faults. Its lock is its own: a call that waits for the world must not hold up the draw.
type faultBox struct {
	mu     sync.Mutex
	f      Faults
	random *rand.Rand
	turn   int // of shipRefusals
}

func (b *faultBox) seed(seed uint64) { b.random = rand.New(rand.NewPCG(seed, 0xfa017)) }

func (b *faultBox) set(f Faults) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.f = f
}

func (b *faultBox) get() Faults {
	b.mu.Lock()
	defer b.mu.Unlock()
	f := b.f
	f.DownFor = slices.Clone(f.DownFor)
	return f
}

// plan is what will go wrong with one call.
type plan struct {
	wait                                time.Duration
	http500, cutBefore, cutAfter, cut   bool
	notJSON, wrongShape, foreign, mixed bool
	drip                                *Drip
	refused                             *refusal
	shape                               int // which wrong shape
}

func (b *faultBox) draw(call string, callsThisSecond int) plan {
	b.mu.Lock()
	defer b.mu.Unlock()
	p := plan{
		wait:    b.latency(),
		http500: b.strikes(&b.f.HTTP500, call), cutBefore: b.strikes(&b.f.CutBefore, call),
		cutAfter: b.strikes(&b.f.CutAfter, call), cut: b.strikes(&b.f.CutReply, call),
		notJSON: b.strikes(&b.f.NotJSON, call), wrongShape: b.strikes(&b.f.WrongShape, call),
		foreign: b.strikes(&b.f.ForeignOrder, call), mixed: b.strikes(&b.f.Shuffle, call),
	}
	if p.wrongShape {
		p.shape = b.random.IntN(len(wrongShapes))
	}
	if b.strikes(&b.f.SlowDrip.Rule, call) {
		d := b.f.SlowDrip
		p.drip = &d
	}
	over := b.f.RateLimit.PerSecond > 0 && callsThisSecond > b.f.RateLimit.PerSecond
	if b.strikes(&b.f.RateLimit.Rule, call) || over {
		p.refused = noRate.about(max(1, b.f.RateLimit.WaitSeconds))
	}
	for _, d := range b.f.DownFor {
		if d.Call == call {
			p.refused = &refusal{d.Code, d.Text}
		}
	}
	return p
}

func (b *faultBox) latency() time.Duration {
	least, most := b.f.Latency.MinMS, b.f.Latency.MaxMS
	if most <= least {
		return time.Duration(least) * time.Millisecond
	}
	return time.Duration(least+b.random.IntN(most-least+1)) * time.Millisecond
}

// strikes decides one rule for one call. The caller holds the lock.
func (b *faultBox) strikes(r *Rule, call string) bool {
	if len(r.Calls) > 0 && !slices.Contains(r.Calls, call) {
		return false
	}
	if r.Next > 0 {
		r.Next--
		return true
	}
	return r.Probability > 0 && b.random.Float64() < r.Probability
}

func (b *faultBox) refuseWaybill(call string) *refusal {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.strikes(&b.f.Waybills.Rule, call) {
		return nil
	}
	if b.f.Waybills.Text == "" {
		return noService.with("快递公司接口异常,取号失败")
	}
	return &refusal{max(1, b.f.Waybills.Code), b.f.Waybills.Text}
}

func (b *faultBox) refuseShipment(call string) *refusal {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.strikes(&b.f.Shipments.Rule, call) {
		return nil
	}
	if b.f.Shipments.Text == "" {
		b.turn++
		return shipRefusals[(b.turn-1)%len(shipRefusals)]
	}
	return &refusal{max(1, b.f.Shipments.Code), b.f.Shipments.Text}
}
