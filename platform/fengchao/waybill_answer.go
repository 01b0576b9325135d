package fengchao

import (
	"encoding/json"
	"regexp"
	"strings"

	"printstation/app/shipping"
	"printstation/platform/wire"
)

// issuedJSON is a row of ebill_infos or err_infos, the table of document 004.
type issuedJSON struct {
	OrderID       wire.Text `json:"order_id"`
	PackID        wire.Text `json:"pack_id"`
	Number        wire.Text `json:"track_no"`
	ErrCode       wire.Text `json:"err_code"` // number or text; 0 is good
	ErrMsg        wire.Text `json:"err_msg"`
	SortCode      wire.Text `json:"sort_code"`
	CenterCode    wire.Text `json:"package_center_code"`
	CenterName    wire.Text `json:"package_center_name"`
	ShortCode     wire.Text `json:"short_address_code"`
	ShortName     wire.Text `json:"short_address_name"`
	Extra         extraText `json:"extra_resp"`
	Children      wire.Text `json:"sub_waybill_codes"` // parted by commas
	ShippingCode  wire.Text `json:"shipping_code"`
	PrintData     wire.Text `json:"print_data"`
	listedAsError bool
}

// extraText is extra_resp: promised as a text, kept as JSON where it comes as an object.
type extraText string

func (e *extraText) UnmarshalJSON(raw []byte) error {
	if opens(raw) {
		*e = extraText(raw)
		return nil
	}
	var t wire.Text
	if err := t.UnmarshalJSON(raw); err != nil {
		return err
	}
	*e = extraText(t)
	return nil
}

// numberForm is what a tracking number of any carrier looks like; the carrier's own pattern is checked by the station.
var numberForm = regexp.MustCompile(`^[0-9A-Za-z-]{6,40}$`)

// refused goes by err_code, as the document says; a row among the errors is one even without a code.
func (r *issuedJSON) refused() bool {
	code := strings.TrimSpace(string(r.ErrCode))
	return r.listedAsError || code != "" && strings.Trim(code, "0") != ""
}

func (r *issuedJSON) waybill() shipping.Waybill {
	w := shipping.Waybill{
		Number: shipping.TrackingNumber(r.Number), SortCode: string(r.SortCode),
		Hub: string(r.CenterName), HubCode: string(r.CenterCode),
		ShortName: string(r.ShortName), ShortCode: string(r.ShortCode),
		ShippingRef: string(r.ShippingCode), Extra: string(r.Extra), PrintData: string(r.PrintData),
	}
	for child := range strings.SplitSeq(string(r.Children), ",") {
		if child = strings.TrimSpace(child); child != "" {
			w.Children = append(w.Children, shipping.TrackingNumber(child))
		}
	}
	return w
}

// issued is what a reply says of one parcel: nothing, one row, or things that cannot both be true.
type issued struct {
	row           *issuedJSON
	contradiction string
}

// readIssued reads the data of newcreateorder for the parcels that were asked for. A row for any other parcel spoils
// the whole reply: whoever mixes up one answer may have mixed up all, and asking again with the same bytes costs
// nothing. Contradictions spoil only the parcels that they are about.
func readIssued[T any](data json.RawMessage, asked map[key]T) (answers map[key]issued, problem string) {
	list, problem := issuedRows(data)
	if problem != "" {
		return nil, problem
	}
	answers = make(map[key]issued, len(asked))
	owner := map[wire.Text]key{}
	for _, r := range list {
		k := key{string(r.OrderID), string(r.PackID)}
		if _, ok := asked[k]; !ok {
			return nil, "the reply answers for an order that was not asked for"
		}
		one := answers[k]
		switch {
		case one.row == nil:
			one.row = r
		case one.row.refused() != r.refused():
			one.contradiction = "the reply both gives and refuses a number for this order"
		case !r.refused() && one.row.Number != r.Number:
			one.contradiction = "the reply gives two numbers for this order"
		}
		answers[k] = one
		if r.refused() || r.Number == "" {
			continue
		}
		if other, used := owner[r.Number]; used && other != k {
			const twice = "the reply gives one number to two orders"
			answers[k] = issued{row: r, contradiction: twice}
			answers[other] = issued{row: answers[other].row, contradiction: twice}
		}
		owner[r.Number] = k
	}
	return answers, ""
}

// issuedRows reads both lists. One of them must be there.
func issuedRows(data json.RawMessage) ([]*issuedJSON, string) {
	var v struct {
		Good *[]*issuedJSON `json:"ebill_infos"`
		Bad  *[]*issuedJSON `json:"err_infos"`
	}
	if missing(data) {
		return nil, "the reply has no answers"
	}
	if problem := decode(data, &v); problem != "" {
		return nil, problem
	}
	if v.Good == nil && v.Bad == nil {
		return nil, "the reply has no list of answers"
	}
	var list []*issuedJSON
	for _, part := range []*[]*issuedJSON{v.Good, v.Bad} {
		if part == nil {
			continue
		}
		for _, r := range *part {
			if r == nil {
				return nil, "the reply has an empty answer"
			}
			// A row without a number and without a code is a refusal when it stands among the errors.
			r.listedAsError = part == v.Bad
			list = append(list, r)
		}
	}
	return list, ""
}
