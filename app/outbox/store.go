package outbox

import (
	"context"
	"time"

	"printstation/app/shipping"
)

// Store is what the worker needs of the disk. Entries are put in by the transaction that records a label as printed,
// which is none of the worker's business.
type Store interface {
	// BeginDue gives up to limit entries of the shop that are waiting and due at now, oldest first, each with an
	// Attempt begun at now appended and already on disk.
	BeginDue(ctx context.Context, shop shipping.ShopID, now time.Time, limit int) ([]Entry, error)
	// Settle writes entries back as they are now, in one transaction, with a line on the timeline for each that changed
	// state. An entry that a person closed or suspended meanwhile keeps that state; only its attempts are written.
	Settle(ctx context.Context, entries []Entry) error
	// NextDue tells when the shop's next waiting entry is due; false when none waits.
	NextDue(ctx context.Context, shop shipping.ShopID) (time.Time, bool, error)
}
