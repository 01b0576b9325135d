package label

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"printstation/app/shipping"
)

var update = flag.Bool("update", false, "write the golden files anew")

// longAddress has 200 characters, the most that a platform takes.
var longAddress = strings.Repeat("天府新区华阳街道正西街社区府河音乐花园滨河路二段", 9)[:200*3-9] + "***"

// cases are the labels with golden files.
var cases = map[string]shipping.Label{
	"usual":        sample(),
	"reprint_demo": with(func(l *shipping.Label) { l.Reprint, l.Demo = 2, true }),
	"piece_2_of_3": with(func(l *shipping.Label) { l.Piece, l.Pieces, l.Number = 2, 3, "SF1023574470215" }),
	"long_both":    with(func(l *shipping.Label) { l.Recipient.Address, l.Sender.Address = longAddress, longAddress }),
	"long_address": with(func(l *shipping.Label) { l.Recipient.Address, l.Sender.Address = longAddress, longAddress[:240] }),
	"forty_items":  with(func(l *shipping.Label) { l.Items = manyItems(40) }),
	"nine_orders": with(func(l *shipping.Label) {
		l.Orders = nil
		for i := range 9 {
			l.Orders = append(l.Orders, shipping.OrderID(fmt.Sprintf("20261111563326007%d", i)))
		}
	}),
	"no_hub":      with(func(l *shipping.Label) { l.Hub, l.HubCode, l.ShortName = "", "", "" }),
	"rare_names":  with(func(l *shipping.Label) { l.Recipient.Name, l.Items[0].Name = "𠮷*", "龘䶮㛃堃 🎁 套装" }),
	"odd_digits":  with(func(l *shipping.Label) { l.Number, l.CarrierName = "462598779470531", "韵达速递" }),
	"only_needed": {Number: "73144233224145", Recipient: shipping.MaskedParty{Region: "上海市青浦区", Address: "***"}},
}

// The layout of each case stands in testdata, to be looked at when it changes.
func TestLayGolden(t *testing.T) {
	t.Parallel()
	for name, l := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			page, notices, rejected := mustHold(t, l)
			if rejected != nil {
				t.Fatalf("rejected: %v", rejected)
			}
			got := dump(page, notices)
			file := filepath.Join("testdata", name+".golden")
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			// A checkout may have turned the line ends.
			if want := strings.ReplaceAll(string(want), "\r\n", "\n"); got != want {
				t.Errorf("the layout changed; look at it and run with -update.\n%s", difference(want, got))
			}
		})
	}
}

func dump(p Page, notices []shipping.Reason) string {
	var b strings.Builder
	for _, n := range notices {
		fmt.Fprintf(&b, "notice %s %v\n", n.ID, n.Data)
	}
	for _, box := range p.Boxes {
		fmt.Fprintf(&b, "box  %6.2f %6.2f %6.2f x %5.2f line %.3f\n", box.X, box.Y, box.W, box.H, box.Line)
	}
	for _, r := range p.Rules {
		fmt.Fprintf(&b, "rule %6.2f %6.2f to %5.2f %6.2f\n", r.X1, r.Y1, r.X2, r.Y2)
	}
	for _, bars := range p.Bars {
		fmt.Fprintf(&b, "bars %6.2f %6.2f %d modules of %d dots %s\n", bars.X, bars.Y, bars.Modules(), bars.Dots, bars.Data)
	}
	for _, texts := range [][]Text{p.Back, p.Texts} {
		for _, t := range texts {
			fmt.Fprintf(&b, "text %6.2f %6.2f %5.2f wide %c%.1f %c %s\n", t.X, t.Y, t.Width, "RB"[t.Face], t.Size, "kwg"[t.Shade], t.Str)
		}
	}
	return b.String()
}

func difference(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("line %d\nwant %s\ngot  %s", i+1, a[i], b[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(b), len(a))
}
