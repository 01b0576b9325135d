package shipping

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// halfWidth turns the full-width forms that Chinese keyboards type (１３８, （, －, the ideographic space) and the
// many dashes into ASCII.
func halfWidth(s string) string { return strings.Map(halfRune, s) }

func halfRune(r rune) rune {
	switch {
	case r >= '！' && r <= '～':
		return r - '！' + '!'
	case r == '\u3000' || r == '\u00a0':
		return ' '
	case r == '—' || r == '–' || r == '−' || r == '‐' || r == '‑':
		return '-'
	}
	return r
}

// unprintable reports whether s holds what no platform takes and no label can show: control characters, broken UTF-8,
// line separators and the marks that turn the direction of writing. Blanks around the text are no matter; the joiners
// that emoji and some scripts need are welcome.
func unprintable(s string) bool {
	s = strings.TrimSpace(s)
	if !utf8.ValidString(s) {
		return true
	}
	return strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsControl(r) || r == utf8.RuneError ||
			unicode.In(r, unicode.Zl, unicode.Zp, unicode.Bidi_Control)
	})
}

// blank reports whether nothing can be read in s.
func blank(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsGraphic(r) && !unicode.IsSpace(r) })
}

// isStar reports whether a rune stands for a hidden character.
func isStar(r rune) bool { return r == '*' || r == '＊' || r == '∗' || r == '●' }

func isDigit(r rune) bool  { return r >= '0' && r <= '9' }
func isLetter(r rune) bool { return r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' }

// stars hides n characters.
func stars(n int) string { return strings.Repeat("*", max(n, 0)) }
