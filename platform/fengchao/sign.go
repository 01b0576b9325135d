package fengchao

import (
	"crypto/md5" // the gateway's choice; it authenticates, over TLS, it does not protect
	"encoding/hex"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Sign gives the signature of a call: the secret, every parameter but "sign" as key and value in ASCII order of the
// keys, raw and joined without separators, the secret again; MD5 in lower-case hex.
func Sign(secret string, params map[string]string) string {
	var b strings.Builder
	b.WriteString(secret)
	for _, k := range slices.Sorted(maps.Keys(params)) {
		if k != "sign" {
			b.WriteString(k)
			b.WriteString(params[k])
		}
	}
	b.WriteString(secret)
	sum := md5.Sum([]byte(b.String()))
	return hex.EncodeToString(sum[:])
}

// access is one account at the gateway.
type access struct {
	base   *url.URL
	appID  string
	secret string
	nick   string
}

// form adds the public parameters and the signature to the fields of a call.
func (a access) form(fields map[string]string, now time.Time) url.Values {
	params := maps.Clone(fields)
	if params == nil {
		params = make(map[string]string, 4)
	}
	params["appid"] = a.appID
	params["timestamp"] = strconv.FormatInt(now.Unix(), 10)
	params["seller_nick"] = a.nick
	params["sign"] = Sign(a.secret, params)
	form := make(url.Values, len(params))
	for k, v := range params {
		form.Set(k, v)
	}
	return form
}
