package sandbox

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"
)

// pickOrder gives the id of the first order that the test wants.
func (b *bench) pickOrder(wanted func(*order) bool) string {
	b.t.Helper()
	b.world.mu.Lock()
	defer b.world.mu.Unlock()
	for _, o := range b.world.orders {
		if wanted(o) {
			return o.ID
		}
	}
	b.t.Fatal("the world has no such order")
	return ""
}

func plainOrder(o *order) bool {
	return o.Status == statusToShip && o.Refund == refundNone && o.Fate == fateNone && o.Cipher == nil
}

func TestOldAndNewNumbers(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{})
	id := b.pickOrder(plainOrder)
	first := b.number(id, "a")
	if again := b.number(id, "a"); again != first {
		t.Errorf("the same pack got %s, then %s", first, again)
	}
	if other := b.number(id, "b"); other == first {
		t.Errorf("another pack got the old number %s", other)
	}
	var changed issued
	text := strings.Replace(issueText("1", pack{id, "a"}), "王小明", "王大明", 1)
	b.must("logistics/newcreateorder", map[string]string{"request_data": text}, &changed)
	if changed.Ebills[0].TrackNo != first {
		t.Errorf("the same pack with other contents got %s, want the old %s", changed.Ebills[0].TrackNo, first)
	}
	s := b.world.Snapshot()
	if len(s.Waybills) != 2 || s.Waybills[0].Asked != 3 || s.Waybills[0].AskedElsewise != 1 || len(s.Numbers(id)) != 2 {
		t.Errorf("snapshot: %+v", s.Waybills)
	}
}

// One bad order of a batch does not spoil the rest, and each gets its own words.
func TestRefusedNumbers(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{})
	good := b.pickOrder(plainOrder)
	swap := func(old, new string) string { return strings.Replace(issueText("1", pack{good, "p"}), old, new, 1) }
	refusedByFate := b.pickOrder(func(o *order) bool { return o.Fate == fateOutOfRange })
	gone := b.pickOrder(func(o *order) bool { return o.Status == statusClosed })
	encrypted := b.pickOrder(func(o *order) bool { return o.Cipher != nil && o.Fate == fateNone })
	cases := []struct {
		name, text string
		code       int
		words      string
	}{
		{"20 digits", issueText("1", pack{"12345678901234567890", "p"}), 4006, "12345678901234567890:订单号非法"},
		{"letters", issueText("1", pack{"AB-12", "p"}), 4006, "AB-12:订单号非法"},
		{"pack id of 16", issueText("1", pack{good, strings.Repeat("p", 16)}), 4006, "pack_id"},
		{"pack id with a dash", issueText("1", pack{good, "a-b"}), 4006, "pack_id"},
		{"detail over 200", swap("文一西路1号2幢301室", strings.Repeat("长", 201)), 4006, "详细地址长度不能超过200字符,请检查重试"},
		{"no detail", swap("文一西路1号2幢301室", ""), 4006, "收件人详细地址不能为空"},
		{"no district", swap(`"西湖区"`, `""`), 4006, "收件人区县不能为空"},
		{"no telephone", swap("13800001234", ""), 4006, "收件人手机和电话不能同时为空"},
		{"half a telephone", swap("13800001234", "1380"), 4006, "收件人手机或电话格式错误"},
		{"masked name", swap("王小明", "王**"), 4006, "脱敏"},
		{"masked telephone", swap("13800001234", "138****1234"), 4006, "格式错误"},
		{"broken ciphertext", swap("文一西路1号2幢301室", "#ab#"+strings.Repeat("x", 220)), 4006, "200字符"},
		{"no goods", swap(`[{"item_name":"衬衣","item_count":1}]`, "[]"), 4006, "items"},
		{"not served", issueText("1", pack{refusedByFate, "p"}), 4029, "派送范围"},
		{"closed", issueText("1", pack{gone, "p"}), 4007, "已关闭"},
		{"ciphertext of another order", swap("王小明", b.world.byID[encrypted].Cipher.Name), 4006, "密文"},
		{"own shop, unknown order", strings.Replace(issueText("1", pack{"6930999999999999999", "p"}), `"user_id":-1`,
			fmt.Sprintf(`"user_id":%d`, DemoShopID), 1), 4007, "查询订单失败"},
		{"other shop's id, own order", strings.Replace(issueText("1", pack{good, "p"}), `"user_id":-1`, `"user_id":"4711"`, 1),
			4007, "查询订单失败"},
	}
	for _, c := range cases {
		var got issued
		b.must("logistics/newcreateorder", map[string]string{"request_data": c.text}, &got)
		if len(got.Errors) != 1 || len(got.Ebills) != 0 || !codeIs(got.Errors[0].Code, c.code) ||
			!strings.Contains(got.Errors[0].Message, c.words) {
			t.Errorf("%s: got %+v, want %d %s", c.name, got, c.code, c.words)
		}
	}
	mixed := b.issue(pack{good, "p"}, pack{"1", "p"}, pack{gone, "p"})
	if len(mixed.Ebills) != 1 || mixed.Ebills[0].OrderID != good || len(mixed.Errors) != 2 {
		t.Errorf("mixed batch: %+v", mixed)
	}
}

func TestRefusedRequests(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{Orders: 1})
	many := make([]pack, 101)
	for i := range many {
		many[i] = pack{fmt.Sprintf("7%018d", i), "p"}
	}
	whole := issueText("1", many[0])
	cases := []struct {
		name, path, text string
		want             int
	}{
		{"101 orders", "logistics/newcreateorder", issueText("1", many...), noTooMany.Code},
		{"51 with print data", "logistics/waybill/get", issueText("1", many[:51]...), noTooMany.Code},
		{"none", "logistics/newcreateorder", issueText("1"), noMissing.Code},
		{"unknown courier", "logistics/newcreateorder", strings.Replace(whole, "zhongtong", "yzguonei", 1), noCarrier.Code},
		{"channel 54", "logistics/newcreateorder", issueText("54", many[0]), noFormat.Code},
		{"sender without city", "logistics/newcreateorder", strings.Replace(whole, `"city_name":"上海市"`, `"city_name":""`, 1), 4006},
		{"not JSON", "logistics/newcreateorder", "{", noFormat.Code},
		{"nothing", "logistics/newcreateorder", "", noMissing.Code},
		{"101 shipments", "order/logistics/add", shipText("zhongtong", make([]string, 202)...), noTooMany.Code},
	}
	for _, c := range cases {
		if got := b.ask(c.path, map[string]string{"request_data": c.text}); got.Code != c.want {
			t.Errorf("%s: %d %s, want %d", c.name, got.Code, got.Message, c.want)
		}
	}
	if n := len(b.world.Snapshot().Waybills); n != 0 {
		t.Errorf("%d numbers issued by refused requests", n)
	}
}

// Orders of other platforms are taken when their ids have a possible form; the same id on two channels is two orders.
func TestOtherChannels(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{Orders: 1})
	take := func(channel, id string) issued {
		var got issued
		b.must("logistics/newcreateorder", map[string]string{"request_data": issueText(channel, pack{id, "p"})}, &got)
		return got
	}
	pdd, own := take("27", "240101-123456789012345"), take("3", "240101-123456789012345")
	if len(pdd.Ebills) != 1 || len(own.Ebills) != 1 || pdd.Ebills[0].TrackNo == own.Ebills[0].TrackNo {
		t.Errorf("two channels: %+v and %+v", pdd, own)
	}
	for _, bad := range []string{"有赞1", strings.Repeat("1", 33), "a b"} {
		if got := take("27", bad); len(got.Errors) != 1 || !codeIs(got.Errors[0].Code, 4006) {
			t.Errorf("id %q: %+v", bad, got)
		}
	}
}

func TestNumbersOfEveryCourier(t *testing.T) {
	t.Parallel()
	w, err := New(Options{Orders: 1, Clock: func() time.Time { return noon }})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range couriers {
		seen := map[string]bool{}
		for i := range 2000 {
			n := w.nextNumber(c, packKey{"1", fmt.Sprint(i), "p"})
			if !c.form.MatchString(n) || seen[n] {
				t.Fatalf("%s: number %s is of another form or came twice", c.Code, n)
			}
			seen[n] = true
		}
	}
	c, _ := courierByCode("zhongtong")
	k := packKey{"1", "1", "p"}
	n := w.nextNumber(c, k)
	w.byNumber[n] = &waybill{}
	if again := w.nextNumber(c, k); again == n {
		t.Errorf("number %s was given though taken", n)
	}
}

func TestPrintDataAndCancel(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{})
	id := b.pickOrder(plainOrder)
	var got issued
	b.must("logistics/waybill/get", map[string]string{"request_data": issueText("1", pack{id, "p"})}, &got)
	number := got.Ebills[0].TrackNo
	if got.Ebills[0].Print == "" {
		t.Error("waybill/get gave no print data")
	}
	var printed struct {
		Infos []waybillInfo  `json:"waybill_infos"`
		Errs  []waybillError `json:"err_infos"`
	}
	ask := map[string]string{"request_data": fmt.Sprintf(
		`[{"logistics_code":"zhongtong","track_no":%q},{"logistics_code":"zhongtong","track_no":"70000000000000"}]`, number)}
	b.must("logistics/getwaybill", ask, &printed)
	if len(printed.Infos) != 1 || printed.Infos[0].PrintData != got.Ebills[0].Print || len(printed.Errs) != 1 {
		t.Errorf("print data: %+v", printed)
	}
	cancel := map[string]string{"logistics_code": "zhongtong", "track_no": number, "user_id": "-1"}
	var result struct {
		Cancel struct{ Success bool } `json:"cancel_result"`
	}
	b.must("order/logistics/cancel", cancel, &result)
	if !result.Cancel.Success {
		t.Error("the cancellation did not succeed")
	}
	if a := b.ask("order/logistics/cancel", cancel); a.Code != 10801 {
		t.Errorf("second cancellation: %+v, want 10801", a)
	}
	cancel["track_no"] = "70000000000000"
	if a := b.ask("order/logistics/cancel", cancel); a.Code != 10803 {
		t.Errorf("unknown number: %+v, want 10803", a)
	}
	b.must("logistics/getwaybill", ask, &printed)
	if len(printed.Infos) != 0 || printed.Errs[0].Message != "该运单不存在或已删除" {
		t.Errorf("print data of a cancelled number: %+v", printed)
	}
	if r := b.ship(id, number); r.OK || !codeIs(r.Code, 70018) {
		t.Errorf("shipped under a cancelled number: %+v", r)
	}
	if s := b.world.Snapshot(); !s.Waybills[0].Cancelled || len(s.Numbers(id)) != 0 {
		t.Errorf("snapshot: %+v", s.Waybills)
	}
}

func TestLooseValues(t *testing.T) {
	t.Parallel()
	var r issueRequest
	text := `{"user_id":-1,"order_channel":"1","order_infos":[{"order_id":4948795729456854758}]}`
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		t.Fatal(err)
	}
	if r.UserID != "-1" || r.channel() != "1" || r.Orders[0].OrderID != "4948795729456854758" {
		t.Errorf("read %+v", r)
	}
	for _, c := range []struct {
		order string
		want  string
	}{{"11", `"4006"`}, {"12", `4006`}} {
		if b, err := json.Marshal(codeFor(c.order, 4006)); err != nil || string(b) != c.want {
			t.Errorf("code of order %s: %s %v, want %s", c.order, b, err, c.want)
		}
	}
}
