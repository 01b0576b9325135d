package sandbox

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"
)

// noon is the time of every test's world.
var noon = time.Date(2026, 3, 9, 12, 0, 0, 0, time.UTC)

// bench is a world behind a socket and a caller that knows nothing of it but the wire.
type bench struct {
	t     testing.TB
	world *World
	url   string
	http  *http.Client
}

func newBench(t testing.TB, opt Options) *bench {
	t.Helper()
	if opt.Clock == nil {
		opt.Clock = func() time.Time { return noon }
	}
	w, err := New(opt)
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(w.Handler())
	t.Cleanup(func() {
		srv.Close()
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	})
	return &bench{t: t, world: w, url: srv.URL, http: srv.Client()}
}

// answer is the envelope as a stranger reads it.
type answer struct {
	Code    int             `json:"code"`
	Message string          `json:"message"`
	Data    json.RawMessage `json:"data"`
}

func signed(fields map[string]string) url.Values {
	form := url.Values{
		"appid": {DemoAppID}, "seller_nick": {DemoSellerNick}, "timestamp": {strconv.FormatInt(noon.Unix(), 10)},
	}
	for name, value := range fields {
		form.Set(name, value)
	}
	form.Set("sign", signature(form, DemoSecret))
	return form
}

// post sends a form and gives the body as it came, with the error of the transport if there was one.
func (b *bench) post(path string, form url.Values) (int, []byte, error) {
	res, err := b.http.PostForm(b.url+"/gateway/dd/"+path, form)
	if err != nil {
		return 0, nil, err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	return res.StatusCode, body, err
}

// ask sends signed fields and wants an envelope back, whatever its code.
func (b *bench) ask(path string, fields map[string]string) answer {
	b.t.Helper()
	status, body, err := b.post(path, signed(fields))
	if err != nil || status != http.StatusOK {
		b.t.Fatalf("%s: status %d, %v", path, status, err)
	}
	var a answer
	if err := json.Unmarshal(body, &a); err != nil {
		b.t.Fatalf("%s: %v in %s", path, err, body)
	}
	return a
}

// must asks and wants success; the data is read into into.
func (b *bench) must(path string, fields map[string]string, into any) {
	b.t.Helper()
	a := b.ask(path, fields)
	if a.Code != 0 {
		b.t.Fatalf("%s: %d %s", path, a.Code, a.Message)
	}
	if into == nil {
		return
	}
	if err := json.Unmarshal(a.Data, into); err != nil {
		b.t.Fatalf("%s: %v in %s", path, err, a.Data)
	}
}

// pack is one order of a request for numbers, in clear.
type pack struct{ order, id string }

func issueText(channel string, packs ...pack) string {
	parts := make([]string, 0, len(packs))
	for _, p := range packs {
		parts = append(parts, fmt.Sprintf(`{"order_id":%q,"pack_id":%q,"receiver_info":{"address":{"country_code":"CHN",
			"province_name":"浙江省","city_name":"杭州市","district_name":"西湖区","detail_address":"文一西路1号2幢301室"},
			"contact":{"name":"王小明","mobile":"13800001234"}},"items":[{"item_name":"衬衣","item_count":1}]}`, p.order, p.id))
	}
	return fmt.Sprintf(`{"sender_info":{"address":{"country_code":"CHN","province_name":"上海市","city_name":"上海市",
		"district_name":"青浦区","detail_address":"测试路1号"},"contact":{"name":"仓库小王","mobile":"13800000000"}},
		"logistics_code":"zhongtong","order_infos":[%s],"user_id":-1,"order_channel":%q}`, strings.Join(parts, ","), channel)
}

type issued struct {
	Ebills []struct {
		OrderID string `json:"order_id"`
		PackID  string `json:"pack_id"`
		TrackNo string `json:"track_no"`
		Print   string `json:"print_data"`
	} `json:"ebill_infos"`
	Errors []struct {
		OrderID string          `json:"order_id"`
		Code    json.RawMessage `json:"err_code"`
		Message string          `json:"err_msg"`
	} `json:"err_infos"`
}

func (b *bench) issue(packs ...pack) issued {
	b.t.Helper()
	var got issued
	b.must("logistics/newcreateorder", map[string]string{"request_data": issueText("1", packs...)}, &got)
	return got
}

// number takes the number of one pack.
func (b *bench) number(order, id string) string {
	b.t.Helper()
	got := b.issue(pack{order, id})
	if len(got.Ebills) != 1 {
		b.t.Fatalf("order %s got no number: %+v", order, got.Errors)
	}
	return got.Ebills[0].TrackNo
}

type shipped struct {
	OrderID string          `json:"order_id"`
	OK      bool            `json:"is_success"`
	Code    json.RawMessage `json:"err_code"`
	Message string          `json:"err_msg"`
}

func shipText(carrier string, orderAndNumber ...string) string {
	var parts []string
	for i := 0; i < len(orderAndNumber); i += 2 {
		parts = append(parts, fmt.Sprintf(`{"order_id":%q,"company_code":%q,"logistics_code":%q}`,
			orderAndNumber[i], carrier, orderAndNumber[i+1]))
	}
	return "[" + strings.Join(parts, ",") + "]"
}

func (b *bench) ship(order, number string) shipped {
	b.t.Helper()
	var got []shipped
	b.must("order/logistics/add", map[string]string{"request_data": shipText("zhongtong", order, number)}, &got)
	if len(got) != 1 {
		b.t.Fatalf("%d results for one shipment", len(got))
	}
	return got[0]
}

// codeIs compares an error code that comes as a number or as text.
func codeIs(raw json.RawMessage, want int) bool {
	return strings.Trim(string(raw), `"`) == strconv.Itoa(want)
}
