package shipping

// MaskDetail hides unit and room of an address, one star a character, and keeps road, house number, community and
// building: 幸福小区12栋3单元501室 → 幸福小区12栋*单元***室, 科技园A座2203 → 科技园A座****, 5-2-301 → 5-*-***. Floors go
// with the rooms, for their number begins the room's.
//
// Addresses are typed by buyers; no grammar holds them all. So the rule is turned round: a number stays only where what
// stands around it says that it counts roads, houses or buildings, and is hidden otherwise. A company's "798" is
// sometimes hidden so; the sort code and the courier's own device still bring the parcel there.
func MaskDetail(s string) string {
	return maskUntilStable(s, func(s string) string {
		m := detailMask{detailText: cutDetail(s)}
		for at := 0; at < len(m.pieces); {
			at = m.step(at)
		}
		return string(m.out)
	})
}

// detailMask walks over the pieces of an address from left to right.
type detailMask struct {
	detailText
	inside   bool // a building, unit, floor or room stands just before: what follows is within it
	numbered bool // a house number (号) stands just before
	keepNext bool // "Building", "No.": the next number stays
}

// step handles what begins at piece i and gives the piece to go on with.
func (m *detailMask) step(i int) int {
	switch p := m.pieces[i]; p.kind {
	case pieceNumeral:
		return m.numerals(i)
	case pieceHan:
		return m.hanNumeral(i)
	case pieceWord:
		m.word(i)
	case pieceText:
		if m.stem(i) {
			break
		}
		m.inside, m.numbered, m.keepNext = false, false, false
	}
	return i + 1
}

// numerals handles a group: numbers with nothing but separators between them, as 5-2-301, 8#1-1-0901, 22F 2201.
func (m *detailMask) numerals(i int) int {
	group := m.group(i)
	last := group[len(group)-1]
	end, suf := m.suffix(last)
	switch {
	case m.keepNext:
		m.keepNext = false
		m.hideAll(group[1:])
		m.inside = true
		return last + 1
	case suf == suffixBuilding:
		m.implicit(m.beforeCompound(group), true)
		m.inside, m.numbered = true, false
	case suf == suffixHouse && !m.inside && m.isHouse(group):
		m.implicit(m.beforeCompound(group), true)
		m.numbered = true
	case suf == suffixPlace && !m.inside:
		m.implicit(m.beforeCompound(group), true)
		m.numbered = false
	case suf.hides() || suf == suffixHouse:
		m.implicit(group[:len(group)-1], true)
		m.hide(last)
		m.inside = true
	default:
		m.implicit(group, false)
		m.inside = m.inside || len(group) > 1 || m.hidden(last)
		return last + 1
	}
	return end
}

// implicit handles numbers that no word explains. The first of several is taken for the building; a lone one stays only
// when it is a road's house number or part of a name. more says that numbers with a word of their own follow the group.
func (m *detailMask) implicit(group []int, more bool) {
	if len(group) == 0 {
		return
	}
	chain := len(group) > 1 || more
	first := group[0]
	switch {
	case m.inside || m.isFloorMark(first):
		m.hide(first)
	case m.afterRoad(first):
	case chain && m.numbered && len(group) < 3 && !m.hasHash(first):
		m.hide(first) // 12号2-301: the 2 may be a unit
	case chain && m.digits(first) <= 2:
	case !chain && m.partOfName(first):
	default:
		m.hide(first)
	}
	m.hideAll(group[1:])
}

// isHouse tells 中山路12-3号, a house, from 幸福小区3-501号 and 大厦1208号, rooms.
func (m *detailMask) isHouse(group []int) bool {
	last := group[len(group)-1]
	if len(m.compound(group)) > 1 {
		return m.afterRoad(group[0]) && m.digits(last) <= 2
	}
	return m.digits(last) <= 2 || !m.afterCommunity(last)
}

// partOfName reports whether a lone number without a suffix belongs to what follows it: 7天酒店, 798艺术区.
func (m *detailMask) partOfName(i int) bool {
	after := m.rest(i)
	if m.digits(i) == 0 {
		return true // a single letter
	}
	if m.endsAt(i) {
		return m.streetAhead(i)
	}
	if startsWithAny(after, nameWords) {
		return true
	}
	return m.digits(i) <= 2 && !m.afterCommunity(i) && !m.numbered
}

// hanNumeral handles 十二 and 五〇一, which are words as often as numbers: only what follows decides.
func (m *detailMask) hanNumeral(i int) int {
	end, suf := m.suffix(i)
	switch {
	case suf == suffixBuilding:
		m.inside, m.numbered = true, false
		return end
	case suf.hides() && !m.villageAfter(end), suf == suffixHouse && m.inside:
		m.hide(i)
		m.inside = true
		return end
	case suf == suffixHouse:
		m.numbered = true
		return end
	case m.inside && m.length(i) >= 2, m.length(i) >= 3 && m.endsAt(i):
		m.hide(i)
		return i + 1
	}
	m.inside, m.numbered = false, false
	return i + 1
}

// stem hides 甲, 乙, 东, 西 … where they name a unit or a flat: (乙)单元, 东户.
func (m *detailMask) stem(i int) bool {
	if !containsRune(stems, m.low[m.pieces[i].from]) {
		return false
	}
	end, suf := m.suffix(i)
	if suf != suffixUnit && !(suf == suffixRoom && hasPrefix(m.rest(i), "户")) || m.villageAfter(end) {
		return false
	}
	m.hide(i)
	m.inside = true
	return true
}

// word handles addresses in English.
func (m *detailMask) word(i int) {
	switch w := m.text(i); {
	case roomWords[w]:
		m.inside, m.keepNext = true, false
	case houseWords[w]:
		m.inside, m.keepNext = false, true
	default:
		m.inside, m.keepNext, m.numbered = false, false, false
	}
}
