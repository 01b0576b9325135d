package app

import (
	"context"
	"errors"
	"time"

	"printstation/app/shipping"
	"printstation/platform"
)

// issue gets numbers for the parcels of one shop that have none, in as few calls as the platform allows. Afterwards each
// is issued, refused, still requested (its answer is open), or as it was because something hinders it; the store says
// which. The error is the store's.
func (s *Station) issue(ctx context.Context, sh *shop, ids []shipping.ParcelID) error {
	if sh.issuer == nil {
		return s.refuseAll(ctx, sh, ids)
	}
	sh.issuing.Lock()
	defer sh.issuing.Unlock()
	limit := sh.issuer.WaybillBatch()
	for len(ids) > 0 && ctx.Err() == nil {
		n := min(limit, len(ids))
		if err := s.issueBatch(ctx, sh, ids[:n]); err != nil {
			return err
		}
		ids = ids[n:]
	}
	return nil
}

// longestIssueWait is the longest that a batch waits for one answer; PDD states 120 s.
const longestIssueWait = 2 * time.Minute

// issueBatch asks until every parcel has an answer, a person is needed, or the tries are used up. What is asked again
// is asked in the same bytes.
func (s *Station) issueBatch(ctx context.Context, sh *shop, ids []shipping.ParcelID) error {
	tries := s.pace.IssueTries
	if s.now().Before(sh.tiredUntil) {
		tries = 1 // it did not answer a moment ago: a batch of thousands is not held up chunk by chunk
	}
	for try := 1; ; try++ {
		asked, err := s.prepare(ctx, sh, ids)
		if err != nil || len(asked) == 0 {
			return err
		}
		results, err := sh.issuer.IssueWaybills(ctx, requests(asked))
		fault, err := s.recordNumbers(ctx, asked, results, err)
		if err != nil || fault == nil {
			sh.tiredUntil = time.Time{}
			return err
		}
		wait := s.pace.IssueWait << (try - 1)
		if fault.RetryAfter > 0 {
			wait = fault.RetryAfter
		}
		if try >= tries || wait > longestIssueWait || !pause(ctx, wait) {
			if ctx.Err() == nil {
				sh.tiredUntil = s.now().Add(longestIssueWait)
			}
			return nil // they stay requested, with the reason, and are asked again with the next batch
		}
	}
}

// question is a request that is on disk, and whose it is.
type question struct {
	parcel  shipping.ParcelID
	request platform.EncodedWaybill
}

func requests(qs []question) []platform.EncodedWaybill {
	rs := make([]platform.EncodedWaybill, len(qs))
	for i, q := range qs {
		rs[i] = q.request
	}
	return rs
}

// pause waits, and reports false when the context ended first.
func pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}

// prepare puts the requests on disk, bytes and all, before any call is made, and gives those that are to be asked: the
// new ones and the ones whose answer is open.
func (s *Station) prepare(ctx context.Context, sh *shop, ids []shipping.ParcelID) ([]question, error) {
	var asked []question
	err := s.store.Update(ctx, func(tx Tx) error {
		asked = asked[:0]
		for _, id := range ids {
			p, err := tx.Parcel(id)
			if err != nil {
				return err
			}
			if p.State == shipping.ParcelPending {
				if p, err = s.request(tx, sh, p); err != nil {
					return err
				}
			}
			if p.State != shipping.ParcelRequested || len(p.Reasons) > 0 {
				continue
			}
			if p.Request == nil {
				p.Fault = shipping.OwnFault(shipping.ClassData, shipping.Because("station.request_unreadable"), s.now())
				if err := s.write(tx, p); err != nil {
					return err
				}
				continue
			}
			asked = append(asked, question{id, platform.EncodedWaybill{
				ID: p.RequestID, LeadOrder: p.Lead(), PackID: p.PackID, Carrier: p.Carrier, Payload: p.Request,
			}})
		}
		return nil
	})
	return asked, err
}

// request freezes a pending parcel and gives it its key and bytes. One that cannot be asked for is refused or held.
func (s *Station) request(tx Tx, sh *shop, p shipping.Parcel) (shipping.Parcel, error) {
	lead, err := tx.Order(shipping.OrderRef{Shop: p.Shop, ID: p.Lead()})
	if err != nil {
		return p, err
	}
	if lead.Sealed != shipping.SealOpen {
		p.Reasons = []shipping.Reason{sealedReason(lead.Sealed)}
		return s.moved(tx, p, shipping.ParcelHold, "")
	}
	p.PackID = shipping.PackID(p.Orders, p.Items, p.Generation)
	p.RequestID = shipping.MakeRequestID(p.Shop, p.Lead(), p.PackID)
	p.Fault = nil
	p.Request, err = sh.issuer.EncodeWaybill(shipping.WaybillRequest{
		ID: p.RequestID, Shop: p.Shop, LeadOrder: p.Lead(), Orders: p.Orders, PackID: p.PackID, Carrier: p.Carrier,
		Sender: sh.Sender, Recipient: lead.Recipient, Items: p.Items, Remark: lead.BuyerMessage,
	})
	if p, err2 := s.moved(tx, p, shipping.ParcelRequest, string(p.RequestID)); err2 != nil || err == nil {
		return p, err2
	}
	p.Fault = shipping.OwnFault(shipping.ClassData, shipping.Because("station.not_encodable", "Error", err.Error()), s.now())
	return s.moved(tx, p, shipping.ParcelRefuse, "")
}

// moved is move, giving back the parcel as it then is.
func (s *Station) moved(tx Tx, p shipping.Parcel, e shipping.ParcelEvent, detail string) (shipping.Parcel, error) {
	if err := s.move(tx, p, e, detail); err != nil {
		return p, err
	}
	return step(p, e)
}

// recordNumbers writes the answers down. It gives the fault to wait for when some are still open.
func (s *Station) recordNumbers(ctx context.Context, asked []question, results []platform.WaybillResult, callErr error) (*shipping.Fault, error) {
	var open *shipping.Fault
	// An answer that came is written even when the batch is being cancelled: it is a number that exists.
	err := s.store.Update(context.WithoutCancel(ctx), func(tx Tx) error {
		open = nil
		for i, q := range asked {
			p, err := tx.Parcel(q.parcel)
			if err != nil {
				return err
			}
			if p.State != shipping.ParcelRequested || p.RequestID != q.request.ID {
				continue
			}
			fault, err := s.recordNumber(tx, p, resultAt(results, i, callErr))
			if err != nil {
				return err
			}
			if fault != nil && (open == nil || fault.RetryAfter > open.RetryAfter) {
				open = fault
			}
		}
		return nil
	})
	s.hub.tell(Change{Parcels: true})
	return open, err
}

func resultAt(results []platform.WaybillResult, i int, callErr error) platform.WaybillResult {
	switch {
	case callErr != nil:
		return platform.WaybillResult{Err: callErr}
	case i >= len(results):
		return platform.WaybillResult{Err: errors.New("the adapter gave no result")}
	}
	return results[i]
}

// recordNumber writes one answer. A fault that waiting may cure leaves the parcel requested and is given back; a lost
// authorization leaves it requested too, since nothing is wrong with the parcel.
func (s *Station) recordNumber(tx Tx, p shipping.Parcel, r platform.WaybillResult) (*shipping.Fault, error) {
	if r.Err != nil {
		p.Fault = platform.FaultOf(r.Err, s.now())
		if p.Fault.Class.Retryable() || (p.Fault.Class == shipping.ClassUnknown && !p.Fault.NotDone) {
			return p.Fault, s.write(tx, p)
		}
		if p.Fault.Class == shipping.ClassUnauthorized {
			return nil, s.write(tx, p)
		}
		return nil, s.move(tx, p, shipping.ParcelRefuse, p.Fault.Error())
	}
	w := r.Waybill
	if w.IssuedAt.IsZero() {
		w.IssuedAt = s.now()
	}
	holder, err := tx.NumberHolder(w.Carrier, w.Number)
	if err == nil && holder != p.ID {
		p.Fault = shipping.OwnFault(shipping.ClassNumber, shipping.Because("station.number_taken",
			"Number", string(w.Number), "Parcel", string(holder)), s.now())
		return nil, s.move(tx, p, shipping.ParcelRefuse, p.Fault.Error())
	}
	if err != nil && !errors.Is(err, ErrNotFound) {
		return nil, err
	}
	p.Waybill, p.Fault = &w, nil
	if !p.Outdated {
		return nil, s.move(tx, p, shipping.ParcelIssue, string(w.Number))
	}
	p.Reasons = append(p.Reasons, shipping.Because(reasonChanged))
	if p, err = s.moved(tx, p, shipping.ParcelIssue, string(w.Number)); err != nil {
		return nil, err
	}
	return nil, s.tell(tx, p, shipping.Because(reasonChanged))
}

// refuseAll tells of parcels whose shop's platform gives no numbers.
func (s *Station) refuseAll(ctx context.Context, sh *shop, ids []shipping.ParcelID) error {
	return s.store.Update(ctx, func(tx Tx) error {
		for _, id := range ids {
			p, err := tx.Parcel(id)
			if err != nil {
				return err
			}
			if p.State != shipping.ParcelPending {
				continue
			}
			p.Reasons = []shipping.Reason{shipping.Because("station.cannot_issue", "Shop", string(sh.ID))}
			if err := s.move(tx, p, shipping.ParcelHold, ""); err != nil {
				return err
			}
		}
		return nil
	})
}

// reasonLocked is set while the key of personal data is not to be had.
const reasonLocked = "station.personal_locked"

func sealedReason(state shipping.SealState) shipping.Reason {
	if state == shipping.SealDestroyed {
		return shipping.Because("station.personal_destroyed")
	}
	return shipping.Because(reasonLocked)
}
