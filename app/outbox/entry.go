package outbox

import (
	"time"

	"printstation/app/shipping"
)

// EntryID is "shop/order/number": one order and one number have one entry, however often it is queued.
type EntryID string

// MakeEntryID joins the three parts.
func MakeEntryID(shop shipping.ShopID, order shipping.OrderID, number shipping.TrackingNumber) EntryID {
	return EntryID(string(shop) + "/" + string(order) + "/" + string(number))
}

// Entry is one confirmation on its way to the platform.
type Entry struct {
	ID  EntryID `json:"id"`
	Seq uint64  `json:"seq"` // order of queueing, given by the store
	shipping.Shipment
	State State           `json:"state"`
	Fault *shipping.Fault `json:"fault,omitempty"` // the last one
	Note  string          `json:"note,omitempty"`  // why a person closed it
	// Attempts keeps every call that was begun, the last MaxKept of them. One without an end is a call whose answer was
	// never recorded: the platform must be asked before the call is repeated.
	Attempts  []Attempt `json:"attempts,omitempty"`
	Tries     int       `json:"tries"` // attempts that count for the backoff
	NextAt    time.Time `json:"next_at"`
	QueuedAt  time.Time `json:"queued_at"`
	SettledAt time.Time `json:"settled_at,omitzero"`
	ShipBy    time.Time `json:"ship_by,omitzero"`
}

// Attempt is one call to the platform for an entry.
type Attempt struct {
	Began time.Time       `json:"began"`
	Ended time.Time       `json:"ended,omitzero"` // zero: the answer was never recorded
	Fault *shipping.Fault `json:"fault,omitempty"`
	Asked bool            `json:"asked,omitempty"` // only the order's state was read, nothing was sent
}

// MaxKept is how many attempts an entry keeps; older ones are dropped, Tries goes on counting.
const MaxKept = 20

// Unsure reports whether the last call may have reached the platform without our knowing its outcome.
func (e Entry) Unsure() bool {
	for i := len(e.Attempts) - 1; i >= 0; i-- {
		a := e.Attempts[i]
		if a.Asked {
			if a.Ended.IsZero() || a.Fault != nil {
				continue // asking failed: what it was to find out is still open
			}
			return false
		}
		return a.Ended.IsZero() || (a.Fault != nil && !a.Fault.NotDone)
	}
	return false
}

// State is where a confirmation stands.
type State string

// The states of an entry.
const (
	Waiting     State = "waiting"
	Suspended   State = "suspended" // its number is being cancelled
	Parked      State = "parked"    // by cause: waits for an authorization or a mapping
	Confirmed   State = "confirmed"
	Failed      State = "failed" // the desk's
	NotRequired State = "not_required"
	Closed      State = "closed" // by a person, with a reason
)

// Event is something that happens to an entry.
type Event string

// What can happen to an entry.
const (
	Queue   Event = "queue"
	Skip    Event = "skip" // an offline order: nobody to tell
	Accept  Event = "accept"
	Delay   Event = "delay" // failed for now; NextAt says when again
	Fail    Event = "fail"
	Park    Event = "park"
	Suspend Event = "suspend"
	Requeue Event = "requeue" // by a person, or when the cause is mended
	Close   Event = "close"
)

var machine = shipping.Machine[State, Event]{Name: "confirmation", Table: map[State]map[Event]State{
	"":        {Queue: Waiting, Skip: NotRequired},
	Waiting:   {Accept: Confirmed, Delay: Waiting, Fail: Failed, Park: Parked, Suspend: Suspended, Close: Closed, Requeue: Waiting},
	Parked:    {Requeue: Waiting, Close: Closed, Suspend: Suspended},
	Failed:    {Requeue: Waiting, Close: Closed, Suspend: Suspended},
	Suspended: {Requeue: Waiting, Close: Closed},
}}

// Next is the machine's one transition function.
func (s State) Next(e Event) (State, error) { return machine.Next(s, e) }

// Settled reports whether nothing more will happen to the entry by itself.
func (s State) Settled() bool { return s != Waiting && s != Parked && s != Suspended }
