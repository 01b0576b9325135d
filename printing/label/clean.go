package label

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"printstation/app/shipping"
)

// substitute stands where a character cannot be set, as Chinese printers always did it (地灯).
const substitute = '〓'

// cleaner makes texts settable and counts what it had to replace, field by field.
type cleaner struct {
	fonts    *Fonts
	replaced []replacement // in the order in which fields first needed it
}

type replacement struct {
	field string
	count int
}

// clean gives s as it can be set in both faces: composed, on one line, without control and format characters, and
// with a visible substitute for every character that the fonts lack. What was replaced is reported under the field's
// name, as a count only: a character of a name is personal data.
func (c *cleaner) clean(field, s string) string {
	var b strings.Builder
	b.Grow(len(s))
	replaced := 0
	for _, r := range norm.NFC.String(strings.ToValidUTF8(s, "\U0010FFFF")) {
		switch {
		case unicode.IsSpace(r) && r != '\u3000':
			if b.Len() > 0 && !strings.HasSuffix(b.String(), " ") {
				b.WriteByte(' ')
			}
		case invisible(r):
		case !c.settable(r):
			b.WriteRune(substitute)
			replaced++
		default:
			b.WriteRune(r)
		}
	}
	c.count(field, replaced)
	return strings.TrimRight(b.String(), " ")
}

func (c *cleaner) count(field string, replaced int) {
	if replaced == 0 {
		return
	}
	for i := range c.replaced {
		if c.replaced[i].field == field {
			c.replaced[i].count += replaced
			return
		}
	}
	c.replaced = append(c.replaced, replacement{field, replaced})
}

// notices tells what was replaced, one notice a field.
func (c *cleaner) notices() []shipping.Reason {
	var all []shipping.Reason
	for _, r := range c.replaced {
		all = append(all, *because("substituted_"+r.field, "Count", strconv.Itoa(r.count)))
	}
	return all
}

func (c *cleaner) settable(r rune) bool {
	for which := range faces {
		if _, ok := c.fonts.Glyph(which, r); !ok {
			return false
		}
	}
	return true
}

// invisible tells the characters that have no look of their own: controls, direction marks, joiners, and the selectors
// that follow an emoji or an ideograph.
func invisible(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r)
}
