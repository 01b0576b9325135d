package label

import (
	"fmt"
	"math"
)

const (
	edge  = 1.0   // blank on each side of the page and of the tear line, in mm
	slack = 0.005 // what rounding may do, in mm
)

// rect is what a mark covers, in millimetres.
type rect struct{ x0, y0, x1, y1 float64 }

func (r rect) meets(o rect) bool {
	return r.x0 < o.x1-slack && o.x0 < r.x1-slack && r.y0 < o.y1-slack && o.y0 < r.y1-slack
}

func (r rect) holds(o rect) bool {
	return r.x0 <= o.x0+slack && r.y0 <= o.y0+slack && r.x1 >= o.x1-slack && r.y1 >= o.y1-slack
}

func (t Text) rect() rect { return rect{t.X, t.Y - t.Above, t.X + t.Width, t.Y + t.Below} }
func (b Box) rect() rect  { return rect{b.X, b.Y, b.X + b.W, b.Y + b.H} }

// inner is what an open box leaves free inside of its line.
func (b Box) inner() rect {
	h := b.Line / 2
	return rect{b.X + h, b.Y + h, b.X + b.W - h, b.Y + b.H - h}
}

func (b Box) outer() rect {
	h := b.Line / 2
	return rect{b.X - h, b.Y - h, b.X + b.W + h, b.Y + b.H + h}
}

func (r Rule) rect() rect {
	h := r.Line / 2
	if r.Y1 == r.Y2 {
		return rect{min(r.X1, r.X2), r.Y1 - h, max(r.X1, r.X2), r.Y1 + h}
	}
	return rect{r.X1 - h, min(r.Y1, r.Y2), r.X1 + h, max(r.Y1, r.Y2)}
}

// quiet is a symbol with its quiet zones.
func (b Bars) quiet(dot float64) rect {
	q := QuietModules * float64(b.Dots) * dot
	return rect{b.X - q, b.Y, b.X + b.Width(dot) + q, b.Y + b.Height}
}

// Problems tells what a scanner or a reader would trip over: ink over ink, type or bars off the page or across the tear
// line, bars that do not stand on the dot grid or lack their quiet zone. A page that Lay made has none; texts are named
// by place, not by their words, which may be personal.
func (p Page) Problems() []string {
	var found []string
	add := func(format string, args ...any) { found = append(found, fmt.Sprintf(format, args...)) }
	for _, m := range p.marks() {
		if !(rect{edge, edge, p.Size.Width - edge, p.Size.Height - edge}).holds(m.rect) {
			add("%s leaves the page", m.name)
		}
		if m.y0 < p.Tear+edge && m.y1 > p.Tear-edge {
			add("%s touches the tear line", m.name)
		}
	}
	for i, t := range p.Texts {
		p.textProblems(i, t, add)
	}
	for i, b := range p.Bars {
		p.barProblems(i, b, add)
	}
	return found
}

type mark struct {
	name string
	rect
}

func (p Page) marks() []mark {
	var all []mark
	for i, t := range p.Back {
		all = append(all, mark{fmt.Sprintf("background %d", i), t.rect()})
	}
	for i, t := range p.Texts {
		all = append(all, mark{fmt.Sprintf("text %d", i), t.rect()})
	}
	for i, b := range p.Boxes {
		all = append(all, mark{fmt.Sprintf("box %d", i), b.outer()})
	}
	for i, r := range p.Rules {
		all = append(all, mark{fmt.Sprintf("rule %d", i), r.rect()})
	}
	for i, b := range p.Bars {
		all = append(all, mark{fmt.Sprintf("bars %d", i), b.quiet(p.Dot())})
	}
	return all
}

func (p Page) textProblems(i int, t Text, add func(string, ...any)) {
	r := t.rect()
	for j, o := range p.Texts[i+1:] {
		if r.meets(o.rect()) {
			add("text %d at (%.1f, %.1f) runs into text %d", i, t.X, t.Y, i+1+j)
		}
	}
	for j, o := range p.Rules {
		if r.meets(o.rect()) {
			add("text %d at (%.1f, %.1f) runs into rule %d", i, t.X, t.Y, j)
		}
	}
	onBlack := false
	for j, o := range p.Boxes {
		switch {
		case o.Line > 0 && r.meets(o.outer()) && !o.inner().holds(r):
			add("text %d at (%.1f, %.1f) crosses the line of box %d", i, t.X, t.Y, j)
		case o.Line == 0 && t.Shade == White && o.rect().holds(r):
			onBlack = true
		case o.Line == 0 && r.meets(o.rect()):
			add("text %d at (%.1f, %.1f) is lost on filled box %d", i, t.X, t.Y, j)
		}
	}
	if t.Shade == White && !onBlack {
		add("text %d at (%.1f, %.1f) is white on white", i, t.X, t.Y)
	}
}

func (p Page) barProblems(i int, b Bars, add func(string, ...any)) {
	quiet := b.quiet(p.Dot())
	for _, m := range p.marks() {
		if m.name == fmt.Sprintf("bars %d", i) || !quiet.meets(m.rect) || p.openBoxAround(m, quiet) {
			continue
		}
		add("%s stands in the bars %d or their quiet zone", m.name, i)
	}
	if dots := b.X / p.Dot(); math.Abs(dots-math.Round(dots)) > 1e-6 {
		add("bars %d begin at dot %.3f, off the grid", i, dots)
	}
	if b.Dots < 1 || len(b.Runs)%2 == 0 {
		add("bars %d are no symbol", i)
	}
}

// openBoxAround tells a frame that surrounds the bars, which is no mark on them.
func (p Page) openBoxAround(m mark, quiet rect) bool {
	for i, b := range p.Boxes {
		if m.name == fmt.Sprintf("box %d", i) {
			return b.Line > 0 && b.inner().holds(quiet)
		}
	}
	return false
}
