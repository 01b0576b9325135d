package app

import (
	"context"
	"fmt"
	"slices"

	"printstation/app/shipping"
)

// Recover takes up what was left open: numbers that were being cancelled, parcels that were held for want of the key,
// should it be back, and print jobs whose end nobody saw. Call it before the first batch; Run does it again now and
// then, for what a full disk or a lost answer left open meanwhile. Requests without an answer need nothing here: the
// next Print repeats their bytes; nor do confirmations: their lane asks the platform first.
//
// Jobs that a printer is still at are followed to their end, which can take as long as the printer does.
func (s *Station) Recover(ctx context.Context) error {
	if err := s.relent(ctx); err != nil {
		return fmt.Errorf("station: recover held parcels: %w", err)
	}
	if err := s.resumeCancels(ctx); err != nil {
		return fmt.Errorf("station: recover cancelled numbers: %w", err)
	}
	return s.recoverJobs(ctx)
}

// recoverJobs finds out about open jobs, printer by printer. Whoever has the printer's turn is the only one to work on
// its jobs: those that are open then are nobody's.
func (s *Station) recoverJobs(ctx context.Context) error {
	for _, pr := range s.printers {
		if err := s.recoverPrinter(ctx, pr); err != nil {
			return err
		}
	}
	return s.eachOpenJob(ctx, func(job shipping.PrintJob) error {
		if _, err := s.printer(job.Printer); err == nil {
			return nil
		}
		if job.Device == "" {
			return s.neverSent(ctx, job)
		}
		return s.doubt(ctx, job, shipping.Because("station.printer_unconfigured", "Printer", job.Printer))
	})
}

func (s *Station) recoverPrinter(ctx context.Context, pr *printer) error {
	if err := pr.take(ctx); err != nil {
		return err
	}
	defer pr.leave()
	return s.eachOpenJob(ctx, func(job shipping.PrintJob) error {
		switch {
		case job.Printer != pr.ID:
			return nil
		case job.Device == "":
			return s.neverSent(ctx, job) // the printer's id of it was not even on disk
		}
		return s.follow(ctx, pr, job, func(int) {})
	})
}

func (s *Station) eachOpenJob(ctx context.Context, do func(shipping.PrintJob) error) error {
	var jobs []shipping.PrintJob
	err := s.store.View(ctx, func(tx Tx) error {
		jobs = jobs[:0]
		for j, err := range tx.OpenJobs() {
			if err != nil {
				return err
			}
			jobs = append(jobs, j)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, j := range jobs {
		if err := do(j); err != nil {
			return fmt.Errorf("station: recover job %s: %w", j.ID, err)
		}
	}
	return nil
}

func (s *Station) neverSent(ctx context.Context, job shipping.PrintJob) error {
	return s.decide(ctx, job, func(shipping.LabelCopy) verdict { return because(shipping.LabelAbort, "station.never_sent") })
}

// resumeCancels asks again for the cancels whose answer is open. One that stays open is no error: it is asked again.
func (s *Station) resumeCancels(ctx context.Context) error {
	var open []shipping.Parcel
	err := s.store.View(ctx, func(tx Tx) error {
		open = open[:0]
		for p, err := range tx.Parcels(s.shopIDs(), shipping.Shelf(shipping.ParcelIssued), shipping.ShelfLabelled) {
			if err != nil {
				return err
			}
			if p.Cancelling {
				open = append(open, p)
			}
		}
		return nil
	})
	for _, p := range open {
		if sh := s.byID[p.Shop]; sh != nil && sh.canceler != nil {
			if err := s.resumeCancel(ctx, sh, p); err != nil {
				s.log.Warn("station: cancelling a number is still open", "parcel", p.ID, "err", err)
			}
		}
	}
	return err
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
