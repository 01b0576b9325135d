package label

import (
	"strings"
	"testing"
)

// The checker finds every fault it is there for: each page here has just one.
func TestProblemsFindsFaults(t *testing.T) {
	t.Parallel()
	fonts := openFonts(t)
	for _, c := range []struct {
		name, want string
		spoil      func(*Page)
	}{
		{"text off the page", "leaves the page", func(p *Page) { p.Texts[0].X = 90 }},
		{"box off the page", "leaves the page", func(p *Page) { p.Boxes[0].W = 99 }},
		{"rule off the page", "leaves the page", func(p *Page) { p.Rules[0].X1 = -1 }},
		{"bars off the page", "leaves the page", func(p *Page) { p.Bars[0].X = p.Dot() * 3 }},
		{"background off the page", "leaves the page", func(p *Page) { p.Back[0].Y = 3 }},
		{"text across the tear line", "touches the tear line", func(p *Page) { p.Texts[0].Y = tear }},
		{"box across the tear line", "touches the tear line", func(p *Page) { p.Boxes[0].H = 109 }},
		{"text over text", "runs into text", func(p *Page) { p.Texts = append(p.Texts, p.Texts[3]) }},
		{"text over a rule", "runs into rule", func(p *Page) { p.Rules = append(p.Rules, Rule{left, 22, right, 22, hairline}) }},
		{"text over a frame", "crosses the line of box", func(p *Page) { p.Texts[0].X = right - 5 }},
		{"black on black", "is lost on filled box", func(p *Page) { p.Boxes = append(p.Boxes, Box{X: 5, Y: 15, W: 9, H: 9}) }},
		{"white on white", "is white on white", func(p *Page) { p.Texts[0].Shade = White }},
		{"text beside the bars", "in the bars 0 or their quiet zone", func(p *Page) { p.Texts[0].X, p.Texts[0].Y = 6, 85 }},
		{"background over the bars", "in the bars 0 or their quiet zone", func(p *Page) { p.Back[0].Y += 20 }},
		{"rule through the bars", "in the bars 1 or their quiet zone", func(p *Page) { p.Rules[0].Y1, p.Rules[0].Y2 = 125, 125 }},
		{"bars off the grid", "off the grid", func(p *Page) { p.Bars[0].X += 0.01 }},
		{"bars without a symbol", "are no symbol", func(p *Page) { p.Bars[0].Runs = nil }},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			page, _, rejected := Lay(cases["reprint_demo"], fonts, 203)
			if rejected != nil || len(page.Problems()) > 0 {
				t.Fatalf("the page has problems before it is spoiled: %v %v", rejected, page.Problems())
			}
			c.spoil(&page)
			if found := strings.Join(page.Problems(), "\n"); !strings.Contains(found, c.want) {
				t.Errorf("want %q among:\n%s", c.want, found)
			}
		})
	}
}
