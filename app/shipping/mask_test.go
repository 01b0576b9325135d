package shipping

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestMaskName(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"王小明": "王**", "王明": "王*", "王": "*", "": "", "  ": "", "欧阳娜娜": "欧阳**", "欧阳锋": "欧阳*", "欧阳": "欧*", "司马相如": "司马**",
		"阿卜杜拉·买买提": "阿*******", "阿卜杜拉•买买提": "阿*******", "John Smith": "J*********", "李 四": "李**", "𠮷野家": "𠮷**", "龘": "*",
		"王**": "王**", "王*": "王*", "欧阳**": "欧阳**", "*明": "*明", "*小明": "**明", "王*明": "王**", "王＊＊": "王**", "13812345678": "1**********",
		"😀小明": "😀**", "张三[1234]": "张*******", "王女士": "王**",
	} {
		if got := MaskName(in); got != want {
			t.Errorf("%q is shown as %q, want %q", in, got, want)
		}
	}
}

func TestMaskNameHides(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.OneOf(rapid.StringMatching(`[\p{Han}·*A-Za-z ]{1,12}`), rapid.String()).Draw(t, "name")
		out := MaskName(in)
		if strings.TrimSpace(in) != "" && !strings.Contains(out, "*") {
			t.Fatalf("%q is shown as %q", in, out)
		}
		if shown := utf8.RuneCountInString(strings.ReplaceAll(out, "*", "")); shown > 2 {
			t.Fatalf("%q is shown as %q: %d characters", in, out, shown)
		}
		if again := MaskName(out); again != out {
			t.Fatalf("%q is shown as %q, and masked again as %q", in, out, again)
		}
	})
}

func TestRegion(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ province, city, district, want string }{
		{"上海市", "上海市", "青浦区", "上海市青浦区"},
		{"上海", "上海市", "青浦区", "上海青浦区"},
		{"上海市", "市辖区", "青浦区", "上海市青浦区"},
		{"重庆市", "县", "彭水苗族土家族自治县", "重庆市彭水苗族土家族自治县"},
		{"浙江省", "杭州市", "西湖区", "浙江省杭州市西湖区"},
		{"广东省", "东莞市", "", "广东省东莞市"},
		{"广东省", "东莞市", "东莞市", "广东省东莞市"},
		{"广东省", "东莞市", "市辖区", "广东省东莞市"},
		{"河南省", "省直辖县级行政区划", "济源市", "河南省济源市"},
		{"新疆维吾尔自治区", "自治区直辖县级行政区划", "石河子市", "新疆维吾尔自治区石河子市"},
		{"吉林省", "吉林市", "船营区", "吉林省吉林市船营区"},
		{" 北京市 ", "北京市", " 朝阳区", "北京市朝阳区"},
		{"", "", "", ""},
	} {
		if got := Region(Address{Province: tt.province, City: tt.city, District: tt.district}); got != tt.want {
			t.Errorf("%s/%s/%s is %q, want %q", tt.province, tt.city, tt.district, got, tt.want)
		}
	}
}

func clearRecipient() Recipient {
	return Recipient{
		Contact: Contact{Name: "王小明", Mobile: "13812345678"},
		Address: Address{Province: "浙江省", City: "杭州市", District: "西湖区", Street: "北山街道", Detail: "测试路1号12栋3单元501室"},
	}
}

func TestMaskRecipient(t *testing.T) {
	t.Parallel()
	want := MaskedParty{Name: "王**", Phone: "138******78", Region: "浙江省杭州市西湖区", Address: "北山街道测试路1号12栋*单元***室"}

	full := clearRecipient()
	repeated := clearRecipient()
	repeated.Detail = "浙江省杭州市西湖区北山街道" + repeated.Detail
	landline := clearRecipient()
	landline.Mobile, landline.Phone = "", "0571-12345678"
	wantLandline := want
	wantLandline.Phone = "0571-******78"
	sealed := clearRecipient()
	sealed.Name, sealed.Mobile, sealed.Detail = ciphers[1], ciphers[2], ciphers[0]
	sealed.Masked = &MaskedParty{Name: "王**", Phone: "138****5678", Address: "北山街道测试路1号12栋3单元***室"}
	withoutRegion := sealed
	withoutRegion.Province, withoutRegion.City, withoutRegion.District = "", "", ""
	masked := *sealed.Masked
	masked.Region = want.Region
	withoutRegion.Masked = &masked

	for name, tt := range map[string]struct {
		in   Recipient
		want MaskedParty
	}{
		"in clear": {full, want}, "region repeated in the detail": {repeated, want}, "landline": {landline, wantLandline},
		"ciphertext": {sealed, want}, "ciphertext without region": {withoutRegion, want},
	} {
		got, reason := MaskRecipient(tt.in)
		if got != tt.want || reason != nil {
			t.Errorf("%s: %+v, %v; want %+v", name, got, reason, tt.want)
		}
	}
}

// A field that is ciphertext, or was, is never shown, and without the platform's masked form the label is held.
func TestMaskRecipientWithoutMaskedForm(t *testing.T) {
	t.Parallel()
	cipherName, cipherPhone, cipherDetail := clearRecipient(), clearRecipient(), clearRecipient()
	damaged, noDetail := clearRecipient(), clearRecipient()
	cipherName.Name = ciphers[1]
	cipherPhone.Mobile = ciphers[2]
	cipherPhone.Masked = &MaskedParty{Name: "王**"}
	cipherDetail.Detail = ciphers[0]
	cipherDetail.Masked = &MaskedParty{Address: ciphers[0]} // a platform that gives ciphertext for the masked form too
	damaged.Detail = ciphers[0][:100]
	for name, r := range map[string]Recipient{
		"name": cipherName, "phone": cipherPhone, "detail": cipherDetail, "damaged": damaged,
	} {
		got, reason := MaskRecipient(r)
		if reason == nil || reason.ID != "order.no_masked_form" {
			t.Errorf("%s: reason %v", name, reason)
		}
		if s := got.Name + got.Phone + got.Region + got.Address; strings.ContainsAny(s, "#$=") {
			t.Errorf("%s: ciphertext is shown: %q", name, s)
		}
	}
	noDetail.Detail = ""
	if _, reason := MaskRecipient(noDetail); reason != nil {
		t.Errorf("an empty field is no ciphertext: %v", reason)
	}
}

func TestMaskSender(t *testing.T) {
	t.Parallel()
	got := MaskSender(Sender{
		Contact: Contact{Name: "仓库小王", Phone: "021-12345678"},
		Address: Address{Province: "上海市", City: "上海市", District: "青浦区", Detail: "测试路1号3号楼201"},
	})
	want := MaskedParty{Name: "仓***", Phone: "021-******78", Region: "上海市青浦区", Address: "测试路1号3号楼***"}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func BenchmarkMaskRecipient(b *testing.B) {
	r := clearRecipient()
	b.ReportAllocs()
	for b.Loop() {
		MaskRecipient(r)
	}
}
