package app

import (
	"context"
	"errors"

	"printstation/app/shipping"
)

var errStale = errors.New("station: a parcel changed while its label was drawn")

// intend puts the print job and its queued copies on disk before anything leaves. It checks once more, inside the
// transaction, that each parcel may be printed: two clicks, two windows or a refund in between end here, as errStale.
func (s *Station) intend(ctx context.Context, ds []draft, pages []int, pr *printer, batch string, reprint bool) (shipping.PrintJob, error) {
	var job shipping.PrintJob
	err := s.store.Update(ctx, func(tx Tx) error {
		id, err := tx.NewJobID()
		if err != nil {
			return err
		}
		job = shipping.PrintJob{ID: id, Printer: pr.ID, Batch: batch, Open: true, CreatedAt: s.now()}
		for i, d := range ds {
			if pages[i] == 0 {
				continue
			}
			if err := s.intendOne(tx, d, job, pages[i], reprint); err != nil {
				return err
			}
			job.Labels = append(job.Labels, d.id())
		}
		return tx.PutJob(job)
	})
	return job, err
}

func (s *Station) intendOne(tx Tx, d draft, job shipping.PrintJob, page int, reprint bool) error {
	p, err := tx.Parcel(d.parcel.ID)
	if err != nil {
		return err
	}
	copies, err := tx.LabelsOf(p.ID)
	if err != nil {
		return err
	}
	if !mayPrint(p, copies, reprint) || len(copies)+1 != d.copyNo || p.Waybill.Number != d.label.Number {
		return errStale
	}
	c := shipping.LabelCopy{
		ID: d.id(), Parcel: p.ID, Number: p.Waybill.Number, Carrier: p.Waybill.Carrier, Reprint: d.reprint,
		Job: job.ID, Page: page, Printer: job.Printer, QueuedAt: s.now(),
	}
	return s.moveLabel(tx, c, shipping.LabelIntend, "")
}
