package fengchao

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"printstation/app/shipping"
	"printstation/platform"
)

// shelf is a list of orders that lives while it is read.
type shelf struct {
	rows    map[string]int64 // order id to update time
	now     int64
	touch   func(call int, s *shelf) // what happens before each answer
	calls   int
	falling bool // ignores order_asc
	silent  bool // tells no total
	bare    bool // answers with a bare list
}

func (s *shelf) answer(_ string, f url.Values) string {
	s.calls++
	if s.touch != nil {
		s.touch(s.calls, s)
	}
	num := func(name string) int64 { n, _ := strconv.ParseInt(f.Get(name), 10, 64); return n }
	from, to := num("update_time_start"), num("update_time_end")
	var ids []string
	for id, at := range s.rows {
		if at >= from && at < to {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, func(a, b string) int { return cmp.Or(cmp.Compare(s.rows[a], s.rows[b]), cmp.Compare(a, b)) })
	if s.falling {
		slices.Reverse(ids)
	}
	page, size := int(num("page")), int(num("size"))
	begin := min(page*size, len(ids))
	list := []string{}
	for _, id := range ids[begin:min(begin+size, len(ids))] {
		list = append(list, fmt.Sprintf(`{"order_id":%q,"order_status":2,"update_time":%d,"create_time":1}`, id, s.rows[id]))
	}
	rows := "[" + strings.Join(list, ",") + "]"
	switch {
	case s.bare:
		return `{"code":0,"data":` + rows + `}`
	case s.silent:
		return `{"code":0,"data":{"list":` + rows + `}}`
	}
	return fmt.Sprintf(`{"code":0,"data":{"total":%d,"shop_order_list":%s}}`, len(ids), rows)
}

// An order that is touched while the list is read moves to its end, and all behind it move up. None may be missed.
func TestOrdersThatMoveWhileTheyAreRead(t *testing.T) {
	t.Parallel()
	const start = 1700000000
	for name, set := range map[string]func(*shelf){
		"sorted":         func(*shelf) {},
		"no total":       func(s *shelf) { s.silent = true },
		"bare list":      func(s *shelf) { s.bare = true },
		"falling":        func(s *shelf) { s.falling = true },
		"in one second":  func(s *shelf) { s.pack(0, 450, start-300) },
		"second in view": func(s *shelf) { s.pack(50, 350, s.rows["050"]) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := &shelf{rows: map[string]int64{}, now: start}
			for i := range 450 {
				s.rows[fmt.Sprintf("%03d", i)] = start - 500 + int64(i)
			}
			set(s)
			s.touch = func(call int, s *shelf) {
				if call > 1 && call < 8 { // rows of the first page move while later ones are read
					s.now++
					s.rows[fmt.Sprintf("%03d", call*7)] = s.now
				}
			}
			shop := startGateway(t, s.answer).shop(t, nil)
			latest := map[string]int64{}
			for o, err := range shop.PendingOrders(t.Context(), time.Unix(start-600, 0)) {
				if err != nil {
					t.Fatal(err)
				}
				latest[string(o.ID)] = o.UpdatedAt.Unix()
			}
			for id := range s.rows {
				if _, met := latest[id]; !met {
					t.Errorf("order %s was missed", id)
				}
			}
			if s.calls > 40 {
				t.Errorf("%d calls for 450 orders", s.calls)
			}
		})
	}
}

// pack puts rows into one second.
func (s *shelf) pack(from, to int, at int64) {
	for i := from; i < to; i++ {
		s.rows[fmt.Sprintf("%03d", i)] = at
	}
}

func TestOrdersThatDoNotEnd(t *testing.T) {
	t.Parallel()
	n := 0
	g := startGateway(t, func(string, url.Values) string { // every page full, and all of it new
		var rows []string
		for range 100 {
			n++
			rows = append(rows, fmt.Sprintf(`{"order_id":"%d","order_status":1,"update_time":%d}`, n, 1600000000+n))
		}
		return `{"code":0,"data":{"shop_order_list":[` + strings.Join(rows, ",") + `]}}`
	})
	var last error
	for _, err := range g.shop(t, nil).PendingOrders(t.Context(), time.Unix(1700000000, 0)) {
		last = err
	}
	if last == nil || !strings.Contains(last.Error(), "does not end") {
		t.Errorf("error %v", last)
	}
}

func TestOneUnreadableOrderDoesNotEndTheList(t *testing.T) {
	t.Parallel()
	g := startGateway(t, always(`{"code":0,"data":{"total":5,"shop_order_list":[{"order_id":"1","order_status":2,"update_time":1},
		{"order_id":"2","order_status":"王小明"},"王小明",{"order_id":"3","order_status":1},{"order_id":"4","order_status":2}]}}`))
	var good, bad []shipping.OrderID
	for o, err := range g.shop(t, nil).PendingOrders(t.Context(), time.Unix(1700000000, 0)) {
		var one *platform.OrderError
		switch {
		case err == nil:
			good = append(good, o.ID)
		case errors.As(err, &one):
			bad = append(bad, one.Order)
			if strings.Contains(err.Error(), "王小明") {
				t.Errorf("the error quotes the order: %v", err)
			}
		default:
			t.Fatal(err)
		}
	}
	// 3 is unpaid: it concerns nobody.
	if !slices.Equal(good, []shipping.OrderID{"1", "4"}) || !slices.Equal(bad, []shipping.OrderID{"2", ""}) {
		t.Errorf("good %v, bad %v", good, bad)
	}
}

func TestWindows(t *testing.T) {
	t.Parallel()
	const now = 1700000000
	day := int64(24 * 60 * 60)
	for _, tt := range []struct {
		name      string
		since     time.Time
		by        string
		from, to  int64
		exchanges int
	}{
		{"a moment ago", time.Unix(now-30, 0), "update_time", now - 630, now + 60, 1},
		{"never", time.Time{}, "create_time", now - 90*day, now + 60, 13},
		{"too long ago", time.Unix(now-100*day, 0), "create_time", now - 90*day, now + 60, 13},
		{"eight days ago", time.Unix(now-8*day, 0), "update_time", now - 8*day - 600, now + 60, 2},
	} {
		g := startGateway(t, always(`{"code":0,"data":{"total":0}}`))
		for _, err := range g.shop(t, nil).PendingOrders(t.Context(), tt.since) {
			t.Errorf("%s: %v", tt.name, err)
		}
		if len(g.forms) != tt.exchanges {
			t.Errorf("%s: %d exchanges, want %d", tt.name, len(g.forms), tt.exchanges)
			continue
		}
		at := tt.from
		for _, f := range g.forms { // without a gap
			from, _ := strconv.ParseInt(f.Get(tt.by+"_start"), 10, 64)
			to, _ := strconv.ParseInt(f.Get(tt.by+"_end"), 10, 64)
			if from != at || to <= from || to-from > 90*day {
				t.Errorf("%s: window %d to %d after %d", tt.name, from, to, at)
			}
			at = to
		}
		if at != tt.to {
			t.Errorf("%s: the last window ends at %d, want %d", tt.name, at, tt.to)
		}
	}
}

func TestProbeAsksBothAccounts(t *testing.T) {
	t.Parallel()
	own := startGateway(t, always(`{"code":0,"data":{"total":0,"shop_order_list":null}}`))
	via := startGateway(t, always(`{"code":7,"message":"签名错误"}`))
	if err := own.shop(t, nil).Probe(t.Context()); err != nil {
		t.Errorf("own account: %v", err)
	}
	s := own.shop(t, func(c *platform.Config) {
		c.Via = &platform.Account{Shop: "a", BaseURL: via.url, AppID: "a", Secret: "b", SellerNick: "c"}
	})
	if err := s.Probe(t.Context()); err == nil || !strings.Contains(err.Error(), "签名错误") {
		t.Errorf("the other account: %v", err)
	}
}
