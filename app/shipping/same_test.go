package shipping

import "testing"

func TestSameRecipient(t *testing.T) {
	t.Parallel()
	with := func(change func(*Recipient)) Recipient {
		r := Recipient{
			Contact: Contact{Name: "#JsKP#AAAA1111BBBB2222==#1##", Mobile: "$idx7=$CCCC3333DDDD4444==$1$$"},
			Address: Address{Province: "浙江省", City: "杭州市", District: "西湖区", Detail: "#addr1#EEEE5555FFFF6666==#1##"},
			Masked:  &MaskedParty{Name: "王*", Phone: "138******00"},
		}
		if change != nil {
			change(&r)
		}
		return r
	}
	cases := []struct {
		name   string
		change func(*Recipient)
		same   bool
	}{
		{"nothing", nil, true},
		{"encrypted anew", func(r *Recipient) {
			r.Name, r.Mobile, r.Detail = "#JsKP#ZZZZ9999YYYY8888==#1##", "$idx7=$QQQQ7777WWWW6666==$1$$", "#addr1#VVVV5555UUUU4444==#1##"
		}, true},
		{"another name", func(r *Recipient) { r.Name = "#QrSt#AAAA1111BBBB2222==#1##" }, false},
		{"another phone", func(r *Recipient) { r.Mobile = "$other=$CCCC3333DDDD4444==$1$$" }, false},
		{"another place", func(r *Recipient) { r.Detail = "#addr2#EEEE5555FFFF6666==#1##" }, false},
		{"another district", func(r *Recipient) { r.District = "余杭区" }, false},
		{"in clear now", func(r *Recipient) { r.Name = "王明" }, false},
		{"masked form gone", func(r *Recipient) { r.Masked = nil }, false},
		{"masked otherwise", func(r *Recipient) { r.Masked = &MaskedParty{Name: "李*"} }, false},
	}
	for _, c := range cases {
		a, b := with(nil), with(c.change)
		if a.Same(b) != c.same || b.Same(a) != c.same {
			t.Errorf("%s: same %v and %v, want %v", c.name, a.Same(b), b.Same(a), c.same)
		}
	}
	clear := Recipient{Contact: Contact{Name: "王明"}}
	if !clear.Same(clear) || clear.Same(Recipient{Contact: Contact{Name: "王朋"}}) {
		t.Error("plain names are compared wrongly")
	}
}
