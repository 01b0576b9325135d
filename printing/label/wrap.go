package label

import (
	"strings"
	"unicode"
)

// linePitch is the distance of baselines in ems: just over the tallest ink and the deepest ink that clean lets through.
const linePitch = (highestInk+deepestInk)/1000.0 + 0.005

// Closing marks do not begin a line and opening marks do not end one (避头尾).
const (
	neverFirst = "!),.:;?]}%·…、。〉》」』】〕〗〞”’℃" + "\uFF01\uFF09\uFF0C\uFF0E\uFF1A\uFF1B\uFF1F\uFF3D\uFF5D\uFF05"
	neverLast  = "([{《〈「『【〔〖〝“‘" + "\uFF08\uFF3B\uFF5B\uFFE5"
)

// wrap breaks s into lines of at most width millimetres: at blanks, between ideographs, and inside a word only when the
// word alone is longer than a line.
func (f *Fonts) wrap(which Face, size float64, s string, width float64) []string {
	var lines []string
	text := []rune(s)
	limit := int(width / mm(size) * 1000)
	for len(text) > 0 {
		n := f.lineEnd(which, text, limit)
		if line := strings.TrimRight(string(text[:n]), " "); line != "" {
			lines = append(lines, line)
		}
		text = text[n:]
		for len(text) > 0 && text[0] == ' ' {
			text = text[1:]
		}
	}
	return lines
}

// lineEnd gives how many runes of text go into the first line of limit thousandths of an em; at least one.
func (f *Fonts) lineEnd(which Face, text []rune, limit int) int {
	used, last := 0, 0
	for i, r := range text {
		if i > 0 && breakable(text[i-1], r) {
			last = i
		}
		g, _ := f.Glyph(which, r)
		used += g.Advance
		if used <= limit || r == ' ' {
			continue
		}
		switch {
		case last > 0:
			return last
		case i > 0:
			return i
		}
		return 1
	}
	return len(text)
}

func breakable(before, after rune) bool {
	if strings.ContainsRune(neverFirst, after) || strings.ContainsRune(neverLast, before) {
		return false
	}
	return before == ' ' || ideographic(before) || ideographic(after)
}

func ideographic(r rune) bool {
	return r >= 0x2E80 && (unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) ||
		r >= 0x3000 && r <= 0x303F || r >= 0xFF00 && r <= 0xFFEF)
}

// block is a text set in lines.
type block struct {
	face  Face
	size  float64
	lines []string
}

func (b block) height() float64 { return float64(len(b.lines)) * mm(b.size) * linePitch }

// set breaks s at the largest of the sizes at which it keeps within width and height; false when none does.
func (f *Fonts) set(which Face, s string, width, height float64, sizes []float64) (block, bool) {
	for _, size := range sizes {
		b := block{which, size, f.wrap(which, size, s, width)}
		if b.height() <= height {
			return b, true
		}
	}
	return block{}, false
}

// fit gives the largest size, from most down to least in half points, at which s stands on one line; false when even
// least is too wide.
func (f *Fonts) fit(which Face, s string, width, most, least float64) (float64, bool) {
	em := f.Width(which, 1, s)
	for size := most; size >= least; size -= 0.5 {
		if em*size <= width {
			return size, true
		}
	}
	return least, em == 0
}

// shorten cuts s so that it stands on one line with an ellipsis after it; it reports whether anything was cut.
func (f *Fonts) shorten(which Face, size float64, s string, width float64) (string, bool) {
	if f.Width(which, size, s) <= width {
		return s, false
	}
	return f.elide(which, size, s, width), true
}

// elide gives as much of s as stands on one line with an ellipsis after it.
func (f *Fonts) elide(which Face, size float64, s string, width float64) string {
	const ellipsis = "…"
	limit, used := int((width-f.Width(which, size, ellipsis))/mm(size)*1000), 0
	for i, r := range s {
		g, _ := f.Glyph(which, r)
		if used += g.Advance; used > limit {
			s = s[:i]
			break
		}
	}
	return strings.TrimRight(s, " ") + ellipsis
}

// clip keeps the first rows lines of a block that was set to width, with an ellipsis where it ends; it reports whether
// anything was cut.
func (f *Fonts) clip(b block, rows int, width float64) (block, bool) {
	if len(b.lines) <= rows {
		return b, false
	}
	kept := append([]string(nil), b.lines[:rows]...)
	kept[rows-1] = f.elide(b.face, b.size, kept[rows-1]+" "+b.lines[rows], width)
	b.lines = kept
	return b, true
}
