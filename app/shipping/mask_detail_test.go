package shipping

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// detailTable holds addresses as buyers type them and what may be printed of them.
var detailTable = []struct{ in, want string }{
	{"幸福小区12栋3单元501室", "幸福小区12栋*单元***室"},
	{"科技园A座2203", "科技园A座****"},
	{"5-2-301", "5-*-***"},
	{"幸福里十二楼1208房", "幸福里**楼****房"},
	{"B1栋 22F 2201", "B1栋 *** ****"},
	{"7幢(乙)单元 604 室", "7幢(*)单元 *** 室"},
	{"8#1-1-0901", "8#*-*-****"},
	{"测试路1号", "测试路1号"},
	{"测试路1号12栋3单元501室", "测试路1号12栋*单元***室"},
	{"中山北路3663号华东师大", "中山北路3663号华东师大"},
	{"中山路12-3号", "中山路12-3号"},
	{"中山路12-3-501", "中山路12-*-***"},
	{"幸福小区3-501号", "幸福小区3-***号"},
	{"大学路8号2-301", "大学路8号*-***"},
	{"凤凰路19号1-2-302", "凤凰路19号1-*-***"},
	{"5号楼1203", "5号楼****"},
	{"5号楼2单元301号", "5号楼*单元***号"},
	{"5楼3单元501", "5楼*单元***"},
	{"和平里七区14楼2门302", "和平里七区14楼*门***"},
	{"朝阳门内大街81号", "朝阳门内大街81号"},
	{"12弄5号501室", "12弄5号***室"},
	{"西藏路101弄3支弄5号2层", "西藏路101弄3支弄5号*层"},
	{"三里屯SOHO A座1203", "三里屯SOHO A座****"},
	{"SOHO2203", "SOHO****"},
	{"望京街10号望京SOHO T3-B座-1508", "望京街10号望京SOHO T3-B座-****"},
	{"798艺术区", "798艺术区"},
	{"龙华街道1980科技文化产业园5栋B501", "龙华街道1980科技文化产业园5栋****"},
	{"7天酒店旁边", "7天酒店旁边"},
	{"恒隆广场1208", "恒隆广场****"},
	{"恒隆广场5F", "恒隆广场**"},
	{"江汉路步行街 2F-08", "江汉路步行街 **-**"},
	{"科技大厦1208号", "科技大厦****号"},
	{"阳光花园12 3 501", "阳光花园12 * ***"},
	{"阳光花园五零一", "阳光花园***"},
	{"三单元五零一室", "*单元***室"},
	{"二栋三单元五〇一", "二栋*单元***"},
	{"二十一栋一单元三零二", "二十一栋*单元***"},
	{"东户", "*户"},
	{"3栋东单元501", "3栋*单元***"},
	{"12幢甲单元203", "12幢*单元***"},
	{"12栋 A单元 B户", "12栋 *单元 *户"},
	{"11号楼甲门301", "11号楼*门***"},
	{"3门502", "*门***"},
	{"2号门", "2号门"},
	{"南门", "南门"},
	{"三门县城关镇", "三门县城关镇"},
	{"三房湾村", "三房湾村"},
	{"十里铺村二组", "十里铺村二组"},
	{"幸福村3组12号", "幸福村3组12号"},
	{"八一路12号", "八一路12号"},
	{"五一广场3楼", "五一广场*楼"},
	{"教学3楼305", "教学*楼***"},
	{"12号院5号楼2单元301", "12号院5号楼*单元***"},
	{"第18中学", "第18中学"},
	{"第三人民医院5号楼12床", "第三人民医院5号楼**床"},
	{"国道104线208公里", "国道104线208公里"},
	{"A区12号铺", "A区**号铺"},
	{"12栋501放门口", "12栋***放门口"},
	{"小区501放门口", "小区***放门口"},
	{"公寓12放门口", "公寓**放门口"},
	{"12栋501-502室", "12栋***-***室"},
	{"3-2栋501", "3-2栋***"},
	{"A-3栋 1201", "A-3栋 ****"},
	{"5栋-2-301", "5栋-*-***"},
	{"三期12-1-1001", "三期12-*-****"},
	{"绿地世纪城(一期)A-12-1702", "绿地世纪城(一期)A-**-****"},
	{"西区2-402", "西区2-***"},
	{"3号公寓501", "3号公寓***"},
	{"8号楼#502", "8号楼#***"},
	{"3#502", "3#***"},
	{"18#B座1203", "18#B座****"},
	{"地下二层B2-12", "地下*层**-**"},
	{"万科城市花园1203A", "万科城市花园*****"},
	{"1001", "****"},
	{"123栋456", "123栋***"},
	{"16 栋 2 单元 1 0 2", "16 栋 * 单元 * * *"},
	{"6号宿舍楼302", "6号宿舍楼***"},
	{"3栋302宿舍", "3栋***宿舍"},
	{"收件电话 13812345678", "收件电话 ***********"},
	{"人民东路88弄17支弄3号甲", "人民东路88弄17支弄3号甲"},
	{"光华路1号 嘉里中心北楼22层2201-2203", "光华路1号 嘉里中心北楼**层****-****"},
	{"天府三街199号金融大厦A区1单元3层", "天府三街199号金融大厦A区*单元*层"},
	{"１２栋３单元５０１室", "１２栋*单元***室"},
	{"永安路 ５８号　６０２", "永安路 ５８号　***"},
	{"5栋二单元2O1", "5栋*单元***"},
	{"Room 501, Building 3, No. 5 Zhongshan Road", "Room ***, Building 3, No. 5 Zhongshan Road"},
	{"1218 Xinzha Road", "1218 Xinzha Road"},
	{"Flat B, 12/F, Tower 3", "Flat *, **/*, Tower 3"},
	{"Unit 3 Apt 1203", "Unit * Apt ****"},
	{"学院路88号理工大学东校区5号宿舍楼302", "学院路88号理工大学东校区5号宿舍楼***"},
	{"交叉口往东走约250米桂花苑二期北区12号楼3单元5层501室(门口有24小时便利店)", "交叉口往东走约250米桂花苑二期北区12号楼*单元*层***室(门口有24小时便利店)"},
	{"保利12座1梯1203", "保利12座*梯****"},
	{"大冲城市花园2栋B单元12C", "大冲城市花园2栋*单元***"},
	{"一期3座25E", "一期3座***"},
	{"5号楼西单元中户", "5号楼*单元*户"},
	{"融创城 15#2402", "融创城 15#****"},
	{"蓝湾国际 9—1—1002", "蓝湾国际 9—*—****"},
	{"测试路1号-501", "测试路1号-***"},
	{"测试路501", "测试路501"}, // a road's house number, without its 号
	// masked by the platform already
	{"12栋*单元***室", "12栋*单元***室"},
	{"12栋3单元***室", "12栋*单元***室"},
	{"测试路****", "测试路****"},
	{"幸福小区＊＊＊", "幸福小区***"},
	{"", ""},
}

func TestMaskDetail(t *testing.T) {
	t.Parallel()
	for _, tt := range detailTable {
		got := MaskDetail(tt.in)
		if got != tt.want {
			t.Errorf("%q is shown as %q, want %q", tt.in, got, tt.want)
		}
		if again := MaskDetail(got); again != got {
			t.Errorf("%q is shown as %q, and masked again as %q", tt.in, got, again)
		}
	}
}

// addressParts are what addresses are made of; what may stay, in the first two lists, and the ways in which a
// unit and a room are written, with U and R for their numbers.
var (
	roadParts = []string{
		"", "测试路1号", "中山北路3663号", "人民东路88弄17号", "幸福村3组", "望京街10号院", "世纪大道100号 ", "G104国道旁", "朝阳门外大街甲6号",
	}
	placeParts = []string{
		"阳光花园", "幸福小区", "万科城市花园(二期)", "金茂大厦", "东方公寓", "SOHO现代城", "恒大名都", "军分区家属院", "798艺术区", "",
	}
	unitForms = []string{
		"12栋U单元R室", "12栋U单元R", "12幢U单元 R 室", "12号楼U单元R", "12号楼U-R", "12栋-U-R", "12-U-R", "12#U-R", "12#楼U单元R", "A座R",
		"B栋R室", "12栋R", "12栋R房", "12座R户", "12#R", "12楼U单元R", "12号楼U门R", "12栋U单元R号", "12栋(U)单元R室", "A12栋U单元R放门卫",
		"12栋 U单元 R(请打电话)", "12栋U单元R-A", "12号楼R,放快递柜", "12栋U单元R室 张三收", "12 U R", "T2-R", "12栋第U单元R室",
	}
)

// No digit run that is a unit or room number survives, and road, house number, community and building do.
func TestNoRoomSurvives(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		room := rapid.StringMatching(`[1-9][0-9]{2,3}`).Draw(t, "room")
		unit := rapid.StringMatching(`[1-9]`).Draw(t, "unit")
		road := rapid.SampledFrom(roadParts).Draw(t, "road")
		place := rapid.SampledFrom(placeParts).Draw(t, "place")
		form := rapid.SampledFrom(unitForms).Draw(t, "form")
		if road+place == "" || place == "" && form[0] == '1' && !strings.ContainsAny(form[:3], "栋幢号楼#座") {
			place = "幸福小区"
		}
		in := road + place + strings.NewReplacer("U", unit, "R", room).Replace(form)
		out := MaskDetail(in)
		tail := strings.TrimPrefix(out, road+place)
		if tail == out && road+place != "" {
			t.Fatalf("%q is shown as %q: road or community are hidden", in, out)
		}
		if strings.Contains(tail, room) {
			t.Fatalf("%q is shown as %q: the room is in clear", in, out)
		}
		if strings.Contains(form, "U") && regexp.MustCompile(`(^|[^0-9])`+unit+`([^0-9]|$)`).MatchString(tail) {
			t.Fatalf("%q is shown as %q: the unit is in clear", in, out)
		}
		if building := buildingOf.FindString(form); building != "" && !strings.HasPrefix(tail, building) {
			t.Fatalf("%q is shown as %q: the building is hidden", in, out)
		}
	})
}

var buildingOf = regexp.MustCompile(`^(?:A?12(?:栋|幢|号楼|座|#)|[AB][座栋])`)

// Masking only hides: what is shown is what was there, star for character, and masking again changes nothing.
func TestMaskDetailOnlyHides(t *testing.T) {
	t.Parallel()
	piece := rapid.SampledFrom([]string{
		"1", "12", "501", "0901", "A", "B1", "22F", "栋", "单元", "室", "号", "号楼", "楼", "层", "路", "弄", "-", " ", "#", "(", ")", "*", "***", "三",
		"十二", "五〇一", "东", "甲", "户", "门", "小区", "大厦", "村", "Room", "No.", "Building", "Road", ",", "，", "座", "单", "𠮷", "\n", "１２",
	})
	rapid.Check(t, func(t *rapid.T) {
		var in string
		if rapid.Bool().Draw(t, "wild") {
			in = rapid.String().Draw(t, "text")
		} else {
			in = strings.Join(rapid.SliceOfN(piece, 0, 14).Draw(t, "pieces"), "")
		}
		checkOnlyHidden(t, in)
	})
}

func checkOnlyHidden(t interface{ Fatalf(string, ...any) }, in string) {
	out := MaskDetail(in)
	if again := MaskDetail(out); again != out {
		t.Fatalf("%q is shown as %q, and masked again as %q", in, out, again)
	}
	was, is := []rune(in), []rune(out)
	if len(was) != len(is) {
		t.Fatalf("%q is shown as %q: %d characters became %d", in, out, len(was), len(is))
	}
	for i := range is {
		if is[i] != '*' && is[i] != was[i] {
			t.Fatalf("%q is shown as %q: something was changed, not hidden", in, out)
		}
	}
}

func FuzzMask(f *testing.F) {
	for _, tt := range detailTable {
		f.Add(tt.in)
	}
	for _, tt := range phoneTable {
		f.Add(tt.in)
	}
	for _, s := range ciphers {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) || len(s) > 1000 {
			return // a platform's JSON holds no broken text, and no field is that long
		}
		checkOnlyHidden(t, s)
		checkMaskedPhone(t, s, MaskPhone(s))
		if name := MaskName(s); MaskName(name) != name {
			t.Fatalf("%q is shown as %q, and masked again as %q", s, name, MaskName(name))
		}
		r := Recipient{
			Contact: Contact{Name: s, Mobile: s},
			Address: Address{Province: s, City: s, District: s, Street: s, Detail: s},
		}
		if m, _ := MaskRecipient(r); IsCipher(s) && (m != MaskedParty{}) {
			t.Fatalf("ciphertext %q is shown as %+v", s, m)
		}
		Validate(Order{OrderRef: OrderRef{ID: OrderID(s)}, Recipient: r})
	})
}
