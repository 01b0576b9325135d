package sandbox

import (
	"cmp"
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Limits of the vendor's order list.
const (
	maxPageSize   = 100
	maxListed     = 50_000
	maxListWindow = 90 * 24 * time.Hour
	maxCiphers    = 50
)

type tradePage struct {
	Page  int         `json:"page"`
	Size  int         `json:"size"`
	Total int         `json:"total"`
	List  []wireOrder `json:"shop_order_list"`
}

// tradeQuery is what trade/list asks for.
type tradeQuery struct {
	created, updated window
	states           map[int]bool // none: every state
	byUpdate, rising bool
	page, size       int
}

// window is a stretch of time, from inclusive, to exclusive; zero ends are open.
type window struct{ from, to time.Time }

func (v window) holds(t time.Time) bool {
	return (v.from.IsZero() || !t.Before(v.from)) && (v.to.IsZero() || t.Before(v.to))
}

func (w *World) listTrades(_ string, form url.Values) (any, *refusal) {
	q, no := parseTradeQuery(form)
	if no != nil {
		return nil, no
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	var found []*order
	for _, o := range w.orders {
		if q.wants(o) {
			found = append(found, o)
		}
	}
	slices.SortFunc(found, q.compare)
	p := tradePage{Page: q.page, Size: q.size, Total: len(found), List: []wireOrder{}}
	from := min(q.page*q.size, len(found))
	for _, o := range found[from:min(from+q.size, len(found))] {
		p.List = append(p.List, wireOrderOf(o))
	}
	return p, nil
}

func (q tradeQuery) wants(o *order) bool {
	return q.created.holds(o.CreatedAt) && q.updated.holds(o.UpdatedAt) && (len(q.states) == 0 || q.states[o.Status])
}

// compare orders by time and, within a second, by id, so that a page is the same whenever it is asked for.
func (q tradeQuery) compare(a, b *order) int {
	n := a.CreatedAt.Compare(b.CreatedAt)
	if q.byUpdate {
		n = a.UpdatedAt.Compare(b.UpdatedAt)
	}
	if n == 0 {
		n = strings.Compare(a.ID, b.ID)
	}
	if !q.rising {
		return -n
	}
	return n
}

func parseTradeQuery(form url.Values) (q tradeQuery, no *refusal) {
	if q.created, no = parseWindow(form, "create_time"); no != nil {
		return q, no
	}
	if q.updated, no = parseWindow(form, "update_time"); no != nil {
		return q, no
	}
	if q.created == (window{}) && q.updated == (window{}) {
		return q, noMissing.about("create_time_start/create_time_end或update_time_start/update_time_end")
	}
	if q.states, no = parseStates(form.Get("combine_status")); no != nil {
		return q, no
	}
	if q.page, no = parseCount(form, "page", 0, maxListed); no != nil {
		return q, no
	}
	if q.size, no = parseCount(form, "size", 1, maxPageSize); no != nil {
		return q, no
	}
	if q.page*q.size >= maxListed {
		return q, noFormat.about("page*size超过50000")
	}
	switch form.Get("order_by") {
	case "", "create_time":
	case "update_time":
		q.byUpdate = true
	default:
		return q, noFormat.about("order_by")
	}
	q.rising = form.Get("order_asc") == "true"
	return q, nil
}

func parseWindow(form url.Values, name string) (window, *refusal) {
	var v window
	for suffix, end := range map[string]*time.Time{"_start": &v.from, "_end": &v.to} {
		text := form.Get(name + suffix)
		if text == "" {
			continue
		}
		at, ok := unixTime(text)
		if !ok {
			return v, noFormat.about(name + suffix)
		}
		*end = at
	}
	if v.from.IsZero() || v.to.IsZero() {
		return v, nil
	}
	if v.to.Before(v.from) || v.to.Sub(v.from) > maxListWindow {
		return v, noFormat.about(name + "区间须大于0且不超过90天")
	}
	return v, nil
}

// parseStates reads combine_status: a JSON list of objects whose order_status holds numbers parted by commas.
func parseStates(text string) (map[int]bool, *refusal) {
	if text == "" {
		return nil, nil
	}
	var wanted []struct {
		OrderStatus string `json:"order_status"`
		MainStatus  string `json:"main_status"`
	}
	if err := json.Unmarshal([]byte(text), &wanted); err != nil {
		return nil, noFormat.about("combine_status")
	}
	states := map[int]bool{}
	for _, w := range wanted {
		for part := range strings.SplitSeq(cmp.Or(w.OrderStatus, w.MainStatus), ",") {
			if part == "" {
				continue
			}
			n, err := strconv.Atoi(strings.TrimSpace(part))
			if err != nil {
				return nil, noFormat.about("combine_status")
			}
			states[n] = true
		}
	}
	return states, nil
}

func parseCount(form url.Values, name string, least, most int) (int, *refusal) {
	text := form.Get(name)
	if text == "" {
		return 0, noMissing.about(name)
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < least || n > most {
		return 0, noFormat.about(name)
	}
	return n, nil
}

func (w *World) showTrade(_ string, form url.Values) (any, *refusal) {
	id := form.Get("shop_order_id")
	if id == "" {
		return nil, noMissing.about("shop_order_id")
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	o := w.byID[id]
	if o == nil {
		return nil, noOrderQuery
	}
	detail := wireOrderOf(o)
	return map[string]any{"shop_order_detail": detail}, nil
}

type cipherInfo struct {
	AuthID     string `json:"auth_id"`
	CipherText string `json:"cipher_text"`
}

type decryptInfo struct {
	cipherInfo
	DecryptText  string `json:"decrypt_text"`
	ErrNo        int    `json:"err_no"`
	ErrMsg       string `json:"err_msg"`
	IsVirtualTel bool   `json:"is_virtual_tel"`
}

func (w *World) decrypt(_ string, form url.Values) (any, *refusal) {
	var asked []cipherInfo
	if form.Get("cipher_infos") == "" {
		return nil, noMissing.about("cipher_infos")
	}
	if err := json.Unmarshal([]byte(form.Get("cipher_infos")), &asked); err != nil {
		return nil, noFormat.about("cipher_infos")
	}
	if len(asked) > maxCiphers {
		return nil, noTooMany.about(maxCiphers)
	}
	if !w.opt.AllowDecrypt {
		return nil, noPermission
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	infos := make([]decryptInfo, 0, len(asked))
	for _, a := range asked {
		infos = append(infos, w.decryptOne(a))
	}
	return map[string]any{"decrypt_infos": infos}, nil
}

func (w *World) decryptOne(a cipherInfo) decryptInfo {
	if o := w.byID[a.AuthID]; o != nil && o.Cipher != nil {
		switch a.CipherText {
		case o.Cipher.Name:
			return decryptInfo{cipherInfo: a, DecryptText: o.Receiver.Name}
		case o.Cipher.Phone:
			virtual := strings.ContainsAny(o.Receiver.Phone, "-,") && !strings.HasPrefix(o.Receiver.Phone, "0")
			return decryptInfo{cipherInfo: a, DecryptText: o.Receiver.Phone, IsVirtualTel: virtual}
		case o.Cipher.Detail:
			return decryptInfo{cipherInfo: a, DecryptText: o.Receiver.Detail}
		}
	}
	return decryptInfo{cipherInfo: a, ErrNo: 300003, ErrMsg: "密文与订单不匹配"}
}
