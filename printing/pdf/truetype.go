package pdf

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

// trueType is a font file opened for cutting. It only reads the data, so it is safe for use by several goroutines.
type trueType struct {
	tables map[string][]byte
	glyphs int // in the file
	wide   int // how many of them have an advance of their own in hmtx
}

var errFont = errors.New("not a TrueType font with long glyph offsets")

// openTrueType reads the directory of a TrueType file and checks the lengths that cut relies on.
func openTrueType(data []byte) (*trueType, error) {
	const header, record = 12, 16
	if len(data) < header || binary.BigEndian.Uint32(data) != 0x00010000 {
		return nil, errFont
	}
	f := &trueType{tables: make(map[string][]byte)}
	count := int(binary.BigEndian.Uint16(data[4:]))
	if len(data) < header+record*count {
		return nil, errFont
	}
	for i := range count {
		r := data[header+record*i:]
		at, size := uint64(binary.BigEndian.Uint32(r[8:])), uint64(binary.BigEndian.Uint32(r[12:]))
		if at+size > uint64(len(data)) {
			return nil, fmt.Errorf("table %q: %w", r[:4], errFont)
		}
		f.tables[string(r[:4])] = data[at : at+size : at+size]
	}
	for name, least := range map[string]int{"head": 54, "hhea": 36, "maxp": 32, "OS/2": 96, "post": 32, "glyf": 1} {
		if len(f.tables[name]) < least {
			return nil, fmt.Errorf("table %q: %w", name, errFont)
		}
	}
	f.glyphs = int(binary.BigEndian.Uint16(f.tables["maxp"][4:]))
	f.wide = int(binary.BigEndian.Uint16(f.tables["hhea"][34:]))
	long := binary.BigEndian.Uint16(f.tables["head"][50:]) == 1
	if !long || len(f.tables["loca"]) < 4*(f.glyphs+1) || f.wide < 1 || len(f.tables["hmtx"]) < 4*f.wide+2*(f.glyphs-f.wide) {
		return nil, errFont
	}
	return f, nil
}

// use is a rune that a document shows, and its glyph in the full font.
type use struct {
	char  uint16
	glyph uint16
}

// cut makes a small TrueType font of just these runes, which must be sorted and each there once. Glyph 0, the font's
// box for what it lacks, comes first; the others follow in the order of the runes. Composite glyphs are refused: the
// fonts of this program have none, and gofpdf would need their parts renumbered.
func (f *trueType) cut(uses []use) ([]byte, error) {
	count := len(uses) + 1
	glyf := make([]byte, 0, 200*count)
	loca := make([]byte, 0, 4*(count+1))
	hmtx := make([]byte, 0, 4*count)
	for i := range count {
		glyph := 0
		if i > 0 {
			glyph = int(uses[i-1].glyph)
		}
		outline, err := f.outline(glyph)
		if err != nil {
			return nil, err
		}
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
		glyf = append(glyf, outline...)
		for len(glyf)%4 != 0 {
			glyf = append(glyf, 0)
		}
		hmtx = append(hmtx, f.metric(glyph)...)
	}
	loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
	maxp, hhea := slices.Clone(f.tables["maxp"]), slices.Clone(f.tables["hhea"])
	binary.BigEndian.PutUint16(maxp[4:], uint16(count))
	binary.BigEndian.PutUint16(hhea[34:], uint16(count))
	return assemble([]table{
		{"OS/2", f.tables["OS/2"]}, {"cmap", charMap(uses)}, {"glyf", glyf}, {"head", f.tables["head"]}, {"hhea", hhea},
		{"hmtx", hmtx}, {"loca", loca}, {"maxp", maxp}, {"name", []byte{0, 0, 0, 0, 0, 6}}, {"post", f.tables["post"][:32]},
		{"prep", f.tables["prep"]},
	}), nil
}

// outline gives a glyph's bytes; none for a blank.
func (f *trueType) outline(glyph int) ([]byte, error) {
	if glyph >= f.glyphs {
		return nil, fmt.Errorf("glyph %d of %d: %w", glyph, f.glyphs, errFont)
	}
	loca, glyf := f.tables["loca"], f.tables["glyf"]
	from, to := binary.BigEndian.Uint32(loca[4*glyph:]), binary.BigEndian.Uint32(loca[4*glyph+4:])
	if from > to || uint64(to) > uint64(len(glyf)) {
		return nil, fmt.Errorf("glyph %d: %w", glyph, errFont)
	}
	data := glyf[from:to]
	if len(data) >= 2 && data[0]&0x80 != 0 {
		return nil, fmt.Errorf("glyph %d is a composite: %w", glyph, errFont)
	}
	return data, nil
}

// metric gives a glyph's advance and left bearing.
func (f *trueType) metric(glyph int) []byte {
	hmtx := f.tables["hmtx"]
	if glyph < f.wide {
		return hmtx[4*glyph : 4*glyph+4]
	}
	last, bearing := 4*(f.wide-1), 4*f.wide+2*(glyph-f.wide)
	return []byte{hmtx[last], hmtx[last+1], hmtx[bearing], hmtx[bearing+1]}
}

// charMap is a cmap table of format 4 for the Basic Multilingual Plane, a segment for each stretch of neighbouring
// runes: the glyphs are numbered in the order of the runes, so within a stretch their difference is constant.
func charMap(uses []use) []byte {
	type segment struct{ first, last, delta uint16 }
	var segments []segment
	for i, u := range uses {
		if n := len(segments); n > 0 && segments[n-1].last+1 == u.char {
			segments[n-1].last++
			continue
		}
		segments = append(segments, segment{u.char, u.char, uint16(i+1) - u.char})
	}
	if n := len(segments); n == 0 || segments[n-1].last != 0xFFFF {
		segments = append(segments, segment{0xFFFF, 0xFFFF, 1}) // the format ends with it
	}
	n := len(segments)
	power, exponent := largestPower(n)
	put := binary.BigEndian.AppendUint16
	b := []byte{0, 0, 0, 1, 0, 3, 0, 1, 0, 0, 0, 12} // version, one subtable: Windows, Unicode, at 12
	for _, v := range []int{4, 16 + 8*n, 0, 2 * n, 2 * power, exponent, 2*n - 2*power} {
		b = put(b, uint16(v))
	}
	for _, s := range segments {
		b = put(b, s.last)
	}
	b = put(b, 0)
	for _, s := range segments {
		b = put(b, s.first)
	}
	for _, s := range segments {
		b = put(b, s.delta)
	}
	return append(b, make([]byte, 2*n)...)
}

// largestPower gives the largest power of two up to n, and its exponent, as the directory's search hints want them.
func largestPower(n int) (power, exponent int) {
	for power = 1; power*2 <= n; power *= 2 {
		exponent++
	}
	return power, exponent
}

type table struct {
	name string
	data []byte
}

// assemble writes a font file of the tables, which must be sorted by name; empty ones are left out.
func assemble(tables []table) []byte {
	tables = slices.DeleteFunc(tables, func(t table) bool { return len(t.data) == 0 })
	n, offset := len(tables), 12+16*len(tables)
	size := offset
	for _, t := range tables {
		size += (len(t.data) + 3) &^ 3
	}
	power, exponent := largestPower(n)
	out := make([]byte, 0, size)
	out = binary.BigEndian.AppendUint32(out, 0x00010000)
	for _, v := range []int{n, 16 * power, exponent, 16 * (n - power)} {
		out = binary.BigEndian.AppendUint16(out, uint16(v))
	}
	for _, t := range tables {
		out = append(out, t.name...)
		for _, v := range []uint32{checksum(t.data), uint32(offset), uint32(len(t.data))} {
			out = binary.BigEndian.AppendUint32(out, v)
		}
		offset += (len(t.data) + 3) &^ 3
	}
	for _, t := range tables {
		out = append(out, t.data...)
		for len(out)%4 != 0 {
			out = append(out, 0)
		}
	}
	return out
}

func checksum(data []byte) uint32 {
	var sum uint32
	for ; len(data) >= 4; data = data[4:] {
		sum += binary.BigEndian.Uint32(data)
	}
	var tail [4]byte
	copy(tail[:], data)
	return sum + binary.BigEndian.Uint32(tail[:])
}
