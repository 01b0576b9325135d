package fengchao

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"printstation/app/shipping"
)

func TestParseOrder(t *testing.T) {
	t.Parallel()
	const in = `{"order_id":4948795729456854758123,"order_status":"2","create_time":"1700000000","pay_time":1700000100,"update_time":1700000200,
		"exp_ship_time":"2023-11-16 06:13:20","buyer_words":"快","seller_words":null,
		"post_addr":{"province":{"name":"上海市","id":"31"},"city":"上海市","town":{"name":"青浦区"},"street":{"name":"夏阳街道"},"encrypt_detail":"#a#b#1##","detail":""},
		"encrypt_post_receiver":"#c#d#1##","encrypt_post_tel":"$e$f$1$$","post_receiver":"","post_tel":"",
		"mask_post_receiver":"王**","mask_post_tel":"138****0000","mask_post_addr":{"detail":"**路*号"},
		"sku_order_list":[
			{"order_id":"s1","product_name":"衬衣","spec":[{"name":"颜色","value":"白"},{"name":"","value":"L"}],"item_num":"2","code":"C1"},
			{"order_id":"s2","product_name":"袜子","spec":"均码","item_num":1.0,"given_product_type":"FREE"},
			{"order_id":"s3","product_name":"退掉的","item_num":1,"after_sale_info":{"after_sale_status":12,"refund_status":"3"}},
			{"order_id":"s4","product_name":"关掉的","item_num":1,"order_status":4}]}`
	got, problem := parseOrder([]byte(in), "dy1")
	if problem != "" {
		t.Fatal(problem)
	}
	want := shipping.Order{
		OrderRef: shipping.OrderRef{Shop: "dy1", ID: "4948795729456854758123"}, Status: shipping.OrderToShip,
		Recipient: shipping.Recipient{
			Contact: shipping.Contact{Name: "#c#d#1##", Mobile: "$e$f$1$$"},
			Address: shipping.Address{Province: "上海市", City: "上海市", District: "青浦区", Street: "夏阳街道", Detail: "#a#b#1##"},
			Masked:  &shipping.MaskedParty{Name: "王**", Phone: "138****0000", Region: got.Recipient.Masked.Region, Address: "夏阳街道**路*号"},
		},
		Items: []shipping.OrderItem{
			{ID: "s1", Name: "衬衣", Spec: "颜色:白 L", SKU: "C1", Quantity: 2},
			{ID: "s2", Name: "袜子", Spec: "均码", Quantity: 1, Gift: true},
		},
		BuyerMessage: "快",
	}
	times := []int64{got.CreatedAt.Unix(), got.PaidAt.Unix(), got.UpdatedAt.Unix(), got.ShipBy.Unix()}
	if !slices.Equal(times, []int64{1700000000, 1700000100, 1700000200, 1700086400}) {
		t.Errorf("times %v", times)
	}
	got.CreatedAt, got.PaidAt, got.UpdatedAt, got.ShipBy = time.Time{}, time.Time{}, time.Time{}, time.Time{}
	if a, b := jsonOf(t, got), jsonOf(t, want); a != b {
		t.Errorf("got  %s\nwant %s", a, b)
	}
	if !strings.Contains(got.Recipient.Masked.Region, "青浦区") {
		t.Errorf("region %q", got.Recipient.Masked.Region)
	}
}

func jsonOf(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestRecipientInClear(t *testing.T) {
	t.Parallel()
	tests := []struct{ tel, mobile, phone string }{
		{"13800000000", "13800000000", ""},
		{"021-59201234", "", "021-59201234"},
		{"18400001234-5678", "", "18400001234-5678"},
		{"", "", ""},
	}
	for _, tt := range tests {
		o, problem := parseOrder(fmt.Appendf(nil, `{"order_id":"1","post_receiver":"王小明","post_tel":%q,"mask_post_receiver":"王**",
			"mask_post_tel":"1**","post_addr":{"detail":"路1号"},"mask_post_addr":{"detail":"**"}}`, tt.tel), "dy1")
		r := o.Recipient
		if problem != "" || r.Name != "王小明" || r.Mobile != tt.mobile || r.Phone != tt.phone || r.Detail != "路1号" || r.Masked != nil {
			t.Errorf("%q: %+v, %s", tt.tel, r, problem)
		}
	}
}

func TestCiphertextWithoutWholeMaskHasNone(t *testing.T) {
	t.Parallel()
	for _, mask := range []string{``, `,"mask_post_receiver":"王**","mask_post_tel":"1**"`, `,"mask_post_tel":"1**","mask_post_addr":{"detail":"**"}`} {
		o, problem := parseOrder([]byte(`{"order_id":"1","encrypt_post_receiver":"#c#d#1##"`+mask+`}`), "dy1")
		if problem != "" || o.Recipient.Masked != nil {
			t.Errorf("mask %s gives %+v, %s", mask, o.Recipient.Masked, problem)
		}
	}
}

func TestParseOrderSaysWhatIsWrongAndNothingElse(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		`{"order_status":2}`:                                   "no order_id",
		`{"order_id":""}`:                                      "no order_id",
		`{"order_id":"1","order_status":"王小明"}`:                "not a whole number",
		`{"order_id":"1","post_receiver":{"x":"王小明"}}`:         "list or object",
		`{"order_id":"1","sku_order_list":"王小明"}`:              "sku_order_list is a string",
		`{"order_id":"1","sku_order_list":[{"item_num":-1}]}`:  "item_num",
		`{"order_id":"1","create_time":"王小明"}`:                 "not a time",
		`{"order_id":"1","post_addr":{"province":["王小明"]}}`:    "address is malformed",
		`{"order_id":"1","sku_order_list":[{"spec":{"a":1}}]}`: "specification is malformed",
		`[]`: "another shape",
	} {
		_, problem := parseOrder([]byte(in), "dy1")
		if !strings.Contains(problem, want) || strings.Contains(problem, "王小明") {
			t.Errorf("%s: %q, want %q in it", in, problem, want)
		}
	}
}

func TestStatusAndRefund(t *testing.T) {
	t.Parallel()
	for code, want := range map[int]shipping.OrderStatus{
		1: shipping.OrderUnpaid, 2: shipping.OrderToShip, 105: shipping.OrderToShip, 101: shipping.OrderPartShipped,
		3: shipping.OrderShipped, 5: shipping.OrderShipped, 4: shipping.OrderClosed, 0: shipping.OrderUnknown, 77: shipping.OrderUnknown,
	} {
		state, problem := parseState(fmt.Appendf(nil, `{"shop_order_detail":{"order_id":"1","order_status":%d}}`, code), "1")
		if problem != "" || state.Status != want {
			t.Errorf("status %d is %q, %s; want %q", code, state.Status, problem, want)
		}
	}
	const none, pending, done = `{"after_sale_info":{"after_sale_status":0,"refund_status":0}}`, `{"after_sale_info":{"after_sale_status":6,"refund_status":1}}`, `{"after_sale_info":{"after_sale_status":12,"refund_status":3}}`
	for lines, want := range map[string]shipping.RefundStatus{
		none: shipping.RefundNone, none + "," + pending: shipping.RefundPending, none + "," + done: shipping.RefundNone,
		done: shipping.RefundDone, done + "," + done: shipping.RefundDone, done + "," + pending: shipping.RefundPending,
		`{}`: shipping.RefundNone, `{"after_sale_info":null}`: shipping.RefundNone,
		`{"after_sale_info":{"after_sale_status":28,"refund_status":1}}`: shipping.RefundNone, // taken back: refund_status stays behind
		`{"after_sale_info":{"after_sale_status":51,"refund_status":1}}`: shipping.RefundNone,
		`{"after_sale_info":{"refund_status":1}}`:                        shipping.RefundPending,
		`{"after_sale_info":{"refund_status":4}}`:                        shipping.RefundNone,
		`{"after_sale_info":{"after_sale_status":99}}`:                   shipping.RefundPending,
	} {
		state, problem := parseState([]byte(`{"order_id":"1","sku_order_list":[`+lines+`]}`), "1")
		if problem != "" || state.Refund != want {
			t.Errorf("%s: refund %q, %s; want %q", lines, state.Refund, problem, want)
		}
	}
}

func TestPartShippedLeavesTheRest(t *testing.T) {
	t.Parallel()
	o, problem := parseOrder([]byte(`{"order_id":"1","order_status":101,"sku_order_list":[{"order_id":"a","order_status":3},{"order_id":"b","order_status":2}]}`), "dy1")
	if problem != "" || len(o.Items) != 1 || o.Items[0].ID != "b" {
		t.Errorf("%+v, %s", o.Items, problem)
	}
}

func TestParseStateNumbers(t *testing.T) {
	t.Parallel()
	got, problem := parseState([]byte(`{"order_id":"1","order_status":3,"logistics_info":[{"tracking_no":"A"},{"tracking_no":""},{"tracking_no":"A"},{"tracking_no":2}]}`), "1")
	if problem != "" || !slices.Equal(got.Numbers, []shipping.TrackingNumber{"A", "2"}) {
		t.Errorf("%+v, %s", got, problem)
	}
	if _, problem := parseState([]byte(`{"shop_order_detail":{"order_id":"2"}}`), "1"); !strings.Contains(problem, "another order") {
		t.Errorf("another order's state: %q", problem)
	}
}
