package wire

import (
	"bytes"
	"encoding/json"
	"regexp"
	"sort"
	"strings"
	"unicode/utf8"

	"printstation/app/shipping"
)

var (
	// A Chinese mobile number on its own or as an extension-bearing virtual number, not part of a longer run of digits:
	// order and tracking numbers must stay readable.
	mobileIn = regexp.MustCompile(`(^|[^0-9A-Za-z])(?:\+?86)?1[3-9]\d{9}(?:-\d{1,6})?($|[^0-9A-Za-z])`)
	cipherIn = regexp.MustCompile(`#[^#\s]*#[^#\s]+#\d##|\$[^$\s]*\$[^$\s]+\$\d\$\$|~[^~\s]+~[^~\s]+~\d~~`)
)

// Scrub takes out of a platform's message what is personal: every value given (what the request said in fields that are
// not to be seen), mobile numbers and ciphertext. Platforms like to quote the field they refuse.
func Scrub(message string, personal []string) string {
	for _, p := range personal {
		message = strings.ReplaceAll(message, p, "*")
	}
	message = cipherIn.ReplaceAllString(message, "*")
	for range 2 { // twice, for numbers that share the one character between them
		message = mobileIn.ReplaceAllString(message, "${1}*${2}")
	}
	return message
}

// Hidden lists the strings of a JSON text that Mask.JSON would hide and that are long enough to be told from chance (two
// characters or more), the longest first, so that Scrub can take them out of a message.
func (k *Mask) Hidden(raw []byte) []string {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	var v any
	if dec.Decode(&v) != nil {
		return nil
	}
	seen := map[string]bool{}
	k.gather("", v, seen)
	found := make([]string, 0, len(seen))
	for s := range seen {
		found = append(found, s)
	}
	sort.Slice(found, func(i, j int) bool {
		if len(found[i]) != len(found[j]) {
			return len(found[i]) > len(found[j])
		}
		return found[i] < found[j]
	})
	return found
}

func (k *Mask) gather(key string, v any, into map[string]bool) {
	switch v := v.(type) {
	case map[string]any:
		for name, inner := range v {
			k.gather(name, inner, into)
		}
	case []any:
		for _, inner := range v {
			k.gather(key, inner, into)
		}
	case json.Number:
		k.gather(key, v.String(), into)
	case string:
		if !k.plain[key] && utf8.RuneCountInString(v) >= 2 && !shortNumber(v) {
			into[v] = true
		}
	}
}

// shortNumber keeps counts and the like from punching holes into codes and order numbers of a message.
func shortNumber(s string) bool {
	return len(s) < 7 && strings.Trim(s, "0123456789") == "" && !shipping.IsCipher(s)
}
