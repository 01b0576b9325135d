package look

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"

	"printstation/assets"
)

// useTheme draws with the fonts that people see.
func useTheme(t *testing.T) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(NewTheme(assets.FontRegular(), assets.FontBold()))
}

func TestWrap(t *testing.T) {
	useTheme(t)
	text := Text("", TextBody, Ink)
	cases := map[string]struct {
		s     string
		width float32
		limit int
		want  []string
	}{
		"empty":                  {"", 100, 0, nil},
		"one line":               {"你好", 100, 0, []string{"你好"}},
		"Chinese breaks at will": {"一二三四五六", 46, 0, []string{"一二三", "四五六"}},
		"words stay whole":       {"print the label", 80, 0, []string{"print the ", "label"}},
		"newlines":               {"a\nb", 100, 0, []string{"a", "b"}},
		"cut at the limit":       {"一二三四五六七八九", 46, 2, []string{"一二三", "四五…"}},
		"narrower than a letter": {"一二", 1, 0, []string{"一", "二"}},
	}
	for name, c := range cases {
		if got := Wrap(text, c.s, c.width, c.limit); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// No line is too wide, and nothing but spaces at the breaks is lost.
func TestWrapKeepsEverything(t *testing.T) {
	useTheme(t)
	text := Text("", TextBody, Ink)
	runes := rapid.SampledFrom([]rune("一二三 label 运单号 755123·,。 𠮷"))
	rapid.Check(t, func(t *rapid.T) {
		s := string(rapid.SliceOfN(runes, 0, 60).Draw(t, "s"))
		width := rapid.Float32Range(30, 300).Draw(t, "width")
		lines := Wrap(text, s, width, 0)
		bare := func(s string) string { return strings.ReplaceAll(s, " ", "") }
		if got := bare(strings.Join(lines, "")); got != bare(s) {
			t.Fatalf("%q became %q", s, got)
		}
		for _, l := range lines {
			if len([]rune(l)) > 1 && Width(text, l) > width {
				t.Fatalf("line %q is wider than %v", l, width)
			}
		}
	})
}

func TestFit(t *testing.T) {
	useTheme(t)
	text := Text("", TextBody, Ink)
	for _, s := range []string{"", "短", "浙江省杭州市余杭区文一西路", "a long line of Latin letters"} {
		for _, width := range []float32{0, 20, 60, 1000} {
			Fit(text, s, width)
			if got := Width(text, text.Text); got > width && text.Text != ellipsis {
				t.Errorf("%q in %v is %q, %v wide", s, width, text.Text, got)
			}
			if Width(text, s) <= width && text.Text != s {
				t.Errorf("%q was cut to %q although there was room", s, text.Text)
			}
		}
	}
}

// Every pair of text and ground can be read in a bright hall.
func TestToneContrast(t *testing.T) {
	for _, tone := range []Tone{Quiet, Fine, Care, Alarm} {
		if got := contrast(luminance(tone.Ink()), luminance(tone.Fill())); got < 4.5 {
			t.Errorf("tone %d: contrast %.1f, want 4.5", tone, got)
		}
		if got := contrast(luminance(tone.Lamp()), luminance(Bar)); got < 4.5 {
			t.Errorf("lamp %d on the status line: contrast %.1f, want 4.5", tone, got)
		}
	}
	for name, pair := range map[string][2]float64{
		"text":         {luminance(Ink), luminance(Ground)},
		"second text":  {luminance(Dim), luminance(Ground)},
		"big button":   {luminance(Paper), luminance(Accent)},
		"count badge":  {luminance(Paper), luminance(BadFill)},
		"held row":     {luminance(Warn), luminance(WarnRow)},
		"chosen row":   {luminance(Dim), luminance(Tint)},
		"status line":  {luminance(BarInk), luminance(Bar)},
		"chosen facet": {luminance(Accent), luminance(rgb(0xDCE8FD))},
	} {
		if got := contrast(pair[0], pair[1]); got < 4.5 {
			t.Errorf("%s: contrast %.1f, want 4.5", name, got)
		}
	}
}

func TestButtonPressedOnlyWhenEnabled(t *testing.T) {
	useTheme(t)
	n := 0
	b := NewBigButton("打印", "F9", func() { n++ })
	b.Tapped(nil)
	b.SetEnabled(false)
	b.Tapped(nil)
	if n != 1 {
		t.Errorf("pressed %d times, want 1", n)
	}
}
