package shipping

import (
	"regexp"
	"strings"
)

// A telephone number as far as the bench must understand it. Digits may be hidden (*) already.
type phone struct {
	kind phoneKind
	area string // 区号 with its leading 0, of a landline
	main string // the digits without country code, area code and extension
	ext  string // 分机号
}

type phoneKind int

const (
	phoneOther   phoneKind = iota // not a number that can be called
	phoneMobile                   // 手机, or a virtual number (虚拟号) in the form of one
	phoneFixed                    // 固话 with area code
	phoneLocal                    // 固话 without area code: nobody can tell which city
	phoneService                  // 400, 800, and the relays of virtual numbers: 95013…
	phoneAbroad                   // +852 and the like, Hong Kong, Macau, Taiwan among them
)

// d is a digit, or the star that hides one.
const d = `[0-9*]`

// ext is how people and platforms write an extension: -123, ,123, 转123, 分机123, ext.123, #123, _123, (123), [123].
const ext = `(?:(?:-|,|;|#|_|:|/|转|轉|分机|ext\.?|x|\(|\[)+(` + d + `{1,8})[)\]]?)?`

const country = `(?:(?:\+|00)?86-?)?`

var phoneForms = []struct {
	kind phoneKind
	form *regexp.Regexp // area, main, ext
}{
	{phoneMobile, regexp.MustCompile(`^` + country + `()(1[3-9*]` + d + `-?` + d + `{4}-?` + d + `{4})` + ext + `$`)},
	{phoneService, regexp.MustCompile(`^` + country + `()([48]00-?` + d + `{3}-?` + d + `{4})` + ext + `$`)},
	{phoneService, regexp.MustCompile(`^` + country + `()(95` + d + `{6,18})` + ext + `$`)},
	{phoneFixed, regexp.MustCompile(`^` + country + `\(?(0?10|0?2` + d + `)\)?-?(` + d + `{8})` + ext + `$`)},
	{phoneFixed, regexp.MustCompile(`^` + country + `\(?(0[3-9]` + d + `{2})\)?-?(` + d + `{7,8})` + ext + `$`)},
	{phoneFixed, regexp.MustCompile(`^(?:\+|00)?86-?\(?([3-9]` + d + `{2})\)?-?(` + d + `{7,8})` + ext + `$`)},
	{phoneAbroad, regexp.MustCompile(`^()((?:\+|00)(?:852|853|886)-?` + d + `{8,10})` + ext + `$`)},
	{phoneLocal, regexp.MustCompile(`^()([2-9*]` + d + `{6,7})` + ext + `$`)},
}

// parsePhone reads a number as people write it: full-width digits, blanks, hyphens, country code, any extension mark.
func parsePhone(s string) phone {
	s = strings.ToLower(strings.Join(strings.Fields(halfWidth(s)), ""))
	s = strings.Map(func(r rune) rune {
		if isStar(r) {
			return '*'
		}
		return r
	}, s)
	for _, f := range phoneForms {
		m := f.form.FindStringSubmatch(s)
		if m == nil {
			continue
		}
		p := phone{kind: f.kind, area: m[1], main: strings.ReplaceAll(m[2], "-", ""), ext: m[3]}
		if p.kind == phoneFixed && p.area[0] != '0' {
			p.area = "0" + p.area
		}
		return p
	}
	return phone{main: s}
}

// callable reports whether a courier can reach somebody by the number.
func (p phone) callable() bool { return p.kind != phoneOther && p.kind != phoneLocal }
