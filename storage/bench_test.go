package storage_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"testing"

	"printstation/app"
	"printstation/app/shipping"
	"printstation/storage"
)

// BenchmarkParcels puts 10,000 parcels with order, label, confirmation and event, 100 an update, and reads them back as
// a list does.
func BenchmarkParcels(b *testing.B) {
	const n, batch = 10_000, 100
	b.Run("put", func(b *testing.B) {
		for b.Loop() {
			db := benchStore(b)
			putMany(b, db, n, batch)
			stats, err := db.Stats(b.Context())
			if err = errors.Join(err, db.Close()); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(stats.Size)/n, "bytes/parcel")
		}
		b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "parcels/s")
	})
	b.Run("list", func(b *testing.B) {
		db := benchStore(b)
		putMany(b, db, n, batch)
		for b.Loop() {
			seen := 0
			err := db.View(b.Context(), func(tx app.Tx) error {
				for _, err := range tx.Parcels([]shipping.ShopID{"dy1"}) {
					if err != nil {
						return err
					}
					seen++
				}
				return nil
			})
			if err != nil || seen != n {
				b.Fatal(seen, err)
			}
		}
		b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "parcels/s")
		if err := db.Close(); err != nil {
			b.Fatal(err)
		}
	})
	b.Run("open", func(b *testing.B) {
		db := benchStore(b)
		putMany(b, db, n, batch)
		stats, err := db.Stats(b.Context())
		if err = errors.Join(err, db.Close()); err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			db, err := storage.Open(stats.Path, storage.Options{Keys: fileKeys(stats.Path)})
			if err != nil {
				b.Fatal(err)
			}
			if err := db.Close(); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func benchStore(b *testing.B) *storage.DB {
	b.Helper()
	path := filepath.Join(b.TempDir(), fmt.Sprintf("%d.db", b.N))
	db, err := storage.Open(path, storage.Options{Keys: fileKeys(path)})
	if err != nil {
		b.Fatal(err)
	}
	return db
}

func putMany(b *testing.B, db *storage.DB, n, batch int) {
	b.Helper()
	for from := 0; from < n; from += batch {
		err := db.Update(b.Context(), func(tx app.Tx) error {
			for i := from; i < from+batch; i++ {
				if err := putAll(tx, i+1); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}
