package sandbox

import (
	"bytes"
	"crypto/md5"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The most that one call may send, and how far its clock may be from ours.
const (
	maxBody   = 8 << 20
	clockSlip = 10 * time.Minute
)

// call is the work of one path: it gets the fields of a request whose public part was checked.
type call func(w *World, path string, form url.Values) (any, *refusal)

// calls is the gateway's table; the paths are below /gateway/dd/.
var calls = map[string]call{
	"trade/list":                 (*World).listTrades,
	"trade/detail":               (*World).showTrade,
	"order/decrypt":              (*World).decrypt,
	"order/logistics/add":        (*World).ship,
	"order/logistics/cancel":     (*World).cancel,
	"logistics/newcreateorder":   (*World).issue,
	"logistics/waybill/get":      (*World).issueWithPrintData,
	"logistics/getwaybill":       (*World).printData,
	"logistics/shopnetsite/list": (*World).listNetsites,
	"logistics/company/list":     (*World).listCompanies,
	"address/list":               (*World).listAddresses,
}

// reply is the envelope of every answer.
type reply struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
	Data    any    `json:"data"`
}

// Handler serves the gateway below /gateway/dd/ and the inspection of the world below /sandbox/.
func (w *World) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/gateway/dd/", w.serveGateway)
	w.serveInspection(mux)
	return mux
}

func (w *World) serveGateway(rw http.ResponseWriter, r *http.Request) {
	path := strings.TrimPrefix(r.URL.Path, "/gateway/dd/")
	if _, known := calls[path]; !known {
		writeReply(rw, http.StatusNotFound, encode(failed(noPath)))
		return
	}
	done, thisSecond := w.meter.enter(path, w.opt.Clock())
	defer done()
	// Read first: as long as the body is not read, the server cannot see that the caller has gone.
	r.Body = http.MaxBytesReader(rw, r.Body, maxBody)
	readable := r.ParseForm() == nil
	p := w.faults.draw(path, thisSecond)
	if !pause(r.Context(), p.wait) {
		return
	}
	if p.cutBefore {
		panic(http.ErrAbortHandler)
	}
	if p.http500 {
		writePage(rw, http.StatusInternalServerError, "500 Internal Server Error")
		return
	}
	body := p.spoil(w.answer(path, r, readable, p.refused))
	if p.cutAfter {
		panic(http.ErrAbortHandler)
	}
	p.deliver(rw, r, body)
}

// answer checks the request and does the work.
func (w *World) answer(path string, r *http.Request, readable bool, refused *refusal) reply {
	if refused != nil {
		return failed(refused)
	}
	form, no := w.admit(r, readable)
	if no != nil {
		w.meter.turnedAway(path)
		w.opt.Log.Debug("sandbox: request refused", "call", path, "code", no.Code, "message", no.Text)
		return failed(no)
	}
	data, no := calls[path](w, path, form)
	if no != nil {
		return failed(no)
	}
	return reply{Message: "ok", Data: data}
}

func failed(no *refusal) reply { return reply{Code: no.Code, Message: no.Text} }

// admit checks the public fields and gives the form.
func (w *World) admit(r *http.Request, readable bool) (url.Values, *refusal) {
	if r.Method != http.MethodPost {
		return nil, noFormat.about("只支持POST请求")
	}
	if !readable {
		return nil, noFormat.about("表单无法解析")
	}
	form := r.PostForm
	for _, name := range []string{"appid", "timestamp", "seller_nick", "sign"} {
		if form.Get(name) == "" {
			return nil, noMissing.about(name)
		}
	}
	for name, values := range form {
		if len(values) > 1 {
			return nil, noFormat.about("参数重复:" + name)
		}
	}
	if form.Get("appid") != w.opt.AppID {
		return nil, noApp
	}
	if form.Get("sign") != signature(form, w.opt.Secret) {
		return nil, noSign
	}
	if no := checkTime(form.Get("timestamp"), w.opt.Clock()); no != nil {
		return nil, no
	}
	if form.Get("seller_nick") != w.opt.SellerNick {
		return nil, noGrant
	}
	return form, nil
}

// signature is the lowercase hex MD5 of secret, then every field but sign as name and value in the order of the
// names, then secret again; values as they are before form encoding.
func signature(form url.Values, secret string) string {
	names := make([]string, 0, len(form))
	for name := range form {
		if name != "sign" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	var b bytes.Buffer
	b.WriteString(secret)
	for _, name := range names {
		b.WriteString(name)
		b.WriteString(form.Get(name))
	}
	b.WriteString(secret)
	sum := md5.Sum(b.Bytes())
	return hex.EncodeToString(sum[:])
}

func checkTime(text string, now time.Time) *refusal {
	at, ok := unixTime(text)
	if !ok {
		return noFormat.about("timestamp")
	}
	if d := now.Sub(at); d > clockSlip || d < -clockSlip {
		return noTime
	}
	return nil
}

// unixTime reads seconds in ten digits or milliseconds in thirteen.
func unixTime(text string) (time.Time, bool) {
	n, err := strconv.ParseInt(text, 10, 64)
	switch {
	case err != nil || n < 0:
		return time.Time{}, false
	case len(text) == 10:
		return time.Unix(n, 0), true
	case len(text) == 13:
		return time.UnixMilli(n), true
	}
	return time.Time{}, false
}

func encode(r reply) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(r); err != nil {
		panic(err) // plain data of our own
	}
	return bytes.TrimSpace(b.Bytes())
}

// requestData reads the JSON of request_data, ids of any size as they are written.
func requestData[T any](form url.Values) (T, *refusal) {
	var v T
	text := form.Get("request_data")
	if text == "" {
		return v, noMissing.about("request_data")
	}
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		return v, noFormat.about("request_data不是合法的JSON或字段类型不符")
	}
	return v, nil
}
