package label

import (
	"fmt"
	"strings"
	"sync"
	"time"

	"printstation/app/shipping"
	"printstation/assets"
	"printstation/assets/words"
)

// testFonts are opened once: their cache is part of what the parallel tests try.
var testFonts = sync.OnceValues(func() (*Fonts, error) { return NewFonts(assets.FontRegular(), assets.FontBold()) })

var testWords = sync.OnceValues(func() ([2]*words.Words, error) {
	zh, err := words.For("zh")
	if err != nil {
		return [2]*words.Words{}, err
	}
	en, err := words.For("en")
	return [2]*words.Words{zh, en}, err
})

type fataler interface {
	Helper()
	Fatal(args ...any)
	Errorf(format string, args ...any)
}

func openFonts(t fataler) *Fonts {
	t.Helper()
	fonts, err := testFonts()
	if err != nil {
		t.Fatal(err)
	}
	return fonts
}

func sample() shipping.Label {
	return shipping.Label{
		ID: "dy1/17-1", Station: "A1", Shop: "抖店一号", Carrier: "yuantong", CarrierName: "圆通速递", Number: "YT8800801072305",
		SortCode: "987-U50 423", Hub: "深圳龙岗集散", HubCode: "0755-03", ShortName: "龙岗",
		Recipient: shipping.MaskedParty{Name: "闫**", Phone: "173******29", Region: "四川省成都市郫都区", Address: "犀浦镇绿地大道446号***"},
		Sender:    shipping.MaskedParty{Name: "李**", Phone: "164******82", Region: "福建省泉州市晋江市", Address: "池店镇阜通东大街505号***"},
		Orders:    []shipping.OrderID{"202611115633260071"},
		Items: []shipping.OrderItem{{Name: "六角螺丝刀套装", Spec: "32合1", SKU: "LSD-32", Quantity: 3},
			{Name: "304不锈钢保温杯", Spec: "500ml 星空蓝", SKU: "BWB-500-B", Quantity: 2}, {Name: "贺卡", Quantity: 1, Gift: true}},
		BuyerMessage: "请不要放驿站,送到家门口", SellerRemark: "轻拿轻放",
		PrintedAt: time.Date(2026, 11, 10, 16, 8, 36, 0, time.UTC), Piece: 1, Pieces: 1, Batch: "A12", Serial: 37, BatchSize: 120,
	}
}

// with gives the sample changed.
func with(change func(*shipping.Label)) shipping.Label {
	l := sample()
	change(&l)
	return l
}

func manyItems(n int) []shipping.OrderItem {
	items := make([]shipping.OrderItem, n)
	for i := range items {
		items[i] = shipping.OrderItem{Name: "加绒卫衣男款宽松连帽", Spec: "黑 XL", SKU: fmt.Sprintf("WY-%03d", i), Quantity: i + 1}
	}
	return items
}

// mustHold are the promises every label keeps, whatever is on it.
func mustHold(t fataler, l shipping.Label) (Page, []shipping.Reason, *shipping.Reason) {
	t.Helper()
	fonts := openFonts(t)
	page, notices, rejected := Lay(l, fonts, 203)
	for _, r := range notices {
		mustSpeak(t, r)
	}
	if rejected != nil {
		mustSpeak(t, *rejected)
		return page, notices, rejected
	}
	for _, problem := range page.Problems() {
		t.Errorf("%s", problem)
	}
	mustShow(t, page, "the address", cleaned(fonts, l.Recipient.Region)+cleaned(fonts, l.Recipient.Address))
	mustShow(t, page, "the sender", cleaned(fonts, l.Sender.Region)+cleaned(fonts, l.Sender.Address))
	mustShow(t, page, "the name", cleaned(fonts, l.Recipient.Name))
	mustShow(t, page, "the telephone", cleaned(fonts, l.Recipient.Phone))
	mustShow(t, page, "the sort code", cleaned(fonts, l.SortCode))
	if len(page.Bars) != 2 || page.Bars[0].Data != string(l.Number) || page.Bars[1].Data != string(l.Number) {
		t.Errorf("the bars are not the number's, twice")
	}
	if l.Reprint > 999 {
		mustShow(t, page, "the reprint mark", "补打多次")
	} else if l.Reprint > 0 && strings.Count(flat(page), fmt.Sprintf("补打第%d次", l.Reprint)) != 2 {
		t.Errorf("the reprint mark is not on both plies")
	}
	if l.Demo != (len(page.Back) > 0) {
		t.Errorf("a demo label has %d words behind it", len(page.Back))
	}
	return page, notices, nil
}

func cleaned(fonts *Fonts, s string) string {
	return strings.ReplaceAll((&cleaner{fonts: fonts}).clean("other", s), " ", "")
}

// mustShow checks that words stand on the page whole, however they were broken into lines.
func mustShow(t fataler, page Page, what, words string) {
	t.Helper()
	if !strings.Contains(flat(page), words) {
		t.Errorf("%s is not on the page whole: want %q", what, words)
	}
}

// flat is all that can be read on the page, without blanks.
func flat(page Page) string {
	var b strings.Builder
	for _, text := range page.Texts {
		b.WriteString(text.Str)
	}
	return strings.ReplaceAll(b.String(), " ", "")
}

// mustSpeak checks that a reason has words in both languages, and says every value it carries.
func mustSpeak(t fataler, r shipping.Reason) {
	t.Helper()
	languages, err := testWords()
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range languages {
		lang, said := w.Lang(), w.T(r.ID, r.Data)
		if strings.HasPrefix(said, r.ID) {
			t.Errorf("%s: %q has no words", lang, r.ID)
		}
		for name, value := range r.Data {
			if !strings.Contains(said, value) {
				t.Errorf("%s: %q does not say its %s", lang, r.ID, name)
			}
		}
	}
}
