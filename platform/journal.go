package platform

import (
	"context"
	"time"

	"printstation/app/shipping"
)

// CallRecord is a line of the call journal: one HTTP exchange. Request and Reply are masked by the adapter, which alone
// knows which fields are personal; no secret and no signature stands in them.
type CallRecord struct {
	Seq     uint64          `json:"seq"`
	At      time.Time       `json:"at"`
	Shop    shipping.ShopID `json:"shop"`
	Call    Call            `json:"call"`
	Path    string          `json:"path"`
	Took    time.Duration   `json:"took"`
	HTTP    int             `json:"http,omitempty"`
	Code    string          `json:"code"` // the platform's, or "" when no readable answer came
	Items   int             `json:"items,omitempty"`
	Error   string          `json:"error,omitempty"`
	Request string          `json:"request"` // masked, cut to a few KiB
	Reply   string          `json:"reply"`   // masked, cut to a few KiB
}

// Journal takes a line for every call. It must not block for long and its failure does not fail the call.
type Journal interface {
	RecordCall(ctx context.Context, r CallRecord)
}
