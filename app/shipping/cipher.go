package shipping

import "strings"

// Shapes of platform ciphertext: a mark, parts of base64 text each closed by the mark, and a version number closed by
// the mark twice. 抖音 writes #index#text#1## for names and addresses and $index$text$1$$ for telephone numbers, 淘宝
// and 拼多多 ~index~text~1~~ and $index$text$1$$. Older 淘宝 values have no index and close once: ~text~1~, $149$text$1$.
const cipherMarks = "#$~"

// looseCipherMin is the least length of the longest part for a shape without the double close to count as ciphertext:
// 16 is one AES block in base64 without its padding, more than anything a person types between two such marks.
const looseCipherMin = 16

// IsCipher reports whether s is ciphertext (密文) of a platform. It looks at the shape alone: ciphertext is never decoded
// here, never shortened, and goes back to its platform untouched. It is asked before any check of length or characters.
func IsCipher(s string) bool {
	if len(s) < 6 || !strings.ContainsRune(cipherMarks, rune(s[0])) {
		return false
	}
	mark := s[:1]
	body, double := strings.CutSuffix(s[1:], mark+mark)
	if !double {
		var single bool
		if body, single = strings.CutSuffix(body, mark); !single {
			return false
		}
	}
	parts := strings.Split(body, mark)
	version := parts[len(parts)-1]
	versioned := len(version) <= 3 && strings.Trim(version, "0123456789") == "" && version != ""
	if versioned {
		parts = parts[:len(parts)-1]
	}
	if len(parts) < 1 || len(parts) > 4 {
		return false
	}
	longest := 0
	for _, p := range parts {
		if p == "" || !isBase64Text(p) {
			return false
		}
		longest = max(longest, len(p))
	}
	switch {
	case double && versioned:
		return len(parts) >= 2
	case mark == "#": // 抖音 alone writes it, always in full: anything else is cut off
		return false
	case versioned:
		return longest >= looseCipherMin
	}
	return mark == "~" && len(parts) >= 2 && longest >= looseCipherMin
}

// damagedCipher reports whether s was ciphertext once: it was cut, padded or wrapped on its way. The platforms take such
// text for a plain one and complain of its length (document 004, 4.3), which sends people looking in the wrong place.
func damagedCipher(s string) bool {
	if IsCipher(s) || !strings.ContainsAny(s, cipherMarks) {
		return false
	}
	enough := 2 * looseCipherMin
	if strings.ContainsRune(cipherMarks, rune(s[0])) {
		enough = looseCipherMin
	}
	run := 0
	for _, r := range s {
		if r < 0x80 && isBase64Byte(byte(r)) {
			if run++; run >= enough {
				return true
			}
			continue
		}
		run = 0
	}
	return false
}

// isBase64Text takes both alphabets of base64 and the '*' with which 抖音 joins a text to its search index.
func isBase64Text(s string) bool {
	for i := range len(s) {
		if !isBase64Byte(s[i]) {
			return false
		}
	}
	return true
}

func isBase64Byte(b byte) bool {
	return isDigit(rune(b)) || isLetter(rune(b)) || strings.IndexByte("+/=*-_.:", b) >= 0
}

// IsMasked reports whether s has characters hidden already (脱敏), as 王** and 131****1907. Such text must never be sent
// as a receiver. Ciphertext is not masked text, though it may hold a star; nor is a star between two digits (3*5米).
func IsMasked(s string) bool {
	if IsCipher(s) {
		return false
	}
	rs := []rune(halfWidth(s))
	for i, r := range rs {
		if !isStar(r) {
			continue
		}
		if i > 0 && i+1 < len(rs) && isDigit(rs[i-1]) && isDigit(rs[i+1]) {
			continue
		}
		return true
	}
	return false
}
