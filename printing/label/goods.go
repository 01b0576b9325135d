package label

import "strconv"

// goodsStyle is one way to set the list of goods.
type goodsStyle struct {
	columns int
	size    float64
	rows    int // lines that one kind of goods may take
}

// goodsStyles are tried in turn: the first that shows every kind whole is taken, else the first that shows every kind,
// else the last.
var goodsStyles = []goodsStyle{{1, 9.5, 2}, {1, 8.5, 2}, {1, 7.5, 2}, {2, 7.5, 2}, {1, 7, 1}, {2, 7, 1}, {2, 6.5, 1}}

// gutter stands between a name and its quantity, and between columns.
const gutter = 1.5

// goodsList is the list of goods set in one style.
type goodsList struct {
	goodsStyle
	kinds  []kind
	cut    int // names that were shortened
	column int // where the next kind would stand
	row    int
}

// kind is one kind of goods with its place, column and row counted from 0.
type kind struct {
	name        block
	quantity    string
	column, row int
}

// goods lists what is in the parcel in the space from y0 to y1.
func (w *work) goods(y0, y1 float64) {
	if len(w.items) == 0 {
		return
	}
	var best goodsList
	for i, style := range goodsStyles {
		list := w.setGoods(style, y1-y0)
		if len(list.kinds) == len(w.items) && list.cut == 0 {
			best = list
			break
		}
		if i == 0 || len(best.kinds) < len(w.items) {
			best = list
		}
	}
	if best.cut > 0 {
		w.notice("item_names_shortened", "Count", strconv.Itoa(best.cut))
	}
	for _, k := range best.kinds {
		x, y := best.place(k.column, k.row, y0)
		w.lines(k.name, x, y)
		x += best.width() - w.fonts.Width(Bold, best.size, k.quantity)
		w.put(Bold, best.size, x, y+mm(best.size)*highestInk/1000, k.quantity)
	}
	if rest := w.items[len(best.kinds):]; len(rest) > 0 {
		w.restOfGoods(best, rest, y0)
	}
}

// restOfGoods says what the list had no room for.
func (w *work) restOfGoods(list goodsList, rest []line, y0 float64) {
	pieces := 0
	for _, item := range rest {
		pieces += item.count
	}
	kinds, count := strconv.Itoa(len(rest)), strconv.Itoa(pieces)
	w.notice("items_shortened", "Kinds", kinds, "Pieces", count)
	x, y := list.place(list.column, list.row, y0)
	text := w.short(Bold, list.size, "…另有 "+kinds+" 种 "+count+" 件", list.width(), "items_shortened")
	w.lines(block{Bold, list.size, []string{text}}, x, y)
}

// setGoods sets as many kinds as fit, leaving a line for the rest when there is a rest.
func (w *work) setGoods(style goodsStyle, height float64) goodsList {
	list := goodsList{goodsStyle: style}
	rows := int(height / style.pitch())
	for i, item := range w.items {
		k, cut := w.setKind(i, item, style)
		need := len(k.name.lines)
		if list.row+need > rows && list.column+1 < style.columns {
			list.column, list.row = list.column+1, 0
		}
		room := rows
		if list.column+1 == style.columns && i+1 < len(w.items) {
			room-- // for what the list has no room for
		}
		if list.row+need > room {
			break
		}
		k.column, k.row = list.column, list.row
		list.row += need
		list.kinds = append(list.kinds, k)
		if cut {
			list.cut++
		}
	}
	return list
}

func (w *work) setKind(i int, item line, style goodsStyle) (kind, bool) {
	width := style.width() - w.fonts.Width(Bold, style.size, item.quantity) - gutter
	title := strconv.Itoa(i+1) + ". " + item.name
	name := block{Regular, style.size, w.fonts.wrap(Regular, style.size, join("  ", title, item.detail), width)}
	if len(name.lines) > 1 && style.rows == 1 {
		// On one line the title gives way, so that colour, size and code stay whole.
		tail := "  " + item.detail
		if rest := width - w.fonts.Width(Regular, style.size, tail); item.detail != "" && rest > width/3 {
			name.lines = []string{w.fonts.elide(Regular, style.size, title, rest) + tail}
			return kind{name: name, quantity: item.quantity}, true
		}
	}
	name, cut := w.fonts.clip(name, style.rows, width)
	return kind{name: name, quantity: item.quantity}, cut
}

// width is how wide a column is.
func (g goodsStyle) width() float64 {
	n := float64(g.columns)
	return (right - left - 2*pad - (n-1)*2*gutter) / n
}

func (g goodsStyle) pitch() float64 { return mm(g.size) * linePitch }

// place gives the upper left corner of a row.
func (g goodsStyle) place(column, row int, y0 float64) (x, y float64) {
	return left + pad + float64(column)*(g.width()+2*gutter), y0 + float64(row)*g.pitch()
}
