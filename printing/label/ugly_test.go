package label

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"printstation/app/shipping"
)

// ugly draws texts as bad as platforms deliver them: rare ideographs, emoji, long Latin words, controls, full-width and
// half-width, combining marks, other scripts, and nothing at all.
func ugly(longest int) *rapid.Generator[string] {
	char := rapid.OneOf(
		rapid.RuneFrom([]rune("王欧阳街道大厦龘䶮㛃堃𠮷号楼,。()《》“”…·:;!?、*")),
		rapid.RuneFrom([]rune("abcdefghijklmWXYZgjpqy0123456789-_/|\\()[]{}&%$#@!.,")),
		rapid.RuneFrom([]rune("\u0000\t\n\r\u00ad\u200b\u200d\u202e\ufe0f\ufeff\ufffd\u0301\u3099\u3000\u20dd\u3031ǙẮÅg|ç℃")),
		rapid.RuneFrom([]rune("😀🎁👨🇨ابجदहตัวབོད")),
		rapid.Rune(),
	)
	return rapid.OneOf(
		rapid.Just(""),
		rapid.StringOfN(char, 0, 12, -1),
		rapid.StringOfN(char, 0, longest, -1),
		rapid.StringMatching(`[A-Za-z]{0,120}`),
	)
}

func uglyParty(t *rapid.T, name string) shipping.MaskedParty {
	phones := []string{"", "138******34", "1*********4", "021-******12-3456", "12345678901234567890"}
	regions := []string{"", "上海市青浦区", "新疆维吾尔自治区博尔塔拉蒙古自治州阿拉山口市", "A"}
	return shipping.MaskedParty{
		Name:    ugly(40).Draw(t, name+" name"),
		Phone:   rapid.SampledFrom(phones).Draw(t, name+" phone"),
		Region:  rapid.SampledFrom(regions).Draw(t, name+" region"),
		Address: ugly(200).Draw(t, name+" address"),
	}
}

func uglyLabel(t *rapid.T) shipping.Label {
	l := shipping.Label{
		ID: shipping.LabelID(ugly(30).Draw(t, "id")), Station: ugly(30).Draw(t, "station"), Shop: ugly(60).Draw(t, "shop"),
		CarrierName: ugly(40).Draw(t, "carrier"),
		Number: shipping.TrackingNumber(rapid.OneOf(rapid.StringMatching(`(YT|JT|SF|JDV|7|4)?[0-9]{8,20}`),
			rapid.StringMatching(`[ -~]{1,40}`), ugly(10)).Draw(t, "number")),
		SortCode:  rapid.OneOf(rapid.StringMatching(`[0-9A-Z]{3}-[0-9A-Z]{2,3} [0-9]{3}`), ugly(60)).Draw(t, "sort code"),
		Hub:       ugly(60).Draw(t, "hub"),
		HubCode:   ugly(20).Draw(t, "hub code"),
		ShortName: ugly(40).Draw(t, "short name"),
		Recipient: uglyParty(t, "recipient"), Sender: uglyParty(t, "sender"),
		BuyerMessage: ugly(300).Draw(t, "message"), SellerRemark: ugly(300).Draw(t, "remark"),
		Piece: rapid.IntRange(-1, 999).Draw(t, "piece"), Pieces: rapid.IntRange(-1, 999).Draw(t, "pieces"),
		Batch: ugly(20).Draw(t, "batch"), Serial: rapid.Int().Draw(t, "serial"), BatchSize: rapid.Int().Draw(t, "size"),
		Reprint: rapid.SampledFrom([]int{0, 0, 1, 2, 999}).Draw(t, "reprint"), Demo: rapid.Bool().Draw(t, "demo"),
		PrintedAt: time.Unix(rapid.Int64Range(-1<<40, 1<<38).Draw(t, "printed at"), 0),
	}
	for range rapid.IntRange(0, 9).Draw(t, "orders") {
		l.Orders = append(l.Orders, shipping.OrderID(rapid.OneOf(rapid.StringMatching(`[0-9]{18,20}`), ugly(60)).Draw(t, "order")))
	}
	for range rapid.SampledFrom([]int{0, 1, 2, 5, 12, 40}).Draw(t, "items") {
		l.Items = append(l.Items, shipping.OrderItem{
			Name: ugly(80).Draw(t, "item"), Spec: ugly(30).Draw(t, "spec"), SKU: ugly(30).Draw(t, "sku"),
			Quantity: rapid.OneOf(rapid.IntRange(0, 20), rapid.Int()).Draw(t, "quantity"), Gift: rapid.Bool().Draw(t, "gift"),
		})
	}
	return l
}

// However bad the data is, a label either keeps every promise or is rejected with a reason that people can read.
func TestLayHoldsForUglyData(t *testing.T) {
	t.Parallel()
	laid := 0
	rapid.Check(t, func(t *rapid.T) {
		if _, _, rejected := mustHold(t, uglyLabel(t)); rejected == nil {
			laid++
		}
	})
	if laid < 20 {
		t.Errorf("only %d labels were laid out: the data is too ugly to show anything", laid)
	}
}

// Data within what platforms take is never rejected: 200 characters of address, 20 digits, 40 items, 9 orders.
func TestLayTakesAllThatPlatformsTake(t *testing.T) {
	t.Parallel()
	clean := rapid.StringOfN(rapid.RuneFrom([]rune("王欧阳街道大厦龘䶮㛃堃号楼(),-ABCabc0123456789*")), 1, 180, -1)
	rapid.Check(t, func(t *rapid.T) {
		l := uglyLabel(t)
		l.Number = shipping.TrackingNumber(rapid.StringMatching(`(YT|JT|SF|JDVA|DPK)?[0-9]{9,16}|[0-9]{10,20}`).Draw(t, "number"))
		l.SortCode, l.Hub, l.HubCode, l.ShortName = "987-U50 423", "深圳龙岗集散中心", "0755-03", "龙岗坂田"
		for _, p := range []*shipping.MaskedParty{&l.Recipient, &l.Sender} {
			p.Name, p.Region, p.Address = "欧阳**", "新疆维吾尔自治区阿拉山口市", clean.Draw(t, "address")
		}
		if _, _, rejected := mustHold(t, l); rejected != nil {
			t.Fatalf("rejected: %s", rejected.ID)
		}
	})
}

// FuzzLay feeds the same bytes to every field. What it looks for is a panic, or ink over ink.
func FuzzLay(f *testing.F) {
	for _, s := range []string{"", "𠮷*", "天府新区***", "a\x00\xff\u202e", "😀👨‍👩‍👧", "Ǚ|ç g", "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW", "〱〲"} {
		f.Add(s, 3, 1)
	}
	f.Fuzz(func(t *testing.T, s string, n, reprint int) {
		party := shipping.MaskedParty{Name: s, Phone: s, Region: s, Address: s}
		l := shipping.Label{
			ID: shipping.LabelID(s), Station: s, Shop: s, CarrierName: s, Number: "YT8800801072305", SortCode: s, Hub: s, HubCode: s,
			ShortName: s, Recipient: party, Sender: party, BuyerMessage: s, SellerRemark: s, Batch: s, Serial: n, BatchSize: n,
			Reprint: reprint, Piece: n, Pieces: n, Demo: n%2 == 0,
		}
		for range min(60, max(0, n)) {
			l.Orders = append(l.Orders, shipping.OrderID(s))
			l.Items = append(l.Items, shipping.OrderItem{Name: s, Spec: s, SKU: s, Quantity: n})
		}
		mustHold(t, l)
	})
}
