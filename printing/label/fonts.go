package label

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// Fonts measures type with the metrics of the very fonts that are drawn, so that all outputs agree on where a line
// ends. It is safe for use by several goroutines.
type Fonts struct{ faces [faces]*face }

// Glyph is the measure of one rune. Lengths are in 1/1000 of the type size.
type Glyph struct {
	Index        uint16 // in the font file
	Advance      int
	Above, Below int // how far its ink reaches over and under the baseline
}

// NewFonts reads the two TrueType fonts. It keeps the slices and never writes to them. Their em must be 1,000 units, so
// that nothing is rounded on the way into a PDF.
func NewFonts(regular, bold []byte) (*Fonts, error) {
	var f Fonts
	for i, data := range [faces][]byte{Regular: regular, Bold: bold} {
		opened, err := openFace(data)
		if err != nil {
			return nil, fmt.Errorf("label: font %d: %w", i, err)
		}
		f.faces[i] = opened
	}
	return &f, nil
}

// Data gives the font file of a face; it is read-only.
func (f *Fonts) Data(which Face) []byte { return f.faces[which].data }

// Glyph measures a rune. It reports false for what cannot be set: the font lacks it, it lies above U+FFFF (which the
// PDF encoding cannot say), or it is a combining mark or repeat mark that would run over its neighbours.
func (f *Fonts) Glyph(which Face, r rune) (Glyph, bool) {
	if r < 0 || r > 0xFFFF {
		return Glyph{}, false
	}
	return f.faces[which].glyph(r)
}

// Width gives the length of a line of type in millimetres. Runes that cannot be set have none: see clean.
func (f *Fonts) Width(which Face, size float64, s string) float64 {
	total := 0
	for _, r := range s {
		g, _ := f.Glyph(which, r)
		total += g.Advance
	}
	return mm(size) * float64(total) / 1000
}

// ink gives how far a line reaches over and under its baseline, in millimetres.
func (f *Fonts) ink(which Face, size float64, s string) (above, below float64) {
	up, down := 0, 0
	for _, r := range s {
		g, _ := f.Glyph(which, r)
		up, down = max(up, g.Above), max(down, g.Below)
	}
	return mm(size) * float64(up) / 1000, mm(size) * float64(down) / 1000
}

// Ink outside of these bounds, in 1/1000 em, would reach into the next line of type; linePitch is made for them.
const (
	highestInk = 960
	deepestInk = 290
)

// face is one font with what was measured of it so far. Each rune has one word: 0 when it was not measured yet, else
// known, index, advance; and beside it the bounds of its ink. Racing goroutines write the same values.
type face struct {
	data    []byte
	font    *sfnt.Font
	buffers sync.Pool
	glyphs  [1 << 16]atomic.Uint64
}

const (
	measured = 1 << 63
	settable = 1 << 62
)

var errEm = errors.New("the em is not 1,000 units")

func openFace(data []byte) (*face, error) {
	parsed, err := sfnt.Parse(data)
	if err != nil {
		return nil, err
	}
	if parsed.UnitsPerEm() != 1000 {
		return nil, errEm
	}
	return &face{data: data, font: parsed, buffers: sync.Pool{New: func() any { return new(sfnt.Buffer) }}}, nil
}

func (f *face) glyph(r rune) (Glyph, bool) {
	word := f.glyphs[r].Load()
	if word == 0 {
		word = f.measure(r)
		f.glyphs[r].Store(word)
	}
	if word&settable == 0 {
		return Glyph{}, false
	}
	return Glyph{
		Index:   uint16(word),
		Advance: int(word >> 16 & 0xFFF),
		Above:   int(word >> 28 & 0xFFF),
		Below:   int(word >> 40 & 0xFFF),
	}, true
}

// measure packs a rune's index (16 bits), advance, ink above and ink below (12 bits each) into one word.
func (f *face) measure(r rune) uint64 {
	buf := f.buffers.Get().(*sfnt.Buffer)
	defer f.buffers.Put(buf)
	index, err := f.font.GlyphIndex(buf, r)
	if err != nil || index == 0 {
		return measured
	}
	em := fixed.I(1000)
	bounds, advance, err := f.font.GlyphBounds(buf, index, em, font.HintingNone)
	if err != nil {
		return measured
	}
	above, below := max(0, (-bounds.Min.Y).Ceil()), max(0, bounds.Max.Y.Ceil())
	wide := advance.Round()
	if wide <= 0 || wide > 0xFFF || above > highestInk || below > deepestInk {
		return measured
	}
	return measured | settable | uint64(index) | uint64(wide)<<16 | uint64(above)<<28 | uint64(below)<<40
}
