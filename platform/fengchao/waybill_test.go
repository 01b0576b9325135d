package fengchao

import (
	"encoding/json"
	"net/url"
	"os"
	"reflect"
	"strings"
	"testing"

	"printstation/app/shipping"
	"printstation/platform"
)

func testdata(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func tree(t *testing.T, raw []byte) any {
	t.Helper()
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// requestsOf reads a newcreateorder request back into requests of ours.
func requestsOf(t *testing.T, raw []byte) []shipping.WaybillRequest {
	t.Helper()
	var v struct {
		Sender    partyJSON `json:"sender_info"`
		Logistics string    `json:"logistics_code"`
		Orders    []struct {
			OrderID  string     `json:"order_id"`
			PackID   string     `json:"pack_id"`
			Receiver partyJSON  `json:"receiver_info"`
			Items    []itemJSON `json:"items"`
		} `json:"order_infos"`
	}
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatal(err)
	}
	where := func(p partyJSON) (shipping.Contact, shipping.Address) {
		a := p.Address
		return shipping.Contact{Name: p.Contact.Name, Mobile: p.Contact.Mobile},
			shipping.Address{Province: a.Province, City: a.City, District: a.District, Detail: a.Detail}
	}
	var rs []shipping.WaybillRequest
	for _, o := range v.Orders {
		r := shipping.WaybillRequest{
			ID:        shipping.MakeRequestID("dy1", shipping.OrderID(o.OrderID), o.PackID),
			LeadOrder: shipping.OrderID(o.OrderID), PackID: o.PackID, Carrier: shipping.Carrier(v.Logistics),
		}
		r.Sender.Contact, r.Sender.Address = where(v.Sender)
		r.Recipient.Contact, r.Recipient.Address = where(o.Receiver)
		for _, it := range o.Items {
			r.Items = append(r.Items, shipping.OrderItem{Name: it.Name, Spec: it.Specs, Quantity: it.Count})
		}
		rs = append(rs, r)
	}
	return rs
}

// The example of document 004, both ways.
func TestDocumentExample(t *testing.T) {
	t.Parallel()
	want := testdata(t, "document004_request.json")
	g := startGateway(t, always(string(testdata(t, "document004_reply.json"))))
	s := g.shop(t, func(c *platform.Config) { c.Classifier = words{"4006": shipping.ClassData} })
	var asked []platform.EncodedWaybill
	for _, r := range requestsOf(t, want) {
		payload, err := s.EncodeWaybill(r)
		if err != nil {
			t.Fatal(err)
		}
		asked = append(asked, platform.EncodedWaybill{ID: r.ID, LeadOrder: r.LeadOrder, PackID: r.PackID, Carrier: r.Carrier, Payload: payload})
	}
	got, err := s.IssueWaybills(t.Context(), asked)
	if err != nil || len(got) != 2 {
		t.Fatalf("%+v, %v", got, err)
	}
	if sent := g.form(t).Get("request_data"); !reflect.DeepEqual(tree(t, []byte(sent)), tree(t, want)) {
		t.Errorf("sent  %s\nwant %s", sent, want)
	}
	if g.paths[0] != "/gateway/dd/logistics/newcreateorder" {
		t.Errorf("path %s", g.paths[0])
	}
	f := fault(t, got[0].Err)
	if f.Code != "4006" || f.Class != shipping.ClassData || !f.NotDone || f.Message != "49488636457864312061:订单号非法" {
		t.Errorf("refusal %+v", f)
	}
	w := shipping.Waybill{Carrier: "zhongtong", Number: "75531717195834", SortCode: "320- 13 128", Hub: "杭州", IssuedAt: got[1].Waybill.IssuedAt}
	if got[1].Err != nil || !reflect.DeepEqual(got[1].Waybill, w) {
		t.Errorf("waybill %+v, %v", got[1].Waybill, got[1].Err)
	}
}

func TestWaybillFields(t *testing.T) {
	t.Parallel()
	const reply = `{"code":"0","message":"ok","data":{"err_infos":null,"ebill_infos":[{"order_id":4948795729456854758,"pack_id":"p","track_no":75531717195834,
		"err_code":0,"sort_code":"400-W00 000","package_center_code":"c1","package_center_name":"杭州","short_address_code":"s1","short_address_name":"杭州西湖",
		"extra_resp":{"a":[1]},"sub_waybill_codes":"13, 434,,556","shipping_code":"34343","print_data":"enc"}]}}`
	s := startGateway(t, always(reply)).shop(t, nil)
	got, err := s.IssueWaybills(t.Context(), []platform.EncodedWaybill{request(t, s, "4948795729456854758", "p")})
	if err != nil || got[0].Err != nil {
		t.Fatalf("%+v, %v", got, err)
	}
	want := shipping.Waybill{Carrier: "zhongtong", Number: "75531717195834", Children: []shipping.TrackingNumber{"13", "434", "556"},
		SortCode: "400-W00 000", Hub: "杭州", HubCode: "c1", ShortName: "杭州西湖", ShortCode: "s1", ShippingRef: "34343",
		Extra: `{"a":[1]}`, PrintData: "enc", IssuedAt: got[0].Waybill.IssuedAt}
	if !reflect.DeepEqual(got[0].Waybill, want) {
		t.Errorf("got  %+v\nwant %+v", got[0].Waybill, want)
	}
}

// Two requests, A with pack 1 and B with pack 2; every reply is bad in its way for one or both.
func TestAnswersAreNeverMatchedWrongly(t *testing.T) {
	t.Parallel()
	const a, b = `{"order_id":"A","pack_id":"1","track_no":"70000000000001"}`, `{"order_id":"B","pack_id":"2","track_no":"70000000000002"}`
	tests := map[string]struct {
		data   string // of a good envelope; raw replies begin with "!"
		aErr   string // "" when A gets its number
		bErr   string
		shared bool
	}{
		"both":                         {data: `{"ebill_infos":[` + b + `,` + a + `]}`},
		"as a text":                    {data: `"{\"ebill_infos\":[{\"order_id\":\"A\",\"pack_id\":\"1\",\"track_no\":\"70000000000001\"}]}"`, bErr: "leaves this order out"},
		"one left out":                 {data: `{"ebill_infos":[` + a + `]}`, bErr: "leaves this order out"},
		"the same twice":               {data: `{"ebill_infos":[` + a + `,` + a + `,` + b + `]}`},
		"two numbers":                  {data: `{"ebill_infos":[` + a + `,` + b + `,{"order_id":"A","pack_id":"1","track_no":"70000000000009"}]}`, aErr: "two numbers"},
		"one number for two":           {data: `{"ebill_infos":[` + a + `,{"order_id":"B","pack_id":"2","track_no":"70000000000001"}]}`, aErr: "one number to two", bErr: "one number to two"},
		"given and refused":            {data: `{"ebill_infos":[` + a + `,` + b + `],"err_infos":[{"order_id":"A","pack_id":"1","err_code":"1"}]}`, aErr: "both gives and refuses"},
		"packs swapped":                {data: `{"ebill_infos":[{"order_id":"A","pack_id":"2","track_no":"70000000000001"}]}`, aErr: "not asked for", bErr: "not asked for", shared: true},
		"no pack":                      {data: `{"ebill_infos":[{"order_id":"A","track_no":"70000000000001"},` + b + `]}`, aErr: "not asked for", bErr: "not asked for", shared: true},
		"another order":                {data: `{"ebill_infos":[` + a + `,` + b + `,{"order_id":"C","pack_id":"1","track_no":"70000000000003"}]}`, aErr: "not asked for", bErr: "not asked for", shared: true},
		"another order refused":        {data: `{"ebill_infos":[` + a + `,` + b + `],"err_infos":[{"order_id":"C","pack_id":"1","err_code":1}]}`, aErr: "not asked for", bErr: "not asked for", shared: true},
		"no number":                    {data: `{"ebill_infos":[{"order_id":"A","pack_id":"1","track_no":""},` + b + `]}`, aErr: "no readable number"},
		"a number that is none":        {data: `{"ebill_infos":[{"order_id":"A","pack_id":"1","track_no":"<b>1</b>"},` + b + `]}`, aErr: "no readable number"},
		"err_code as number":           {data: `{"ebill_infos":[{"order_id":"A","pack_id":"1","track_no":"70000000000001","err_code":4006,"err_msg":"no"},` + b + `]}`, aErr: "4006 no"},
		"err_code as text":             {data: `{"ebill_infos":[` + b + `],"err_infos":[{"order_id":"A","pack_id":"1","err_code":"4006","err_msg":"no"}]}`, aErr: "4006 no"},
		"zeros are good":               {data: `{"ebill_infos":[{"order_id":"A","pack_id":"1","track_no":"70000000000001","err_code":"0"},{"order_id":"B","pack_id":"2","track_no":"70000000000002","err_code":0}]}`},
		"among the errors, no code":    {data: `{"ebill_infos":[` + b + `],"err_infos":[{"order_id":"A","pack_id":"1","track_no":"70000000000001"}]}`, aErr: "refused without a word"},
		"null rows":                    {data: `{"ebill_infos":[null,` + a + `]}`, aErr: "empty answer", bErr: "empty answer", shared: true},
		"rows of another kind":         {data: `{"ebill_infos":[1,2]}`, aErr: "another shape", bErr: "another shape", shared: true},
		"a list instead of the object": {data: `[]`, aErr: "another shape", bErr: "another shape", shared: true},
		"no lists":                     {data: `{"x":1}`, aErr: "no list of answers", bErr: "no list of answers", shared: true},
		"nothing":                      {data: `null`, aErr: "no answers", bErr: "no answers", shared: true},
		"cut off":                      {data: `!{"code":0,"data":{"ebill_infos":[` + a, aErr: "ends in the middle", bErr: "ends in the middle", shared: true},
		"a page":                       {data: `!<html>`, aErr: "not JSON", bErr: "not JSON", shared: true},
		"empty":                        {data: `!`, aErr: "is empty", bErr: "is empty", shared: true},
		"no code":                      {data: `!{"data":{"ebill_infos":[` + a + `]}}`, aErr: "no code", bErr: "no code", shared: true},
		"two values":                   {data: `!{"code":0,"data":{"ebill_infos":[` + a + `]}}{}`, aErr: "not JSON", bErr: "not JSON", shared: true},
		"byte order mark":              {data: "!\xef\xbb\xbf" + `{"code":0,"data":{"ebill_infos":[` + a + `,` + b + `]}}`},
		"refused as a whole":           {data: `!{"code":"30001","message":"店铺未授权","data":null}`, aErr: "30001 店铺未授权", bErr: "30001 店铺未授权", shared: true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			raw, isRaw := strings.CutPrefix(tt.data, "!")
			if !isRaw {
				raw = `{"code":0,"message":"ok","data":` + tt.data + `}`
			}
			s := startGateway(t, always(raw)).shop(t, nil)
			got, err := s.IssueWaybills(t.Context(), []platform.EncodedWaybill{request(t, s, "A", "1"), request(t, s, "B", "2")})
			if (err != nil) != tt.shared {
				t.Errorf("shared error %v, want %v", err, tt.shared)
			}
			check := func(r platform.WaybillResult, want string, number shipping.TrackingNumber) {
				switch {
				case want == "" && (r.Err != nil || r.Waybill.Number != number):
					t.Errorf("%s: %s, %v; want %s", r.ID, r.Waybill.Number, r.Err, number)
				case want != "" && (r.Err == nil || r.Waybill.Number != "" || !strings.Contains(r.Err.Error(), want)):
					t.Errorf("%s: %s, %v; want an error with %q", r.ID, r.Waybill.Number, r.Err, want)
				}
			}
			check(got[0], tt.aErr, "70000000000001")
			check(got[1], tt.bErr, "70000000000002")
		})
	}
}

func TestRequestsWithOtherHeadsGoOutApart(t *testing.T) {
	t.Parallel()
	g := startGateway(t, func(_ string, f url.Values) string {
		if strings.Contains(f.Get("request_data"), `"logistics_code":"yuantong"`) {
			return `{"code":1,"message":"no"}`
		}
		return `{"code":0,"data":{"ebill_infos":[{"order_id":"A","pack_id":"1","track_no":"70000000000001"}]}}`
	})
	s := g.shop(t, nil)
	a, b := request(t, s, "A", "1"), request(t, s, "B", "2")
	b.Payload = []byte(strings.Replace(string(b.Payload), "zhongtong", "yuantong", 1))
	got, err := s.IssueWaybills(t.Context(), []platform.EncodedWaybill{b, a})
	if err != nil || got[0].Err == nil || got[1].Waybill.Number != "70000000000001" || len(g.forms) != 2 {
		t.Errorf("%+v, %v, %d exchanges", got, err, len(g.forms))
	}
	// What was stored goes out to the letter.
	if o, err := openPayload(a.Payload); err != nil || !strings.Contains(g.forms[1].Get("request_data"), string(o.raw)) {
		t.Errorf("the order's bytes were changed: %v", err)
	}
}

func TestEncodeWaybillRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		channel int
		r       shipping.WaybillRequest
	}{
		{"no order", 1, shipping.WaybillRequest{PackID: "a", Carrier: "zhongtong"}},
		{"no carrier", 1, shipping.WaybillRequest{LeadOrder: "1", PackID: "a"}},
		{"a long pack id", 1, shipping.WaybillRequest{LeadOrder: "1", PackID: "1234567890123456", Carrier: "zhongtong"}},
		{"a pack id with a dash", 1, shipping.WaybillRequest{LeadOrder: "1", PackID: "a-b", Carrier: "zhongtong"}},
		{"a foreign order with a dot", 27, shipping.WaybillRequest{LeadOrder: "1.2", PackID: "a", Carrier: "zhongtong"}},
		{"a foreign order of 33", 27, shipping.WaybillRequest{LeadOrder: shipping.OrderID(strings.Repeat("1", 33)), PackID: "a", Carrier: "zhongtong"}},
	}
	g := startGateway(t, always(""))
	for _, tt := range tests {
		s := g.shop(t, func(c *platform.Config) { c.Account.Channel = tt.channel })
		got, err := s.EncodeWaybill(tt.r)
		if err == nil || got != nil || !fault(t, err).NotDone {
			t.Errorf("%s: %s, %v", tt.name, got, err)
		}
	}
}
