package label

import (
	"strings"
	"testing"

	"printstation/app/shipping"
)

// A draft looks like the label it will be, but nothing on it can be scanned or taken for a number.
func TestDraft(t *testing.T) {
	t.Parallel()
	l := shipping.Label{
		ID: "dy1/1-1", CarrierName: "中通快递", Orders: []shipping.OrderID{"4948863645786431206"}, Piece: 1, Pieces: 1,
		Recipient: shipping.MaskedParty{Name: "王*", Phone: "138******78", Region: "浙江省杭州市西湖区", Address: "文一西路1号***"},
		Items:     []shipping.OrderItem{{Name: "白衬衣", Quantity: 2}},
	}
	page, why := Draft(l, openFonts(t), 0)
	if why != nil {
		t.Fatal(why)
	}
	if len(page.Bars) != 0 || len(page.Boxes) < 2 {
		t.Errorf("%d bars, %d boxes", len(page.Bars), len(page.Boxes))
	}
	said := 0
	for _, x := range page.Texts {
		if strings.Contains(x.Str, standIn) {
			t.Errorf("the draft bears %q", x.Str)
		}
		if x.Str == later {
			said++
		}
	}
	if said != 2 {
		t.Errorf("%d places say that the bars come later, want both plies", said)
	}
	if problems := page.Problems(); len(problems) > 0 {
		t.Error(problems)
	}
	if _, why := Draft(shipping.Label{}, openFonts(t), 0); why == nil {
		t.Error("a label without a recipient was drawn")
	}
}
