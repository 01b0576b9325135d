package storage

import (
	"context"
	"os"

	"printstation/app/outbox"
)

// Stats tells how big a store is.
type Stats struct {
	Path    string
	ID      string
	Mode    Mode
	Schema  int
	Size    int64 // of the file, in bytes
	Free    int64 // bytes within it that will be used again
	Orders  int
	Parcels int
	Labels  int
	Entries int
	Waiting int // confirmations that still have to be made
	Events  int
	Calls   int
}

// Stats counts all rows, which reads every page head of the store once.
func (db *DB) Stats(ctx context.Context) (Stats, error) {
	s := Stats{Path: db.path, ID: db.id, Mode: db.opt.Mode}
	info, err := os.Stat(db.path)
	if err != nil {
		return s, nameError(db.path, err)
	}
	s.Size = info.Size()
	s.Free = int64(db.bolt.Stats().FreePageN) * int64(db.bolt.Info().PageSize)
	err = db.view(ctx, func(t *tx) error {
		s.Schema = schemaVersion(t.bolt)
		count := func(name string) int { return t.bucket(name).Stats().KeyN }
		s.Orders, s.Parcels, s.Labels = count(rowsOrders), count(rowsParcels), count(rowsLabels)
		s.Entries, s.Events, s.Calls = count(rowsEntries), count(rowsEvents), count(rowsCalls)
		for range t.walk(entriesState, textKey(string(outbox.Waiting))) {
			s.Waiting++
		}
		return nil
	})
	return s, err
}
