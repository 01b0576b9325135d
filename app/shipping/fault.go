package shipping

import "time"

// Class sorts every failure by what cures it. It is decided once, by the catalogue, from the platform's raw words.
type Class string

// The classes, as the catalogue, the commands and the store spell them.
const (
	ClassTransient    Class = "transient"    // the same again, later
	ClassRateLimited  Class = "rate_limited" // wait as long as stated; not counted as an attempt
	ClassUnauthorized Class = "unauthorized" // the shop's authorization or signature; the whole shop waits
	ClassMapping      Class = "mapping"      // carrier mapping (物流映射)
	ClassData         Class = "data"         // order, address or sender data
	ClassNumber       Class = "number"       // the tracking number itself is refused
	ClassBusiness     Class = "business"     // refund, order state: a person decides
	ClassAlreadyDone  Class = "already_done" // shipped already: done only if the platform has our number
	ClassQuota        Class = "quota"        // 单号余额 is used up
	ClassUnsupported  Class = "unsupported"
	ClassUnknown      Class = "unknown"
)

// Retryable reports whether asking again without a person's help can succeed.
func (c Class) Retryable() bool { return c == ClassTransient || c == ClassRateLimited }

// Fault is a failure as it is kept and shown: the platform's raw words and the class they got.
type Fault struct {
	Class      Class         `json:"class"`
	Code       string        `json:"code,omitempty"`
	SubCode    string        `json:"sub_code,omitempty"`
	Message    string        `json:"message"`               // the platform's own words, or ours for a broken reply
	RetryAfter time.Duration `json:"retry_after,omitempty"` // stated by the platform; 0 when it said nothing
	// NotDone says that the call surely had no effect: it was refused, or never left. A lost answer is not that.
	NotDone bool      `json:"not_done,omitempty"`
	At      time.Time `json:"at,omitzero"`
	// Reason is set when the station itself is speaking, not the platform: then it is said instead of Message.
	Reason *Reason `json:"reason,omitempty"`
}

// OwnFault is a failure that the station found by itself, before or after asking the platform. It had no effect there.
func OwnFault(class Class, why Reason, now time.Time) *Fault {
	return &Fault{Class: class, Message: why.ID, Reason: &why, NotDone: true, At: now}
}

// Error makes a Fault an error of its own, for results that carry one each.
func (f *Fault) Error() string {
	if f.Code == "" {
		return f.Message
	}
	return f.Code + ": " + f.Message
}

// Reason is a sentence for people as an id of the translations and the values it speaks of, so that it can be stored
// and shown in either language. Values never hold personal data.
type Reason struct {
	ID   string            `json:"id"`
	Data map[string]string `json:"data,omitempty"`
}

// Because makes a Reason from an id and pairs of name and value.
func Because(id string, pairs ...string) Reason {
	r := Reason{ID: id}
	for i := 0; i+1 < len(pairs); i += 2 {
		if r.Data == nil {
			r.Data = make(map[string]string, len(pairs)/2)
		}
		r.Data[pairs[i]] = pairs[i+1]
	}
	return r
}
