package fengchao

import (
	"net/url"
	"strings"
	"testing"

	"printstation/app/shipping"
	"printstation/platform"
)

// second drops what a call gives beside its error.
func second[T any](_ T, err error) error { return err }

func TestNewNamesTheSettingThatIsWrong(t *testing.T) {
	t.Parallel()
	tests := []struct {
		want   string
		change func(*platform.Config)
	}{
		{"", func(*platform.Config) {}},
		{"", func(c *platform.Config) { c.Account.Channel = 11 }},
		{"", func(c *platform.Config) { c.Account.Channel = 102 }},
		{"channel 54", func(c *platform.Config) { c.Account.Channel = 54 }},
		{"channel 57", func(c *platform.Config) { c.Account.Channel = 57 }},
		{"channel -1", func(c *platform.Config) { c.Account.Channel = -1 }},
		{"base_url", func(c *platform.Config) { c.Account.BaseURL = "http://kf.fw199.com/gateway" }},
		{"base_url", func(c *platform.Config) { c.Account.BaseURL = "" }},
		{"app_id", func(c *platform.Config) { c.Account.AppID = "" }},
		{"secret is empty", func(c *platform.Config) { c.Account.Secret = "" }},
		{"seller_nick", func(c *platform.Config) { c.Account.SellerNick = "" }},
		{"main-shop: app_id", func(c *platform.Config) {
			c.Via = &platform.Account{Shop: "main-shop", BaseURL: "https://kf.fw199.com/gateway"}
		}},
	}
	for _, tt := range tests {
		c := platform.Config{Account: account}
		c.Account.BaseURL = "https://kf.fw199.com/gateway"
		tt.change(&c)
		shop, err := Opener().Open(c)
		switch {
		case tt.want == "" && (err != nil || shop == nil):
			t.Errorf("want it open, got %v", err)
		case tt.want != "" && (err == nil || shop != nil || !strings.Contains(err.Error(), tt.want)):
			t.Errorf("want an error with %q, got %v, %v", tt.want, shop, err)
		case err != nil && strings.Contains(err.Error(), account.Secret+"\""):
			t.Errorf("the error holds the secret: %v", err)
		}
	}
}

func TestChannelTable(t *testing.T) {
	t.Parallel()
	n := 0
	for code := -1; code <= 200; code++ {
		if _, ok := ChannelName(code); ok {
			n++
		}
	}
	if n != 57 { // 1 to 56 without 54, 101, 102
		t.Errorf("%d channels, want 57", n)
	}
	for code, want := range map[int]string{1: "抖音", 4: "天猫", 11: "", 27: "拼多多", 53: "得物", 55: "小荷健康商城", 102: "字节抖音超市"} {
		if name, ok := ChannelName(code); !ok || name != want {
			t.Errorf("channel %d is %q, %v; want %q", code, name, ok, want)
		}
	}
}

// Document 004, 4.1 and 4.2: the numbers of B come from A's account, with B's user id and channel.
func TestViaGivesCredentialsAndNothingElse(t *testing.T) {
	t.Parallel()
	reply := func(path string, _ url.Values) string {
		switch {
		case strings.HasSuffix(path, "/newcreateorder"):
			return `{"code":0,"data":{"ebill_infos":[{"order_id":"P1","pack_id":"a","track_no":"75531717195834"}]}}`
		case strings.HasSuffix(path, "/cancel"):
			return `{"code":0,"data":{"cancel_result":{"success":true}}}`
		case strings.HasSuffix(path, "/getwaybill"):
			return `{"code":0,"data":{"waybill_infos":[{"track_no":"75531717195834","print_data":"x","sign":"y"}]}}`
		case strings.HasSuffix(path, "/add"):
			return `{"code":0,"data":[{"order_id":"P1","is_success":true}]}`
		}
		return `{"code":0,"data":{"shop_order_detail":{"order_id":"P1","order_status":2}}}`
	}
	own, via := startGateway(t, reply), startGateway(t, reply)
	s := own.shop(t, func(c *platform.Config) {
		c.Account.Channel, c.Account.UserID = 27, 4711
		c.Via = &platform.Account{Shop: "a", BaseURL: via.url, AppID: "appA", Secret: "secretA", SellerNick: "主店", Channel: 1, UserID: 99}
	})
	ctx := t.Context()
	got, err := s.IssueWaybills(ctx, []platform.EncodedWaybill{request(t, s, "P1", "a")})
	if err != nil || got[0].Err != nil {
		t.Fatalf("issue: %+v, %v", got, err)
	}
	for what, err := range map[string]error{
		"cancel": s.CancelWaybill(ctx, got[0].Waybill), "order": second(s.Order(ctx, "P1")),
		"print data": second(s.PrintData(ctx, []shipping.Waybill{got[0].Waybill})),
		"confirm":    second(s.ConfirmShipments(ctx, []shipping.Shipment{{Order: "P1", Carrier: "zhongtong", Number: "75531717195834"}})),
	} {
		if err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
	if len(via.paths) != 3 || len(own.paths) != 2 {
		t.Fatalf("through the other account %v, through the own %v", via.paths, own.paths)
	}
	for _, f := range via.forms {
		if f.Get("appid") != "appA" || f.Get("seller_nick") != "主店" {
			t.Errorf("credentials %v", f)
		}
	}
	data := via.forms[0].Get("request_data")
	if !strings.Contains(data, `"user_id":4711`) || !strings.Contains(data, `"order_channel":"27"`) {
		t.Errorf("request_data %s", data)
	}
	for i, p := range via.paths {
		if strings.HasSuffix(p, "/cancel") && via.forms[i].Get("user_id") != "4711" {
			t.Errorf("cancel with %v", via.forms[i])
		}
	}
	if own.forms[0].Get("appid") != "app1" {
		t.Errorf("own call with %v", own.forms[0])
	}
}
