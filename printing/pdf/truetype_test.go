package pdf

import (
	"encoding/binary"
	"reflect"
	"slices"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"printstation/printing/label"
)

// usesOf looks the runes up as the renderer does.
func usesOf(t *testing.T, fonts *label.Fonts, face label.Face, text string) []use {
	t.Helper()
	runes := []rune(text)
	slices.Sort(runes)
	var uses []use
	for _, r := range slices.Compact(runes) {
		glyph, ok := fonts.Glyph(face, r)
		if !ok {
			t.Fatalf("%q is not in the font", r)
		}
		uses = append(uses, use{uint16(r), glyph.Index})
	}
	return uses
}

// A cut font has the outlines and advances of the whole one, and nothing else.
func TestCutKeepsGlyphs(t *testing.T) {
	t.Parallel()
	r := newRenderer(t)
	const text = " !0123456789ABCgjy×…·王闫龘䶮㛃堃〓,\uff0c\uffe5"
	for _, face := range []label.Face{label.Regular, label.Bold} {
		data, err := r.files[face].cut(usesOf(t, r.fonts, face, text))
		if err != nil {
			t.Fatal(err)
		}
		whole, err := sfnt.Parse(r.fonts.Data(face))
		if err != nil {
			t.Fatal(err)
		}
		small, err := sfnt.Parse(data)
		if err != nil {
			t.Fatalf("the cut font cannot be read: %v", err)
		}
		if got, want := small.NumGlyphs(), 1+len([]rune(text)); got != want {
			t.Errorf("face %d: %d glyphs, want %d", face, got, want)
		}
		for _, char := range text {
			a, wide := outline(t, whole, char)
			b, also := outline(t, small, char)
			if !reflect.DeepEqual(a, b) || wide != also {
				t.Errorf("face %d: %q has another outline or advance in the cut font", face, char)
			}
		}
		var buf sfnt.Buffer
		if index, err := small.GlyphIndex(&buf, '国'); err != nil || index != 0 {
			t.Errorf("face %d: a rune that was cut off has glyph %d, %v", face, index, err)
		}
		// Tables without their own sum add up to what the directory says of each.
		for i := range int(binary.BigEndian.Uint16(data[4:])) {
			record := data[12+16*i:]
			at, size := binary.BigEndian.Uint32(record[8:]), binary.BigEndian.Uint32(record[12:])
			if sum := checksum(data[at : at+size]); sum != binary.BigEndian.Uint32(record[4:]) {
				t.Errorf("table %s has another checksum", record[:4])
			}
		}
	}
}

func outline(t *testing.T, f *sfnt.Font, r rune) (sfnt.Segments, fixed.Int26_6) {
	t.Helper()
	var buf sfnt.Buffer
	index, err := f.GlyphIndex(&buf, r)
	if err != nil || index == 0 {
		t.Fatalf("%q: glyph %d, %v", r, index, err)
	}
	advance, err := f.GlyphAdvance(&buf, index, fixed.I(1000), font.HintingNone)
	if err != nil {
		t.Fatal(err)
	}
	segments, err := f.LoadGlyph(&buf, index, fixed.I(1000), nil)
	if err != nil {
		t.Fatal(err)
	}
	return slices.Clone(segments), advance
}

func TestCutRefusesUnknownGlyphs(t *testing.T) {
	t.Parallel()
	if _, err := newRenderer(t).files[0].cut([]use{{'A', 0xFFFE}}); err == nil {
		t.Error("a glyph that is not there was cut out")
	}
}

// FuzzOpenTrueType spoils bytes of a small font: opening and cutting it may fail, but never panic.
func FuzzOpenTrueType(f *testing.F) {
	r := newRenderer(f)
	good, err := r.files[0].cut([]use{{'A', 34}, {'B', 35}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add(good[:len(good)/2])
	f.Add([]byte{0, 1, 0, 0, 0xFF, 0xFF})
	f.Add([]byte(nil))
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := openTrueType(data)
		if err != nil {
			return
		}
		if cut, err := file.cut([]use{{'A', 1}, {'B', uint16(file.glyphs)}}); err == nil {
			t.Errorf("a glyph past the last was cut out of %d bytes: %d", len(data), len(cut))
		}
	})
}
