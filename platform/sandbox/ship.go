package sandbox

import (
	"net/url"
	"strconv"
)

const maxShipped = 100

type shipRequest struct {
	OrderID       loose  `json:"order_id"`
	Company       string `json:"company"`
	CompanyCode   string `json:"company_code"`
	LogisticsCode string `json:"logistics_code"` // the tracking number: the vendor's own use of the name
	RefundReject  any    `json:"is_refund_reject"`
	RejectRefund  any    `json:"is_reject_refund"`
}

// shipResult is the answer for one order of the request, in its place.
type shipResult struct {
	OrderID       string    `json:"order_id"`
	LogisticsCode string    `json:"logistics_code"`
	IsSuccess     bool      `json:"is_success"`
	Code          looseCode `json:"err_code"`
	Message       string    `json:"err_msg"`
}

// ship is order/logistics/add: one result for each order, in order, though one is refused and the other taken.
func (w *World) ship(path string, form url.Values) (any, *refusal) {
	asked, no := requestData[[]shipRequest](form)
	if no != nil {
		return nil, no
	}
	if len(asked) == 0 {
		return nil, noMissing.about("request_data")
	}
	if len(asked) > maxShipped {
		return nil, noTooMany.about(maxShipped)
	}
	results := make([]shipResult, 0, len(asked))
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, a := range asked {
		results = append(results, w.shipOne(path, a))
	}
	if err := w.flush(); err != nil {
		w.opt.Log.Error("sandbox: shipments", "err", err)
		return nil, noSystem
	}
	return results, nil
}

func (w *World) shipOne(path string, a shipRequest) shipResult {
	id := a.OrderID.text()
	if a.RefundReject != nil || a.RejectRefund != nil {
		w.rejects++
	}
	no := w.tryShip(path, a)
	if no == nil {
		return shipResult{OrderID: id, LogisticsCode: a.LogisticsCode, IsSuccess: true, Code: codeFor(id, 0)}
	}
	if o := w.byID[id]; o != nil {
		w.ledgerOf(o).refuse(no)
	}
	return shipResult{OrderID: id, LogisticsCode: a.LogisticsCode, Code: codeFor(id, no.Code), Message: no.Text}
}

func (w *World) tryShip(path string, a shipRequest) *refusal {
	o := w.byID[a.OrderID.text()]
	if o == nil {
		if _, sub := w.subs[a.OrderID.text()]; sub {
			return noShipParent
		}
		return noShipMissing
	}
	l := w.ledgerOf(o)
	l.attempts++
	if no := w.faults.refuseShipment(path); no != nil {
		return no
	}
	if no := shippable(o); no != nil {
		return no
	}
	if no := w.checkNumber(o, a); no != nil {
		return no
	}
	if no := l.fated(o, w.opt.Training); no != nil {
		return no
	}
	w.change(event{Op: opShip, At: w.now(), Order: o.ID, Number: a.LogisticsCode, Carrier: a.CompanyCode})
	return nil
}

// shippable looks at the order alone. An order that was shipped is refused whatever number comes with it: nothing in
// this world can ship twice.
func shippable(o *order) *refusal {
	switch {
	case o.Status == statusShipped:
		return noShipTwice
	case o.Status == statusDone:
		return noShipDone
	case o.Status == statusClosed:
		return noShipClosed
	case o.Status == statusUnpaid:
		return noShipUnpaid
	case o.Refund == refundPending:
		return noShipRefund
	case o.Refund == refundDone:
		return noShipNothing
	}
	return nil
}

// checkNumber holds the number against the courier, and against the receiver it was issued for. Orders of one
// receiver may go in one parcel under one number.
func (w *World) checkNumber(o *order, a shipRequest) *refusal {
	if a.CompanyCode == "" {
		return noShipCode
	}
	c, known := courierByCode(a.CompanyCode)
	if !known {
		return noShipCompany
	}
	if !c.form.MatchString(a.LogisticsCode) {
		return noShipRule
	}
	b := w.byNumber[a.LogisticsCode]
	switch {
	case b == nil:
		return noShipUnknown
	case !b.Cancelled.IsZero():
		return noShipRecycled
	case b.Carrier != c.Code:
		return noShipMismatch
	case b.Order == o.ID:
		return nil
	}
	lead := w.byID[b.Order]
	if lead == nil || lead.Receiver != o.Receiver {
		return noShipTaken
	}
	return nil
}

// cancel is order/logistics/cancel: it gives a number back. The shipment of an order is not touched by it.
func (w *World) cancel(_ string, form url.Values) (any, *refusal) {
	for _, name := range []string{"logistics_code", "track_no"} {
		if form.Get(name) == "" {
			return nil, noMissing.about(name)
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	b := w.byNumber[form.Get("track_no")]
	switch {
	case b == nil || b.Carrier != form.Get("logistics_code"):
		return nil, noCancelGone
	case !b.Cancelled.IsZero():
		return nil, noCancelTwice
	case b.shipped:
		return nil, noCancelShipped
	}
	w.change(event{Op: opCancel, At: w.now(), Number: b.Number})
	if err := w.flush(); err != nil {
		w.opt.Log.Error("sandbox: cancel", "err", err)
		return nil, noSystem
	}
	return map[string]any{"cancel_result": map[string]any{"success": true}}, nil
}

func (w *World) ledgerOf(o *order) *shipLedger {
	l := w.ledger[o.ID]
	if l == nil {
		l = &shipLedger{refused: map[string]int{}}
		if o.Fate == fateBusy {
			l.busyLeft = 2
		}
		w.ledger[o.ID] = l
	}
	return l
}

// fated gives the refusal that an otherwise good shipment meets because of what its order has in store.
func (l *shipLedger) fated(o *order, training bool) *refusal {
	switch {
	case o.Fate == fateNoReturnPlace && training:
		return noShipReturn
	case o.Fate == fateBusy && l.busyLeft > 0:
		l.busyLeft--
		return noShipBusy
	}
	return nil
}

func (l *shipLedger) refuse(no *refusal) { l.refused[strconv.Itoa(no.Code)]++ }
