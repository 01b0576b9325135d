package shipping

import "strings"

// MaskName keeps a surname and hides the rest, one star a character: 王小明 → 王**, 王明 → 王*, 欧阳娜娜 → 欧阳**. Of a name
// with a dot or in other letters only the first character stays (阿卜杜拉·买买提 → 阿*******, John Smith → J*********), of a
// name of one character nothing. Of a name that the platform masked no more is shown than it shows.
func MaskName(s string) string { return maskUntilStable(s, maskNameOnce) }

func maskNameOnce(s string) string {
	rs := []rune(strings.Join(strings.Fields(s), " "))
	for i, r := range rs {
		if isStar(r) {
			rs[i] = '*'
		}
	}
	if n := len(rs); n > 1 && rs[0] == '*' {
		// The platform hid the surname and shows the end, 陈*晨 style turned round (*晨): one character of it may stay.
		return stars(n-1) + string(rs[n-1])
	}
	keep := min(surnameLength(rs), len(rs)-1)
	if keep < 0 {
		return ""
	}
	return string(rs[:keep]) + stars(len(rs)-keep)
}

// surnameLength is how many characters at the head of a name are its surname.
func surnameLength(rs []rune) int {
	if len(rs) < 3 || strings.ContainsAny(string(rs), nameDots) {
		return 1
	}
	if _, ok := compoundSurnames[string(rs[:2])]; ok {
		return 2
	}
	return 1
}

// nameDots part the names of peoples who have no surname in the Chinese way; all of them are met for the one U+00B7.
const nameDots = "·•・‧∙⋅.。"

// compoundSurnames (复姓) are those of two characters still borne in China.
var compoundSurnames = setOf(`
欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容
仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐
段干 百里 呼延 东郭 南门 羊舌 微生 公户 公玉 公仪 梁丘 公仲 公上 公门 公山 公坚 左丘 公伯 西门 公祖 第五 公乘 贯丘 公皙
南荣 东里 东宫 仲长 子书 子桑 即墨 达奚 褚师 纳兰 归海 完颜 耶律 贺兰 叶赫 那拉 富察 佟佳 欧陽
諸葛 司馬 上官 東方 尉遲 軒轅 長孫 鮮于 獨孤 南宮 聞人 鍾離 赫連 澹臺`)

func setOf(words string) map[string]struct{} {
	set := make(map[string]struct{})
	for _, w := range strings.Fields(words) {
		set[w] = struct{}{}
	}
	return set
}
