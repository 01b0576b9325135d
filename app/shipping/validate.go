package shipping

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Limits that the strictest platform sets on what a number is asked with.
const (
	nameLimit    = 50  // characters
	regionLimit  = 30  // characters, each of province, city, district, street
	detailLimit  = 200 // characters (document 004, 4.3)
	orderIDLimit = 32  // of [0-9A-Za-z/-]
)

// Validate tells everything that hinders asking for a number, nil when nothing does. Each reason is one that a
// packer or the desk can act on. Ciphertext is recognized first: the rules for plain text do not touch it.
// Names are taken as they are, of one character, with a dot, in latin letters or emoji: only what no platform
// takes is refused.
//
// Refunds and states of the order are no matter of validation: they hold a parcel, they do not make it invalid.
func Validate(o Order) []Reason {
	switch o.Sealed {
	case SealLocked:
		return []Reason{Because("order.sealed_locked")}
	case SealDestroyed:
		return []Reason{Because("order.sealed_destroyed")}
	}
	var rs []Reason
	rs = append(rs, checkOrderID(o.ID)...)
	to := party{prefix: "order.", contact: o.Recipient.Contact, address: o.Recipient.Address, cipher: true}
	rs = append(rs, to.check()...)
	return append(rs, checkItems(o.Items)...)
}

// ValidateSender tells what is wrong with a sender, nil when nothing is. A sender is a setting of ours: it must be in
// clear.
func ValidateSender(s Sender) []Reason {
	return party{prefix: "order.sender_", contact: s.Contact, address: s.Address}.check()
}

func checkOrderID(id OrderID) []Reason {
	if id == "" {
		return []Reason{Because("order.id_missing")}
	}
	strange := strings.ContainsFunc(string(id), func(r rune) bool {
		return !isDigit(r) && !isLetter(r) && r != '-' && r != '/'
	})
	if strange || len(id) > orderIDLimit {
		return []Reason{Because("order.id_invalid", "Limit", strconv.Itoa(orderIDLimit))}
	}
	return nil
}

func checkItems(items []OrderItem) []Reason {
	if len(items) == 0 {
		return []Reason{Because("order.items_missing")}
	}
	var rs []Reason
	for i, it := range items {
		if it.Quantity <= 0 {
			line, quantity := strconv.Itoa(i+1), strconv.Itoa(it.Quantity)
			rs = append(rs, Because("order.quantity_invalid", "Line", line, "Quantity", quantity))
		}
	}
	return rs
}

// party is one end of a parcel's way, with the ids that its reasons begin with.
type party struct {
	prefix  string
	contact Contact
	address Address
	cipher  bool // ciphertext is welcome
}

func (p party) check() []Reason {
	var rs []Reason
	add := func(r *Reason) {
		if r != nil {
			rs = append(rs, *r)
		}
	}
	add(p.text("name", p.contact.Name, true, nameLimit))
	if blank(p.contact.Mobile) && blank(p.contact.Phone) {
		rs = append(rs, Because(p.prefix+"contact_missing"))
	}
	add(p.number("mobile", p.contact.Mobile))
	add(p.number("phone", p.contact.Phone))
	add(p.text("province", p.address.Province, true, regionLimit))
	add(p.text("city", p.address.City, true, regionLimit))
	add(p.text("district", p.address.District, !wholeCity(p.address), regionLimit))
	add(p.text("street", p.address.Street, false, regionLimit))
	add(p.text("detail", p.address.Detail, true, detailLimit))
	return rs
}

// text checks one field; only the first fault is told, the others would follow from it.
func (p party) text(field, s string, required bool, limit int) *Reason {
	fault := func(what string, pairs ...string) *Reason {
		r := Because(p.prefix+field+"_"+what, pairs...)
		return &r
	}
	switch {
	case blank(s) && !unprintable(s):
		if required {
			return fault("missing")
		}
		return nil
	case IsCipher(s):
		if p.cipher {
			return nil
		}
		return fault("masked")
	case damagedCipher(s):
		return fault("cipher_damaged")
	case unprintable(s):
		return fault("unprintable")
	case IsMasked(s):
		return fault("masked")
	case utf8.RuneCountInString(s) > limit:
		return fault("too_long", "Limit", strconv.Itoa(limit), "Length", strconv.Itoa(utf8.RuneCountInString(s)))
	}
	return nil
}

// number checks a telephone number. Either field takes any kind: platforms put virtual numbers and landlines
// into both.
func (p party) number(field, s string) *Reason {
	fault := func(what string) *Reason {
		r := Because(p.prefix + field + "_" + what)
		return &r
	}
	switch {
	case blank(s) && !unprintable(s):
		return nil
	case IsCipher(s):
		if p.cipher {
			return nil
		}
		return fault("masked")
	case damagedCipher(s):
		return fault("cipher_damaged")
	case IsMasked(s):
		return fault("masked")
	}
	n := parsePhone(s)
	switch {
	case n.callable():
		return nil
	case n.kind == phoneLocal:
		return fault("no_area_code")
	}
	return fault("invalid")
}
