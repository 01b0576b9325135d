package label

import (
	"strconv"
	"strings"

	"printstation/app/shipping"
)

// Heights of the upper ply's regions in mm, from the frame at upperTop to upperEnd. Recipient and sender grow into the
// contents region when their addresses need it.
const (
	upperTop = 3.0
	upperEnd = 107.5

	headHeight      = 10.5
	sortHeight      = 17.0
	hubHeight       = 9.0
	recipientHeight = 24.0
	senderHeight    = 12.0
	barsHeight      = 21.0
	signHeight      = 5.5
	contentsHeight  = upperEnd - upperTop - headHeight - sortHeight - hubHeight - recipientHeight - senderHeight -
		barsHeight - signHeight

	thinRow = 2.0 // what the addresses left of the contents region is no row of its own below this
)

// upper draws the courier's ply.
func (w *work) upper() *shipping.Reason {
	hubRow := 0.0
	if w.hub != "" || w.hubCode != "" || w.shortName != "" {
		hubRow = hubHeight
	}
	to, from, rejected := w.setParties(contentsHeight + hubHeight - hubRow)
	if rejected != nil {
		return rejected
	}
	w.box(left, upperTop, right, upperEnd, frame)
	y := upperTop + headHeight
	w.heading(upperTop, y)
	sorted := y + sortHeight
	if rejected := w.sortRow(y, sorted); rejected != nil {
		return rejected
	}
	if y = sorted + hubRow; hubRow > 0 {
		if rejected := w.hubRow(sorted, y); rejected != nil {
			return rejected
		}
		w.across(y)
	}
	w.party(to, y, "收", true)
	y += to.room
	w.across(y)
	w.party(from, y, "寄", false)
	y += from.room
	w.across(y)
	w.watermark(sorted, y)
	if rejected := w.mainBars(y); rejected != nil {
		return rejected
	}
	if end := upperEnd - signHeight; end-y-barsHeight > thinRow {
		w.across(y + barsHeight)
		w.contents(y+barsHeight, end)
	}
	w.sign(upperEnd-signHeight, upperEnd)
	return nil
}

// heading: carrier, marks, and at the right what puts a pile of labels in order.
func (w *work) heading(y0, y1 float64) {
	mid := (y0 + y1) / 2
	start := right - pad - w.order(mid)
	if w.reprint != "" {
		const width = 23.0
		size, _ := w.fonts.fit(Bold, w.reprint, width-1.5, 12, 6)
		start -= pad + width
		w.stamp(Box{X: start, Y: mid - 3.2, W: width, H: 6.4}, size, w.reprint)
	}
	room := start - pad - (left + pad)
	size, _ := w.fonts.fit(Bold, w.carrier, room, 20, 9)
	w.level(Bold, size, left+pad, mid, w.short(Bold, size, w.carrier, room, "heading_shortened"))
	w.across(y1)
}

// order sets the serial over time and piece, at the right, and gives their width.
func (w *work) order(mid float64) float64 {
	const room = 42.0
	serial := block{face: Bold, size: 13}
	under := block{face: Regular, size: 7.5}
	if w.several {
		under.face = Bold
	}
	width := 0.0
	for _, row := range []struct {
		*block
		text string
	}{{&serial, w.serial}, {&under, join("   ", w.printed, w.piece)}} {
		if row.text == "" {
			continue
		}
		b, text := row.block, row.text
		b.size, _ = w.fonts.fit(b.face, text, room, b.size, 6)
		b.lines = []string{w.short(b.face, b.size, text, room, "heading_shortened")}
		width = max(width, w.fonts.Width(b.face, b.size, b.lines[0]))
	}
	y := mid - (serial.height()+under.height())/2
	for _, b := range []block{serial, under} {
		y = w.flushRight(b, right-pad, y)
	}
	return width
}

// sortRow: the three-segment code, as large as it goes.
func (w *work) sortRow(y0, y1 float64) *shipping.Reason {
	w.across(y1)
	code, room := w.sortCode, right-left-2*pad
	if code == "" {
		w.notice("sort_code_missing")
		return nil
	}
	if size, ok := w.fonts.fit(Bold, code, room, 46, 18); ok {
		// Ideographs stand taller than digits.
		above, below := w.fonts.ink(Bold, size, code)
		if high := y1 - y0 - 2; above+below > high {
			size *= high / (above + below)
			above, below = w.fonts.ink(Bold, size, code)
		}
		width := w.fonts.Width(Bold, size, code)
		w.put(Bold, size, (left+right-width)/2, (y0+y1+above-below)/2, code)
		return nil
	}
	b, ok := w.fonts.set(Bold, code, room, y1-y0-1, sizes(18, 9))
	if !ok {
		return because("routing_too_long")
	}
	w.lines(b, left+pad, (y0+y1-b.height())/2)
	return nil
}

// hubRow: the hub (集包地) at the left, the short address (大头笔) at the right.
func (w *work) hubRow(y0, y1 float64) *shipping.Reason {
	hub, split := join("  ", w.hub, w.hubCode), right
	if w.shortName != "" {
		if split = left; hub != "" {
			split = left + (right-left)*0.62
			w.down(split, y0, y1)
		}
		if !w.cell(split, right, y0, y1, "大头笔", w.shortName) {
			return because("routing_too_long")
		}
	}
	if hub != "" && !w.cell(left, split, y0, y1, "集包地", hub) {
		return because("routing_too_long")
	}
	return nil
}

// cell sets a caption and a value that must be whole: on one line, or smaller on two.
func (w *work) cell(x0, x1, y0, y1 float64, caption, value string) bool {
	mid := (y0 + y1) / 2
	x := x0 + pad
	x += w.level(Regular, 7, x, mid, caption) + 1.5
	room := x1 - pad - x
	if size, ok := w.fonts.fit(Bold, value, room, 17, 10); ok {
		w.level(Bold, size, x, mid, value)
		return true
	}
	b, ok := w.fonts.set(Bold, value, room, y1-y0-0.8, sizes(10, 6))
	if ok {
		w.lines(b, x, mid-b.height()/2)
	}
	return ok
}

func (w *work) mainBars(y float64) *shipping.Reason {
	const height, inset = 12.8, 1.8
	module := w.bars(w.number, w.runs, left+frame, right-frame, y+inset, height)
	if module == 0 {
		return because("number_too_long")
	}
	if module < easy {
		w.notice("bars_narrow", "Module", strconv.FormatFloat(module, 'f', 2, 64))
	}
	return w.digits(13, y+inset+height+(barsHeight-inset-height)/2)
}

// digits sets the number under its bars, never cut.
func (w *work) digits(most, mid float64) *shipping.Reason {
	size, ok := w.fonts.fit(Bold, w.number, right-left-2*pad, most, 6)
	if !ok {
		return because("number_too_long")
	}
	w.center(Bold, size, left, right, mid, w.number)
	return nil
}

// contents fills what the addresses left of the contents region; the whole list stands on the lower ply.
func (w *work) contents(y0, y1 float64) {
	const size, inset = 7.5, 0.6
	rows := int((y1 - y0 - 2*inset) / (mm(size) * linePitch))
	if rows < 1 || len(w.items) == 0 {
		return
	}
	names := make([]string, len(w.items))
	for i, item := range w.items {
		names[i] = join(" ", item.name, item.detail, item.quantity)
	}
	all := "内件 " + strconv.Itoa(w.pieces) + " 件\u3000" + strings.Join(names, "   ")
	width := right - left - 2*pad
	b, _ := w.fonts.clip(block{Regular, size, w.fonts.wrap(Regular, size, all, width)}, rows, width)
	w.lines(b, left+pad, (y0+y1-b.height())/2)
}

func (w *work) sign(y0, y1 float64) {
	mid := (y0 + y1) / 2
	w.across(y0)
	x := left + pad
	x += w.level(Regular, 8, x, mid, "签收人") + 1
	w.underline(x, x+26, mid+1.4)
	x += 26 + 3
	x += w.level(Regular, 8, x, mid, "日期") + 1
	w.underline(x, x+20, mid+1.4)
	w.right(Bold, 8, right-pad, mid, "已验视")
}

func (w *work) underline(x0, x1, y float64) {
	w.page.Rules = append(w.page.Rules, Rule{x0, y, x1, y, hairline})
}

// watermark draws 演示 behind the regions from y0 to y1, where no bars are.
func (w *work) watermark(y0, y1 float64) {
	if !w.demo {
		return
	}
	const word = "演示"
	size := min((right-left-8)/2, (y1-y0-2)/0.98) / mm(1)
	above, below := w.fonts.ink(Bold, size, word)
	em := mm(size)
	x, y := left+((right-left)/2-em)/2, (y0+y1+above-below)/2
	for _, r := range word {
		w.shade(Light, Bold, size, x, y, string(r))
		x += (right - left) / 2
	}
}
