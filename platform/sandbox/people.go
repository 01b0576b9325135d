package sandbox

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// Names are drawn from common characters; the numbers run in 0000 blocks, so that no demo label rings anybody.
var (
	surnames  = split("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文")
	givenOne  = split("伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰梅鑫波斌宇浩凯健俊帆琳玲红雪倩颖婷慧莹佳")
	givenTwo  = split("子梓宇浩一思欣雨诗梦晓佳嘉文志建国海天俊泽瑞雅若紫轩涵怡彤萱琪睿博航辰宁安然菲悦欢")
	compounds = []string{"欧阳", "上官", "司马", "诸葛", "皇甫", "尉迟", "公孙", "慕容", "令狐", "夏侯"}
)

// rareNames hold characters that fonts, encodings and label programs stumble over; 𠮷 lies above U+FFFF.
var rareNames = []string{"张龘", "李䶮", "王㛃", "陈堃", "𠮷田健", "马骉", "赵犇", "刘翀昊", "周喆", "闫鑫淼", "欧阳娜娜", "司马玥"}

// longNames of people of Xinjiang, with the dot that belongs to them.
var longNames = []string{
	"阿卜杜热西提·买买提", "古丽娜尔·艾合买提", "迪丽达尔·吐尔逊", "艾克拜尔·阿不都热依木", "努尔古丽·玉苏甫江",
}

var mobilePrefixes = []string{"138", "139", "137", "150", "159", "186", "188", "177", "133", "199"}

var areaCodes = map[string]string{
	"北京市": "010", "上海市": "021", "天津市": "022", "重庆市": "023", "杭州市": "0571", "广州市": "020", "深圳市": "0755",
	"武汉市": "027", "成都市": "028", "南京市": "025", "苏州市": "0512", "长沙市": "0731", "郑州市": "0371", "厦门市": "0592",
	"东莞市": "0769", "中山市": "0760", "青岛市": "0532", "济南市": "0531",
}

func split(s string) []string { return strings.Split(s, "") }

func one[T any](r *rand.Rand, of []T) T { return of[r.IntN(len(of))] }

func drawName(r *rand.Rand) string {
	surname := one(r, surnames)
	if r.IntN(40) == 0 {
		surname = one(r, compounds)
	}
	if r.IntN(4) == 0 {
		return surname + one(r, givenOne)
	}
	return surname + one(r, givenTwo) + one(r, givenTwo)
}

func drawMobile(r *rand.Rand) string {
	return fmt.Sprintf("%s0000%04d", one(r, mobilePrefixes), r.IntN(10000))
}

// drawPhone gives mostly mobiles, some landlines, and virtual numbers in the two forms that platforms hand out.
func drawPhone(r *rand.Rand, city string) string {
	switch n := r.IntN(100); {
	case n < 4:
		area, known := areaCodes[city]
		if !known {
			area = "0571"
		}
		return fmt.Sprintf("%s-8000%04d", area, r.IntN(10000))
	case n < 9:
		return fmt.Sprintf("1840000%04d-%04d", r.IntN(10000), r.IntN(10000))
	case n < 11:
		return fmt.Sprintf("95013000%04d,%04d", r.IntN(10000), r.IntN(10000))
	default:
		return drawMobile(r)
	}
}

var roads = []string{
	"文一西路", "人民东路", "建设大道", "解放南路", "中山北路", "滨江大道", "学院路", "和平街", "青年路", "新华路", "长江中路",
	"科技三路", "迎宾大道", "体育场路", "花园路", "东风路", "朝阳街", "兴业路",
}

var estates = []string{
	"西溪诚园", "阳光花园", "翡翠城", "金色家园", "锦绣江南", "万和广场", "星河湾", "桂花苑", "滨河小区", "书香门第", "幸福里", "云山府",
}

// drawDetail writes the part of an address below the street, with the unit and room numbers that must be hidden.
func drawDetail(r *rand.Rand) string {
	road := fmt.Sprintf("%s%d号", one(r, roads), 1+r.IntN(900))
	estate := one(r, estates)
	room := fmt.Sprintf("%d%02d", 1+r.IntN(28), 1+r.IntN(8))
	switch r.IntN(8) {
	case 0:
		return fmt.Sprintf("%s%s%d幢%d单元%s室", road, estate, 1+r.IntN(30), 1+r.IntN(4), room)
	case 1:
		return fmt.Sprintf("%s%s%d栋%s", road, estate, 1+r.IntN(30), room)
	case 2:
		return fmt.Sprintf("%s创业大厦%c座%d楼%s室", road, 'A'+rune(r.IntN(4)), 1+r.IntN(28), room)
	case 3:
		return fmt.Sprintf("%s村%d组%d号", one(r, []string{"王家", "李庄", "上塘", "东坝", "柳林"}), 1+r.IntN(12), 1+r.IntN(200))
	case 4:
		return fmt.Sprintf("%s %s %d-%d-%s", road, estate, 1+r.IntN(30), 1+r.IntN(4), room)
	case 5:
		return fmt.Sprintf("%s菜鸟驿站(%s南门)", road, estate)
	case 6:
		return fmt.Sprintf("%s大学%s校区%d号宿舍楼%s", one(r, []string{"理工", "师范", "农业", "财经"}), one(r, []string{"东", "西", "新"}), 1+r.IntN(20), room)
	default:
		return fmt.Sprintf("%s%s%d号楼%d单元%d层%s", road, estate, 1+r.IntN(30), 1+r.IntN(4), 1+r.IntN(28), room)
	}
}

// drawLongDetail writes an address of about a hundred characters, as people do who fear that nobody finds them.
func drawLongDetail(r *rand.Rand) string {
	return fmt.Sprintf("%s与%s交叉口往东走约%d米路北侧红色大门进去右手边%s二期北区%d号楼%d单元%d层%d%02d室(门口有两棵大槐树和一家24小时便利店,"+
		"到了请打电话不要放快递柜,家里有老人不方便下楼,周末送到楼下物业服务中心前台代收也可以,谢谢师傅)",
		one(r, roads), one(r, roads), 50+10*r.IntN(60), one(r, estates), 1+r.IntN(30), 1+r.IntN(4), 1+r.IntN(28),
		1+r.IntN(28), 1+r.IntN(8))
}
