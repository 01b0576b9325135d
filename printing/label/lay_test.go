package label

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"printstation/app/shipping"
)

// Every notice and every rejection there are words for is brought about here, and none that there are no words for.
func TestLayReasons(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("很长的文字", 100)
	labels := map[string]shipping.Label{
		"number_missing":        with(func(l *shipping.Label) { l.Number = " " }),
		"number_unencodable":    with(func(l *shipping.Label) { l.Number = "运单1" }),
		"number_too_long":       with(func(l *shipping.Label) { l.Number = shipping.TrackingNumber(strings.Repeat("ABCDEFG", 11)) }),
		"recipient_missing":     with(func(l *shipping.Label) { l.Recipient.Region, l.Recipient.Address = "", " " }),
		"recipient_too_long":    with(func(l *shipping.Label) { l.Recipient.Address = long }),
		"sender_too_long":       with(func(l *shipping.Label) { l.Sender.Address = long }),
		"routing_too_long":      with(func(l *shipping.Label) { l.SortCode = long }),
		"sort_code_missing":     with(func(l *shipping.Label) { l.SortCode = "" }),
		"bars_narrow":           with(func(l *shipping.Label) { l.Number = shipping.TrackingNumber(strings.Repeat("AB", 11)) }),
		"heading_shortened":     with(func(l *shipping.Label) { l.CarrierName = long }),
		"footer_shortened":      with(func(l *shipping.Label) { l.Shop = long }),
		"orders_shortened":      with(func(l *shipping.Label) { l.Orders = slices.Repeat([]shipping.OrderID{"202611115633260071"}, 40) }),
		"order_cut":             with(func(l *shipping.Label) { l.Orders = []shipping.OrderID{shipping.OrderID(long)} }),
		"items_shortened":       with(func(l *shipping.Label) { l.Items = manyItems(60) }),
		"item_names_shortened":  with(func(l *shipping.Label) { l.Items[0].Name = long }),
		"message_shortened":     with(func(l *shipping.Label) { l.BuyerMessage = long }),
		"remark_shortened":      with(func(l *shipping.Label) { l.SellerRemark = long }),
		"substituted_recipient": with(func(l *shipping.Label) { l.Recipient.Name = "𠮷*" }),
		"substituted_sender":    with(func(l *shipping.Label) { l.Sender.Name = "𠮷*" }),
		"substituted_routing":   with(func(l *shipping.Label) { l.Hub = "𠮷" }),
		"substituted_order":     with(func(l *shipping.Label) { l.Orders[0] = "\U0001F600" }),
		"substituted_item":      with(func(l *shipping.Label) { l.Items[0].Spec = "\U0001F600" }),
		"substituted_message":   with(func(l *shipping.Label) { l.BuyerMessage = "谢谢\U0001F64F" }),
		"substituted_remark":    with(func(l *shipping.Label) { l.SellerRemark = "\xff" }),
		"substituted_other":     with(func(l *shipping.Label) { l.Shop = "𠮷" }),
	}
	for id, l := range labels {
		_, notices, rejected := mustHold(t, l)
		for i, n := range notices {
			if slices.ContainsFunc(notices[:i], func(o shipping.Reason) bool { return o.ID == n.ID }) {
				t.Errorf("%s is said twice", n.ID)
			}
		}
		if rejected != nil {
			notices = append(notices, *rejected)
		}
		if !slices.ContainsFunc(notices, func(r shipping.Reason) bool { return r.ID == "label."+id }) {
			t.Errorf("%s did not come up: %v", id, notices)
		}
	}
	raw, err := os.ReadFile("../../assets/words/label.zh-Hans.json")
	if err != nil {
		t.Fatal(err)
	}
	var said map[string]string
	if err := json.Unmarshal(raw, &said); err != nil {
		t.Fatal(err)
	}
	for id := range maps.Keys(said) {
		if _, ok := labels[strings.TrimPrefix(id, "label.")]; !ok {
			t.Errorf("%s is never said", id)
		}
	}
}

// The usual label says all of its data, in China's time, and nothing twice that need not be.
func TestLayShowsEverything(t *testing.T) {
	t.Parallel()
	page, notices, rejected := mustHold(t, sample())
	if rejected != nil || len(notices) > 0 {
		t.Fatalf("rejected %v, notices %v", rejected, notices)
	}
	for _, want := range []string{"圆通速递", "987-U50423", "深圳龙岗集散", "0755-03", "龙岗", "YT8800801072305", "A12037/120",
		"2026-11-1100:08", "第1/1件", "抖店一号", "A1", "dy1/17-1", "202611115633260071", "六角螺丝刀套装32合1LSD-32", "×3",
		"[赠]贺卡", "请不要放驿站,送到家门口", "轻拿轻放", "签收人", "已验视"} {
		mustShow(t, page, "a part", want)
	}
	if strings.Contains(flat(page), "补打") {
		t.Error("a first copy is marked as a reprint")
	}
}

// Short addresses are large; long ones get smaller, then the contents region gives way; none is cut.
func TestLayAddressGrowsIntoContents(t *testing.T) {
	t.Parallel()
	type seen struct {
		size, bars float64
		contents   bool
	}
	look := func(address string) seen {
		page, _, rejected := mustHold(t, with(func(l *shipping.Label) { l.Recipient.Address = address }))
		if rejected != nil {
			t.Fatalf("%d characters: %v", len([]rune(address)), rejected)
		}
		s := seen{bars: page.Bars[0].Y, contents: strings.Contains(flat(page), "内件")}
		for _, text := range page.Texts {
			if strings.HasPrefix(text.Str, "四川省") {
				s.size = text.Size
			}
		}
		return s
	}
	short, middling, long := look("绿地大道***"), look(longAddress[:3*90]+"***"), look(longAddress)
	if !(short.size > middling.size && middling.size >= long.size) {
		t.Errorf("sizes %v, %v, %v do not fall", short.size, middling.size, long.size)
	}
	if short.bars != middling.bars || !short.contents || !middling.contents {
		t.Errorf("a middling address takes room that smaller type would save: %+v %+v", short, middling)
	}
	if long.bars <= short.bars || long.contents {
		t.Errorf("a long address takes no room from the contents: %+v", long)
	}
}

// Modules are as wide as the page lets them be, in whole dots, for each resolution.
func TestLayBarModules(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		number string
		dpi    int
		dots   int
	}{
		{"73144233224145", 0, 5}, {"73144233224145", 203, 5}, {"YT8800801072305", 203, 4}, {"SF1023574470215", 203, 4}, {"12345678901234567890", 203, 4},
		{"JDVA11408814483", 203, 4}, {"JDVA11408814483-1-3-", 203, 3}, {"73144233224145", 300, 7}, {"YT8800801072305", 300, 6},
		{"73144233224145", 600, 15},
	} {
		page, _, rejected := Lay(with(func(l *shipping.Label) { l.Number = shipping.TrackingNumber(c.number) }), openFonts(t), c.dpi)
		if rejected != nil {
			t.Fatal(rejected)
		}
		for _, problem := range page.Problems() {
			t.Errorf("%s at %d dpi: %s", c.number, c.dpi, problem)
		}
		for i, b := range page.Bars {
			if b.Dots != c.dots {
				t.Errorf("%s at %d dpi: bars %d have modules of %d dots, want %d", c.number, c.dpi, i, b.Dots, c.dots)
			}
			if center := b.X + b.Width(page.Dot())/2; math.Abs(center-50) > page.Dot() {
				t.Errorf("%s: bars %d stand off the middle by %.2f mm", c.number, i, center-50)
			}
		}
	}
}

// When goods must be shortened, what tells them apart stays whole.
func TestLayGoodsKeepTheirCodes(t *testing.T) {
	t.Parallel()
	page, _, _ := mustHold(t, cases["forty_items"])
	cut := 0
	for i := range 40 {
		code := fmt.Sprintf("WY-%03d", i)
		for _, text := range page.Texts {
			if strings.HasPrefix(text.Str, fmt.Sprintf("%d. ", i+1)) {
				cut++
				if !strings.HasSuffix(text.Str, "黑 XL  "+code) {
					t.Errorf("goods %d are listed as %q", i+1, text.Str)
				}
			}
		}
	}
	if cut < 5 {
		t.Errorf("only %d goods are listed", cut)
	}
}

// The same label is laid out the same by many goroutines at once with fresh fonts.
func TestLayIsPure(t *testing.T) {
	t.Parallel()
	fonts := openFonts(t)
	fresh, err := NewFonts(fonts.Data(Regular), fonts.Data(Bold))
	if err != nil {
		t.Fatal(err)
	}
	want, _, _ := Lay(cases["long_address"], fonts, 203)
	results := make(chan string)
	for range 8 {
		go func() {
			page, notices, _ := Lay(cases["long_address"], fresh, 203)
			results <- dump(page, notices)
		}()
	}
	for range 8 {
		if got := <-results; got != dump(want, nil) {
			t.Error("two layouts of one label differ")
		}
	}
}

func BenchmarkLay(b *testing.B) {
	fonts := openFonts(b)
	l := sample()
	for b.Loop() {
		Lay(l, fonts, 203)
	}
}
