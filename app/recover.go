package app

import (
	"context"
	"fmt"
	"slices"

	"printstation/app/shipping"
)

// Recover takes up what an earlier run left open, once, before the first batch: print jobs whose end it did not see,
// numbers that were being cancelled, and parcels that were held for want of the key, should it be back. Requests without
// an answer need nothing here: the next Print repeats their bytes; nor do confirmations: their lane asks the platform
// first.
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
	if err := s.relent(ctx); err != nil {
		return fmt.Errorf("station: recover held parcels: %w", err)
	}
	for _, p := range cancelling {
		if sh := s.byID[p.Shop]; sh != nil && sh.canceler != nil {
			if err := s.resumeCancel(ctx, sh, p); err != nil {
				s.log.Warn("station: cancelling a number is still open", "parcel", p.ID, "err", err)
			}
		}
	}
	return nil
}

// relent judges the parcels again that were held for want of the key of personal data and whose order can be read now.
// No poll would: nothing about the order has changed.
func (s *Station) relent(ctx context.Context) error {
	type readable struct {
		parcel shipping.Parcel
		lead   shipping.Order
	}
	var held []readable
	err := s.store.View(ctx, func(tx Tx) error {
		held = held[:0]
		for p, err := range tx.Parcels(s.shopIDs(), shipping.Shelf(shipping.ParcelHeld)) {
			if err != nil {
				return err
			}
			if !slices.ContainsFunc(p.Reasons, func(r shipping.Reason) bool { return r.ID == reasonLocked }) {
				continue
			}
			lead, err := tx.Order(shipping.OrderRef{Shop: p.Shop, ID: p.Lead()})
			if err != nil {
				return err
			}
			if lead.Sealed == shipping.SealOpen {
				held = append(held, readable{p, lead})
			}
		}
		return nil
	})
	if err != nil || len(held) == 0 {
		return err // nothing is written when there is nothing to write: the disk may be full
	}
	return s.store.Update(ctx, func(tx Tx) error {
		for _, h := range held {
			if err := s.judge(tx, h.parcel, h.lead, &LoadResult{}); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Station) resumeCancel(ctx context.Context, sh *shop, p shipping.Parcel) error {
	sh.cancelling.Lock()
	defer sh.cancelling.Unlock()
	return s.finishCancel(ctx, sh, p.ID, *p.Waybill)
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
