package app

import (
	"context"
	"errors"
	"fmt"

	"printstation/app/outbox"
	"printstation/app/shipping"
)

// verdict is what was found out about one label; the zero value is nothing new.
type verdict struct {
	event  shipping.LabelEvent
	proof  shipping.Proof
	reason string // the printer's words
	why    *shipping.Reason
}

// because is a verdict with a sentence of ours.
func because(event shipping.LabelEvent, id string) verdict {
	why := shipping.Because(id)
	return verdict{event: event, reason: id, why: &why}
}

// decide records what was found out about the labels of a job. The confirmation of each that is now printed is queued in
// the same transaction. The job is closed once no label of it is under way.
func (s *Station) decide(ctx context.Context, job shipping.PrintJob, find func(shipping.LabelCopy) verdict) error {
	err := s.store.Update(context.WithoutCancel(ctx), func(tx Tx) error {
		job := job
		job.Open = false
		for _, id := range job.Labels {
			c, err := tx.Label(id)
			if err != nil {
				return err
			}
			if c.State != shipping.LabelQueued && c.State != shipping.LabelSpooled {
				continue // decided before
			}
			v := find(c)
			if v.event == "" {
				job.Open = true
				continue
			}
			if err := s.settleLabel(tx, c, v); err != nil {
				return err
			}
		}
		return tx.PutJob(job)
	})
	s.wakeLanes()
	s.hub.tell(Change{Parcels: true, Queue: true})
	return err
}

// settleLabel moves a copy by a verdict and, when that proves paper, queues the confirmation.
func (s *Station) settleLabel(tx Tx, c shipping.LabelCopy, v verdict) error {
	c.Reason, c.Why = v.reason, v.why
	if v.proof != shipping.ProofNone {
		c.Proof, c.Reason, c.Why = v.proof, "", nil
	}
	detail := joinWords(string(c.Proof), c.Reason)
	if err := s.moveLabel(tx, c, v.event, detail); err != nil {
		return err
	}
	switch v.event {
	case shipping.LabelProve, shipping.LabelVerify, shipping.LabelFind:
		return s.queueConfirmations(tx, c)
	}
	return nil
}

// queueConfirmations puts an entry in the outbox for each order of the parcel, unless one is there from an earlier copy.
func (s *Station) queueConfirmations(tx Tx, c shipping.LabelCopy) error {
	p, err := tx.Parcel(c.Parcel)
	if err != nil {
		return err
	}
	for _, ref := range p.Refs() {
		id := outbox.MakeEntryID(ref.Shop, ref.ID, c.Number)
		if _, err := tx.Entry(id); err == nil {
			continue
		} else if !errors.Is(err, ErrNotFound) {
			return err
		}
		event := outbox.Queue
		// A shop that is missing from the settings may come back: its confirmations wait for it.
		if sh := s.byID[ref.Shop]; sh != nil && sh.lane == nil {
			event = outbox.Skip // an offline order: there is nobody to tell
		}
		e, err := outbox.Entry{
			ID: id, QueuedAt: s.now(), ShipBy: p.ShipBy,
			Shipment: shipping.Shipment{Shop: ref.Shop, Order: ref.ID, Parcel: p.ID, Carrier: c.Carrier, Number: c.Number},
		}.Apply(event, s.now())
		if err != nil {
			return err
		}
		if err := s.putEntry(tx, e, "", ""); err != nil {
			return err
		}
	}
	return nil
}

// putEntry writes an entry with a line on its parcel's timeline.
func (s *Station) putEntry(tx Tx, e outbox.Entry, from outbox.State, detail string) error {
	if err := tx.PutEntry(e); err != nil {
		return err
	}
	return tx.AppendEvent(shipping.Event{
		At: s.now(), Parcel: e.Parcel, Kind: shipping.EventEntry, Order: e.Order, From: string(from), To: string(e.State), Detail: detail,
	})
}

// DecidePrinted records that a person found these uncertain labels on paper: their confirmations are queued.
func (s *Station) DecidePrinted(ctx context.Context, ids ...shipping.LabelID) error {
	return s.decideUncertain(ctx, ids, verdict{event: shipping.LabelProve, proof: shipping.ProofOperator})
}

// DecideLost records that a person looked and found no such paper. The parcels are to print again; the next copy bears
// the reprint mark all the same, because the lost one may turn up.
func (s *Station) DecideLost(ctx context.Context, ids ...shipping.LabelID) error {
	return s.decideUncertain(ctx, ids, because(shipping.LabelLose, "station.label_lost"))
}

// decideUncertain decides all of the labels or, when one of them is not uncertain, none.
func (s *Station) decideUncertain(ctx context.Context, ids []shipping.LabelID, v verdict) error {
	err := s.store.Update(ctx, func(tx Tx) error {
		for _, id := range ids {
			c, err := tx.Label(id)
			if errors.Is(err, ErrNotFound) {
				return &RefusedError{Reason: shipping.Because("station.no_label", "ID", string(id)), Err: err}
			}
			if err != nil {
				return fmt.Errorf("label %s: %w", id, err)
			}
			if c.State != shipping.LabelUncertain {
				return refusal("station.not_uncertain", "ID", string(id))
			}
			if err := s.settleLabel(tx, c, v); err != nil {
				return err
			}
		}
		return nil
	})
	s.wakeLanes()
	s.hub.tell(Change{Parcels: true, Queue: true})
	return err
}

func (s *Station) wakeLanes() {
	for _, sh := range s.shops {
		if sh.lane != nil {
			sh.lane.Wake()
		}
	}
}
