package shipping

import "strings"

// Same reports whether two recipients are the same person at the same place. A platform may encrypt anew each time that
// it is asked: of ciphertext only the search index is compared, which is the same for the same plain text. Where both
// have a masked form, that must be the same too.
func (r Recipient) Same(o Recipient) bool {
	for _, field := range [][2]string{
		{r.Name, o.Name}, {r.Mobile, o.Mobile}, {r.Phone, o.Phone}, {r.Street, o.Street}, {r.Detail, o.Detail},
	} {
		if !sameText(field[0], field[1]) {
			return false
		}
	}
	if r.Masked != nil && o.Masked != nil && *r.Masked != *o.Masked {
		return false
	}
	return r.Province == o.Province && r.City == o.City && r.District == o.District && (r.Masked == nil) == (o.Masked == nil)
}

func sameText(a, b string) bool {
	if a == b {
		return true
	}
	ia, oka := searchIndex(a)
	ib, okb := searchIndex(b)
	return oka && okb && ia == ib
}

// searchIndex gives the part of ciphertext that platforms find equal texts by: the first of two or more (see IsCipher).
func searchIndex(s string) (string, bool) {
	if !IsCipher(s) {
		return "", false
	}
	mark := s[:1]
	parts := strings.Split(strings.Trim(s, mark), mark)
	// index, text and version; without an index there is nothing to compare but the whole
	if len(parts) < 3 {
		return "", false
	}
	return mark + parts[0], true
}
