package shipping

import "unicode/utf8"

// suffix is what the words after a number make of it.
type suffix int

const (
	suffixNone     suffix = iota
	suffixBuilding        // 栋: stays, and what follows is within it
	suffixPlace           // 路, 弄, 期: stays
	suffixHouse           // 号: a house number, or a room's within a building
	suffixUnit            // 单元
	suffixFloor           // 楼, 层
	suffixRoom            // 室
)

func (s suffix) hides() bool { return s == suffixUnit || s == suffixFloor || s == suffixRoom }

// suffixWords are tried from the top: a longer word stands above those it begins with.
var suffixWords = []struct {
	kind  suffix
	words []string
}{
	{suffixRoom, []string{
		"号室", "号房", "号铺", "号商铺", "号门面", "号店", "号档", "号摊", "号柜", "号车位", "号户", "号床", "号寝", "号办公", "号单间", "号间",
	}},
	{suffixUnit, []string{"号单元"}},
	{suffixBuilding, []string{"号楼", "号栋", "号幢", "号座", "#楼", "#栋", "#幢", "栋", "幢", "座", "棟"}},
	{suffixPlace, []string{"号院", "号门", "号线", "号桥", "号路", "号地", "号仓", "号库", "号厂", "号馆", "号基地", "号大院"}},
	{suffixHouse, []string{"号", "號"}},
	{suffixUnit, []string{"单元", "單元", "单无", "门洞"}},
	{suffixRoom, []string{
		"室", "房", "户", "铺", "档", "摊", "柜", "间", "床", "寝", "商铺", "门面", "车位", "宿舍", "办公", "教室", "卡位", "工位", "病房",
	}},
	{suffixFloor, []string{"楼", "樓", "层", "層", "floor"}},
	{suffixPlace, []string{
		"路", "街", "弄", "巷", "村", "国道", "省道", "县道", "乡道", "大道", "支路", "支弄", "公里", "米", "医院", "中学", "小学", "大队",
		"期", "区", "组", "队", "社", "胡同", "条", "团", "连", "营", "师", "环", "线", "马路", "经路", "纬路", "街坊", "里弄", "厂", "矿", "段",
	}},
}

type suffixWord struct {
	kind suffix
	word string
}

// suffixesByHead finds the words by their first character, in the order in which they are tried.
var suffixesByHead = func() map[rune][]suffixWord {
	index := make(map[rune][]suffixWord)
	for _, s := range suffixWords {
		for _, w := range s.words {
			head, _ := utf8.DecodeRuneInString(w)
			index[head] = append(index[head], suffixWord{s.kind, w})
		}
	}
	return index
}()

// suffix gives the kind of word after piece i and the piece that follows that word.
func (t *detailText) suffix(i int) (next int, kind suffix) {
	at := t.skip(t.pieces[i].to)
	rest := t.low[at:]
	if len(rest) == 0 {
		return i + 1, suffixNone
	}
	for _, s := range suffixesByHead[rest[0]] {
		if hasPrefix(rest, s.word) {
			after := at + utf8.RuneCountInString(s.word)
			return t.pieceAt(after), t.reconsider(s.word, after, s.kind)
		}
	}
	switch {
	case hasPrefix(rest, "#"):
		return t.pieceAt(at + 1), suffixBuilding // a number after it would have made a chain
	case hasPrefix(rest, "单") || hasPrefix(rest, "门"):
		if t.numberAt(at + 1) {
			return t.pieceAt(at + 1), suffixUnit // 3单501, 2门302
		}
	}
	return i + 1, suffixNone
}

// reconsider looks at what follows a suffix whose meaning hangs on it.
func (t *detailText) reconsider(word string, after int, kind suffix) suffix {
	rest := t.low[min(after, len(t.low)):]
	switch {
	case kind == suffixFloor && (word == "楼" || word == "樓") && t.unitAt(after):
		return suffixBuilding // 5楼3单元: in the north 楼 is a building
	case word == "路" && startsWithAny(rest, []string{"口", "边", "旁", "过"}),
		word == "村" && startsWithAny(rest, []string{"口"}):
		return suffixNone
	}
	return kind
}

// numberAt reports whether a number begins at rune at, blanks and joins skipped.
func (t *detailText) numberAt(at int) bool {
	i := t.pieceAt(at)
	if i < len(t.pieces) && t.pieces[i].kind == pieceJoin {
		i++
	}
	return i < len(t.pieces) && (t.pieces[i].kind == pieceNumeral || t.pieces[i].kind == pieceHan)
}

// unitAt reports whether a number with the word for a unit begins at rune at.
func (t *detailText) unitAt(at int) bool {
	i := t.pieceAt(at)
	if i < len(t.pieces) && t.pieces[i].kind == pieceJoin {
		i++
	}
	if i >= len(t.pieces) || t.pieces[i].kind == pieceJoin || t.pieces[i].kind == pieceMark {
		return false
	}
	rest := t.rest(i)
	return hasPrefix(rest, "单元") || (hasPrefix(rest, "门") || hasPrefix(rest, "单")) && t.pieces[i].kind != pieceText
}

// villageAfter reports whether the words up to piece i are the head of a place's name: 三房湾, 五楼村, 东户村.
func (t *detailText) villageAfter(i int) bool {
	return i < len(t.pieces) && containsRune("村湾桥巷镇乡屯庄沟坪坝岭山峡县坳湖河塘", t.low[t.pieces[i].from])
}

// nameWords follow numbers that are names: 798艺术区, 1912街区.
var nameWords = []string{
	"艺术", "文化", "创意", "文创", "街区", "大厦", "广场", "酒店", "宾馆", "工业", "产业", "科技", "商业", "商城", "超市", "便利店", "网吧", "影城",
	"公馆", "公寓", "小区", "花园", "工厂", "仓库", "研究所", "研究院", "部队", "信箱", "航站楼", "高速", "连锁", "快捷",
}

// roomWords, houseWords and streetWords read addresses in English.
var (
	roomWords = map[string]bool{"room": true, "rm": true, "unit": true, "flat": true, "apt": true, "apartment": true,
		"suite": true, "ste": true, "floor": true, "fl": true, "level": true}
	houseWords = map[string]bool{"no": true, "number": true, "building": true, "bldg": true, "block": true, "blk": true,
		"tower": true, "lane": true, "phase": true}
	streetWords = map[string]bool{"road": true, "rd": true, "street": true, "st": true, "avenue": true, "ave": true,
		"lane": true, "ln": true, "lu": true, "jie": true, "highway": true}
)
