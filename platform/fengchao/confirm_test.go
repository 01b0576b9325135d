package fengchao

import (
	"net/url"
	"strings"
	"testing"

	"printstation/app/shipping"
	"printstation/platform"
)

func shipmentsOf(pairs ...string) []shipping.Shipment {
	var ss []shipping.Shipment
	for i := 0; i < len(pairs); i += 2 {
		ss = append(ss, shipping.Shipment{Order: shipping.OrderID(pairs[i]), Carrier: "zhongtong", Number: shipping.TrackingNumber(pairs[i+1])})
	}
	return ss
}

// Two shipments, A and B; what each gets out of a reply.
func TestConfirmAnswers(t *testing.T) {
	t.Parallel()
	const lost, refused = "lost", "refused" // an answer that may hide an effect; a sure no
	tests := map[string]struct {
		reply  string
		a, b   string // "" accepted
		shared bool
	}{
		"a list":                   {reply: `{"code":0,"data":[{"order_id":"A","is_success":true},{"order_id":"B","is_success":true}]}`},
		"codes":                    {reply: `{"code":0,"data":[{"order_id":"A","err_code":"0"},{"order_id":"B","code":60110,"msg":"已发货"}]}`, b: refused},
		"flag and code agree":      {reply: `{"code":0,"data":{"results":[{"order_id":"A","success":"true","err_code":0},{"order_id":"B","success":false}]}}`, b: refused},
		"flag and code differ":     {reply: `{"code":0,"data":[{"order_id":"A","success":true,"err_code":60018},{"order_id":"B","success":true}]}`, a: refused},
		"failures apart":           {reply: `{"code":0,"data":{"success_list":[{"order_id":"A","success":true}],"fail_list":[{"order_id":"B","err_msg":"no"}]}}`, b: refused},
		"only failures":            {reply: `{"code":0,"data":{"err_infos":[{"order_id":"B","err_code":1}]}}`, a: lost, b: refused},
		"a row is missing":         {reply: `{"code":0,"data":[{"order_id":"A","is_success":true}]}`, b: lost},
		"no list":                  {reply: `{"code":0,"message":"处理成功"}`, a: lost, b: lost},
		"null":                     {reply: `{"code":0,"data":null}`, a: lost, b: lost},
		"a flag for all":           {reply: `{"code":0,"data":true}`, a: lost, b: lost},
		"both ways":                {reply: `{"code":0,"data":[{"order_id":"A","is_success":true},{"order_id":"A","is_success":false},{"order_id":"B","is_success":true}]}`, a: lost},
		"another order":            {reply: `{"code":0,"data":[{"order_id":"C","is_success":true},{"order_id":"B","is_success":true}]}`, a: lost, b: lost},
		"another number":           {reply: `{"code":0,"data":[{"order_id":"A","logistics_code":"9","is_success":true},{"order_id":"B","is_success":true}]}`, a: lost, b: lost},
		"our numbers":              {reply: `{"code":0,"data":[{"order_id":"A","logistics_code":1,"is_success":true},{"order_id":"B","logistics_code":"2","is_success":true}]}`},
		"rows that say nothing":    {reply: `{"code":0,"data":[{"order_id":"A"},{"order_id":"B"}]}`, a: lost, b: lost},
		"refused with a list":      {reply: `{"code":10001,"message":"部分失败","data":[{"order_id":"A","is_success":true},{"order_id":"B","err_code":60110}]}`, b: refused},
		"refused, one named":       {reply: `{"code":10001,"message":"部分失败","data":[{"order_id":"B","err_code":60110}]}`, a: lost, b: refused},
		"refused as a whole":       {reply: `{"code":60018,"message":"暂不支持该物流公司"}`, a: lost, b: lost, shared: true},
		"credentials refused":      {reply: `{"code":7,"message":"未授权"}`, a: refused, b: refused, shared: true},
		"the rate refused":         {reply: `{"code":9,"message":"请3秒后重试"}`, a: refused, b: refused, shared: true},
		"numbers beyond 2^53":      {reply: `{"code":0,"data":[{"order_id":12345678901234567890,"is_success":true}]}`, a: lost, b: lost},
		"a busy system, per order": {reply: `{"code":0,"data":[{"order_id":"A","err_code":8,"err_msg":"系统超时"},{"order_id":"B","is_success":1}]}`, a: lost},
	}
	known := words{"9": shipping.ClassRateLimited, "7": shipping.ClassUnauthorized, "8": shipping.ClassTransient, "60018": shipping.ClassMapping}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := startGateway(t, always(tt.reply)).shop(t, func(c *platform.Config) { c.Classifier = known })
			got, err := s.ConfirmShipments(t.Context(), shipmentsOf("A", "1", "B", "2"))
			if tt.shared && err == nil || len(got) != 2 {
				t.Fatalf("results %+v, shared %v", got, err)
			}
			for i, want := range []string{tt.a, tt.b} {
				switch {
				case want == "" && got[i].Err != nil, want != "" && got[i].Err == nil:
					t.Errorf("shipment %d: %v, want %q", i, got[i].Err, want)
				case want != "" && fault(t, got[i].Err).NotDone != (want == refused):
					t.Errorf("shipment %d: not done %v, want %q: %v", i, fault(t, got[i].Err).NotDone, want, got[i].Err)
				}
			}
		})
	}
}

func TestConfirmSendsNoMoreThanItMust(t *testing.T) {
	t.Parallel()
	g := startGateway(t, always(`{"code":0,"data":[{"order_id":"A","is_success":true}]}`))
	got, err := g.shop(t, nil).ConfirmShipments(t.Context(), shipmentsOf("A", "75531717195834"))
	if err != nil || got[0].Err != nil {
		t.Fatalf("%+v, %v", got, err)
	}
	if data := g.form(t).Get("request_data"); data != `[{"order_id":"A","company_code":"zhongtong","logistics_code":"75531717195834"}]` {
		t.Errorf("request_data %s", data)
	}
	if _, err := g.shop(t, nil).ConfirmShipments(t.Context(), make([]shipping.Shipment, 101)); err == nil || !fault(t, err).NotDone {
		t.Errorf("101 shipments: %v", err)
	}
}

func TestOneRefusedShipmentIsSurelyNotDone(t *testing.T) {
	t.Parallel()
	s := startGateway(t, always(`{"code":60018,"message":"暂不支持该物流公司"}`)).shop(t, nil)
	_, err := s.ConfirmShipments(t.Context(), shipmentsOf("A", "1"))
	if f := fault(t, err); !f.NotDone || f.Code != "60018" {
		t.Errorf("%+v", f)
	}
}

func TestCancelAnswers(t *testing.T) {
	t.Parallel()
	for reply, want := range map[string]string{
		`{"code":0,"data":{"cancel_result":{"success":true}}}`:                "",
		`{"code":0,"data":{"cancel_result":{"success":"true"}}}`:              "",
		`{"code":0,"data":{"status":true}}`:                                   "",
		`{"code":0,"data":{"cancel_result":{"success":false}}}`:               "did not cancel",
		`{"code":0,"data":{"cancel_result":{}}}`:                              "does not say",
		`{"code":0,"message":"ok"}`:                                           "does not say",
		`{"code":10801,"message":"已取消"}`:                                      "",
		`{"code":50002,"sub_code":"isv.business-failed:10901","message":"x"}`: "",
		`{"code":10802,"message":"已揽收"}`:                                      "10802",
		`{"code":77,"message":"重复回收"}`:                                        "", // the catalogue says: done already
	} {
		s := startGateway(t, always(reply)).shop(t, func(c *platform.Config) { c.Classifier = words{"77": shipping.ClassAlreadyDone} })
		err := s.CancelWaybill(t.Context(), shipping.Waybill{Carrier: "zhongtong", Number: "70000000000001"})
		if (want == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s gives %v, want %q", reply, err, want)
		}
	}
}

func TestPrintDataAnswers(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ data, a, b string }{
		"both":           {`{"waybill_infos":[{"track_no":"B","print_data":"y"},{"track_no":"A","print_data":"x<&","sign":"s"}]}`, `{"print_data":"x<&","sign":"s"}`, `{"print_data":"y"}`},
		"one gone":       {`{"waybill_infos":[{"track_no":"A","print_data":"x"}],"err_infos":[{"track_no":"B","err_code":1003,"err_msg":"该运单不存在或已删除"}]}`, `{"print_data":"x"}`, "!1003 该运单不存在或已删除"},
		"one left out":   {`{"waybill_infos":[{"track_no":"A","print_data":"x"}]}`, `{"print_data":"x"}`, "!leaves this number out"},
		"another number": {`{"waybill_infos":[{"track_no":"C","print_data":"x"}]}`, "!not asked for", "!not asked for"},
		"two answers":    {`{"waybill_infos":[{"track_no":"A","print_data":"x"},{"track_no":"A","print_data":"z"},{"track_no":"B","print_data":"y"}]}`, "!answers twice", `{"print_data":"y"}`},
		"no list":        {`{}`, "!no list", "!no list"},
		"another shape":  {`[1]`, "!another shape", "!another shape"},
	}
	for name, tt := range tests {
		s := startGateway(t, always(`{"code":0,"data":`+tt.data+`}`)).shop(t, nil)
		got, _ := s.PrintData(t.Context(), []shipping.Waybill{{Carrier: "zhongtong", Number: "A"}, {Carrier: "zhongtong", Number: "B"}})
		for i, want := range []string{tt.a, tt.b} {
			problem, bad := strings.CutPrefix(want, "!")
			switch {
			case bad && (got[i].Err == nil || got[i].Data != "" || !strings.Contains(got[i].Err.Error(), problem)):
				t.Errorf("%s: number %d: %+v, want an error with %q", name, i, got[i], problem)
			case !bad && (got[i].Err != nil || got[i].Data != want):
				t.Errorf("%s: number %d: %+v, want %s", name, i, got[i], want)
			}
		}
	}
}

func TestPrintDataInSeveralCalls(t *testing.T) {
	t.Parallel()
	g := startGateway(t, func(_ string, f url.Values) string {
		rows := strings.ReplaceAll(f.Get("request_data"), `"logistics_code":"zhongtong"`, `"print_data":"x"`)
		return `{"code":0,"data":{"waybill_infos":` + rows + `}}`
	})
	ws := make([]shipping.Waybill, 250)
	for i := range ws {
		ws[i] = shipping.Waybill{Carrier: "zhongtong", Number: shipping.TrackingNumber(strings.Repeat("1", i+1))}
	}
	got, err := g.shop(t, nil).PrintData(t.Context(), ws)
	if err != nil || len(got) != 250 || len(g.forms) != 3 {
		t.Fatalf("%d results in %d calls, %v", len(got), len(g.forms), err)
	}
	for i, r := range got {
		if r.Err != nil || r.Number != ws[i].Number || r.Data == "" {
			t.Fatalf("result %d: %+v", i, r)
		}
	}
}
