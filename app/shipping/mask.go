package shipping

import "strings"

// MaskRecipient gives what may be shown of a recipient (GB/T 41833-2022: a character of the name, six digits of
// the number, unit and room of the address are hidden, each at least). A field that is ciphertext is shown in
// the platform's own masked form, hidden further where that shows too much; where there is none the reason says
// so, the field stays empty and no label may be printed.
func MaskRecipient(r Recipient) (MaskedParty, *Reason) {
	var theirs MaskedParty
	if r.Masked != nil {
		theirs = *r.Masked
	}
	var missing *Reason
	pick := func(ours, masked string) string {
		switch {
		case !IsCipher(ours) && !damagedCipher(ours) && !blank(ours):
			return ours
		case !IsCipher(masked) && !damagedCipher(masked) && !blank(masked):
			return masked
		case !blank(ours) && missing == nil:
			because := Because("order.no_masked_form")
			missing = &because
		}
		return ""
	}
	number := r.Mobile
	if blank(number) {
		number = r.Phone
	}
	m := MaskedParty{
		Name:   MaskName(pick(r.Name, theirs.Name)),
		Phone:  MaskPhone(pick(number, theirs.Phone)),
		Region: Region(r.Address),
	}
	if m.Region == "" {
		m.Region = theirs.Region
	}
	if IsCipher(r.Detail) || damagedCipher(r.Detail) || blank(r.Detail) {
		m.Address = pick(r.Detail, theirs.Address) // it holds the street as well
	} else {
		m.Address = streetAndDetail(r.Address)
	}
	m.Address = MaskDetail(m.Address)
	return m, missing
}

// MaskSender gives what may be shown of a sender; the standard hides a sender no less than a recipient.
func MaskSender(s Sender) MaskedParty {
	number := s.Mobile
	if blank(number) {
		number = s.Phone
	}
	return MaskedParty{
		Name:    MaskName(s.Name),
		Phone:   MaskPhone(number),
		Region:  Region(s.Address),
		Address: MaskDetail(streetAndDetail(s.Address)),
	}
}

// streetAndDetail joins street and detail without saying the region or the street twice.
func streetAndDetail(a Address) string {
	detail := strings.TrimSpace(a.Detail)
	for _, part := range []string{a.Province, a.City, a.District} {
		if part = strings.TrimSpace(part); part != "" && len(detail) > len(part) {
			detail = strings.TrimSpace(strings.TrimPrefix(detail, part))
		}
	}
	street := strings.TrimSpace(a.Street)
	if IsCipher(street) || strings.HasPrefix(detail, street) {
		return detail
	}
	return street + detail
}

// maskUntilStable repeats a mask until it hides nothing more, so that masking twice changes nothing. Each mask only
// turns characters into stars and drops separators, so it comes to an end; the bound is for the reader's peace.
func maskUntilStable(s string, mask func(string) string) string {
	for range len(s) + 2 {
		next := mask(s)
		if next == s {
			break
		}
		s = next
	}
	return s
}
