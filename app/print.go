package app

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"printstation/app/shipping"
)

// printChunk is how many labels share a document: enough to spread the cost of its fonts, few enough that a printer that
// stops leaves little in doubt.
const printChunk = 100

// Print takes the parcels from wherever they stand to paper: numbers for those that have none, then labels in the order
// asked for, while the next chunk's numbers are on their way. Parcels that must not be printed are left as they are, and
// the result says why. Cancelling the context stops between chunks and asks the printer to stop within one.
//
// The error is the store's or a wrong request. All that a platform or a printer had to say is in the result.
func (s *Station) Print(ctx context.Context, req PrintRequest) (PrintResult, error) {
	return s.batch(ctx, req, false)
}

// Reprint makes one more copy of labels that were printed; it bears the reprint mark.
func (s *Station) Reprint(ctx context.Context, ids []shipping.ParcelID, printerID string) (PrintResult, error) {
	return s.batch(ctx, PrintRequest{Parcels: ids, Printer: printerID}, true)
}

// batch is one run of Print or Reprint.
type batch struct {
	*Station
	printer *printer
	name    string
	reprint bool
	size    int
	serial  int                                     // labels intended so far
	reasons map[shipping.ParcelID][]shipping.Reason // why a label was not drawn
	report  func(Progress)
	done    Progress
}

func (s *Station) batch(ctx context.Context, req PrintRequest, reprint bool) (PrintResult, error) {
	ids := unique(req.Parcels)
	pr, err := s.printer(req.Printer)
	if err != nil || len(ids) == 0 {
		return PrintResult{}, err
	}
	name, err := s.nextBatch(ctx)
	if err != nil {
		return PrintResult{}, err
	}
	b := &batch{
		Station: s, printer: pr, name: name, reprint: reprint, size: len(ids),
		reasons: map[shipping.ParcelID][]shipping.Reason{}, report: req.Progress, done: Progress{Total: len(ids)},
	}
	if b.report == nil {
		b.report = func(Progress) {}
	}
	err = b.run(ctx, ids)
	result, err2 := b.result(context.WithoutCancel(ctx), ids)
	result.Cancelled = ctx.Err() != nil
	if err == nil || ctx.Err() != nil {
		err = err2
	}
	return result, err
}

// run prints chunk by chunk; the numbers of the next chunk are asked for while one is on the printer.
func (b *batch) run(ctx context.Context, ids []shipping.ParcelID) error {
	inner, stop := context.WithCancel(ctx)
	defer stop()
	ready := make(chan []shipping.ParcelID)
	var issueErr error
	go func() {
		defer close(ready)
		for chunk := range slices.Chunk(ids, printChunk) {
			if issueErr = b.issueChunk(inner, chunk); issueErr != nil {
				return
			}
			select {
			case ready <- chunk:
			case <-inner.Done():
				return
			}
		}
	}()
	b.report(b.done)
	for chunk := range ready {
		if err := b.printChunk(inner, chunk); err != nil {
			stop()
			for range ready { // the other side ends by itself
			}
			return err
		}
	}
	return issueErr
}

// issueChunk gets the numbers of a chunk, the shops side by side.
func (b *batch) issueChunk(ctx context.Context, chunk []shipping.ParcelID) error {
	var order []shipping.ShopID
	byShop := map[shipping.ShopID][]shipping.ParcelID{}
	for _, id := range chunk {
		shopID := id.Shop()
		if byShop[shopID] == nil {
			order = append(order, shopID)
		}
		byShop[shopID] = append(byShop[shopID], id)
	}
	errs := make([]error, len(order))
	var wg sync.WaitGroup
	for i, shopID := range order {
		sh, ok := b.byID[shopID]
		if !ok {
			continue // a shop that was taken out of the settings: its parcels stay as they are
		}
		wg.Go(func() { errs[i] = b.issue(ctx, sh, byShop[shopID]) })
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// printChunk draws and prints one document.
func (b *batch) printChunk(ctx context.Context, chunk []shipping.ParcelID) error {
	if b.printer.take(ctx) != nil {
		return nil // cancelled while another batch had the printer
	}
	defer b.printer.leave()
	for try := 0; ctx.Err() == nil; try++ {
		job, doc, err := b.draw(ctx, chunk)
		if err == errStale && try < 3 {
			continue
		}
		if err != nil || len(job.Labels) == 0 {
			return b.count(ctx, chunk, err)
		}
		err = b.send(ctx, b.printer, job, doc, func(printed int) {
			seen := b.done
			seen.Printed += printed
			b.report(seen)
		})
		return b.count(ctx, chunk, err)
	}
	return nil
}

// count brings the progress up to date from the store after a chunk.
func (b *batch) count(ctx context.Context, chunk []shipping.ParcelID, err error) error {
	if err != nil {
		return err
	}
	return b.store.View(context.WithoutCancel(ctx), func(tx Tx) error {
		seen := b.done
		for _, id := range chunk {
			p, err := tx.Parcel(id)
			if err != nil {
				return err
			}
			if p.Waybill != nil {
				seen.Issued++
			}
			if p.Labelled {
				seen.Printed++
			} else {
				seen.Troubled++
			}
		}
		b.done = seen
		b.report(seen)
		return nil
	})
}

// take waits for the printer's turn; the error is the context's.
func (pr *printer) take(ctx context.Context) error {
	select {
	case pr.turn <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (pr *printer) leave() { <-pr.turn }

func (s *Station) nextBatch(ctx context.Context) (string, error) {
	var n uint64
	err := s.store.Update(ctx, func(tx Tx) (err error) {
		n, err = tx.NextBatch()
		return err
	})
	return fmt.Sprintf("%s-%d", s.name, n), err
}

func unique(ids []shipping.ParcelID) []shipping.ParcelID {
	seen := make(map[shipping.ParcelID]bool, len(ids))
	return slices.DeleteFunc(slices.Clone(ids), func(id shipping.ParcelID) bool {
		twice := seen[id]
		seen[id] = true
		return twice
	})
}
