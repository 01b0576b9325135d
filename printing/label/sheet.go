package label

import "math"

// Widths of lines in mm: two dots and three dots at 203 dpi.
const (
	hairline = 0.25
	frame    = 0.375
)

// sheet is a Page being drawn.
type sheet struct {
	fonts *Fonts
	page  Page
}

// type is set with its middle on a line: half the height of digits and capitals, a little under that of ideographs.
const middle = 0.37

// put sets one line with its baseline at y and gives its width.
func (s *sheet) put(which Face, size, x, y float64, str string) float64 {
	return s.shade(Black, which, size, x, y, str)
}

func (s *sheet) shade(shade Shade, which Face, size, x, y float64, str string) float64 {
	if str == "" {
		return 0
	}
	t := Text{Str: str, Face: which, Size: size, X: x, Y: y, Shade: shade, Width: s.fonts.Width(which, size, str)}
	t.Above, t.Below = s.fonts.ink(which, size, str)
	if shade == Light {
		s.page.Back = append(s.page.Back, t)
	} else {
		s.page.Texts = append(s.page.Texts, t)
	}
	return t.Width
}

// level sets one line whose middle is at y.
func (s *sheet) level(which Face, size, x, y float64, str string) float64 {
	return s.put(which, size, x, y+middle*mm(size), str)
}

// right sets one line that ends at x, its middle at y, and gives where it begins.
func (s *sheet) right(which Face, size, x, y float64, str string) float64 {
	start := x - s.fonts.Width(which, size, str)
	s.level(which, size, start, y, str)
	return start
}

// center sets one line in the middle of x0 and x1, its middle at y.
func (s *sheet) center(which Face, size, x0, x1, y float64, str string) {
	s.level(which, size, (x0+x1-s.fonts.Width(which, size, str))/2, y, str)
}

// lines sets a block with the top of its first line at y, and gives where the next would begin.
func (s *sheet) lines(b block, x, y float64) float64 {
	pitch := mm(b.size) * linePitch
	for _, line := range b.lines {
		s.put(b.face, b.size, x, y+mm(b.size)*highestInk/1000, line)
		y += pitch
	}
	return y
}

// flushRight is lines, with each line ending at x.
func (s *sheet) flushRight(b block, x, y float64) float64 {
	for _, line := range b.lines {
		y = s.lines(block{b.face, b.size, []string{line}}, x-s.fonts.Width(b.face, b.size, line), y)
	}
	return y
}

// stamp sets white type on a black box.
func (s *sheet) stamp(box Box, size float64, str string) {
	s.page.Boxes = append(s.page.Boxes, box)
	width := s.fonts.Width(Bold, size, str)
	s.shade(White, Bold, size, box.X+(box.W-width)/2, box.Y+box.H/2+middle*mm(size), str)
}

func (s *sheet) box(x0, y0, x1, y1, line float64) {
	s.page.Boxes = append(s.page.Boxes, Box{X: x0, Y: y0, W: x1 - x0, H: y1 - y0, Line: line})
}

func (s *sheet) across(y float64) {
	s.page.Rules = append(s.page.Rules, Rule{left, y, right, y, hairline})
}

func (s *sheet) down(x, y0, y1 float64) {
	s.page.Rules = append(s.page.Rules, Rule{x, y0, x, y1, hairline})
}

// Modules are never narrower than this, in mm (hand scanners give up below 7.5 mil), and need not be wider than that.
const (
	narrowest = 0.19
	widest    = 0.65
	easy      = 0.33 // the narrowest that any scanner reads at arm's length
)

// bars sets a symbol in the middle of x0 and x1 with the widest module of whole dots that leaves room for the quiet
// zones. It gives the module's width in mm, 0 when even the narrowest does not fit.
func (s *sheet) bars(data string, runs []uint8, x0, x1, y, height float64) float64 {
	dot := s.page.Dot()
	b := Bars{Data: data, Y: y, Height: height, Runs: runs}
	all := float64(b.Modules() + 2*QuietModules)
	b.Dots = int(min(widest, (x1-x0)/all) / dot)
	// The grid may push the symbol by half a dot to one side.
	for b.Dots > 0 && all*float64(b.Dots)*dot+dot > x1-x0 {
		b.Dots--
	}
	module := float64(b.Dots) * dot
	if module < narrowest {
		return 0
	}
	b.X = math.Round((x0+x1-b.Width(dot))/2/dot) * dot
	s.page.Bars = append(s.page.Bars, b)
	return module
}
