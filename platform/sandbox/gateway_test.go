package sandbox

import (
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestSignatureVector(t *testing.T) {
	t.Parallel()
	form := url.Values{
		"appid": {"app1"}, "timestamp": {"1700000000"}, "seller_nick": {"店铺A"}, "request_data": {`{"a":1}`},
		"sign": {"not part of it"},
	}
	if got, want := signature(form, "secret"), "2dda5ec8620ffa142e2f54efdd9f6b92"; got != want {
		t.Errorf("signature = %s, want %s", got, want)
	}
}

// The documentation's example request gives its example answer, compared as JSON.
func TestDocumentedExample(t *testing.T) {
	t.Parallel()
	request, err := os.ReadFile("testdata/example_request.json")
	if err != nil {
		t.Fatal(err)
	}
	wanted, err := os.ReadFile("testdata/example_answer.json")
	if err != nil {
		t.Fatal(err)
	}
	var want any
	if err := json.Unmarshal(wanted, &want); err != nil {
		t.Fatal(err)
	}
	for _, opt := range []Options{{}, {Seed: 7, Orders: 3}} {
		b := newBench(t, opt)
		for range 2 { // the second time it is the old number
			_, body, err := b.post("logistics/newcreateorder", signed(map[string]string{"request_data": string(request)}))
			if err != nil {
				t.Fatal(err)
			}
			var got any
			if err := json.Unmarshal(body, &got); err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("seed %d: answer\n%s\nwant\n%s", opt.Seed, body, wanted)
			}
		}
	}
}

func TestPublicFields(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{Orders: 1})
	stamp := func(d time.Duration) string { return strconv.FormatInt(noon.Add(d).Unix(), 10) }
	resign := func(form url.Values) { form.Set("sign", signature(form, DemoSecret)) }
	cases := []struct {
		name   string
		change func(url.Values)
		want   int
	}{
		{"as it should be", func(url.Values) {}, 0},
		{"13 digits", func(f url.Values) { f.Set("timestamp", stamp(0)+"000"); resign(f) }, 0},
		{"ten minutes old", func(f url.Values) { f.Set("timestamp", stamp(-10*time.Minute)); resign(f) }, 0},
		{"older", func(f url.Values) { f.Set("timestamp", stamp(-10*time.Minute-time.Second)); resign(f) }, noTime.Code},
		{"of the future", func(f url.Values) { f.Set("timestamp", stamp(11*time.Minute)); resign(f) }, noTime.Code},
		{"no time at all", func(f url.Values) { f.Set("timestamp", "yesterday!"); resign(f) }, noFormat.Code},
		{"upper case sign", func(f url.Values) { f.Set("sign", strings.ToUpper(f.Get("sign"))) }, noSign.Code},
		{"a field that is not signed", func(f url.Values) { f.Set("extra", "1") }, noSign.Code},
		{"no sign", func(f url.Values) { f.Del("sign") }, noMissing.Code},
		{"another app", func(f url.Values) { f.Set("appid", "other"); resign(f) }, noApp.Code},
		{"another shop", func(f url.Values) { f.Set("seller_nick", "other"); resign(f) }, noGrant.Code},
		{"a field twice", func(f url.Values) { f.Add("appid", "x") }, noFormat.Code},
	}
	for _, c := range cases {
		form := signed(nil)
		c.change(form)
		_, body, err := b.post("logistics/company/list", form)
		if err != nil {
			t.Fatal(err)
		}
		var got answer
		if err := json.Unmarshal(body, &got); err != nil || got.Code != c.want {
			t.Errorf("%s: code %d (%v), want %d: %s", c.name, got.Code, err, c.want, body)
		}
	}
	if n := b.world.Snapshot().Calls["logistics/company/list"]; n.Refused != 9 || n.Total != 12 {
		t.Errorf("calls counted: %+v, want 12 with 9 refused", n)
	}
}

func TestUnknownPathAndMethod(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{Orders: 1})
	if status, body, err := b.post("no/such/path", signed(nil)); status != http.StatusNotFound || err != nil {
		t.Errorf("unknown path: %d %s %v", status, body, err)
	}
	res, err := b.http.Get(b.url + "/gateway/dd/logistics/company/list")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var got answer
	if err := json.NewDecoder(res.Body).Decode(&got); err != nil || got.Code != noFormat.Code {
		t.Errorf("GET: %+v %v", got, err)
	}
}

func FuzzRequestData(f *testing.F) {
	w, err := New(Options{Orders: 20, Clock: func() time.Time { return noon }})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(issueText("1", pack{"6930000000000000000", "p1"}))
	f.Add(shipText("zhongtong", "6930000000000000000", "75531717195834"))
	f.Add(`[{"logistics_code":"zhongtong","track_no":"1"}]`)
	f.Add(`{"order_infos":[{"order_id":4948795729456854758}],"user_id":"-1","order_channel":1}`)
	f.Fuzz(func(t *testing.T, text string) {
		form := url.Values{"request_data": {text}}
		for path, work := range calls {
			before := len(w.Snapshot().Waybills)
			data, no := work(w, path, form)
			if no != nil {
				if no.Code == 0 || no.Text == "" {
					t.Errorf("%s: a refusal without code or words: %+v", path, no)
				}
				if after := len(w.Snapshot().Waybills); after != before {
					t.Errorf("%s: refused and yet %d numbers issued", path, after-before)
				}
				continue
			}
			if body := encode(reply{Data: data}); !json.Valid(body) {
				t.Errorf("%s: answer is not JSON: %s", path, body)
			}
		}
	})
}
