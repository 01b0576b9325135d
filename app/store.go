package app

import (
	"context"
	"errors"
	"iter"

	"printstation/app/outbox"
	"printstation/app/shipping"
	"printstation/platform"
)

// Errors of the store that callers branch on.
var (
	ErrNotFound = errors.New("not in the store")
	// ErrNumberTaken comes as *NumberTakenError: the number already stands on another parcel.
	ErrNumberTaken = errors.New("the number is held by another parcel")
)

// NumberTakenError is the evidence for a number that a platform gave out twice.
type NumberTakenError struct {
	Carrier shipping.Carrier
	Number  shipping.TrackingNumber
	Holder  shipping.ParcelID
}

func (e *NumberTakenError) Error() string {
	return "number " + string(e.Number) + " of " + string(e.Carrier) + " is held by parcel " + string(e.Holder)
}

// Is makes the error match ErrNumberTaken.
func (e *NumberTakenError) Is(target error) bool { return target == ErrNumberTaken }

// Store keeps all that must survive a power cut. An Update is on disk when it returns nil, and has left no trace when it
// does not; several goroutines may call, updates come one after another.
type Store interface {
	View(ctx context.Context, do func(Tx) error) error
	Update(ctx context.Context, do func(Tx) error) error
}

// Tx is one transaction. What it yields are copies. Sequences are in order of first writing, never of a clock. Every
// lookup of one thing gives ErrNotFound when it is not there. Put methods fail in a View.
type Tx interface {
	Order(ref shipping.OrderRef) (shipping.Order, error)
	PutOrder(o shipping.Order) error
	Orders(shop shipping.ShopID) iter.Seq2[shipping.Order, error]

	NewParcelID(shop shipping.ShopID) (shipping.ParcelID, error)
	Parcel(id shipping.ParcelID) (shipping.Parcel, error)
	// PutParcel also claims the waybill's (carrier, number) for the parcel, for good: a cancelled number stays claimed.
	// It fails with *NumberTakenError, writing nothing, when another parcel of any shop holds it.
	PutParcel(p shipping.Parcel) error
	// ParcelsOf gives the parcels that hold the order, in sequence.
	ParcelsOf(ref shipping.OrderRef) ([]shipping.ParcelID, error)
	// Parcels yields the parcels on any of the shelves (all when none is given), shop by shop in the order of the shops
	// given, within a shop in sequence.
	Parcels(shops []shipping.ShopID, shelves ...shipping.Shelf) iter.Seq2[shipping.Parcel, error]
	// LatestParcels yields the parcels of one shelf, within a shop in reverse sequence.
	LatestParcels(shops []shipping.ShopID, shelf shipping.Shelf) iter.Seq2[shipping.Parcel, error]
	// NumberHolder finds the parcel that holds a number, of any carrier when carrier is "".
	NumberHolder(carrier shipping.Carrier, number shipping.TrackingNumber) (shipping.ParcelID, error)

	PutLabel(c shipping.LabelCopy) error
	Label(id shipping.LabelID) (shipping.LabelCopy, error)
	LabelsOf(p shipping.ParcelID) ([]shipping.LabelCopy, error)
	// LabelsIn yields the copies in any of the states, in order of job and page.
	LabelsIn(states ...shipping.LabelState) iter.Seq2[shipping.LabelCopy, error]

	NewJobID() (shipping.JobID, error)
	PutJob(j shipping.PrintJob) error
	Job(id shipping.JobID) (shipping.PrintJob, error)
	// OpenJobs yields the jobs whose labels are not all decided, in order.
	OpenJobs() iter.Seq2[shipping.PrintJob, error]

	// PutEntry writes a confirmation; a new one gets its Seq.
	PutEntry(e outbox.Entry) error
	Entry(id outbox.EntryID) (outbox.Entry, error)
	EntriesOf(p shipping.ParcelID) ([]outbox.Entry, error)
	// Entries yields the entries of the shops in any of the states, in order of queueing within a shop.
	Entries(shops []shipping.ShopID, states ...outbox.State) iter.Seq2[outbox.Entry, error]
	// LatestEntries yields the entries in one state, within a shop in reverse order of queueing.
	LatestEntries(shops []shipping.ShopID, state outbox.State) iter.Seq2[outbox.Entry, error]

	AppendEvent(e shipping.Event) error
	Events(p shipping.ParcelID) iter.Seq2[shipping.Event, error]

	// NextBatch gives the name of the next batch: A1, A2, … with the station's letter chosen by the caller.
	NextBatch() (uint64, error)

	// Mark and PutMark keep small marks of ours, as how far a shop's orders were loaded.
	Mark(shop shipping.ShopID, name string) ([]byte, error)
	PutMark(shop shipping.ShopID, name string, value []byte) error
}

// CallLog reads the journal that adapters write through platform.Journal, newest first.
type CallLog interface {
	Calls(ctx context.Context, shop shipping.ShopID, limit int) ([]platform.CallRecord, error)
}
