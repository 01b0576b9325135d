package app

import (
	"context"
	"fmt"

	"printstation/app/shipping"
	"printstation/printing"
)

// draw makes the document of a chunk and puts the intent to print it on disk. A label that cannot be drawn truly is
// recorded as failed, with the reason; the others are printed.
func (b *batch) draw(ctx context.Context, chunk []shipping.ParcelID) (shipping.PrintJob, printing.Document, error) {
	var none printing.Document
	all, err := b.drafts(ctx, chunk, b.reprint)
	if err != nil {
		return shipping.PrintJob{}, none, err
	}
	var ds []draft
	var labels []shipping.Label
	for _, d := range all {
		if d.reason != nil {
			b.reasons[d.parcel.ID] = []shipping.Reason{*d.reason}
			continue
		}
		d.label.Batch, d.label.BatchSize, d.label.Serial = b.name, b.size, b.serial+len(labels)+1
		ds, labels = append(ds, d), append(labels, d.label)
	}
	if len(labels) == 0 {
		return shipping.PrintJob{}, none, nil
	}
	rendered, err := b.renderer.Render(ctx, labels)
	if err != nil {
		return shipping.PrintJob{}, none, fmt.Errorf("station: draw labels: %w", err)
	}
	if len(rendered.Labels) != len(labels) {
		return shipping.PrintJob{}, none, fmt.Errorf("station: the renderer answered for %d of %d labels", len(rendered.Labels), len(labels))
	}
	pages := make([]int, len(ds))
	for i, r := range rendered.Labels {
		pages[i] = r.Page
		if r.Rejected != nil {
			pages[i] = 0
			b.reasons[ds[i].parcel.ID] = []shipping.Reason{*r.Rejected}
		}
	}
	if rendered.Document.Pages == 0 {
		return shipping.PrintJob{}, none, nil
	}
	job, err := b.intend(ctx, ds, pages, b.printer, b.name, b.reprint)
	if err == nil {
		b.serial += len(job.Labels)
	}
	return job, rendered.Document, err
}
