package shipping_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"printstation/app/shipping"
)

const cipherText = "#ZbZE6fdvKu0n/gB488d4Uxj7bzQi#n3zBNQgaGXiMjQb7CIwUDrQ/oEQGP43PmvV9Oi4lTooQagOruEjHzoy8JiUfZ==*CgwIARCtHBiYJSABKAESPgo8=#1##"

func goodOrder() shipping.Order {
	return shipping.Order{
		OrderRef: shipping.OrderRef{Shop: "dy1", ID: "4948795729456854758"},
		Recipient: shipping.Recipient{
			Contact: shipping.Contact{Name: "王小明", Mobile: "13812345678"},
			Address: shipping.Address{Province: "浙江省", City: "杭州市", District: "西湖区", Detail: "测试路1号"},
		},
		Items: []shipping.OrderItem{{Name: "衬衣", Quantity: 1}},
	}
}

// Names, numbers and addresses of real people are not refused for being unusual.
func TestValidateTakes(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*shipping.Order){
		"plain":             func(*shipping.Order) {},
		"name of one":       func(o *shipping.Order) { o.Recipient.Name = "龘" },
		"name with a dot":   func(o *shipping.Order) { o.Recipient.Name = "阿卜杜拉·买买提" },
		"latin name":        func(o *shipping.Order) { o.Recipient.Name = "John Smith Jr. 3" },
		"emoji":             func(o *shipping.Order) { o.Recipient.Name = "👨‍👩‍👧小明" },
		"rare character":    func(o *shipping.Order) { o.Recipient.Name = "𠮷野家" },
		"blanks around":     func(o *shipping.Order) { o.Recipient.Detail = " 测试路1号\n" },
		"full-width mobile": func(o *shipping.Order) { o.Recipient.Mobile = "１３８１２３４５６７８" },
		"country code":      func(o *shipping.Order) { o.Recipient.Mobile = "+86 138 1234 5678" },
		"virtual number":    func(o *shipping.Order) { o.Recipient.Mobile = "18400001234-5678" },
		"virtual, comma":    func(o *shipping.Order) { o.Recipient.Mobile = "18400001234,5678" },
		"virtual, 转":        func(o *shipping.Order) { o.Recipient.Mobile = "18400001234转5678" },
		"relay":             func(o *shipping.Order) { o.Recipient.Mobile = "95013123456789" },
		"landline alone":    func(o *shipping.Order) { o.Recipient.Mobile, o.Recipient.Phone = "", "021-12345678-801" },
		"Hong Kong":         func(o *shipping.Order) { o.Recipient.Mobile = "+852 9123 4567" },
		"东莞":                func(o *shipping.Order) { o.Recipient.City, o.Recipient.District = "东莞市", "" },
		"中山 without 市":      func(o *shipping.Order) { o.Recipient.City, o.Recipient.District = "中山", "" },
		"石河子":               func(o *shipping.Order) { o.Recipient.City, o.Recipient.District = "石河子市", "" },
		"嘉峪关":               func(o *shipping.Order) { o.Recipient.City, o.Recipient.District = "嘉峪关市", "" },
		"香港":                func(o *shipping.Order) { o.Recipient.Province, o.Recipient.District = "香港特别行政区", "" },
		"ciphertext":        func(o *shipping.Order) { o.Recipient.Name, o.Recipient.Detail = cipherText, cipherText },
		"ciphertext above 200": func(o *shipping.Order) {
			o.Recipient.Detail = strings.Replace(cipherText, "n3zB", strings.Repeat("n3zB", 100), 1)
		},
		"ciphertext phone": func(o *shipping.Order) {
			o.Recipient.Mobile = "$dzFmfVaRHLlEEdPMqNWcR5W=$0uwlr1TmDiJNYFPgdS1vCTOd=$1$$"
		},
		"200 characters":     func(o *shipping.Order) { o.Recipient.Detail = strings.Repeat("路", 200) },
		"id of another shop": func(o *shipping.Order) { o.ID = "P-2024/0001a" },
	} {
		o := goodOrder()
		change(&o)
		if got := shipping.Validate(o); got != nil {
			t.Errorf("%s: refused for %v", name, got)
		}
	}
}

// faults lists every reason that validation can give, each with what makes it.
func faults() map[string]func(*shipping.Order) {
	at := func(what string, get func(*shipping.Recipient) *string, limit int) map[string]func(*shipping.Order) {
		set := func(v string) func(*shipping.Order) { return func(o *shipping.Order) { *get(&o.Recipient) = v } }
		return map[string]func(*shipping.Order){
			what + "_missing":        set(" \u3000"),
			what + "_unprintable":    set("测\x00试"),
			what + "_masked":         set("测**"),
			what + "_too_long":       set(strings.Repeat("长", limit+1)),
			what + "_cipher_damaged": set(cipherText[:len(cipherText)-3]),
		}
	}
	all := map[string]func(*shipping.Order){
		"contact_missing":       func(o *shipping.Order) { o.Recipient.Mobile = " " },
		"mobile_invalid":        func(o *shipping.Order) { o.Recipient.Mobile = "1381234567" },
		"mobile_masked":         func(o *shipping.Order) { o.Recipient.Mobile = "138****5678" },
		"mobile_no_area_code":   func(o *shipping.Order) { o.Recipient.Mobile = "62345678" },
		"mobile_cipher_damaged": func(o *shipping.Order) { o.Recipient.Mobile = cipherText[1:] },
		"phone_invalid":         func(o *shipping.Order) { o.Recipient.Phone = "打我手机" },
		"phone_masked":          func(o *shipping.Order) { o.Recipient.Phone = "021-******78" },
		"phone_no_area_code":    func(o *shipping.Order) { o.Recipient.Phone = "6234567" },
		"phone_cipher_damaged":  func(o *shipping.Order) { o.Recipient.Phone = cipherText[1:] },
	}
	fields := []struct {
		what  string
		get   func(*shipping.Recipient) *string
		limit int
	}{
		{"name", func(r *shipping.Recipient) *string { return &r.Name }, 50},
		{"province", func(r *shipping.Recipient) *string { return &r.Province }, 30},
		{"city", func(r *shipping.Recipient) *string { return &r.City }, 30},
		{"district", func(r *shipping.Recipient) *string { return &r.District }, 30},
		{"street", func(r *shipping.Recipient) *string { return &r.Street }, 30},
		{"detail", func(r *shipping.Recipient) *string { return &r.Detail }, 200},
	}
	for _, f := range fields {
		for id, make := range at(f.what, f.get, f.limit) {
			if id != "street_missing" {
				all[id] = make
			}
		}
	}
	return all
}

func TestValidateRefuses(t *testing.T) {
	t.Parallel()
	for id, change := range faults() {
		o := goodOrder()
		change(&o)
		if got := ids(shipping.Validate(o)); !slices.Equal(got, []string{"order." + id}) {
			t.Errorf("%s: got %v", id, got)
		}
		s := shipping.Sender{Contact: o.Recipient.Contact, Address: o.Recipient.Address}
		if got := ids(shipping.ValidateSender(s)); !slices.Equal(got, []string{"order.sender_" + id}) {
			t.Errorf("sender: %s: got %v", id, got)
		}
	}
	for id, change := range ofTheOrder() {
		o := goodOrder()
		change(&o)
		if got := ids(shipping.Validate(o)); !slices.Equal(got, []string{"order." + id}) {
			t.Errorf("%s: got %v", id, got)
		}
	}
	long := goodOrder()
	long.ID = shipping.OrderID(strings.Repeat("1", 33))
	if got := ids(shipping.Validate(long)); !slices.Equal(got, []string{"order.id_invalid"}) {
		t.Errorf("an id of 33: %v", got)
	}
}

// ofTheOrder lists the reasons that are about the order itself.
func ofTheOrder() map[string]func(*shipping.Order) {
	return map[string]func(*shipping.Order){
		"id_missing":       func(o *shipping.Order) { o.ID = "" },
		"id_invalid":       func(o *shipping.Order) { o.ID = "订单1" },
		"items_missing":    func(o *shipping.Order) { o.Items = nil },
		"quantity_invalid": func(o *shipping.Order) { o.Items[0].Quantity = 0 },
		"sealed_locked":    func(o *shipping.Order) { o.Sealed, o.Recipient = shipping.SealLocked, shipping.Recipient{} },
		"sealed_destroyed": func(o *shipping.Order) { o.Sealed, o.Recipient = shipping.SealDestroyed, shipping.Recipient{} },
	}
}

// An order with several faults tells them all at once, so that it is mended in one go.
func TestValidateTellsAll(t *testing.T) {
	t.Parallel()
	got := ids(shipping.Validate(shipping.Order{}))
	want := []string{"order.id_missing", "order.name_missing", "order.contact_missing", "order.province_missing",
		"order.city_missing", "order.district_missing", "order.detail_missing", "order.items_missing"}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// A sender is in clear: ciphertext is no sender.
func TestValidateSenderRefusesCiphertext(t *testing.T) {
	t.Parallel()
	s := shipping.Sender{Contact: goodOrder().Recipient.Contact, Address: goodOrder().Recipient.Address}
	if got := shipping.ValidateSender(s); got != nil {
		t.Errorf("a good sender is refused: %v", got)
	}
	s.Name, s.Mobile = cipherText, cipherText
	if got := ids(shipping.ValidateSender(s)); !slices.Equal(got, []string{"order.sender_name_masked", "order.sender_mobile_masked"}) {
		t.Errorf("got %v", got)
	}
}

// Values of a reason hold counts and limits, never a word of the person.
func TestReasonsHoldNoPersonalData(t *testing.T) {
	t.Parallel()
	const marker = "王小明"
	for id, change := range faults() {
		o := goodOrder()
		o.Recipient.Name, o.Recipient.Detail = marker+"\x01", marker+strings.Repeat("长", 300)
		change(&o)
		for _, r := range shipping.Validate(o) {
			if s := fmt.Sprint(r); strings.Contains(s, marker) || strings.Contains(s, "长") || strings.Contains(s, "138") {
				t.Errorf("%s: %s", id, s)
			}
		}
	}
}

// Every reason has its sentence in both languages; that the languages agree is tested where they stand.
func TestEveryReasonHasWords(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"zh-Hans", "en"} {
		raw, err := os.ReadFile(filepath.Join("..", "..", "assets", "words", "order."+lang+".json"))
		if err != nil {
			t.Fatal(err)
		}
		var words map[string]string
		if err := json.Unmarshal(raw, &words); err != nil {
			t.Fatal(err)
		}
		want := []string{"no_masked_form", "refund_pending"}
		for id := range faults() {
			want = append(want, id, "sender_"+id)
		}
		for id := range ofTheOrder() {
			want = append(want, id)
		}
		for _, id := range want {
			if strings.TrimSpace(words["order."+id]) == "" {
				t.Errorf("%s: order.%s has no words", lang, id)
			}
			delete(words, "order."+id)
		}
		for id := range words {
			t.Errorf("%s: %s is never said", lang, id)
		}
	}
}

func ids(rs []shipping.Reason) []string {
	var list []string
	for _, r := range rs {
		list = append(list, r.ID)
	}
	return list
}
