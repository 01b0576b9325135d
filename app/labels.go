package app

import (
	"slices"

	"printstation/app/shipping"
)

// moveLabel moves a copy through its machine and writes it with a line on the timeline. The parcel follows: it leaves
// the list to print while any of its copies counts.
func (s *Station) moveLabel(tx Tx, c shipping.LabelCopy, e shipping.LabelEvent, detail string) error {
	from := c.State
	to, err := c.State.Next(e)
	if err != nil {
		return err
	}
	c.State = to
	switch to {
	case shipping.LabelUncertain, shipping.LabelPrinted, shipping.LabelVerified:
		c.Doubted = true
	}
	if to != shipping.LabelQueued && to != shipping.LabelSpooled {
		c.EndedAt = s.now()
	}
	if err := tx.PutLabel(c); err != nil {
		return err
	}
	if err := s.followLabels(tx, c.Parcel); err != nil || from == to {
		return err
	}
	return tx.AppendEvent(shipping.Event{
		At: s.now(), Parcel: c.Parcel, Kind: shipping.EventLabel, Label: c.ID, From: string(from), To: string(to),
		Detail: detail, Why: c.Why,
	})
}

func (s *Station) followLabels(tx Tx, id shipping.ParcelID) error {
	p, err := tx.Parcel(id)
	if err != nil {
		return err
	}
	copies, err := tx.LabelsOf(id)
	if err != nil {
		return err
	}
	labelled := slices.ContainsFunc(copies, func(c shipping.LabelCopy) bool { return c.State.Counts() })
	if labelled == p.Labelled && len(copies) == p.Copies {
		return nil
	}
	p.Labelled, p.Copies = labelled, len(copies)
	return s.write(tx, p)
}
