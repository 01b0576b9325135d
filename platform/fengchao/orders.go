package fengchao

import (
	"context"
	"fmt"
	"iter"
	"time"

	"printstation/app/shipping"
	"printstation/platform"
)

const (
	// reach is how far back the platform lists orders.
	reach = 90 * 24 * time.Hour
	// slice is the span of one window. The platform lists at most 50,000 rows of a window, and long ones slowly.
	slice = 7 * 24 * time.Hour
	// overlap is read again before "since": clocks differ, and a row may become visible after its own time.
	overlap = 10 * time.Minute
	// ahead lets the last window end after now, for a platform whose clock is ahead of ours.
	ahead = time.Minute
)

// PendingOrders yields the orders that were created or changed since then, of every state but unpaid: an order that was
// never to be shipped concerns nobody, one that ceased to be must be seen. Since is taken generously (10 minutes are
// read twice), so pass the time at which the last complete reading began. A zero or older time means all orders created
// in the last 90 days, as far as the platform lists.
func (s *Shop) PendingOrders(ctx context.Context, since time.Time) iter.Seq2[shipping.Order, error] {
	return func(yield func(shipping.Order, error) bool) {
		now := s.clock()
		from, by := since.Add(-overlap), updated
		if oldest := now.Add(-reach); since.IsZero() || from.Before(oldest) {
			from, by = oldest, created
		}
		r := reading{shop: s, ctx: ctx, by: by, yield: yield, seen: make(map[string]int64)}
		for until := now.Add(ahead); from.Before(until); from = from.Add(slice) {
			end := from.Add(slice)
			if end.After(until) {
				end = until
			}
			if !r.window(from.Unix(), end.Unix()) {
				return
			}
		}
	}
}

// Order reads one order's state with the numbers it was shipped under.
func (s *Shop) Order(ctx context.Context, id shipping.OrderID) (platform.OrderState, error) {
	c := call{kind: platform.CallOrder, op: "read order", path: "trade/detail", items: 1}
	if id == "" {
		return platform.OrderState{}, unasked(c.op, "no order id")
	}
	a, fail := s.ask(ctx, s.own, c, map[string]string{"shop_order_id": string(id)})
	if fail != nil {
		return platform.OrderState{}, fail
	}
	state, problem := parseState(a.data, id)
	if problem != "" {
		return platform.OrderState{}, s.unreadable(c, problem)
	}
	return state, nil
}

// Probe checks that the shop's orders can be listed and, when its numbers come from another account, that the balance
// of that account can be read. It changes nothing.
func (s *Shop) Probe(ctx context.Context) error {
	now := s.clock()
	c := call{kind: platform.CallOrders, op: "probe the shop", path: "trade/list"}
	a, fail := s.ask(ctx, s.own, c, listFields(created, now.Add(-time.Hour).Unix(), now.Unix(), 0, 1))
	if fail != nil {
		return fail
	}
	if _, ok := rows(a.data, listNames...); !ok {
		return s.unreadable(c, "the reply has no list of orders")
	}
	if !s.foreign {
		return nil
	}
	c = call{kind: platform.CallIssue, op: "probe the account for waybills", path: "logistics/shopnetsite/list"}
	if _, fail := s.ask(ctx, s.via, c, map[string]string{"logistics_code": ""}); fail != nil {
		return fail
	}
	return nil
}

// orderError tells of one order of a list that cannot be read.
func orderError(id shipping.OrderID, problem string) error {
	return &platform.OrderError{Order: id, Err: fmt.Errorf("%s: list orders: %s", Name, problem)}
}
