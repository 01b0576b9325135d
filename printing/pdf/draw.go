package pdf

import (
	"math"
	"strconv"

	"github.com/jung-kurt/gofpdf"

	"printstation/printing/label"
)

// inset is what each bar gives up on either side, in dots. Rasterisers paint every dot that a shape touches, so a bar
// that ends on the very edge of a dot may come out a dot wider.
const inset = 0.25

// points in a millimetre
const points = 72 / 25.4

// draw puts a page on the document's current page.
func draw(doc *gofpdf.Fpdf, page label.Page) {
	p := path{height: page.Size.Height}
	if len(page.Back) > 0 {
		for _, t := range page.Back {
			text(doc, t)
		}
	}
	for _, b := range page.Boxes {
		p.box(b)
	}
	for _, r := range page.Rules {
		p.rule(r)
	}
	for _, b := range page.Bars {
		p.bars(b, page.Dot())
	}
	doc.RawWriteStr(string(p.out))
	for _, t := range page.Texts {
		text(doc, t)
	}
}

func text(doc *gofpdf.Fpdf, t label.Text) {
	switch t.Shade {
	case label.White:
		doc.SetTextColor(255, 255, 255)
	case label.Light:
		grey := int(math.Round(label.Grey * 255))
		doc.SetTextColor(grey, grey, grey)
	default:
		doc.SetTextColor(0, 0, 0)
	}
	doc.SetFont(family, style(t.Face), t.Size)
	doc.Text(t.X, t.Y, t.Str)
}

// path writes shapes in PDF's own operators: one path for all bars instead of a command each, and with four digits
// after the point, where gofpdf keeps two.
type path struct {
	out    []byte
	height float64 // of the page in mm: PDF counts y upwards
}

// rect adds a rectangle to the current path.
func (p *path) rect(x, y, w, h float64) {
	p.numbers(x*points, (p.height-y-h)*points, w*points, h*points)
	p.out = append(p.out, "re\n"...)
}

func (p *path) numbers(values ...float64) {
	for _, v := range values {
		p.out = strconv.AppendFloat(p.out, v, 'f', 4, 64)
		p.out = append(p.out, ' ')
	}
}

func (p *path) op(s string) { p.out = append(p.out, s...) }

func (p *path) box(b label.Box) {
	if b.Line == 0 {
		p.op("0 g\n")
		p.rect(b.X, b.Y, b.W, b.H)
		p.op("f\n")
		return
	}
	p.op("0 G ")
	p.numbers(b.Line * points)
	p.op("w\n")
	p.rect(b.X, b.Y, b.W, b.H)
	p.op("S\n")
}

// rule fills a thin rectangle: a stroke's width is up to the rasteriser.
func (p *path) rule(r label.Rule) {
	p.op("0 g\n")
	if h := r.Line / 2; r.Y1 == r.Y2 {
		p.rect(r.X1, r.Y1-h, r.X2-r.X1, r.Line)
	} else {
		p.rect(r.X1-h, r.Y1, r.Line, r.Y2-r.Y1)
	}
	p.op("f\n")
}

func (p *path) bars(b label.Bars, dot float64) {
	p.op("0 g\n")
	x := b.X
	for i, run := range b.Runs {
		w := float64(int(run)*b.Dots) * dot
		if i%2 == 0 {
			p.rect(x+inset*dot, b.Y, w-2*inset*dot, b.Height)
		}
		x += w
	}
	p.op("f\n")
}
