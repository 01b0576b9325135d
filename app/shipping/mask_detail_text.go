package shipping

import (
	"strings"
	"unicode"
)

// detailText is an address cut into pieces.
type detailText struct {
	out    []rune // what will be shown
	low    []rune // the same, half-width and in lower case, for comparing
	pieces []piece
}

// piece is a stretch of runes of one kind.
type piece struct {
	kind     pieceKind
	from, to int
}

type pieceKind int

const (
	pieceText    pieceKind = iota // one character of a word
	pieceNumeral                  // digits, or letters that count like them: 501, B1, 22F, A, and hidden ones (***)
	pieceHan                      // 十二, 五〇一
	pieceWord                     // latin letters, two or more
	pieceJoin                     // what may stand between the numbers of a chain: blank - / # , .
	pieceMark                     // brackets and other punctuation
)

const (
	hanDigits = "〇零一二三四五六七八九十百两廿○"
	joins     = "-_/\\.~#,、;:·"
	stems     = "甲乙丙丁戊己庚辛东西南北中左右"
)

func cutDetail(s string) detailText {
	t := detailText{out: []rune(s)}
	t.low = make([]rune, len(t.out))
	for i, r := range t.out {
		if isStar(r) {
			t.out[i], r = '*', '*'
		}
		t.low[i] = unicode.ToLower(halfRune(r))
	}
	for i := 0; i < len(t.low); {
		i = t.cut(i)
	}
	return t
}

// cut appends the piece or pieces that begin at rune i and gives the rune after them.
func (t *detailText) cut(i int) int {
	class := func(r rune) pieceKind {
		switch {
		case isDigit(r) || isLetter(r) || r == '*':
			return pieceNumeral
		case containsRune(hanDigits, r):
			return pieceHan
		case unicode.IsSpace(r) || containsRune(joins, r):
			return pieceJoin
		case unicode.IsPunct(r) || unicode.IsSymbol(r) || unicode.IsControl(r):
			return pieceMark
		}
		return pieceText
	}
	kind := class(t.low[i])
	end := i + 1
	for kind != pieceText && kind != pieceMark && end < len(t.low) && class(t.low[end]) == kind {
		end++
	}
	if kind != pieceNumeral {
		t.pieces = append(t.pieces, piece{kind, i, end})
		return end
	}
	head, tail := i, end
	for head < end && isLetter(t.low[head]) {
		head++
	}
	if head == end && end-i > 1 {
		t.pieces = append(t.pieces, piece{pieceWord, i, end})
		return end
	}
	if head-i < 3 { // B1, LG2: part of the number
		head = i
	} else {
		t.pieces = append(t.pieces, piece{pieceWord, i, head})
	}
	for tail > head+1 && isLetter(t.low[tail-1]) {
		tail--
	}
	if end-tail < 3 { // 22F, 12th
		tail = end
	}
	t.pieces = append(t.pieces, piece{pieceNumeral, head, tail})
	if tail < end {
		t.pieces = append(t.pieces, piece{pieceWord, tail, end})
	}
	return end
}

func (t *detailText) text(i int) string { return string(t.low[t.pieces[i].from:t.pieces[i].to]) }

func (t *detailText) length(i int) int { return t.pieces[i].to - t.pieces[i].from }

// digits counts the digits of a number, hidden ones too.
func (t *detailText) digits(i int) int {
	n := 0
	for _, r := range t.low[t.pieces[i].from:t.pieces[i].to] {
		if isDigit(r) || r == '*' {
			n++
		}
	}
	return n
}

func (t *detailText) hide(i int) {
	for at := t.pieces[i].from; at < t.pieces[i].to; at++ {
		t.out[at] = '*'
	}
}

func (t *detailText) hideAll(list []int) {
	for _, i := range list {
		t.hide(i)
	}
}

func (t *detailText) hidden(i int) bool { return t.out[t.pieces[i].from] == '*' }

// group gives the numerals from i on that have only joins between them.
func (t *detailText) group(i int) []int {
	group := []int{i}
	for i+2 < len(t.pieces) && t.pieces[i+1].kind == pieceJoin && t.pieces[i+2].kind == pieceNumeral {
		i += 2
		group = append(group, i)
	}
	return group
}

// compound gives the numerals at the end of a group that are joined by bare hyphens, and so share a suffix: 3-2栋.
func (t *detailText) compound(group []int) []int {
	n := len(group) - 1
	for n > 0 && t.text(group[n]-1) == "-" {
		n--
	}
	return group[n:]
}

func (t *detailText) beforeCompound(group []int) []int {
	return group[:len(group)-len(t.compound(group))]
}

// rest is the text after piece i, without blanks and closing brackets at its head.
func (t *detailText) rest(i int) []rune { return t.low[t.skip(t.pieces[i].to):] }

func (t *detailText) skip(at int) int {
	for at < len(t.low) && (unicode.IsSpace(t.low[at]) || containsRune(")]】〕》", t.low[at])) {
		at++
	}
	return at
}

// pieceAt gives the piece that begins at rune at, or holds it.
func (t *detailText) pieceAt(at int) int {
	for i, p := range t.pieces {
		if p.to > at {
			return i
		}
	}
	return len(t.pieces)
}

// endsAt reports whether nothing that could explain a number follows it: the end, a mark, a blank, a latin word.
func (t *detailText) endsAt(i int) bool {
	return i+1 == len(t.pieces) || t.pieces[i+1].kind != pieceText && t.pieces[i+1].kind != pieceHan
}

// before is the character before piece i, blanks skipped, 0 at the head.
func (t *detailText) before(i int) rune {
	for at := t.pieces[i].from - 1; at >= 0; at-- {
		if !unicode.IsSpace(t.low[at]) {
			return t.low[at]
		}
	}
	return 0
}

func (t *detailText) afterRoad(i int) bool {
	return containsRune("路街巷弄道", t.before(i)) && t.digits(i) <= 4
}

func (t *detailText) afterCommunity(i int) bool {
	return containsRune("区园寓厦苑舍心场城庭墅府邸轩阁居楼宅湾", t.before(i))
}

func (t *detailText) isFloorMark(i int) bool {
	return t.digits(i) > 0 && t.low[t.pieces[i].to-1] == 'f'
}

// hasHash reports whether a # closes the number, as in 8#.
func (t *detailText) hasHash(i int) bool {
	at := t.pieces[i].to
	return at < len(t.low) && t.low[at] == '#'
}

// streetAhead reports whether an English street name follows: 1218 Xinzha Road.
func (t *detailText) streetAhead(i int) bool {
	clause, _, _ := strings.Cut(string(t.rest(i)), ",")
	for _, w := range strings.FieldsFunc(clause, func(r rune) bool { return !isLetter(r) }) {
		if streetWords[w] {
			return true
		}
	}
	return false
}

func containsRune(set string, r rune) bool { return strings.ContainsRune(set, r) }

func hasPrefix(rs []rune, prefix string) bool {
	n := 0
	for _, r := range prefix {
		if n >= len(rs) || rs[n] != r {
			return false
		}
		n++
	}
	return true
}

func startsWithAny(rs []rune, words []string) bool {
	for _, w := range words {
		if hasPrefix(rs, w) {
			return true
		}
	}
	return false
}
