package fengchao

import (
	"context"
	"encoding/json"
	"slices"

	"printstation/app/shipping"
	"printstation/platform"
	"printstation/platform/wire"
)

// waybillRef names an issued number on the wire.
type waybillRef struct {
	Carrier string `json:"logistics_code"`
	Number  string `json:"track_no"`
}

// printDataJSON is a row of waybill_infos or err_infos. data and sign go to the platform's print component together.
type printDataJSON struct {
	Number  wire.Text `json:"track_no"`
	Data    wire.Text `json:"print_data"`
	Sign    wire.Text `json:"sign"`
	ErrCode wire.Text `json:"err_code"`
	ErrMsg  wire.Text `json:"err_msg"`
}

// PrintData fetches the platform's encrypted print data of issued numbers, in calls of at most 100. Data is a JSON
// object {"print_data": …, "sign": …}, both as they came: the print component wants both. The error is non-nil only when
// every number shares it; a cancelled or recycled number has an error of its own ("该运单不存在或已删除").
func (s *Shop) PrintData(ctx context.Context, ws []shipping.Waybill) ([]platform.PrintDataResult, error) {
	results := make([]platform.PrintDataResult, len(ws))
	var whole *platform.Error
	for part := range slices.Chunk(indexes(len(ws)), printDataBatch) {
		fail := s.printData(ctx, ws, part, results)
		if fail != nil && len(part) == len(ws) {
			whole = fail
		}
	}
	if whole != nil {
		return results, whole
	}
	return results, nil
}

func (s *Shop) printData(ctx context.Context, ws []shipping.Waybill, part []int, results []platform.PrintDataResult) *platform.Error {
	c := call{kind: platform.CallPrintData, op: "read print data", path: "logistics/getwaybill", items: len(part)}
	failAll := func(fail *platform.Error) *platform.Error {
		for _, i := range part {
			results[i] = platform.PrintDataResult{Number: ws[i].Number, Err: fail}
		}
		return fail
	}
	refs := make([]waybillRef, 0, len(part))
	asked := make(map[wire.Text]bool, len(part))
	for _, i := range part {
		refs = append(refs, waybillRef{string(ws[i].Carrier), string(ws[i].Number)})
		asked[wire.Text(ws[i].Number)] = true
	}
	body, err := encode(refs)
	if err != nil {
		return failAll(unasked(c.op, "cannot be written as JSON"))
	}
	a, fail := s.askJSON(ctx, s.via, c, body)
	if fail != nil {
		return failAll(fail)
	}
	found, problem := readPrintData(a.data, asked)
	if problem != "" {
		return failAll(s.unreadable(c, problem))
	}
	for _, i := range part {
		results[i] = platform.PrintDataResult{Number: ws[i].Number}
		data, fail := s.printDataOf(c, a, found[wire.Text(ws[i].Number)])
		if fail != nil {
			results[i].Err = fail
			continue
		}
		results[i].Data = data
	}
	return nil
}

func (s *Shop) printDataOf(c call, a answer, rows []printDataJSON) (string, *platform.Error) {
	switch {
	case len(rows) == 0:
		return "", s.unreadable(c, "the reply leaves this number out")
	case len(slices.Compact(slices.Clone(rows))) > 1:
		return "", s.contradictory(c, "the reply answers twice for this number, and not the same")
	}
	r := rows[0]
	if r.Data == "" {
		return "", s.refuse(c, a, platform.Reply{Code: string(r.ErrCode), Message: string(r.ErrMsg)})
	}
	out, err := encode(struct {
		Data string `json:"print_data"`
		Sign string `json:"sign,omitempty"`
	}{string(r.Data), string(r.Sign)})
	if err != nil {
		return "", s.unreadable(c, "the print data cannot be kept")
	}
	return string(out), nil
}

// readPrintData sorts the rows of both lists by number; one that was not asked for spoils the reply.
func readPrintData(data json.RawMessage, asked map[wire.Text]bool) (map[wire.Text][]printDataJSON, string) {
	var v struct {
		Good *[]printDataJSON `json:"waybill_infos"`
		Bad  *[]printDataJSON `json:"err_infos"`
	}
	if problem := decode(data, &v); problem != "" {
		return nil, problem
	}
	if v.Good == nil && v.Bad == nil {
		return nil, "the reply has no list of answers"
	}
	found := make(map[wire.Text][]printDataJSON, len(asked))
	for _, list := range []*[]printDataJSON{v.Good, v.Bad} {
		if list == nil {
			continue
		}
		for _, r := range *list {
			if !asked[r.Number] {
				return nil, "the reply answers for a number that was not asked for"
			}
			found[r.Number] = append(found[r.Number], r)
		}
	}
	return found, ""
}

func indexes(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}
