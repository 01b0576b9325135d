package ipp

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/OpenPrinting/goipp"

	"printstation/printing"
)

// tolerance is how far, in hundredths of a millimetre, a paper may be from the label's size and still be it. Printers
// round to inches or to dots.
const tolerance = 100

// hundredths are IPP's unit of length: 1/100 mm.
func hundredths(mm float64) int { return int(math.Round(mm * 100)) }

// sizeName is the end of a PWG media name (PWG 5101.1): "custom_100x180mm_100x180mm".
var sizeName = regexp.MustCompile(`_([0-9]+(?:\.[0-9]+)?)x([0-9]+(?:\.[0-9]+)?)(mm|in)$`)

// takes reports whether the printer takes the size, and whether it says at all.
func takes(printer attrs, s printing.Size) (fits, said bool) {
	w, h := hundredths(s.Width), hundredths(s.Height)
	sizes := printer.collections("media-size-supported")
	for _, col := range printer.collections("media-col-database") {
		sizes = append(sizes, col.collections("media-size")...)
	}
	for _, size := range sizes {
		said = true
		if within(size, "x-dimension", w) && within(size, "y-dimension", h) {
			return true, true
		}
	}
	names := printer.words("media-supported")
	for _, name := range names {
		said = true
		if x, y, ok := namedSize(name); ok && near(x, w) && near(y, h) && !strings.HasPrefix(name, "custom_m") {
			return true, true
		}
	}
	return inCustomRange(names, w, h), said
}

// isDefault reports whether the label's paper is what the printer takes when nothing is asked for.
func isDefault(printer attrs, s printing.Size) bool {
	w, h := hundredths(s.Width), hundredths(s.Height)
	for _, col := range printer.collections("media-col-default") {
		for _, size := range col.collections("media-size") {
			return within(size, "x-dimension", w) && within(size, "y-dimension", h)
		}
	}
	x, y, ok := namedSize(printer.word("media-default"))
	return ok && near(x, w) && near(y, h)
}

// within reports whether a dimension, fixed or a range, takes the length.
func within(size attrs, name string, length int) bool {
	for _, v := range size.values(name) {
		switch v := v.(type) {
		case goipp.Integer:
			if near(int(v), length) {
				return true
			}
		case goipp.Range:
			if v.Lower-tolerance <= length && length <= v.Upper+tolerance {
				return true
			}
		}
	}
	return false
}

func near(a, b int) bool { return a-b <= tolerance && b-a <= tolerance }

// namedSize reads a PWG media name, in hundredths of a millimetre.
func namedSize(name string) (x, y int, ok bool) {
	m := sizeName.FindStringSubmatch(name)
	if m == nil {
		return 0, 0, false
	}
	unit := 1.0
	if m[3] == "in" {
		unit = 25.4
	}
	w, errW := strconv.ParseFloat(m[1], 64)
	h, errH := strconv.ParseFloat(m[2], 64)
	if errW != nil || errH != nil || w > 1e5 || h > 1e5 {
		return 0, 0, false
	}
	return hundredths(w * unit), hundredths(h * unit), true
}

// inCustomRange reads the pair custom_min_… and custom_max_….
func inCustomRange(names []string, w, h int) bool {
	var minX, minY, maxX, maxY int
	var low, high bool
	for _, n := range names {
		switch {
		case strings.HasPrefix(n, "custom_min"):
			minX, minY, low = namedSize(n)
		case strings.HasPrefix(n, "custom_max"):
			maxX, maxY, high = namedSize(n)
		}
	}
	return low && high && minX-tolerance <= w && w <= maxX+tolerance && minY-tolerance <= h && h <= maxY+tolerance
}

// mediaAttrs ask for the label's paper in the way that the printer understands.
func mediaAttrs(p printerFacts, s printing.Size) goipp.Attributes {
	var as goipp.Attributes
	asks := p.attrs.words("job-creation-attributes-supported")
	size := number(s.Width) + "x" + number(s.Height) + "mm"
	switch {
	case p.spooler: // CUPS maps this to the queue's own paper; media-col loses to the queue's default
		as.Add(goipp.MakeAttr("media", goipp.TagKeyword, goipp.String(size)))
	case len(asks) > 0 && !slices.Contains(asks, "media-col") && !p.attrs.has("media-col-supported"):
		as.Add(goipp.MakeAttr("media", goipp.TagKeyword, goipp.String(keyword(p.attrs, s, size))))
	default:
		as.Add(goipp.MakeAttrCollection("media-col", goipp.MakeAttrCollection("media-size",
			goipp.MakeAttr("x-dimension", goipp.TagInteger, goipp.Integer(hundredths(s.Width))),
			goipp.MakeAttr("y-dimension", goipp.TagInteger, goipp.Integer(hundredths(s.Height))))))
	}
	if p.spooler || slices.Contains(p.attrs.words("print-scaling-supported"), "none") {
		as.Add(goipp.MakeAttr("print-scaling", goipp.TagKeyword, goipp.String("none"))) // bars are whole dots
	}
	if slices.Contains(p.attrs.words("job-sheets-supported"), "none") && p.spooler {
		as.Add(goipp.MakeAttr("job-sheets", goipp.TagName, goipp.String("none"))) // no banner on labels
	}
	return as
}

// keyword is the printer's own name of the paper, or the one that PWG 5101.1 lets us make.
func keyword(printer attrs, s printing.Size, size string) string {
	for _, name := range printer.words("media-supported") {
		x, y, ok := namedSize(name)
		if ok && near(x, hundredths(s.Width)) && near(y, hundredths(s.Height)) && !strings.HasPrefix(name, "custom_m") {
			return name
		}
	}
	return "custom_" + size + "_" + size
}

func number(mm float64) string { return strconv.FormatFloat(mm, 'f', -1, 64) }
