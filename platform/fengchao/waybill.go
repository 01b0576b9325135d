package fengchao

import (
	"bytes"
	"context"
	"fmt"

	"printstation/app/shipping"
	"printstation/platform"
)

// WaybillBatch is the most requests that one call takes.
func (s *Shop) WaybillBatch() int { return waybillBatch }

// IssueWaybills asks for up to WaybillBatch numbers. Requests with the same head (sender, carrier, shop) go out in one
// exchange, each with its stored bytes unchanged; answers are matched by order id and pack id alone. See the package
// comment for what the errors mean. Where a whole exchange fails, each of its requests has the error too.
func (s *Shop) IssueWaybills(ctx context.Context, rs []platform.EncodedWaybill) ([]platform.WaybillResult, error) {
	c := call{kind: platform.CallIssue, op: "issue waybills", path: "logistics/newcreateorder"}
	if len(rs) > waybillBatch {
		return nil, unasked(c.op, fmt.Sprintf("%d requests in one call, at most %d", len(rs), waybillBatch))
	}
	results := make([]platform.WaybillResult, len(rs))
	for i, r := range rs {
		results[i].ID = r.ID
	}
	batches := groupByHead(c.op, rs, results)
	var shared *platform.Error
	for _, b := range batches {
		if fail := s.issue(ctx, c, b, rs, results); fail != nil && len(batches) == 1 && len(b.indexes) == len(rs) {
			shared = fail
		}
	}
	if shared != nil {
		return results, shared
	}
	return results, nil
}

// batch is one exchange: the orders to send, and which results wait for each.
type batch struct {
	head    headJSON
	orders  []opened
	waiting map[key][]int
	indexes []int
}

// groupByHead sorts requests into exchanges. A request that is damaged, or that asks for the parcel of another one with
// other bytes, gets its error at once; the very same request twice is sent once and answered twice.
func groupByHead(op string, rs []platform.EncodedWaybill, results []platform.WaybillResult) []*batch {
	var batches []*batch
	byHead := map[string]*batch{}
	first := map[key][]byte{}
	for i, r := range rs {
		o, err := openPayload(r.Payload)
		if err != nil {
			results[i].Err = unasked(op, err.Error())
			continue
		}
		if o.key != (key{string(r.LeadOrder), r.PackID}) {
			results[i].Err = unasked(op, "the stored request is of another parcel")
			continue
		}
		earlier, twice := first[o.key]
		if twice && !bytes.Equal(earlier, r.Payload) {
			results[i].Err = unasked(op, "another request of this call has the same order id and pack id")
			continue
		}
		first[o.key] = r.Payload
		b := byHead[o.head.same()]
		if b == nil {
			b = &batch{head: o.head, waiting: map[key][]int{}}
			byHead[o.head.same()] = b
			batches = append(batches, b)
		}
		if !twice {
			b.orders = append(b.orders, o)
		}
		b.waiting[o.key] = append(b.waiting[o.key], i)
		b.indexes = append(b.indexes, i)
	}
	return batches
}

// issue makes one exchange and fills the results of its requests; the error is that of the whole exchange.
func (s *Shop) issue(ctx context.Context, c call, b *batch, rs []platform.EncodedWaybill, results []platform.WaybillResult) *platform.Error {
	c.items = len(b.orders)
	body := batchJSON{headJSON: b.head}
	for _, o := range b.orders {
		body.Orders = append(body.Orders, o.raw)
	}
	failAll := func(fail *platform.Error) *platform.Error {
		for _, i := range b.indexes {
			results[i].Err = fail
		}
		return fail
	}
	data, err := encode(body)
	if err != nil {
		return failAll(unasked(c.op, "cannot be written as JSON"))
	}
	a, fail := s.askJSON(ctx, s.via, c, data)
	if fail != nil {
		return failAll(fail)
	}
	answers, problem := readIssued(a.data, b.waiting)
	if problem != "" {
		return failAll(s.unreadable(c, problem))
	}
	for k, indexes := range b.waiting {
		for _, i := range indexes {
			w, fail := s.waybillOf(c, a, answers[k], rs[i].Carrier)
			if fail != nil {
				results[i].Err = fail
				continue
			}
			results[i].Waybill = w
		}
	}
	return nil
}

// waybillOf turns the answer for one parcel into a waybill or its error.
func (s *Shop) waybillOf(c call, a answer, got issued, carrier shipping.Carrier) (shipping.Waybill, *platform.Error) {
	switch {
	case got.contradiction != "":
		return shipping.Waybill{}, s.contradictory(c, got.contradiction)
	case got.row == nil:
		return shipping.Waybill{}, s.unreadable(c, "the reply leaves this order out")
	case got.row.refused():
		return shipping.Waybill{}, s.refuse(c, a, platform.Reply{Code: string(got.row.ErrCode), Message: string(got.row.ErrMsg)})
	case !numberForm.MatchString(string(got.row.Number)):
		return shipping.Waybill{}, s.unreadable(c, "the reply has no readable number for this order")
	}
	w := got.row.waybill()
	w.Carrier = carrier
	w.IssuedAt = s.clock()
	return w, nil
}
