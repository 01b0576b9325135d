package app

import (
	"context"

	"printstation/app/shipping"
)

// Doubts lists the labels of unknown fate, in the order of their jobs and pages.
func (s *Station) Doubts(ctx context.Context) ([]Doubt, error) {
	var ds []Doubt
	err := s.store.View(ctx, func(tx Tx) error {
		ds = ds[:0]
		for c, err := range tx.LabelsIn(shipping.LabelUncertain) {
			if err != nil {
				return err
			}
			p, err := tx.Parcel(c.Parcel)
			if err != nil {
				return err
			}
			row, err := s.row(tx, p)
			if err != nil {
				return err
			}
			job, err := tx.Job(c.Job)
			if err != nil {
				return err
			}
			ds = append(ds, Doubt{Label: c, Row: row, Pages: len(job.Labels), Age: s.now().Sub(c.QueuedAt), ShipBy: p.ShipBy})
		}
		return nil
	})
	return ds, err
}

// Timeline gives all that happened to a parcel, oldest first.
func (s *Station) Timeline(ctx context.Context, id shipping.ParcelID) ([]shipping.Event, error) {
	var events []shipping.Event
	err := s.store.View(ctx, func(tx Tx) error {
		events = events[:0]
		for e, err := range tx.Events(id) {
			if err != nil {
				return err
			}
			events = append(events, e)
		}
		return nil
	})
	return events, err
}
