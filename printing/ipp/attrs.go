package ipp

import (
	"strings"

	"github.com/OpenPrinting/goipp"
)

// attrs finds attributes by name. Printers repeat an attribute now and then; its values are taken together, those of the
// first one first.
type attrs goipp.Attributes

func (as attrs) values(name string) []goipp.Value {
	var out []goipp.Value
	for _, a := range as {
		if a.Name != name {
			continue
		}
		for _, v := range a.Values {
			if v.V.Type() != goipp.TypeVoid { // no-value, unknown
				out = append(out, v.V)
			}
		}
	}
	return out
}

func (as attrs) has(name string) bool { return len(as.values(name)) > 0 }

// named reports whether the attribute is there at all, even as no-value.
func (as attrs) named(name string) bool {
	for _, a := range as {
		if a.Name == name {
			return true
		}
	}
	return false
}

// number gives the first integer of the name.
func (as attrs) number(name string) (int, bool) {
	for _, v := range as.values(name) {
		if n, ok := v.(goipp.Integer); ok {
			return int(n), true
		}
	}
	return 0, false
}

// flag gives the first boolean of the name, or what it is without one.
func (as attrs) flag(name string, without bool) bool {
	for _, v := range as.values(name) {
		if b, ok := v.(goipp.Boolean); ok {
			return bool(b)
		}
	}
	return without
}

// words gives all texts of the name: keywords, names, MIME types.
func (as attrs) words(name string) []string {
	var out []string
	for _, v := range as.values(name) {
		if s, ok := word(v); ok {
			out = append(out, s)
		}
	}
	return out
}

func (as attrs) word(name string) string {
	if ws := as.words(name); len(ws) > 0 {
		return ws[0]
	}
	return ""
}

func (as attrs) collections(name string) []attrs {
	var out []attrs
	for _, v := range as.values(name) {
		if c, ok := v.(goipp.Collection); ok {
			out = append(out, attrs(c))
		}
	}
	return out
}

func word(v goipp.Value) (string, bool) {
	switch v := v.(type) {
	case goipp.String:
		return clean(string(v)), true
	case goipp.TextWithLang:
		return clean(v.Text), true
	}
	return "", false
}

// maxWord is the longest text that IPP knows, in bytes.
const maxWord = 1023

// clean makes a printer's text fit to be shown and logged: valid UTF-8, in one line.
func clean(s string) string {
	if len(s) > maxWord {
		s = s[:maxWord]
	}
	s = strings.ToValidUTF8(s, "\uFFFD")
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, s)
}
