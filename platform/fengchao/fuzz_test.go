package fengchao

import (
	"strings"
	"testing"

	"printstation/app/shipping"
	"printstation/platform"
	"printstation/platform/wire"
)

func seeds(f *testing.F, texts ...string) {
	f.Helper()
	for _, s := range append(texts, `null`, `[]`, `{}`, `"x"`, `[null]`, `{"code":0,"data":[1]}`, "\xef\xbb\xbf{}") {
		f.Add([]byte(s))
	}
}

// Whatever the gateway says: a result for each request, and a number only where the reply has it for that very key.
func FuzzIssued(f *testing.F) {
	seeds(f, `{"ebill_infos":[{"order_id":"A","pack_id":"1","track_no":"70000000000001"}],"err_infos":[{"order_id":"B","pack_id":"2","err_code":"4006"}]}`,
		`{"ebill_infos":[{"order_id":"A","pack_id":"1","track_no":"70000000000001"},{"order_id":"B","pack_id":"2","track_no":"70000000000001"}]}`)
	asked := map[key]int{{"A", "1"}: 0, {"B", "2"}: 1}
	f.Fuzz(func(t *testing.T, raw []byte) {
		answers, problem := readIssued(raw, asked)
		owner := map[wire.Text]key{}
		for k, a := range answers {
			if _, ok := asked[k]; !ok || problem != "" {
				t.Fatalf("an answer for %v beside %q", k, problem)
			}
			if a.row == nil || a.contradiction != "" || a.row.refused() || a.row.Number == "" {
				continue
			}
			if string(a.row.OrderID) != k.order || string(a.row.PackID) != k.pack {
				t.Fatalf("row of %s/%s serves %v", a.row.OrderID, a.row.PackID, k)
			}
			if other, used := owner[a.row.Number]; used {
				t.Fatalf("number %s serves %v and %v", a.row.Number, k, other)
			}
			owner[a.row.Number] = k
		}
	})
}

func FuzzConfirmed(f *testing.F) {
	seeds(f, `[{"order_id":"A","is_success":true,"err_code":0}]`, `{"err_infos":[{"order_id":"A","err_code":60110}]}`)
	asked := map[string]string{"A": "1"}
	f.Fuzz(func(t *testing.T, raw []byte) {
		answers, problem := readConfirmed(raw, asked)
		if a, there := answers["A"]; there && a.accepted && !strings.Contains(string(raw), "A") && !strings.Contains(string(raw), `\u0041`) {
			t.Fatalf("accepted by a reply that does not name the order: %s", raw)
		}
		if len(answers) > 1 || problem != "" && len(answers) > 0 {
			t.Fatalf("%d answers beside %q", len(answers), problem)
		}
	})
}

func FuzzPrintData(f *testing.F) {
	seeds(f, `{"waybill_infos":[{"track_no":"A","print_data":"x","sign":"y"}],"err_infos":[{"track_no":"B","err_code":1}]}`)
	f.Fuzz(func(t *testing.T, raw []byte) {
		found, _ := readPrintData(raw, map[wire.Text]bool{"A": true})
		for n := range found {
			if n != "A" {
				t.Fatalf("print data for %q", n)
			}
		}
	})
}

func FuzzOrder(f *testing.F) {
	seeds(f, `{"order_id":1,"order_status":"2","sku_order_list":[{"spec":[{"name":"a","value":"b"}],"item_num":"1"}],"post_addr":{"city":{"name":"x"}}}`,
		`{"shop_order_detail":{"order_id":"1","order_status":3,"logistics_info":[{"tracking_no":"9"}]}}`)
	f.Fuzz(func(t *testing.T, raw []byte) {
		o, problem := parseOrder(raw, "dy1")
		if (o.ID == "") == (problem == "") {
			t.Fatalf("order %q beside %q", o.ID, problem)
		}
		for _, it := range o.Items {
			if it.Quantity < 0 {
				t.Fatalf("quantity %d", it.Quantity)
			}
		}
		if state, problem := parseState(raw, "1"); problem != "" && (state.Status != "" || state.Numbers != nil) {
			t.Fatalf("state %+v beside %q", state, problem)
		}
	})
}

// The envelope of any reply: an error or data, never a panic, and no secret of the request in the error.
func FuzzEnvelope(f *testing.F) {
	seeds(f, `{"code":0,"message":"ok","data":"{\"a\":1}"}`, `{"code":"60000","msg":"请3秒后重试","sub_code":"x"}`, `{"code":{},"data":[]}`)
	s, err := New(platform.Config{Account: platform.Account{BaseURL: "http://localhost", AppID: "a", Secret: "b", SellerNick: "c"}})
	if err != nil {
		f.Fatal(err)
	}
	personal := func() []string { return []string{"王小明"} }
	f.Fuzz(func(t *testing.T, raw []byte) {
		for _, status := range []int{200, 404, 429, 500} {
			a, fail := s.open(call{kind: platform.CallOrder, op: "read order"}, wire.Answer{Status: status, Body: raw}, personal)
			if (fail == nil) != (a.code == "0" && status == 200) {
				t.Fatalf("status %d, code %q, error %v", status, a.code, fail)
			}
			if fail != nil && (fail.Message == "" || fail.Class == "" || strings.Contains(fail.Error(), "王小明")) {
				t.Fatalf("error %+v", fail)
			}
			if fail != nil && status == 500 && (fail.NotDone || fail.Class != shipping.ClassTransient) {
				t.Fatalf("a server error: %+v", fail.Fault)
			}
		}
	})
}
