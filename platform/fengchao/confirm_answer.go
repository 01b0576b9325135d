package fengchao

import (
	"encoding/json"
	"strings"

	"printstation/platform/wire"
)

// confirmedJSON is a row of the reply of order/logistics/add in the forms that the gateway's interfaces use.
type confirmedJSON struct {
	OrderID   wire.Text  `json:"order_id"`
	Number    wire.Text  `json:"logistics_code"`
	Success   *wire.Bool `json:"success"`
	IsSuccess *wire.Bool `json:"is_success"`
	Code      *wire.Text `json:"code"`
	ErrCode   *wire.Text `json:"err_code"`
	ErrNo     *wire.Text `json:"err_no"`
	SubCode   wire.Text  `json:"sub_code"`
	Message   wire.Text  `json:"message"`
	Msg       wire.Text  `json:"msg"`
	ErrMsg    wire.Text  `json:"err_msg"`
	SubMsg    wire.Text  `json:"sub_msg"`
}

// confirmed is what a reply says of one order.
type confirmed struct {
	accepted      bool
	contradiction bool
	code, sub     string
	message       string
}

// goodLists and badLists are the names under which rows may stand; a row among the bad ones is refused by that.
var (
	goodLists = []string{"results", "result_list", "list", "order_list", "success_list", "infos", "result"}
	badLists  = []string{"err_infos", "fail_list", "error_list", "failed_list"}
)

// readConfirmed reads the rows by order id; asked holds the orders that were sent and their numbers. A row for another
// order, or for another number of one of them, spoils the reply. No list at all is no answer for anyone: code 0 alone
// does not prove that each order was accepted, reading the orders does.
func readConfirmed(data json.RawMessage, asked map[string]string) (map[string]confirmed, string) {
	answers := make(map[string]confirmed, len(asked))
	if missing(data) {
		return answers, ""
	}
	good, isGood := rows(data, goodLists...)
	var bad []json.RawMessage
	isBad := false
	if !isListed(data) {
		bad, isBad = rows(data, badLists...)
	}
	if !isGood && !isBad {
		return nil, "the reply has no list of orders"
	}
	for i, raw := range append(good[:len(good):len(good)], bad...) {
		var r confirmedJSON
		if problem := decode(raw, &r); problem != "" {
			return nil, problem
		}
		id := string(r.OrderID)
		number, ok := asked[id]
		switch {
		case !ok:
			return nil, "the reply answers for an order that was not asked for"
		case r.Number != "" && string(r.Number) != number:
			return nil, "the reply answers for another number of an order"
		}
		one, said := r.verdict(i >= len(good))
		if !said {
			return nil, "the reply has a row that neither accepts nor refuses"
		}
		if earlier, twice := answers[id]; twice && earlier.accepted != one.accepted {
			one.contradiction = true
		}
		answers[id] = one
	}
	return answers, ""
}

func isListed(data json.RawMessage) bool {
	return strings.HasPrefix(strings.TrimSpace(string(data)), "[")
}

// verdict reads one row: an explicit flag and the code must not disagree; without either the row says nothing.
func (r confirmedJSON) verdict(amongBad bool) (c confirmed, said bool) {
	c = confirmed{sub: string(r.SubCode), message: first(string(r.ErrMsg), string(r.SubMsg), string(r.Message), string(r.Msg))}
	yes, no := false, amongBad
	for _, flag := range []*wire.Bool{r.Success, r.IsSuccess} {
		if flag != nil {
			yes, no = yes || bool(*flag), no || !bool(*flag)
		}
	}
	for _, code := range []*wire.Text{r.ErrCode, r.ErrNo, r.Code} {
		if code == nil || *code == "" {
			continue
		}
		zero := strings.Trim(string(*code), "0") == ""
		yes, no = yes || zero, no || !zero
		if !zero && c.code == "" {
			c.code = string(*code)
		}
	}
	c.accepted = yes && !no
	return c, yes || no
}
