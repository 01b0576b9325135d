package fengchao

import (
	"testing"
	"time"
)

func TestSignVector(t *testing.T) {
	t.Parallel()
	params := map[string]string{"appid": "app1", "timestamp": "1700000000", "seller_nick": "店铺A", "request_data": `{"a":1}`}
	const want = "2dda5ec8620ffa142e2f54efdd9f6b92"
	if got := Sign("secret", params); got != want {
		t.Errorf("Sign = %s, want %s", got, want)
	}
	params["sign"] = "anything" // never signs itself
	if got := Sign("secret", params); got != want {
		t.Errorf("Sign with a sign = %s, want %s", got, want)
	}
}

func TestFormIsSignedAndComplete(t *testing.T) {
	t.Parallel()
	a := access{appID: "app1", secret: "secret", nick: "店铺A"}
	fields := map[string]string{"request_data": `{"a":1}`}
	f := a.form(fields, time.Unix(1700000000, 999_000_000))
	if f.Get("sign") != "2dda5ec8620ffa142e2f54efdd9f6b92" || f.Get("timestamp") != "1700000000" || len(f) != 5 {
		t.Errorf("form %v", f)
	}
	if len(fields) != 1 {
		t.Errorf("the caller's fields were changed: %v", fields)
	}
}
