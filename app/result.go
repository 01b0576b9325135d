package app

import (
	"context"

	"printstation/app/shipping"
)

// result reads back from the store what became of each parcel of the batch.
func (b *batch) result(ctx context.Context, ids []shipping.ParcelID) (PrintResult, error) {
	r := PrintResult{Batch: b.name, Items: make([]PrintItem, 0, len(ids))}
	err := b.store.View(ctx, func(tx Tx) error {
		r.Items = r.Items[:0]
		for _, id := range ids {
			item, err := b.item(tx, id)
			if err != nil {
				return err
			}
			r.Items = append(r.Items, item)
		}
		return nil
	})
	return r, err
}

func (b *batch) item(tx Tx, id shipping.ParcelID) (PrintItem, error) {
	p, err := tx.Parcel(id)
	if err != nil {
		return PrintItem{}, err
	}
	item := PrintItem{Parcel: id, State: p.State, Reasons: p.Reasons, Fault: p.Fault}
	if why := b.reasons[id]; why != nil {
		item.Reasons = why
	}
	if p.Waybill != nil {
		item.Number = p.Waybill.Number
	}
	c, ok, err := newestCopy(tx, id)
	if err != nil || !ok {
		return item, err
	}
	item.Label, item.Document, item.Page = c.State, c.Document, c.Page
	if c.State == shipping.LabelFailed && item.Fault == nil {
		item.Fault = b.printFault(c)
	}
	return item, nil
}

func newestCopy(tx Tx, id shipping.ParcelID) (shipping.LabelCopy, bool, error) {
	copies, err := tx.LabelsOf(id)
	if err != nil || len(copies) == 0 {
		return shipping.LabelCopy{}, false, err
	}
	return copies[len(copies)-1], true, nil
}

// printFault is a failed copy as the failed list shows it.
func (s *Station) printFault(c shipping.LabelCopy) *shipping.Fault {
	why := shipping.Because("station.printer_failed", "Printer", c.Printer, "Error", c.Reason)
	if c.Why != nil {
		why = *c.Why
	}
	return shipping.OwnFault(shipping.ClassTransient, why, c.EndedAt)
}
