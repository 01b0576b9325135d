package assets

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"printstation/app/shipping"
	"printstation/platform"
)

// wrapped gives the ways in which a platform's words reach us: bare, behind an order id, behind a gateway's prefix, as
// JSON text, as JSON with escaped characters, in full width with blanks.
func wrapped(t *testing.T, text string) map[string]string {
	t.Helper()
	raw, err := json.Marshal(map[string]any{"code": 1999, "msg": text, "data": nil})
	if err != nil {
		t.Fatal(err)
	}
	return map[string]string{
		"bare":      text,
		"order id":  "4948795729456854758:" + text,
		"prefix":    "业务服务错误#" + text + "[log_id=20240102030405]",
		"json":      string(raw),
		"escaped":   escapeAll(text),
		"fullwidth": " " + strings.NewReplacer(",", "\uff0c", ":", "\uff1a", "(", "\uff08", ")", "\uff09").Replace(text) + "  。",
	}
}

func escapeAll(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r < 0x80 || r > 0xffff {
			b.WriteRune(r)
			continue
		}
		const hex = "0123456789abcdef"
		b.WriteString(`\u` + string([]byte{hex[r>>12&15], hex[r>>8&15], hex[r>>4&15], hex[r&15]}))
	}
	return b.String()
}

// Every text that an entry says it is for finds that very entry, however it is wrapped, at each of its platforms and
// calls.
func TestEntriesFindTheirTexts(t *testing.T) {
	t.Parallel()
	c := Catalogue()
	for _, e := range c.Entries() {
		for _, text := range e.Says {
			adapter, call := "fengchao", platform.CallConfirm
			if len(e.Platforms) > 0 {
				adapter = e.Platforms[0]
			}
			if len(e.Calls) > 0 {
				call = e.Calls[0]
			}
			for how, message := range wrapped(t, text) {
				got, ok := c.Explain(platform.Reply{Platform: adapter, Call: call, HTTP: 200, Code: "1999", Message: message})
				if !ok || got.ID != e.ID {
					t.Errorf("%s (%s): %q found %q (%s)", e.ID, how, message, got.ID, got.Class)
				}
			}
		}
	}
}

// What the documents state, by hand and not from the catalogue itself: text, call, class.
func TestDocumentedRefusals(t *testing.T) {
	t.Parallel()
	const issue, cancel, confirm, data = platform.CallIssue, platform.CallCancel, platform.CallConfirm, platform.CallPrintData
	tests := []struct {
		call    platform.Call
		code    string
		message string
		want    shipping.Class
	}{
		// document 004
		{issue, "4006", "49488636457864312061:订单号非法", shipping.ClassData},
		{issue, "4007", "查询订单失败", shipping.ClassData},
		{issue, "", "查询订单失败", shipping.ClassData},
		{issue, "1", "详细地址长度不能超过200字符,请检查重试", shipping.ClassData},
		{data, "1003", "该运单不存在或已删除", shipping.ClassNumber},
		// document 001, 抖音: where it and the codes differ, it wins
		{confirm, "40004", "order_id 格式错误, 暂只接收母订单", shipping.ClassTransient},
		{confirm, "40003", "认证失败,app_key不存在", shipping.ClassTransient},
		{confirm, "50002", "没有能发货的订单,请修改后重试", shipping.ClassBusiness},
		{confirm, "60017", "运单号不符合规则,请核对单号大小写、单号位数、快递公司是否正确", shipping.ClassMapping},
		{confirm, "", "暂不支持该物流公司或物流商已失效", shipping.ClassMapping},
		{confirm, "", "系统当前正处于访问高峰,稍后重试即可成功", shipping.ClassTransient},
		{confirm, "", "系统错误:KE:MESH/3-QPS over limit/1604:cds_key", shipping.ClassRateLimited},
		{confirm, "", "存在子流程需要处理", shipping.ClassBusiness},
		{confirm, "", "无售后信息,请小店后台补充后操作", shipping.ClassData},
		{confirm, "", "无默认售后地址,请先设置然后操作发货", shipping.ClassData},
		{confirm, "", "暂时无法识别该运单号,请稍后重试或尝试前往商家后台发货", shipping.ClassNumber},
		{confirm, "", "业务服务错误成功发货次数已达上限,请勿重复操作,如有疑问,请联系客服", shipping.ClassAlreadyDone},
		{confirm, "", "物流公司代码和快递公司名不存在", shipping.ClassMapping},
		// the gateway's words
		{confirm, "1003", "签名错误,请检查签名", shipping.ClassUnauthorized},
		{issue, "1004", "timestamp已过期,与服务器时间相差超过10分钟", shipping.ClassUnauthorized},
		{issue, "1005", "appid不存在", shipping.ClassUnauthorized},
		{cancel, "4001", "签名错误", shipping.ClassUnauthorized}, // not the code's "system error"
		{platform.CallOrders, "1006", "店铺未授权或授权已过期", shipping.ClassUnauthorized},
		{platform.CallOrders, "1009", "请求过于频繁,请7秒后重试", shipping.ClassRateLimited},
		{issue, "1010", "系统繁忙,请稍后重试", shipping.ClassTransient},
		{issue, "1007", "单次请求数量超过限制,最多100条", shipping.ClassData},
		{issue, "77", "电子面单余额不足", shipping.ClassQuota},
		{issue, "4029", "收件地址超出快递公司派送范围,请更换快递公司", shipping.ClassBusiness},
		{issue, "4029", "快递公司接口异常,取号失败", shipping.ClassTransient},
		{issue, "1000", "物流公司编码不存在或未开通:zhongtong", shipping.ClassMapping},
		// codes of the native interface; the same number differs from call to call
		{cancel, "10801", "", shipping.ClassAlreadyDone},
		{cancel, "10802", "", shipping.ClassBusiness},
		{cancel, "4007", "", shipping.ClassBusiness},
		{cancel, "5001", "", shipping.ClassUnsupported},
		{cancel, "4009", "", shipping.ClassTransient},
		{cancel, "", "运单已取消,请勿重复取消", shipping.ClassAlreadyDone},
		{confirm, "", "此单号已取消,请重新取号后发货", shipping.ClassNumber},
		{confirm, "60110", "", shipping.ClassAlreadyDone},
		{confirm, "60113", "", shipping.ClassAlreadyDone},
		{confirm, "60040", "", shipping.ClassBusiness},
		{confirm, "60027", "", shipping.ClassData},
		{confirm, "70018", "", shipping.ClassNumber},
		{confirm, "70022", "", shipping.ClassNumber},
		{confirm, "8888", "", shipping.ClassTransient},
		{confirm, "60000", "", shipping.ClassRateLimited},
		{issue, "20000", "", shipping.ClassTransient},
		// not known: never guessed, whatever the words invite to
		{confirm, "60999", "请修改后重试", shipping.ClassUnknown},
		{confirm, "60999", "操作失败,请稍后重试", shipping.ClassUnknown},
		{issue, "8888", "", shipping.ClassUnknown},
		{issue, "10801", "", shipping.ClassUnknown},
		{confirm, "999", "", shipping.ClassUnknown},
	}
	for _, tt := range tests {
		r := platform.Reply{Platform: "fengchao", Call: tt.call, HTTP: 200, Code: tt.code, Message: tt.message}
		if tt.code == "" {
			r.Code = "1999"
		}
		if got := Catalogue().Classify(r); got != tt.want {
			e, _ := Catalogue().Explain(r)
			t.Errorf("%s %s %q is %s (%s), want %s", tt.call, tt.code, tt.message, got, e.ID, tt.want)
		}
	}
}

// Sub-codes carry the number behind a colon, and gateways put them into the message.
func TestCodesWhereverTheyStand(t *testing.T) {
	t.Parallel()
	for _, r := range []platform.Reply{
		{Code: "50002", SubCode: "isv.business-failed:60110"},
		{Code: "50002", Message: "业务处理失败 isv.business-failed:60110"},
		{Code: "1", Message: `{"err_code":"60110","err_msg":""}`},
		{Code: "1", Message: `{"err_code": 60110}`},
		{Code: "60110"}, {Code: " 60110 "},
	} {
		r.Platform, r.Call, r.HTTP = "fengchao", platform.CallConfirm, 200
		if got := Catalogue().Classify(r); got != shipping.ClassAlreadyDone {
			t.Errorf("%+v is %s", r, got)
		}
		r.Platform = "taobao" // its numbers are its own
		if got := Catalogue().Classify(r); got != shipping.ClassUnknown {
			t.Errorf("%+v is %s", r, got)
		}
	}
	r := platform.Reply{Platform: "fengchao", Call: platform.CallIssue, HTTP: 200, Code: "20000", SubCode: "isp.service-error:15001"}
	if got := Catalogue().Classify(r); got != shipping.ClassTransient {
		t.Errorf("%+v is %s", r, got)
	}
}

func TestHTTPStates(t *testing.T) {
	t.Parallel()
	tests := []struct {
		http int
		code string
		want shipping.Class
	}{
		{0, "", shipping.ClassTransient}, {500, "", shipping.ClassTransient}, {503, "", shipping.ClassTransient},
		{502, "31", shipping.ClassTransient}, {429, "", shipping.ClassRateLimited}, {429, "31", shipping.ClassRateLimited},
		{401, "", shipping.ClassUnauthorized}, {403, "", shipping.ClassUnauthorized}, {302, "", shipping.ClassData},
		{404, "", shipping.ClassTransient}, {200, "", shipping.ClassUnknown}, {0, "31", shipping.ClassUnknown},
		{403, "31", shipping.ClassUnknown}, {418, "", shipping.ClassUnknown},
	}
	for _, tt := range tests {
		r := platform.Reply{Platform: "anything", Call: platform.CallOrders, HTTP: tt.http, Code: tt.code}
		if got := Catalogue().Classify(r); got != tt.want {
			t.Errorf("HTTP %d code %q is %s, want %s", tt.http, tt.code, got, tt.want)
		}
	}
}

// A stored failure is explained in the class that it got, in both languages.
func TestExplainFault(t *testing.T) {
	t.Parallel()
	c := Catalogue()
	for _, e := range c.Entries() {
		for _, text := range e.Says {
			f := shipping.Fault{Class: e.Class, Code: "1999", Message: text}
			for _, lang := range []string{"zh-Hans", "en"} {
				cause, remedy := c.ExplainFault("fengchao", f, lang)
				if cause == "" || remedy == "" || hasHan(cause) == (lang == "en") {
					t.Errorf("%s in %s: %q, %q", e.ID, lang, cause, remedy)
				}
			}
		}
	}
	cause, _ := c.ExplainFault("fengchao", shipping.Fault{Class: shipping.ClassAlreadyDone, Code: "60110"}, "zh")
	if want := "平台上订单已经是发货状态"; cause != want {
		t.Errorf("60110 is explained as %q, want %q", cause, want)
	}
	for _, class := range classes {
		cause, remedy := c.ExplainFault("fengchao", shipping.Fault{Class: class, Code: "x", Message: "?"}, "zh")
		if g := c.General(class); cause != g.Cause.Chinese || remedy != g.Remedy.Chinese {
			t.Errorf("%s without an entry is explained as %q, %q", class, cause, remedy)
		}
	}
	if cause, _ := c.ExplainFault("fengchao", shipping.Fault{Class: "nonsense"}, "zh"); cause != "" {
		t.Errorf("a class that does not exist is explained as %q", cause)
	}
}

// English sentences hold no Chinese, Chinese ones do; nothing in a remedy is said to nobody.
func TestCatalogueIsWhole(t *testing.T) {
	t.Parallel()
	c := Catalogue()
	check := func(id string, x Explanation) {
		for _, text := range []Text{x.Cause, x.Remedy} {
			if !hasHan(text.Chinese) || hasHan(text.English) {
				t.Errorf("%s: languages mixed up: %q / %q", id, text.Chinese, text.English)
			}
		}
	}
	known := []string{"fengchao", "doudian"}
	calls := []platform.Call{platform.CallOrders, platform.CallOrder, platform.CallIssue, platform.CallPrintData, platform.CallCancel, platform.CallConfirm}
	for _, e := range c.Entries() {
		check(e.ID, e.Explanation)
		for _, p := range e.Platforms {
			if !slices.Contains(known, p) {
				t.Errorf("%s: platform %q is not known", e.ID, p)
			}
		}
		for _, call := range e.Calls {
			if !slices.Contains(calls, call) {
				t.Errorf("%s: there is no call %q", e.ID, call)
			}
		}
		if len(e.Patterns) > 0 && len(e.Says) == 0 && len(e.HTTP) == 0 {
			t.Errorf("%s has patterns and no text to prove them", e.ID)
		}
		if e.Class.Retryable() != (e.Who == WhoStation) && e.Class != shipping.ClassAlreadyDone {
			t.Errorf("%s: class %s is for %s to mend", e.ID, e.Class, e.Who)
		}
	}
	for _, class := range classes {
		check(string(class), c.General(class))
	}
}

func TestParseCatalogueRefusesFaults(t *testing.T) {
	t.Parallel()
	change := func(from, to string) []byte { return []byte(strings.Replace(string(catalogueJSON), from, to, 1)) }
	for name, raw := range map[string][]byte{
		"cut off":       catalogueJSON[:len(catalogueJSON)/2],
		"unknown field": change(`"class":`, `"klass":`),
		"unknown class": change(`"class": "transient"`, `"class": "sometimes"`),
		"bad pattern":   change(`"patterns": ["`, `"patterns": ["(`),
		"fits all":      change(`"patterns": ["`, `"patterns": ["|`),
		"twice":         change(`"id": "app-key-glitch"`, `"id": "order-id-timeout"`),
		"nobody":        change(`"who": "supervisor"`, `"who": "the cat"`),
		"two values":    append(slices.Clone(catalogueJSON), "{}"...),
		"no general":    change(`"mapping": {`, `"mapping2": {`),
	} {
		if slices.Equal(raw, catalogueJSON) {
			t.Fatalf("%s: the change did not take", name)
		}
		if _, err := ParseCatalogue(raw); err == nil || !strings.HasPrefix(err.Error(), "error catalogue: ") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

var han = regexp.MustCompile(`\p{Han}`)

func hasHan(s string) bool { return han.MatchString(s) }
