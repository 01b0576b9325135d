package shipping

import "strings"

// hiddenDigits is how many digits of a telephone number stay hidden at least (GB/T 41833-2022).
const hiddenDigits = 6

// MaskPhone hides six digits of a telephone number or more: 138******78, 021-******78, 0571-******7. Country code and
// blanks go; digits that the platform hid already stay hidden, and more are hidden where it hid only four.
//
// The extension of a virtual number (虚拟号) is hidden too. It would be of use only next to the whole relay number, which
// may not be printed either; the courier's own device has both. And relay numbers are few: prefix, last two digits and
// extension together would tell one buyer from another.
func MaskPhone(s string) string { return maskUntilStable(s, maskPhoneOnce) }

func maskPhoneOnce(s string) string {
	p := parsePhone(s)
	switch p.kind {
	case phoneFixed:
		return p.area + "-" + hideMiddle(p.main, 0, 2) + hiddenExt(p.ext)
	case phoneOther:
		return maskUnknownNumber(p.main)
	default:
		return hideMiddle(p.main, 3, 2) + hiddenExt(p.ext)
	}
}

func hiddenExt(ext string) string {
	if ext == "" {
		return ""
	}
	return "-" + stars(len(ext))
}

// hideMiddle keeps at most head and tail characters, fewer where the rest would be less than hiddenDigits.
func hideMiddle(digits string, head, tail int) string {
	n := len(digits)
	head = max(0, min(head, n-hiddenDigits-1))
	tail = max(0, min(tail, n-hiddenDigits-head))
	return digits[:head] + stars(n-head-tail) + digits[n-tail:]
}

// maskUnknownNumber hides text of no known form: two numbers in a field, words, a number cut short. Letters and words
// are hidden whole; of the digits the first three and last two stay if six characters or more are hidden between them.
func maskUnknownNumber(s string) string {
	rs := []rune(s)
	var at []int // where something stands that is not a mere separator
	for i, r := range rs {
		if !strings.ContainsRune("-/,;()+", r) {
			at = append(at, i)
		}
	}
	kept := hideMiddle(strings.Repeat("0", len(at)), 3, 2)
	for n, i := range at {
		if kept[n] == '*' || !isDigit(rs[i]) {
			rs[i] = '*'
		}
	}
	return string(rs)
}
