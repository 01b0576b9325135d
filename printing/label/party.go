package label

import "printstation/app/shipping"

// partyStyle is how a person is set: name and telephone in bold over the address.
type partyStyle struct {
	face        Face    // of the address
	head        float64 // size of name and telephone
	most, least float64 // sizes of the address while there is no need for more room
	smallest    float64 // its size when all room there is has been given
	apart       float64 // the smallest size at which the region gets a line of its own; 0: never
}

var (
	recipientStyle = partyStyle{face: Bold, head: 14, most: 13, least: 8, smallest: 6, apart: 10}
	senderStyle    = partyStyle{face: Regular, head: 8.5, most: 7.5, least: 6.5, smallest: 5}
)

// partyBlock is a person set in lines, and the height of its region in mm.
type partyBlock struct {
	head, body block
	room       float64
}

func (b partyBlock) height() float64 { return b.head.height() + b.body.height() }

// partyInset is the least space over and under a person's lines.
const partyInset = 0.8

// setParties sets both persons whole, with up to spare more room for both together. The recipient comes first: what it
// leaves is the sender's, unless the sender could then not be set.
func (w *work) setParties(spare float64) (to, from partyBlock, rejected *shipping.Reason) {
	for _, part := range []float64{1, 0.75, 0.5, 0.25, 0} {
		var ok bool
		to, ok = w.fonts.setParty(w.recipient, recipientStyle, recipientHeight, part*spare)
		if !ok {
			if rejected == nil {
				rejected = because("recipient_too_long")
			}
			return to, from, rejected
		}
		from, ok = w.fonts.setParty(w.sender, senderStyle, senderHeight, spare-(to.room-recipientHeight))
		if ok {
			return to, from, nil
		}
		rejected = because("sender_too_long")
	}
	return to, from, rejected
}

// setParty sets a person whole in a region of the height given: first in smaller type, then with up to spare more room;
// false when not even that is enough.
func (f *Fonts) setParty(p party, style partyStyle, height, spare float64) (partyBlock, bool) {
	b := partyBlock{head: block{face: Bold, size: style.head}, room: height}
	if line := join("  ", p.name, p.phone); line != "" {
		if size, ok := f.fit(Bold, line, partyWidth, style.head, style.least); ok {
			b.head.size, b.head.lines = size, []string{line}
		} else {
			b.head.size, b.head.lines = style.least, f.wrap(Bold, style.least, line, partyWidth)
		}
	}
	free := height - 2*partyInset - b.head.height()
	var ok bool
	if b.body, ok = f.setApart(p, style, free); ok {
		return b, true
	}
	if b.body, ok = f.set(style.face, p.address, partyWidth, free, sizes(style.most, style.least)); ok {
		return b, true
	}
	b.body, ok = f.set(style.face, p.address, partyWidth, free+spare, sizes(style.least, style.smallest))
	b.room = max(height, b.height()+2*partyInset)
	return b, ok
}

// setApart sets the region on a line of its own and the rest of the address under it, as people read addresses, as long
// as the type stays large.
func (f *Fonts) setApart(p party, style partyStyle, height float64) (block, bool) {
	if style.apart == 0 || p.region == "" || p.detail == "" {
		return block{}, false
	}
	for _, size := range sizes(style.most, style.apart) {
		b := block{style.face, size, f.wrap(style.face, size, p.region, partyWidth)}
		if b.lines = append(b.lines, f.wrap(style.face, size, p.detail, partyWidth)...); b.height() <= height {
			return b, true
		}
	}
	return block{}, false
}

// party draws a person in its region from y on, with a tab that says which one it is: black with white type, or open.
func (w *work) party(b partyBlock, y float64, tab string, filled bool) {
	if filled {
		w.stamp(Box{X: left, Y: y, W: tabWidth, H: b.room}, 17, tab)
	} else {
		w.down(left+tabWidth, y, y+b.room)
		w.center(Bold, 12, left, left+tabWidth, y+b.room/2, tab)
	}
	x := left + tabWidth + pad
	y += (b.room - b.height()) / 2
	w.lines(b.body, x, w.lines(b.head, x, y))
}

const (
	tabWidth   = 8.5
	partyWidth = right - left - tabWidth - 2*pad
)

// join puts the parts that are not empty together.
func join(sep string, parts ...string) string {
	out := ""
	for _, p := range parts {
		switch {
		case p == "":
		case out == "":
			out = p
		default:
			out += sep + p
		}
	}
	return out
}
