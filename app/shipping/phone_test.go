package shipping

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var phoneTable = []struct {
	in     string
	kind   phoneKind
	masked string
}{
	{"13812345678", phoneMobile, "138******78"},
	{"+86 138 1234 5678", phoneMobile, "138******78"},
	{"8613812345678", phoneMobile, "138******78"},
	{"0086-13812345678", phoneMobile, "138******78"},
	{"138-1234-5678", phoneMobile, "138******78"},
	{"１３８１２３４５６７８", phoneMobile, "138******78"},
	{" 13812345678\t", phoneMobile, "138******78"},
	{"19912345678", phoneMobile, "199******78"},
	{"18400001234-5678", phoneMobile, "184******34-****"},
	{"18400001234,5678", phoneMobile, "184******34-****"},
	{"18400001234，5678", phoneMobile, "184******34-****"},
	{"18400001234转5678", phoneMobile, "184******34-****"},
	{"18400001234[5678]", phoneMobile, "184******34-****"},
	{"18400001234 ext.56", phoneMobile, "184******34-**"},
	{"950131234567", phoneService, "950*******67"},
	{"95013123456789,1234", phoneService, "950*********89-****"},
	{"4001234567", phoneService, "400******7"},
	{"400-123-4567", phoneService, "400******7"},
	{"021-12345678", phoneFixed, "021-******78"},
	{"02112345678", phoneFixed, "021-******78"},
	{"(021)12345678", phoneFixed, "021-******78"},
	{"（０２１）１２３４５６７８", phoneFixed, "021-******78"},
	{"+86 21 12345678", phoneFixed, "021-******78"},
	{"+86 755 12345678", phoneFixed, "0755-******78"},
	{"010 12345678", phoneFixed, "010-******78"},
	{"0571-1234567", phoneFixed, "0571-******7"},
	{"0571—12345678", phoneFixed, "0571-******78"},
	{"021-12345678-801", phoneFixed, "021-******78-***"},
	{"0871-66778899转8001", phoneFixed, "0871-******99-****"},
	{"+852 9123 4567", phoneAbroad, "+85*******67"},
	{"00886-912345678", phoneAbroad, "008*********78"},
	{"62345678", phoneLocal, "6******8"},
	{"6234567", phoneLocal, "******7"},
	{"131****1907", phoneMobile, "131******07"},
	{"138******78", phoneMobile, "138******78"},
	{"1*********4", phoneMobile, "1*********4"},
	{"021-****5678", phoneFixed, "021-******78"},
	{"138**78", phoneOther, "******8"},
	{"138123456", phoneOther, "13******6"},
	{"138123456789", phoneOther, "138*******89"},
	{"23812345678", phoneOther, "238******78"},
	{"13812345678/13912345678", phoneOther, "138********/*********78"},
	{"微信13812345678", phoneOther, "**1********78"},
	{"12345", phoneOther, "*****"},
	{"", phoneOther, ""},
}

func TestPhones(t *testing.T) {
	t.Parallel()
	for _, tt := range phoneTable {
		if got := parsePhone(tt.in); got.kind != tt.kind {
			t.Errorf("%q is of kind %d (%+v), want %d", tt.in, got.kind, got, tt.kind)
		}
		if got := MaskPhone(tt.in); got != tt.masked {
			t.Errorf("%q is shown as %q, want %q", tt.in, got, tt.masked)
		}
	}
}

// checkMaskedPhone checks that where any digit shows, six are hidden, and that masking again changes nothing. What the
// platform hid counts as hidden.
func checkMaskedPhone(t interface{ Fatalf(string, ...any) }, in, out string) {
	shown := strings.ContainsFunc(out, isDigit)
	if hidden := strings.Count(out, "*"); shown && hidden < hiddenDigits {
		t.Fatalf("%q is shown as %q: only %d digits are hidden", in, out, hidden)
	}
	if again := MaskPhone(out); again != out {
		t.Fatalf("%q is shown as %q, and masked again as %q", in, out, again)
	}
}

func TestMaskPhoneHidesSixDigits(t *testing.T) {
	t.Parallel()
	forms := []string{
		`1[3-9][0-9]{9}`, `1[3-9][0-9]{9}[-,转][0-9]{1,6}`, `0[1-9][0-9]{1,2}-?[0-9]{7,8}`, `\+86 ?1[3-9][0-9]{9}`,
		`95013[0-9]{6,12}`, `[0-9*]{1,20}`, `[0-9*＊ ()/+,-]{0,24}`, `1[3-9][0-9]{1,2}\*{2,6}[0-9]{2,4}`, `[a-z王0-9*]{0,16}`,
	}
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.StringMatching(rapid.SampledFrom(forms).Draw(t, "form")).Draw(t, "number")
		checkMaskedPhone(t, in, MaskPhone(in))
	})
}
