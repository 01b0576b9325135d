package fengchao

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"strconv"
	"time"

	"printstation/app/shipping"
	"printstation/platform"
	"printstation/platform/wire"
)

// timeKey is the time that a list is cut and sorted by; its value begins the field names on the wire.
type timeKey string

const (
	created timeKey = "create_time"
	updated timeKey = "update_time"
)

// listNames are the fields in which the list of orders has been seen.
var listNames = []string{"shop_order_list", "order_list", "list", "orders"}

// Bounds of one window, so that a gateway that answers nonsense cannot keep us reading for ever.
const (
	mostPages  = 500 // 50,000 rows, what the platform lists at most
	mostSweeps = 4
)

// reading is one run of PendingOrders.
type reading struct {
	shop  *Shop
	ctx   context.Context
	by    timeKey
	yield func(shipping.Order, error) bool
	seen  map[string]int64 // order id, or hash of an unreadable row -> update time yielded
}

// window reads the orders of one window; false ends the sequence.
//
// Orders change while the list is read: a row that is touched gets a new time and leaves its place, every row behind it
// moves up by one, and whoever goes on with the next page never sees the row that moved onto the page just read. So
// the next page is not asked for by number: rows come oldest first, and after each full page the window is made to
// begin at the time of the last row, and its first page read again. Rows that moved carry a later time and are met
// further on; rows met twice are dropped. Only where that cannot work (more than a page of rows in one second, or a
// list in another order) are pages read by number: see sweep.
func (r *reading) window(from, to int64) bool {
	for range mostPages {
		p, ok := r.page(from, to, 0)
		if !ok {
			return false
		}
		if _, ok := r.emit(p); !ok {
			return false
		}
		if p.last() {
			return true
		}
		if !p.sorted || p.newest <= from {
			return r.sweep(from, to)
		}
		from = p.newest
	}
	return r.fail("the list of orders does not end")
}

// sweep reads the window page by page, again and again until a pass brings nothing new: then no row can have slipped
// from page to page between two requests.
func (r *reading) sweep(from, to int64) bool {
	for range mostSweeps {
		fresh, ok := r.pass(from, to)
		if !ok {
			return false
		}
		if fresh == 0 {
			return true
		}
	}
	return true // a shop that changes this fast: what moved is newer than this reading began, and comes with the next
}

// pass reads the window's pages by number, once, and counts what was new.
func (r *reading) pass(from, to int64) (fresh int, ok bool) {
	for n := range mostPages {
		p, ok := r.page(from, to, n)
		if !ok {
			return fresh, false
		}
		news, ok := r.emit(p)
		fresh += news
		if !ok {
			return fresh, false
		}
		if len(p.rows) == 0 || p.total < 0 && p.last() || p.total >= 0 && (n+1)*pageSize >= p.total {
			return fresh, true
		}
	}
	return fresh, r.fail("the list of orders does not end")
}

func (r *reading) fail(problem string) bool {
	r.yield(shipping.Order{}, r.shop.unreadable(r.call(), problem))
	return false
}

func (r *reading) call() call {
	return call{kind: platform.CallOrders, op: "list orders", path: "trade/list", items: pageSize}
}

// page is one page of the list.
type page struct {
	rows   []row
	total  int   // rows in the whole window, -1 when not told
	sorted bool  // every row has a time, oldest first
	newest int64 // the time of the last row
}

// last reports whether nothing of the window is left behind the first page.
func (p page) last() bool {
	if p.total >= 0 {
		return p.total <= len(p.rows) || len(p.rows) == 0
	}
	return len(p.rows) < pageSize
}

// row is an order of a page, or what is wrong with it.
type row struct {
	order   shipping.Order
	id      shipping.OrderID // "" when not even that could be read
	problem string
	key     string // id, or a hash of the row without one
	change  int64  // update time
}

func (r *reading) page(from, to int64, n int) (page, bool) {
	a, fail := r.shop.ask(r.ctx, r.shop.own, r.call(), listFields(r.by, from, to, n, pageSize))
	if fail != nil {
		r.yield(shipping.Order{}, fail)
		return page{}, false
	}
	list, total, ok := rowsOf(a.data, listNames...)
	// Without a list there must be a word that there are none; a reply that says nothing is not an empty shop.
	if !ok && total != 0 && string(a.data) != "null" {
		return page{}, r.fail("the reply has no list of orders")
	}
	p := page{total: total, sorted: true}
	for _, raw := range list {
		one, at := readRow(raw, r.shop.account.Shop, r.by)
		p.sorted = p.sorted && at > 0 && at >= p.newest
		p.newest = max(p.newest, at)
		p.rows = append(p.rows, one)
	}
	return p, true
}

// readRow reads one order and the time that the list is sorted by, 0 when it has none.
func readRow(raw json.RawMessage, shop shipping.ShopID, by timeKey) (one row, at int64) {
	o, problem := parseOrder(raw, shop)
	if problem == "" {
		one = row{order: o, id: o.ID, key: string(o.ID), change: unixOf(o.UpdatedAt)}
		if by == created {
			return one, unixOf(o.CreatedAt)
		}
		return one, one.change
	}
	// Field by field, so that one unreadable field does not hide the id and the times.
	var peek map[string]json.RawMessage
	_ = json.Unmarshal(raw, &peek)
	var (
		id           wire.Text
		changed, key wire.Time
	)
	_ = id.UnmarshalJSON(peek["order_id"])
	_ = changed.UnmarshalJSON(peek[string(updated)])
	_ = key.UnmarshalJSON(peek[string(by)])
	one = row{id: shipping.OrderID(id), problem: problem, key: string(id), change: unixOf(changed.Time)}
	if one.key == "" {
		sum := sha256.Sum256(raw)
		one.key = "#" + string(sum[:])
	}
	return one, unixOf(key.Time)
}

// emit yields what was not yielded before and counts it; false ends the sequence.
func (r *reading) emit(p page) (fresh int, ok bool) {
	for _, one := range p.rows {
		if at, met := r.seen[one.key]; met && at >= one.change {
			continue
		}
		r.seen[one.key] = one.change
		fresh++
		var err error
		switch {
		case one.problem != "":
			err = orderError(one.id, one.problem)
		case one.order.Status == shipping.OrderUnpaid:
			continue
		}
		if !r.yield(one.order, err) {
			return fresh, false
		}
	}
	return fresh, true
}

func listFields(by timeKey, from, to int64, n, size int) map[string]string {
	return map[string]string{
		string(by) + "_start": strconv.FormatInt(from, 10),
		string(by) + "_end":   strconv.FormatInt(to, 10),
		"order_by":            string(by),
		"order_asc":           "true",
		"is_searchable":       "true",
		"page":                strconv.Itoa(n),
		"size":                strconv.Itoa(size),
	}
}

func unixOf(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Unix()
}
