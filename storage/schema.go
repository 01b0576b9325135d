package storage

import (
	"encoding/binary"
	"fmt"

	"go.etcd.io/bbolt"
)

// The buckets. A row bucket is named for what it holds, an index ROWS.BY; an index holds no data of its own.
const (
	rowsMeta      = "meta"
	rowsOrders    = "orders"         // shop, seq -> JSON without personal data
	ordersByID    = "orders.id"      // shop, order -> key in orders
	sealedOrders  = "orders.sealed"  // as orders -> sealed personal data
	rowsParcels   = "parcels"        // shop, seq -> JSON
	sealedParcels = "parcels.sealed" // as parcels -> sealed request bytes
	parcelsShelf  = "parcels.shelf"  // shelf, shop, seq
	parcelsOrder  = "parcels.order"  // shop, order, seq
	numbersTaken  = "parcels.number" // number, carrier -> parcel id; a row is never taken out
	rowsLabels    = "labels"         // shop, seq, copy -> JSON
	labelsState   = "labels.state"   // state, job, page, then the label's key
	rowsJobs      = "jobs"           // job -> JSON
	jobsOpen      = "jobs.open"      // job
	rowsEntries   = "entries"        // shop, seq -> JSON
	entriesByID   = "entries.id"     // id -> key in entries
	entriesState  = "entries.state"  // state, shop, seq
	entriesDue    = "entries.due"    // shop, next attempt, seq; waiting entries only
	entriesParcel = "entries.parcel" // the parcel's key, then the entry's key
	rowsEvents    = "events"         // the parcel's key, seq -> JSON
	rowsCalls     = "calls"          // seq -> JSON
	callsShop     = "calls.shop"     // shop, seq
	rowsMarks     = "marks"          // shop, name -> bytes
	rowsSequences = "sequences"      // rows, shop -> last number given
	rowsBatches   = "batches"        // holds a sequence only
)

// buckets lists all of the first version.
var buckets = []string{
	rowsMeta, rowsOrders, ordersByID, sealedOrders, rowsParcels, sealedParcels, parcelsShelf, parcelsOrder, numbersTaken,
	rowsLabels, labelsState, rowsJobs, jobsOpen, rowsEntries, entriesByID, entriesState, entriesDue, entriesParcel,
	rowsEvents, rowsCalls, callsShop, rowsMarks, rowsSequences, rowsBatches,
}

// The rows of meta.
var (
	metaSchema    = []byte("schema")    // version, as a number
	metaMode      = []byte("mode")      // "live" or "demo"
	metaID        = []byte("id")        // the store's name in the key ring
	metaKeyPlace  = []byte("key.place") // where the key ring put the master key
	metaKeyCheck  = []byte("key.check") // tells the right master key from a wrong one
	metaDestroyed = []byte("key.gone")  // the last month whose data keys were destroyed, as a number
)

// step brings a store from the version before it to its own: step n of the list makes version n+1.
type step struct {
	name string
	do   func(*bbolt.Tx) error
}

// steps is the whole history of the schema. A step is never changed once a release has it; new ones are put at the end.
var steps = []step{
	{"first buckets", func(tx *bbolt.Tx) error {
		for _, name := range buckets {
			if _, err := tx.CreateBucketIfNotExists([]byte(name)); err != nil {
				return fmt.Errorf("bucket %s: %w", name, err)
			}
		}
		return nil
	}},
}

// schemaVersion tells the version of a store; 0 of one that has none yet.
func schemaVersion(tx *bbolt.Tx) int {
	meta := tx.Bucket([]byte(rowsMeta))
	if meta == nil {
		return 0
	}
	return int(numberOf(meta.Get(metaSchema)))
}

// migrate runs the steps that the store has not seen, in the transaction given: either all of them count, or none.
func migrate(tx *bbolt.Tx, steps []step) error {
	have := schemaVersion(tx)
	if have > len(steps) {
		return &VersionError{Have: have, Can: len(steps)}
	}
	for i, s := range steps[have:] {
		if err := s.do(tx); err != nil {
			return fmt.Errorf("step %d (%s): %w", have+i+1, s.name, err)
		}
	}
	return tx.Bucket([]byte(rowsMeta)).Put(metaSchema, appendNumber(nil, uint64(len(steps))))
}

// numberOf reads a row that holds one number; 0 when there is none.
func numberOf(b []byte) uint64 {
	if len(b) != 8 {
		return 0
	}
	return binary.BigEndian.Uint64(b)
}
