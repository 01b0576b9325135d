package app

import (
	"context"
	"fmt"

	"printstation/app/outbox"
	"printstation/app/shipping"
	"printstation/platform"
)

// RefusedError tells why the station itself will not do something now. Its reason can be said in either language.
type RefusedError struct {
	Reason shipping.Reason
	Err    error // what callers branch on, nil when there is nothing to
}

// Unwrap gives what callers branch on.
func (e *RefusedError) Unwrap() error { return e.Err }

func (e *RefusedError) Error() string {
	return fmt.Sprintf("station: %s %v", e.Reason.ID, e.Reason.Data)
}

func refusal(id string, pairs ...string) error {
	return &RefusedError{Reason: shipping.Because(id, pairs...)}
}

// CancelNumber gives a parcel's number back to its carrier. It is refused, as *RefusedError, while a label is under way or
// of unknown fate, and while or after its shipment is confirmed. The pending confirmation is suspended on disk before
// the call; success closes it and voids the labels (they must be destroyed), and the parcel is to print again with a
// new number; failure restores all. After a crash in between, Recover finishes it: cancelling twice is harmless.
func (s *Station) CancelNumber(ctx context.Context, id shipping.ParcelID) error {
	sh := s.byID[id.Shop()]
	if sh == nil || sh.canceler == nil {
		return refusal("station.cancel_unsupported", "Shop", string(id.Shop()))
	}
	meant, err := s.numberOf(ctx, id)
	if err != nil {
		return err
	}
	sh.cancelling.Lock()
	defer sh.cancelling.Unlock()
	var w shipping.Waybill
	err = s.store.Update(ctx, func(tx Tx) (err error) {
		w, err = s.beginCancel(tx, id, meant)
		return err
	})
	if err != nil {
		return err
	}
	return s.finishCancel(ctx, sh, id, w)
}

// numberOf gives the parcel's number as it is now: by the time that it is one's turn the parcel may have another.
func (s *Station) numberOf(ctx context.Context, id shipping.ParcelID) (n shipping.TrackingNumber, err error) {
	err = s.store.View(ctx, func(tx Tx) error {
		p, err := tx.Parcel(id)
		if err == nil && p.Waybill != nil {
			n = p.Waybill.Number
		}
		return err
	})
	return n, err
}

// finishCancel makes the call and records its answer. The caller holds the shop's cancelling.
func (s *Station) finishCancel(ctx context.Context, sh *shop, id shipping.ParcelID, w shipping.Waybill) error {
	callErr := sh.canceler.CancelWaybill(ctx, w)
	fault := platform.FaultOf(callErr, s.now())
	if fault != nil && fault.Class != shipping.ClassAlreadyDone && !fault.NotDone {
		return callErr // the answer is open: it stays suspended, and is asked again by Recover or by a person
	}
	err := s.store.Update(context.WithoutCancel(ctx), func(tx Tx) error {
		p, err := tx.Parcel(id)
		if err != nil || !p.Cancelling || p.Waybill == nil || p.Waybill.Number != w.Number {
			return err // it was settled before
		}
		if fault != nil && fault.Class != shipping.ClassAlreadyDone {
			return s.restoreNumber(tx, p, fault)
		}
		return s.dropNumber(tx, p, w)
	})
	s.wakeLanes()
	s.hub.tell(Change{Parcels: true, Queue: true})
	if err == nil && fault != nil && fault.Class != shipping.ClassAlreadyDone {
		return callErr
	}
	return err
}

// beginCancel checks that the number may go and suspends what hangs on it.
func (s *Station) beginCancel(tx Tx, id shipping.ParcelID, meant shipping.TrackingNumber) (shipping.Waybill, error) {
	p, err := tx.Parcel(id)
	if err != nil {
		return shipping.Waybill{}, err
	}
	if p.State != shipping.ParcelIssued || p.Waybill == nil || p.Waybill.Number != meant {
		return shipping.Waybill{}, refusal("station.cancel_nothing")
	}
	copies, err := tx.LabelsOf(id)
	if err != nil {
		return shipping.Waybill{}, err
	}
	for _, c := range copies {
		switch c.State {
		case shipping.LabelQueued, shipping.LabelSpooled, shipping.LabelUncertain:
			return shipping.Waybill{}, refusal("station.cancel_printing")
		}
	}
	entries, err := tx.EntriesOf(id)
	if err != nil {
		return shipping.Waybill{}, err
	}
	for _, e := range entries {
		if e.Number != p.Waybill.Number {
			continue
		}
		if err := s.suspend(tx, e); err != nil {
			return shipping.Waybill{}, err
		}
	}
	if p.Cancelling {
		return *p.Waybill, nil
	}
	p.Cancelling = true
	if err := s.write(tx, p); err != nil {
		return shipping.Waybill{}, err
	}
	return *p.Waybill, s.tell(tx, p, shipping.Because(reasonCancelling))
}

// reasonCancelling stands on a parcel whose number is being given back, until the platform's answer is known.
const reasonCancelling = "station.cancelling"

func (s *Station) suspend(tx Tx, e outbox.Entry) error {
	switch {
	case e.State == outbox.Confirmed:
		return refusal("station.cancel_confirmed")
	case e.State == outbox.Suspended || e.State == outbox.Closed || e.State == outbox.NotRequired:
		return nil
	case e.Unsure():
		return refusal("station.cancel_confirming")
	}
	from := e.State
	e, err := e.Apply(outbox.Suspend, s.now())
	if err != nil {
		return err
	}
	return s.putEntry(tx, e, from, "number is being cancelled")
}

// restoreNumber undoes beginCancel: the carrier would not have the number back.
func (s *Station) restoreNumber(tx Tx, p shipping.Parcel, fault *shipping.Fault) error {
	p.Cancelling, p.Fault = false, fault
	if err := s.write(tx, p); err != nil {
		return err
	}
	if err := s.note(tx, p, p.State, "the number stays: "+fault.Error()); err != nil {
		return err
	}
	return s.eachSuspended(tx, p, outbox.Requeue, "the number stays: "+fault.Error())
}

// dropNumber records a number that was given back: labels void, confirmations closed, the parcel anew.
func (s *Station) dropNumber(tx Tx, p shipping.Parcel, w shipping.Waybill) error {
	if err := s.eachSuspended(tx, p, outbox.Close, "number cancelled"); err != nil {
		return err
	}
	copies, err := tx.LabelsOf(p.ID)
	if err != nil {
		return err
	}
	for _, c := range copies {
		if c.State != shipping.LabelPrinted && c.State != shipping.LabelVerified {
			continue
		}
		if err := s.moveLabel(tx, c, shipping.LabelVoided, "destroy this label"); err != nil {
			return err
		}
	}
	if p, err = tx.Parcel(p.ID); err != nil { // the labels changed it
		return err
	}
	p.Cancelling = false
	if p, err = s.moved(tx, p, shipping.ParcelCancel, string(w.Number)); err != nil {
		return err
	}
	p.Waybill, p.Request, p.RequestID, p.PackID = nil, nil, "", ""
	p.Generation++
	if p, err = s.moved(tx, p, shipping.ParcelRenew, ""); err != nil {
		return err
	}
	lead, err := tx.Order(shipping.OrderRef{Shop: p.Shop, ID: p.Lead()})
	if err != nil {
		return err
	}
	return s.judge(tx, p, lead, &LoadResult{})
}

func (s *Station) eachSuspended(tx Tx, p shipping.Parcel, event outbox.Event, why string) error {
	entries, err := tx.EntriesOf(p.ID)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.State != outbox.Suspended {
			continue
		}
		if e, err = e.Apply(event, s.now()); err != nil {
			return err
		}
		e.Note = why
		if err := s.putEntry(tx, e, outbox.Suspended, why); err != nil {
			return err
		}
	}
	return nil
}
