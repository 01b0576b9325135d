package look

import (
	"image/color"
	"sort"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

const ellipsis = "…"

// Text makes one line of text.
func Text(s string, size float32, c color.Color) *canvas.Text {
	t := canvas.NewText(s, c)
	t.TextSize = size
	return t
}

// Bold makes one line of bold text.
func Bold(s string, size float32, c color.Color) *canvas.Text {
	t := Text(s, size, c)
	t.TextStyle.Bold = true
	return t
}

// Width measures a line as t would draw it.
func Width(t *canvas.Text, s string) float32 {
	return fyne.MeasureText(s, t.TextSize, t.TextStyle).Width
}

// Fit sets the text to s, cut with an ellipsis where it is wider than width.
func Fit(t *canvas.Text, s string, width float32) {
	if Width(t, s) > width {
		runes := []rune(s)
		n := sort.Search(len(runes), func(i int) bool { return Width(t, string(runes[:i+1])+ellipsis) > width })
		s = string(runes[:n]) + ellipsis
	}
	t.Text = s
}

// Wrap breaks s into lines no wider than width, at most limit of them (0: no limit), the last cut with an ellipsis.
// Chinese breaks anywhere; words of letters stay whole where they can. A newline in s ends a line.
func Wrap(t *canvas.Text, s string, width float32, limit int) []string {
	var lines []string
	for _, part := range strings.Split(s, "\n") {
		lines = append(lines, wrapLine(t, []rune(part), width)...)
	}
	if limit <= 0 || len(lines) <= limit {
		return lines
	}
	last := *t
	Fit(&last, strings.Join(lines[limit-1:], " "), width)
	return append(lines[:limit-1], last.Text)
}

func wrapLine(t *canvas.Text, rest []rune, width float32) []string {
	var lines []string
	for len(rest) > 0 {
		n := sort.Search(len(rest), func(i int) bool { return Width(t, string(rest[:i+1])) > width })
		n = breakAt(rest, max(n, 1))
		lines = append(lines, string(rest[:n]))
		rest = trimLeft(rest[n:])
	}
	return lines
}

// breakAt moves a break to the left of the word it would cut, unless the word fills the line.
func breakAt(runes []rune, n int) int {
	if n >= len(runes) || !wordRune(runes[n]) {
		return n
	}
	for i := n; i > 0; i-- {
		if !wordRune(runes[i-1]) {
			return i
		}
	}
	return n
}

func wordRune(r rune) bool { return r > ' ' && r < 0x2000 }

func trimLeft(runes []rune) []rune {
	for len(runes) > 0 && runes[0] == ' ' {
		runes = runes[1:]
	}
	return runes
}
