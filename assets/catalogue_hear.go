package assets

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"printstation/platform"
)

// said is a refusal made ready to be compared.
type said struct {
	words  string   // message and sub-code, simplified
	codes  []string // code and sub-code in lower case, whole and in parts, and those that stand in the message
	family string
	http   int
}

// unknownHTTP is the state of an exchange of which nothing is known any more.
const unknownHTTP = -1

// codeInWords finds codes that a gateway put into the message: isv.business-failed:60110, "err_code":"4006".
var codeInWords = regexp.MustCompile(
	`\b(?:isv|isp|dop)\.[a-z_-]+(?::[\w.-]+)?|"(?:err_?code|sub_code|code|err_no)"\s*:\s*"?([\w.:-]+)`)

func (c *ErrorCatalogue) hear(r platform.Reply) said {
	s := said{words: simplify(r.Message + " " + r.SubCode), family: c.families[r.Platform], http: r.HTTP}
	s.addCode(r.Code)
	s.addCode(r.SubCode)
	for _, m := range codeInWords.FindAllStringSubmatch(strings.ToLower(r.Message), -1) {
		if m[1] != "" {
			s.addCode(m[1])
		} else {
			s.addCode(m[0])
		}
	}
	return s
}

func (s *said) addCode(code string) {
	code = strings.ToLower(strings.TrimSpace(code))
	if code == "" || code == "0" {
		return
	}
	s.codes = append(s.codes, code)
	if head, tail, ok := strings.Cut(code, ":"); ok {
		s.codes = append(s.codes, head, tail)
	}
}

// escaped is a character as JSON writes it, in a message that is itself JSON text.
var escaped = regexp.MustCompile(`\\u[0-9a-fA-F]{4}`)

// simplify leaves of a message what wording variants share: lower case, half width, no blanks, quotes, brackets or
// punctuation. Of the marks only those of codes stay: # _ - . /
func simplify(s string) string {
	s = escaped.ReplaceAllStringFunc(s, func(e string) string {
		n, err := strconv.ParseUint(e[2:], 16, 16)
		if err != nil {
			return e
		}
		return string(rune(n))
	})
	return strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' {
			r = r - '！' + '!'
		}
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("#_-./*", r):
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
