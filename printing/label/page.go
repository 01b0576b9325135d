package label

import "printstation/printing"

// Face is one of the two weights that labels are set in.
type Face uint8

// The faces.
const (
	Regular Face = iota
	Bold
	faces // their number
)

// Page is a label laid out. All lengths are millimetres from the upper left corner, y downwards; type sizes are points
// of 1/72 inch. It is drawn in the order of its fields: Back first, Bars last.
type Page struct {
	Size  printing.Size
	DPI   int     // the resolution whose dot grid the bars stand on
	Tear  float64 // y of the line between the plies
	Back  []Text  // light type behind everything (演示); never near bars
	Boxes []Box
	Rules []Rule
	Texts []Text
	Bars  []Bars
}

// Text is one line of type, already broken and fitted.
type Text struct {
	Str   string
	Face  Face
	Size  float64 // points
	X     float64 // of the first advance
	Y     float64 // of the baseline
	Width float64 // sum of the advances
	// Above and Below are how far the line's ink reaches over and under the baseline.
	Above, Below float64
	Shade        Shade
}

// Shade is what a text is printed with.
type Shade uint8

// The shades.
const (
	Black Shade = iota
	White       // on a filled box
	Light       // grey: only on Back
)

// Grey is the brightness of the shade Light, 0 black and 1 white.
const Grey = 0.88

// Box is a rectangle: filled black, or drawn as a line of width Line centred on its edge.
type Box struct {
	X, Y, W, H float64
	Line       float64 // 0 for a filled box
}

// Rule is a horizontal or vertical line.
type Rule struct {
	X1, Y1, X2, Y2 float64
	Line           float64 // its width
}

// Bars is a Code 128 symbol without its quiet zones, which reach QuietModules to either side.
type Bars struct {
	Data   string
	X, Y   float64
	Dots   int     // dots of Page.DPI in one module
	Height float64 // of the bars
	// Runs are the widths in modules, bar and space by turns, a bar first and last.
	Runs []uint8
}

// QuietModules is the blank space that a scanner needs on either side of a Code 128 symbol, in modules (ISO/IEC 15417).
const QuietModules = 10

// Dot gives the edge of one printer dot in millimetres.
func (p Page) Dot() float64 { return 25.4 / float64(p.DPI) }

// Modules counts the modules of the symbol.
func (b Bars) Modules() int {
	n := 0
	for _, r := range b.Runs {
		n += int(r)
	}
	return n
}

// Width gives the width of the symbol in millimetres, quiet zones apart, for dots of the given size.
func (b Bars) Width(dot float64) float64 { return float64(b.Modules()*b.Dots) * dot }

// mm turns points into millimetres.
func mm(points float64) float64 { return points * 25.4 / 72 }
