package sandbox

import (
	"crypto/sha512"
	"encoding/base64"
	"fmt"
	"regexp"
	"strings"
)

// cipherTexts stand for a receiver whose data the shop may not see. They are no encryption of anything: the world
// keeps a table, and nobody can get the data out of the text.
type cipherTexts struct {
	Name   string `json:"name"`
	Phone  string `json:"phone"`
	Detail string `json:"detail"`
}

// The two shapes that the platform's ciphertext has: names and addresses between #, telephone numbers between $.
var (
	cipherText  = regexp.MustCompile(`^#[A-Za-z0-9+/=]+#[A-Za-z0-9+/=*]+#\d+##$`)
	cipherPhone = regexp.MustCompile(`^\$[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=*]+\$\d+\$\$$`)
)

func isCipher(s string) bool { return cipherText.MatchString(s) || cipherPhone.MatchString(s) }

// seal makes the ciphertext of a receiver. The middle differs from order to order, while the first part is the same
// for the same person: with it the real platform lets shops search without reading.
func seal(seed uint64, orderID string, p receiver) *cipherTexts {
	return &cipherTexts{
		Name:   "#" + noise(6, "index", seed, p.Name) + "#" + cipherBody(seed, orderID, "name", 96) + "#1##",
		Phone:  "$" + noise(44, "index", seed, p.Phone) + "$" + cipherBody(seed, orderID, "phone", 108) + "$1$$",
		Detail: "#" + noise(28, "index", seed, p.Detail) + "#" + cipherBody(seed, orderID, "detail", 132) + "#1##",
	}
}

func cipherBody(seed uint64, orderID, field string, n int) string {
	return noise(n, "body", seed, orderID+field) + "*CgwIARCtHBiYJSABKAES" + noise(72, "key", seed, orderID+field) + "GgA="
}

// noise gives n characters of the base64 alphabet that follow from what they are asked for.
func noise(n int, use string, seed uint64, of string) string {
	var b strings.Builder
	for i := 0; b.Len() < n; i++ {
		sum := sha512.Sum512(fmt.Appendf(nil, "%s|%d|%s|%d", use, seed, of, i))
		b.WriteString(base64.RawStdEncoding.EncodeToString(sum[:]))
	}
	return b.String()[:n]
}

// maskName, maskPhone and maskDetail are the platform's own masking, which hides more than the law asks: only the
// first character of a name, three digits and the last two of a number, nothing of the house.
func maskName(name string) string {
	rs := []rune(name)
	if len(rs) == 0 {
		return ""
	}
	return string(rs[:1]) + strings.Repeat("*", max(1, min(len(rs)-1, 3)))
}

func maskPhone(phone string) string {
	main, ext, _ := strings.Cut(strings.ReplaceAll(phone, ",", "-"), "-")
	if strings.HasPrefix(phone, "0") {
		return main + "-******" + ext[max(0, len(ext)-2):]
	}
	if len(main) < 6 {
		return strings.Repeat("*", len(main))
	}
	return main[:3] + strings.Repeat("*", len(main)-5) + main[len(main)-2:]
}

func maskDetail(detail string) string {
	rs := []rune(detail)
	keep := min(4, len(rs)/3)
	return string(rs[:keep]) + strings.Repeat("*", min(12, len(rs)-keep))
}
