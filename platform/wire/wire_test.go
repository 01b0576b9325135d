package wire

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func TestParseBase(t *testing.T) {
	t.Parallel()
	tests := []struct{ in, want, wrong string }{
		{in: "https://kf.fw199.com/gateway", want: "https://kf.fw199.com/gateway"},
		{in: " https://kf.fw199.com/gateway/ ", want: "https://kf.fw199.com/gateway"},
		{in: "http://127.0.0.1:8080/gateway", want: "http://127.0.0.1:8080/gateway"},
		{in: "http://127.9.8.7/x", want: "http://127.9.8.7/x"},
		{in: "http://[::1]:81", want: "http://[::1]:81"},
		{in: "http://localhost:81", want: "http://localhost:81"},
		{in: "http://kf.fw199.com/gateway", wrong: "plain http"},
		{in: "http://localhost.evil.example", wrong: "plain http"},
		{in: "http://0.0.0.0:80", wrong: "plain http"},
		{in: "http://10.0.0.1", wrong: "plain http"},
		{in: "ftp://kf.fw199.com", wrong: "want https"},
		{in: "kf.fw199.com", wrong: "no host"},
		{in: "https://:443/x", wrong: "no host"},
		{in: "", wrong: "no host"},
		{in: "https://user:pw@kf.fw199.com", wrong: "no user"},
		{in: "https://kf.fw199.com?secret=1", wrong: "no user"},
		{in: "https://kf.fw199.com/\x00", wrong: "not a URL"},
	}
	for _, tt := range tests {
		u, err := ParseBase(tt.in)
		switch {
		case tt.wrong == "" && (err != nil || u.String() != tt.want):
			t.Errorf("ParseBase(%q) = %v, %v; want %s", tt.in, u, err, tt.want)
		case tt.wrong != "" && (err == nil || !strings.Contains(err.Error(), tt.wrong)):
			t.Errorf("ParseBase(%q) = %v, %v; want an error with %q", tt.in, u, err, tt.wrong)
		case err != nil && (strings.Contains(err.Error(), "pw") || strings.Contains(err.Error(), "secret")):
			t.Errorf("ParseBase(%q) quotes what it was given: %v", tt.in, err)
		}
	}
}

func TestScalars(t *testing.T) {
	t.Parallel()
	var v struct {
		Big, Text, None, Flag   Text
		N, NText, NExp, NEmpty  Int
		Yes, One, No, Off       Bool
		Sec, Milli, Local, Zero Time
	}
	in := `{"Big":12345678901234567890123,"Text":"a\u4e2d","None":null,"Flag":true,
		"N":12,"NText":" 12 ","NExp":1.2e1,"NEmpty":"","Yes":true,"One":"1","No":"false","Off":0,
		"Sec":1700000000,"Milli":"1700000000123","Local":"2023-11-15 06:13:20","Zero":"0"}`
	if err := json.Unmarshal([]byte(in), &v); err != nil {
		t.Fatal(err)
	}
	if v.Big != "12345678901234567890123" || v.Text != "a中" || v.None != "" || v.Flag != "true" {
		t.Errorf("texts: %q %q %q %q", v.Big, v.Text, v.None, v.Flag)
	}
	if v.N != 12 || v.NText != 12 || v.NExp != 12 || v.NEmpty != 0 {
		t.Errorf("numbers: %d %d %d %d", v.N, v.NText, v.NExp, v.NEmpty)
	}
	if !v.Yes || !v.One || v.No || v.Off {
		t.Errorf("booleans: %v %v %v %v", v.Yes, v.One, v.No, v.Off)
	}
	if v.Sec.Unix() != 1700000000 || v.Milli.UnixMilli() != 1700000000123 || !v.Local.Equal(v.Sec.Time) || !v.Zero.IsZero() {
		t.Errorf("times: %v %v %v %v", v.Sec, v.Milli, v.Local, v.Zero)
	}
}

func TestScalarsRefuse(t *testing.T) {
	t.Parallel()
	for _, in := range []string{`"13800000000x"`, `1.5`, `"1e999999999"`, `[1]`, `{}`, `"0x10"`, `9223372036854775808`} {
		var n Int
		if err := json.Unmarshal([]byte(in), &n); err == nil {
			t.Errorf("Int took %s as %d", in, n)
		} else if strings.Contains(err.Error(), "138") {
			t.Errorf("Int quotes the value: %v", err)
		}
	}
	for _, in := range []string{`"yesterday"`, `-5`, `[]`} {
		var at Time
		if err := json.Unmarshal([]byte(in), &at); err == nil {
			t.Errorf("Time took %s as %v", in, at)
		}
	}
	var s Text
	if err := json.Unmarshal([]byte(`{"a":1}`), &s); err == nil {
		t.Errorf("Text took an object as %q", s)
	}
}

func TestWait(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	tests := []struct {
		header, message string
		want            time.Duration
	}{
		{"", "调用过于频繁,请120秒后重试", 120 * time.Second},
		{"", "请 3 分钟后再试", 3 * time.Minute},
		{"", "限流,请500毫秒之后重试", 500 * time.Millisecond},
		{"", "rate limited, retry after 7 seconds", 7 * time.Second},
		{"", "retry in 2 minutes", 2 * time.Minute},
		{"", "This ban will last for 9 more seconds", 9 * time.Second},
		{"", "订单 4948795729456854758 不存在", 0},
		{"", "", 0},
		{"30", "请120秒后重试", 30 * time.Second},
		{"-4", "", 0},
		{"Fri, 02 Jan 2026 03:04:15 GMT", "", 10 * time.Second},
		{"Thu, 01 Jan 2026 03:04:15 GMT", "", 0},
		{"999999999999", "", 24 * time.Hour},
		{"", "请9999999秒后重试", 24 * time.Hour},
	}
	for _, tt := range tests {
		h := http.Header{}
		if tt.header != "" {
			h.Set("Retry-After", tt.header)
		}
		if got := Wait(h, tt.message, now); got != tt.want {
			t.Errorf("Wait(%q, %q) = %v, want %v", tt.header, tt.message, got, tt.want)
		}
	}
}

func TestMaskHidesWhatItDoesNotKnow(t *testing.T) {
	t.Parallel()
	m := NewMask([]string{"order_id", "code"}, []string{"message"})
	in := `{"code":0,"message":"手机号13800000000不对,收件人王小明","order_id":"4948","new_field":"王小明","tel":13800000000,` +
		`"list":[{"order_id":"1","x":["秘密"]}],"ok":true,"none":null,"13800000000":{"order_id":"2"},"code":"` + strings.Repeat("9", 90) + `"}`
	got := m.JSON([]byte(in), func() []string { return []string{"王小明"} })
	want := `{"code":0,"message":"手机号*不对,收件人*","order_id":"4948","new_field":"*","tel":"*",` +
		`"list":[{"order_id":"1","x":["*"]}],"ok":true,"none":null,"*":{"order_id":"2"},"code":"*"}`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestMaskBrokenJSON(t *testing.T) {
	t.Parallel()
	m := NewMask([]string{"code"}, nil)
	for _, in := range []string{`<html>王小明`, `{"code":0,"name":"王小`, `{"code":0} 王小明`, ``, strings.Repeat("[", 5000)} {
		got := m.JSON([]byte(in), func() []string { return nil })
		if strings.Contains(got, "王") || !strings.Contains(got, "not JSON") {
			t.Errorf("JSON(%.20q) = %.80q", in, got)
		}
	}
}

func TestCutKeepsWholeCharacters(t *testing.T) {
	t.Parallel()
	s := strings.Repeat("𠮷龘a", 50)
	for limit := range len(s) + 2 {
		got := Cut(s, limit)
		if len(got) > limit || !utf8.ValidString(got) {
			t.Fatalf("Cut to %d gave %d bytes, valid %v", limit, len(got), utf8.ValidString(got))
		}
	}
	if got := Cut(s, len(s)); got != s {
		t.Errorf("Cut shortened what fits")
	}
}

func TestScrub(t *testing.T) {
	t.Parallel()
	tests := []struct {
		in, want string
		personal []string
	}{
		{in: "49488636457864312061:订单号非法", want: "49488636457864312061:订单号非法"},
		{in: "电话 13800000000 13900000000 错误", want: "电话 * * 错误"},
		{in: "18400001234-5678:虚拟号", want: "*:虚拟号"},
		{in: "详细地址#ab/c#defg==#1##无法识别", want: "详细地址*无法识别"},
		{in: "$dzFm=$0uwl+$1$$错", want: "*错"},
		{in: "欧阳娜娜地址不详", want: "*地址不详", personal: []string{"欧阳娜娜", "欧阳"}},
	}
	for _, tt := range tests {
		if got := Scrub(tt.in, tt.personal); got != tt.want {
			t.Errorf("Scrub(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestHiddenListsWhatMaskHides(t *testing.T) {
	t.Parallel()
	m := NewMask([]string{"order_id"}, nil)
	got := m.Hidden([]byte(`{"order_id":"4948","name":"欧阳娜娜","n":3,"tel":13800000000,"a":[{"x":"李"},"ab"]}`))
	if want := "欧阳娜娜 13800000000 ab"; strings.Join(got, " ") != want {
		t.Errorf("Hidden = %q, want %q", strings.Join(got, " "), want)
	}
}

func FuzzMask(f *testing.F) {
	f.Add([]byte(`{"code":0,"name":"SECRETVALUE","x":[{"order_id":"1"}]}`))
	f.Add([]byte(`{"code":0,"SECRETVALUE":1`))
	f.Add([]byte(`[[[["SECRETVALUE"]]]] tail`))
	m := NewMask([]string{"code", "order_id"}, []string{"message"})
	f.Fuzz(func(t *testing.T, raw []byte) {
		got := m.JSON(raw, func() []string { return nil })
		if len(got) > JournalLimit || !utf8.ValidString(got) {
			t.Fatalf("%d bytes, valid %v", len(got), utf8.ValidString(got))
		}
		// A value in an unknown field never shows, whatever surrounds it.
		wrapped, err := json.Marshal(map[string]string{"unknown": "SECRETVALUE" + string(raw)})
		if err != nil {
			t.Fatal(err)
		}
		if got := m.JSON(wrapped, func() []string { return nil }); got != `{"unknown":"*"}` {
			t.Fatalf("leaked: %s", got)
		}
	})
}

func FuzzScalars(f *testing.F) {
	for _, s := range []string{`1`, `"1e9"`, `"2026-01-02 03:04:05"`, `1e400`, `null`, `"1/3"`, `true`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		var (
			text Text
			n    Int
			yes  Bool
			at   Time
		)
		for _, v := range []any{&text, &n, &yes, &at} {
			if err := json.Unmarshal(raw, v); err == nil && v == any(&n) && json.Valid(raw) && raw[0] == '-' && n > 0 {
				t.Fatalf("%s became %d", raw, n)
			}
		}
	})
}
