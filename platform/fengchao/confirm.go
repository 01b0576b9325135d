package fengchao

import (
	"context"
	"fmt"

	"printstation/app/shipping"
	"printstation/platform"
)

// shipmentJSON is one row of order/logistics/add. logistics_code is the tracking number here, sic.
type shipmentJSON struct {
	OrderID string `json:"order_id"`
	Company string `json:"company_code"`
	Number  string `json:"logistics_code"`
}

// ConfirmBatch is the most shipments that one call takes.
func (s *Shop) ConfirmBatch() int { return confirmBatch }

// ConfirmShipments confirms up to ConfirmBatch shipments of whole orders. The platform answers for each order by its
// id, so two shipments of one order never share an exchange: the second goes out after the first, and the platform says
// what it thinks of it.
//
// A refusal of the whole call that names no order is shared by all (second result). Unless it was the only one, or the
// credentials or the rate were refused, it counts as "may have had an effect": whether the platform takes all or
// nothing is not known, and reading the orders first costs little.
func (s *Shop) ConfirmShipments(ctx context.Context, ss []shipping.Shipment) ([]platform.ConfirmResult, error) {
	c := call{kind: platform.CallConfirm, op: "confirm shipments", path: "order/logistics/add"}
	if len(ss) > confirmBatch {
		return nil, unasked(c.op, fmt.Sprintf("%d shipments in one call, at most %d", len(ss), confirmBatch))
	}
	results := make([]platform.ConfirmResult, len(ss))
	for i, one := range ss {
		results[i].Shipment = one
	}
	var whole *platform.Error
	rounds := roundsOf(ss)
	for _, round := range rounds {
		if fail := s.confirm(ctx, c, ss, round, results); fail != nil && len(rounds) == 1 {
			whole = fail
		}
	}
	if whole != nil {
		return results, whole
	}
	return results, nil
}

// round is one exchange: for each order, the shipments that its answer is for (more than one when the same shipment was
// handed in twice).
type round struct {
	orders  []string
	waiting map[string][]int
}

// roundsOf spreads shipments over as few exchanges as have no order with two numbers.
func roundsOf(ss []shipping.Shipment) []*round {
	var rounds []*round
	for i, one := range ss {
		id := string(one.Order)
		placed := false
		for _, r := range rounds {
			others, there := r.waiting[id]
			if there && (ss[others[0]].Number != one.Number || ss[others[0]].Carrier != one.Carrier) {
				continue
			}
			if !there {
				r.orders = append(r.orders, id)
			}
			r.waiting[id] = append(others, i)
			placed = true
			break
		}
		if !placed {
			rounds = append(rounds, &round{orders: []string{id}, waiting: map[string][]int{id: {i}}})
		}
	}
	return rounds
}

// confirm makes one exchange and fills its results. The error is that of the whole exchange.
func (s *Shop) confirm(ctx context.Context, c call, ss []shipping.Shipment, r *round, results []platform.ConfirmResult) *platform.Error {
	c.items = len(r.orders)
	set := func(id string, fail *platform.Error) {
		for _, i := range r.waiting[id] {
			if fail != nil { // a nil *Error must not become an error
				results[i].Err = fail
			}
		}
	}
	setAll := func(fail *platform.Error) *platform.Error {
		for id := range r.waiting {
			set(id, fail)
		}
		return fail
	}
	list := make([]shipmentJSON, len(r.orders))
	numbers := make(map[string]string, len(r.orders))
	for i, id := range r.orders {
		one := ss[r.waiting[id][0]]
		list[i] = shipmentJSON{id, string(one.Carrier), string(one.Number)}
		numbers[id] = string(one.Number)
	}
	body, err := encode(list)
	if err != nil {
		return setAll(unasked(c.op, "cannot be written as JSON"))
	}
	a, fail := s.askJSON(ctx, s.own, c, body)
	answers, problem := readConfirmed(a.data, numbers)
	if fail != nil && (problem != "" || len(answers) == 0) {
		return setAll(doubted(fail, len(r.orders)))
	}
	if problem != "" {
		return setAll(s.unreadable(c, problem))
	}
	for _, id := range r.orders {
		got, answered := answers[id]
		if !answered && fail != nil {
			set(id, doubted(fail, len(r.orders)))
			continue
		}
		set(id, s.confirmationOf(c, a, got, answered))
	}
	return nil
}

// confirmationOf is nil for an accepted shipment.
func (s *Shop) confirmationOf(c call, a answer, got confirmed, answered bool) *platform.Error {
	switch {
	case !answered:
		return s.unreadable(c, "the reply leaves this order out")
	case got.contradiction:
		return s.contradictory(c, "the reply both accepts and refuses this order")
	case got.accepted:
		return nil
	}
	return s.refuse(c, a, platform.Reply{Code: got.code, SubCode: got.sub, Message: got.message})
}

// doubted takes the certainty from a refusal of several orders at once.
func doubted(fail *platform.Error, orders int) *platform.Error {
	sure := fail.Class == shipping.ClassRateLimited || fail.Class == shipping.ClassUnauthorized
	if orders == 1 || sure || !fail.NotDone || fail.Code == "" {
		return fail
	}
	weaker := *fail
	weaker.NotDone = false
	return &weaker
}
