package app

import (
	"context"
	"fmt"

	"printstation/app/shipping"
)

// Recover takes up what an earlier run left open, once, before the first batch: print jobs whose end it did not see, and
// numbers that were being cancelled. Requests without an answer need nothing here: the next Print repeats their bytes;
// nor do confirmations: their lane asks the platform first.
//
// Jobs that a printer is still at are followed to their end, which can take as long as the printer does.
func (s *Station) Recover(ctx context.Context) error {
	var jobs []shipping.PrintJob
	var cancelling []shipping.Parcel
	err := s.store.View(ctx, func(tx Tx) error {
		for j, err := range tx.OpenJobs() {
			if err != nil {
				return err
			}
			jobs = append(jobs, j)
		}
		for p, err := range tx.Parcels(s.shopIDs(), shipping.Shelf(shipping.ParcelIssued), shipping.ShelfLabelled) {
			if err != nil {
				return err
			}
			if p.Cancelling {
				cancelling = append(cancelling, p)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, j := range jobs {
		if err := s.recoverJob(ctx, j); err != nil {
			return fmt.Errorf("station: recover job %s: %w", j.ID, err)
		}
	}
	for _, p := range cancelling {
		if sh := s.byID[p.Shop]; sh != nil && sh.canceler != nil {
			if err := s.finishCancel(ctx, sh, p.ID, *p.Waybill); err != nil {
				s.log.Warn("station: cancelling a number is still open", "parcel", p.ID, "err", err)
			}
		}
	}
	return nil
}

// recoverJob finds out what became of a job, each printer's own way.
func (s *Station) recoverJob(ctx context.Context, job shipping.PrintJob) error {
	pr, err := s.printer(job.Printer)
	switch {
	case job.Device == "":
		// The printer's id was not on disk yet, so nothing was sent.
		return s.abandonQuietly(ctx, job)
	case err != nil:
		return s.doubt(ctx, job, fmt.Sprintf("printer %q is no longer configured", job.Printer))
	}
	pr.turn.Lock()
	defer pr.turn.Unlock()
	return s.follow(ctx, pr, job, func(int) {})
}

func (s *Station) abandonQuietly(ctx context.Context, job shipping.PrintJob) error {
	return s.decide(ctx, job, func(shipping.LabelCopy) verdict {
		return verdict{event: shipping.LabelAbort, reason: "never sent"}
	})
}
