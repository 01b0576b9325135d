package label

import (
	"strconv"
	"strings"

	"printstation/app/shipping"
)

// Rows of the lower ply in mm from the top of the page.
const (
	lowerTop   = 112.5
	lowerHead  = 120.5
	lowerBars  = 136.5
	lowerParty = 142.0
	lowerFoot  = 172.0
	lowerEnd   = 177.0
)

// lower draws the receiver's ply: the number once more, and all that the packer needs.
func (w *work) lower() *shipping.Reason {
	w.box(left, lowerTop, right, lowerEnd, frame)
	w.lowerHeading(lowerTop, lowerHead)
	const height, inset = 9.2, 1.7
	if w.bars(w.number, w.runs, left+frame, right-frame, lowerHead+inset, height) == 0 {
		return because("number_too_long")
	}
	barsEnd := lowerHead + inset + height
	if rejected := w.digits(10, (barsEnd+lowerBars)/2); rejected != nil {
		return rejected
	}
	w.across(lowerBars)
	w.parties(lowerBars, lowerParty)
	w.across(lowerParty)
	w.watermark(lowerParty, lowerFoot)

	words := w.setWords()
	end := lowerFoot - 0.6
	if len(words) > 0 {
		end -= blocksHeight(words) + 0.8
		y := end + 0.8
		w.across(end + 0.2)
		for _, b := range words {
			y = w.lines(b, left+pad, y)
		}
	}
	y := w.orderLines(lowerParty+0.6, words)
	w.goods(y, end)
	w.across(lowerFoot)
	w.footer(lowerFoot, lowerEnd)
	return nil
}

func (w *work) lowerHeading(y0, y1 float64) {
	mid, start := (y0+y1)/2, right-pad
	if w.serial != "" {
		size, _ := w.fonts.fit(Bold, w.serial, 36, 13, 7)
		start = w.right(Bold, size, start, mid, w.short(Bold, size, w.serial, 36, "heading_shortened"))
	}
	if w.reprint != "" {
		const width = 22.0
		size, _ := w.fonts.fit(Bold, w.reprint, width-1.5, 11, 6)
		start -= pad + width
		w.stamp(Box{X: start, Y: mid - 2.8, W: width, H: 5.6}, size, w.reprint)
	}
	room := start - pad - (left + pad)
	size, _ := w.fonts.fit(Bold, w.carrier, room, 14, 8)
	w.level(Bold, size, left+pad, mid, w.short(Bold, size, w.carrier, room, "heading_shortened"))
	w.across(y1)
}

// parties names both persons once more; whole they stand on the upper ply.
func (w *work) parties(y0, y1 float64) {
	mid, half := (y0+y1)/2, left+(right-left)*0.64
	to := join("  ", "收", w.recipient.name, w.recipient.phone, w.recipient.region)
	from := join("  ", "寄", w.sender.name, w.sender.phone)
	w.down(half, y0, y1)
	for _, p := range []struct {
		x0, x1 float64
		text   string
	}{{left, half, to}, {half, right, from}} {
		room := p.x1 - p.x0 - 2*pad
		size, _ := w.fonts.fit(Regular, p.text, room, 8.5, 7)
		text, _ := w.fonts.shorten(Regular, size, p.text, room)
		w.level(Regular, size, p.x0+pad, mid, text)
	}
}

// setWords sets the buyer's message and the seller's remark, the one thing that makes this parcel unlike the others.
func (w *work) setWords() []block {
	const most, width = 9.4, right - left - 2*pad // mm, for both
	var texts, ids []string
	if w.message != "" {
		texts, ids = append(texts, "留言\uff1a"+w.message), append(ids, "message_shortened")
	}
	if w.remark != "" {
		texts, ids = append(texts, "备注\uff1a"+w.remark), append(ids, "remark_shortened")
	}
	blocks := make([]block, len(texts))
	for _, size := range sizes(10, 7) {
		for i, text := range texts {
			blocks[i] = block{Bold, size, w.fonts.wrap(Bold, size, text, width)}
		}
		if blocksHeight(blocks) <= most {
			return blocks
		}
	}
	keep := share(blocks, int(most/(mm(blocks[0].size)*linePitch)))
	for i := range blocks {
		var cut bool
		if blocks[i], cut = w.fonts.clip(blocks[i], keep[i], width); cut {
			w.notice(ids[i])
		}
	}
	return blocks
}

// share splits rows among the blocks: half for each, and what one does not need goes to the other.
func share(blocks []block, rows int) []int {
	if len(blocks) == 1 {
		return []int{rows}
	}
	a, b := len(blocks[0].lines), len(blocks[1].lines)
	first := min(a, max(rows/2, rows-b))
	return []int{first, min(b, rows-first)}
}

func blocksHeight(blocks []block) float64 {
	h := 0.0
	for _, b := range blocks {
		h += b.height()
	}
	return h
}

// orderLines lists the order ids and gives where the goods begin.
func (w *work) orderLines(y float64, words []block) float64 {
	if len(w.orders) == 0 {
		return y
	}
	most := 9.5
	if blocksHeight(words) > 8 {
		most = 6.5
	}
	width := right - left - 2*pad
	for n := len(w.orders); n > 0; n-- {
		text := "订单 " + strings.Join(w.orders[:n], "  ")
		if n < len(w.orders) {
			text += " …等 " + strconv.Itoa(len(w.orders)) + " 单"
		}
		b, ok := w.fonts.set(Regular, text, width, most, sizes(8, 6.5))
		if !ok {
			continue
		}
		if n < len(w.orders) {
			w.notice("orders_shortened", "Hidden", strconv.Itoa(len(w.orders)-n))
		}
		return w.lines(b, left+pad, y) + 0.6
	}
	text := w.short(Regular, 6.5, "订单 "+w.orders[0], width, "order_cut")
	return w.lines(block{Regular, 6.5, []string{text}}, left+pad, y) + 0.6
}

func (w *work) footer(y0, y1 float64) {
	mid := (y0 + y1) / 2
	at := join("  ", w.printed, w.piece)
	start := w.right(Regular, 7, right-pad, mid, at)
	room := start - 2*pad - left
	text := w.short(Regular, 7, join(" · ", w.shop, w.station, w.labelID), room, "footer_shortened")
	w.level(Regular, 7, left+pad, mid, text)
}
