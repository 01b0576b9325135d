package fengchao

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"printstation/app/shipping"
	"printstation/platform"
	"printstation/platform/wire"
)

// cancelledAlready are the native interface's answers that the number is cancelled. That is no error here, so it does
// not depend on what a catalogue says.
var cancelledAlready = []string{"10801", "10901", "1102", "8037"}

// CancelWaybill gives a number back (回收单号). It cancels the waybill, not the shipment. A reply that does not say that
// the number is cancelled is an error of class transient: asking again brings the word, or "cancelled already".
func (s *Shop) CancelWaybill(ctx context.Context, w shipping.Waybill) error {
	c := call{kind: platform.CallCancel, op: "cancel waybill", path: "order/logistics/cancel", items: 1}
	if w.Carrier == "" || w.Number == "" {
		return unasked(c.op, "no carrier or no number")
	}
	a, fail := s.ask(ctx, s.via, c, map[string]string{
		"logistics_code": string(w.Carrier),
		"track_no":       string(w.Number),
		"user_id":        strconv.FormatInt(s.account.UserID, 10),
	})
	if fail != nil {
		if fail.Class == shipping.ClassAlreadyDone || saysCancelled(fail) {
			return nil
		}
		return fail
	}
	done, said := cancelResult(a.data)
	switch {
	case !said:
		return s.unreadable(c, "the reply does not say whether the number is cancelled")
	case !done:
		return s.refuse(c, a, platform.Reply{Code: a.code, Message: "the platform did not cancel the number"})
	}
	return nil
}

// saysCancelled looks at the code and at the number at the end of a sub-code such as "isv.business-failed:10801".
func saysCancelled(e *platform.Error) bool {
	sub := e.SubCode[strings.LastIndexByte(e.SubCode, ':')+1:]
	return slices.Contains(cancelledAlready, e.Code) || slices.Contains(cancelledAlready, sub)
}

// cancelResult finds the yes or no in data: cancel_result.success, or success or status at the top.
func cancelResult(data json.RawMessage) (done, said bool) {
	type flags struct {
		Success *wire.Bool `json:"success"`
		Status  *wire.Bool `json:"status"`
	}
	var v struct {
		Result flags `json:"cancel_result"`
		flags
	}
	if decode(data, &v) != "" {
		return false, false
	}
	for _, yes := range []*wire.Bool{v.Result.Success, v.Result.Status, v.Success, v.Status} {
		if yes != nil {
			return bool(*yes), true
		}
	}
	return false, false
}
