package shipping

import "strings"

// Region joins 省市区 as people write it: a municipality once (上海市青浦区), without the placeholders that stand for a
// missing level (市辖区, 县, 自治区直辖县级行政区划), and no name twice (广东省东莞市, 河南省济源市).
func Region(a Address) string {
	var b strings.Builder
	last := ""
	for _, part := range []string{a.Province, a.City, a.District} {
		part = strings.TrimSpace(part)
		if part == "" || isPlaceholder(part) || IsCipher(part) || sameRegion(last, part) {
			continue
		}
		b.WriteString(part)
		last = part
	}
	return b.String()
}

// isPlaceholder knows the words that divisions tables have where there is no such level.
func isPlaceholder(part string) bool {
	switch part {
	case "市辖区", "县", "市", "省直辖县", "省直辖县级行政单位", "直辖县级", "直辖县":
		return true
	}
	return strings.Contains(part, "直辖县级行政")
}

// sameRegion reports whether the lower name repeats the upper one: 上海 and 上海市, 东莞市 and 东莞.
func sameRegion(upper, lower string) bool {
	return upper != "" && strings.TrimSuffix(upper, "市") == strings.TrimSuffix(lower, "市")
}

// wholeCity reports whether a city has no districts below it: prefecture-level cities without any, and the
// county-level places that stand directly under a province or 新疆 (state of 2023-06-30). Hong Kong, Macau and
// Taiwan are counted in, since platforms divide them each in its own way.
func wholeCity(a Address) bool {
	for _, name := range []string{a.Province, a.City} {
		name = strings.TrimSpace(name)
		for _, far := range []string{"香港", "澳门", "台湾"} {
			if strings.HasPrefix(name, far) {
				return true
			}
		}
	}
	city := strings.TrimSpace(a.City)
	if _, ok := citiesWithoutDistricts[city]; ok {
		return true
	}
	_, ok := citiesWithoutDistricts[city+"市"]
	return ok
}

var citiesWithoutDistricts = setOf(`
东莞市 中山市 儋州市 嘉峪关市 三沙市
济源市 仙桃市 潜江市 天门市 神农架林区
五指山市 琼海市 文昌市 万宁市 东方市 定安县 屯昌县 澄迈县 临高县
白沙黎族自治县 昌江黎族自治县 乐东黎族自治县 陵水黎族自治县 保亭黎族苗族自治县 琼中黎族苗族自治县
石河子市 阿拉尔市 图木舒克市 五家渠市 北屯市 铁门关市 双河市 可克达拉市 昆玉市 胡杨河市 新星市 白杨市`)
