package label

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"pgregory.net/rapid"
)

// Advances are those of the font, as another reader of it measures them.
func TestFontsMeasureLikeTheFont(t *testing.T) {
	t.Parallel()
	fonts := openFonts(t)
	for _, which := range []Face{Regular, Bold} {
		parsed, err := opentype.Parse(fonts.Data(which))
		if err != nil {
			t.Fatal(err)
		}
		face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: 1000, DPI: 72, Hinting: font.HintingNone})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range "王龘〓×…·A1*gÇ¥℃。" {
			want, ok := face.GlyphAdvance(r)
			got, have := fonts.Glyph(which, r)
			if ok != have || fixed.I(got.Advance) != want {
				t.Errorf("face %d %q: advance %d %v, want %v %v", which, r, got.Advance, have, want, ok)
			}
		}
	}
	if got := fonts.Width(Regular, 72, "王王"); got < 50.79 || got > 50.81 { // two ems of an inch
		t.Errorf("two ems of 72 points are %.3f mm wide", got)
	}
}

func TestFontsRefuse(t *testing.T) {
	t.Parallel()
	fonts := openFonts(t)
	for name, r := range map[string]rune{"above U+FFFF": '𠮷', "emoji": '😀', "combining": '\u0301', "repeat mark": '\u3031',
		"Arabic": 'ب', "negative": -1, "surrogate": 0xD800, "replacement": '\uFFFD'} {
		if _, ok := fonts.Glyph(Regular, r); ok {
			t.Errorf("%s can be set", name)
		}
	}
	if _, err := NewFonts(nil, fonts.Data(Bold)); err == nil {
		t.Error("nothing was taken for a font")
	}
	if _, err := NewFonts(fonts.Data(Regular), []byte("OTTO is not what we set type in")); err == nil {
		t.Error("another format was taken for a font")
	}
}

func TestClean(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, in, want string
		replaced       bool
	}{
		{"plain", "王小明 12", "王小明 12", false},
		{"rare but there", "龘䶮㛃堃", "龘䶮㛃堃", false},
		{"above U+FFFF", "𠮷田", "〓田", true},
		{"emoji with selector and joiner", "好👨\u200d👩\ufe0f吧", "好〓〓吧", true},
		{"controls", "a\x00b\x1bc\u202ed\u00ade\ufeff", "abcde", false},
		{"blanks", "  a\t\r\n b\u00a0c ", "a b c", false},
		{"ideographic space is kept", "甲\u3000乙", "甲\u3000乙", false},
		{"full width is kept", "\uff21\uff11\uff08\uff09", "\uff21\uff11\uff08\uff09", false},
		{"composed", "e\u0301", "é", false},
		{"mark without its letter", "王\u0301", "王〓", true},
		{"broken UTF-8", "a\xffb\xe7\x8e", "a〓b〓", true},
		{"replacement character", "\ufffd", "〓", true},
		{"another script", "بج", "〓〓", true},
		{"noncharacter", "\uffff", "〓", true},
		{"empty", "", "", false},
	} {
		cl := &cleaner{fonts: openFonts(t)}
		if got := cl.clean("item", c.in); got != c.want || (len(cl.replaced) > 0) != c.replaced {
			t.Errorf("%s: %q becomes %q with %v replaced, want %q", c.name, c.in, got, cl.replaced, c.want)
		}
	}
}

// FuzzClean: what comes out can be set rune by rune, and cleaning it again changes nothing.
func FuzzClean(f *testing.F) {
	for _, s := range []string{"王", "𠮷\xff", "e\u0301\u0301", "\u1100\u1161", " \u3000 ", "\U0010ffff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		fonts := openFonts(t)
		c := &cleaner{fonts: fonts}
		once := c.clean("item", s)
		for _, r := range once {
			if !c.settable(r) {
				t.Errorf("%q leaves %U in", s, r)
			}
		}
		again := &cleaner{fonts: fonts}
		if twice := again.clean("item", once); twice != once || len(again.replaced) > 0 {
			t.Errorf("%q becomes %q, and then %q", s, once, twice)
		}
	})
}

func TestWrap(t *testing.T) {
	t.Parallel()
	fonts := openFonts(t)
	em := mm(10)
	for _, c := range []struct {
		name, in string
		ems      float64
		want     []string
	}{
		{"ideographs break anywhere", "一二三四五", 2.1, []string{"一二", "三四", "五"}},
		{"exactly full", "一二三四", 2, []string{"一二", "三四"}},
		{"closing marks do not begin a line", "一二三。四", 3, []string{"一二", "三。四"}},
		{"opening marks do not end one", "一二《三》", 3, []string{"一二", "《三》"}},
		{"words stay whole", "abc def ghi", 4, []string{"abc def", "ghi"}},
		{"a word longer than a line is broken", "WWWWWWWW", 3, []string{"WWW", "WWW", "WW"}},
		{"Latin between ideographs", "一二abc三", 3.2, []string{"一二", "abc三"}},
		{"blanks at a break vanish", "一二 三", 2, []string{"一二", "三"}},
		{"one wider than the line", "一二", 0.5, []string{"一", "二"}},
		{"nothing", "", 3, nil},
		{"blank", " ", 3, nil},
	} {
		if got := fonts.wrap(Bold, 10, c.in, c.ems*em+0.001); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// However it is broken, no line is too long and nothing but blanks is lost.
func TestWrapLosesNothing(t *testing.T) {
	t.Parallel()
	fonts := openFonts(t)
	rapid.Check(t, func(t *rapid.T) {
		c := &cleaner{fonts: fonts}
		text := c.clean("item", ugly(200).Draw(t, "text"))
		size := rapid.SampledFrom([]float64{5, 6.5, 13}).Draw(t, "size")
		width := rapid.Float64Range(15, 90).Draw(t, "width")
		lines := fonts.wrap(Regular, size, text, width)
		for _, line := range lines {
			if w := fonts.Width(Regular, size, line); w > width+slack {
				t.Fatalf("a line of %.2f mm in %.2f", w, width)
			}
		}
		squeeze := strings.NewReplacer(" ", "")
		if got := squeeze.Replace(strings.Join(lines, "")); got != squeeze.Replace(text) {
			t.Fatalf("%q became %q", text, got)
		}
		short, cut := fonts.shorten(Regular, size, text, width)
		if w := fonts.Width(Regular, size, short); w > width+slack || cut != (short != text) {
			t.Fatalf("%q was shortened to %q, %.2f mm in %.2f", text, short, w, width)
		}
	})
}
