package sandbox

import (
	"fmt"
	"regexp"
	"strconv"
)

// courier is one 快递公司 with the form of its numbers.
type courier struct {
	Code, Name string
	form       *regexp.Regexp
	number     func(h uint64) string
}

// couriers are those that the demo shop has a contract with. The forms are the public validation rules of each.
var couriers = []courier{
	{"zhongtong", "中通快递", regexp.MustCompile(`^7[3-68]\d{12}$`), func(h uint64) string {
		return "7" + "34568"[h%5:h%5+1] + digits(h/5, 12)
	}},
	{"yuantong", "圆通速递", regexp.MustCompile(`^YT\d{13}$`), prefixed("YT", 13)},
	{"shentong", "申通快递", regexp.MustCompile(`^(77|43)\d{12,15}$`), prefixed("77", 13)},
	{"yunda", "韵达快递", regexp.MustCompile(`^[34]\d{14}$|^5\d{12}$`), prefixed("46", 13)},
	{"shunfeng", "顺丰速运", regexp.MustCompile(`^SF[a-zA-Z0-9]\d{12}$`), prefixed("SF1", 12)},
	{"jtexpress", "极兔速递", regexp.MustCompile(`^JT\d{13}$`), prefixed("JT", 13)},
	{"youzhengguonei", "邮政快递包裹", regexp.MustCompile(`^9[689]\d{11}$`), prefixed("98", 11)},
	{"ems", "EMS", regexp.MustCompile(`^1[012]\d{11}$`), prefixed("11", 11)},
	{"jd", "京东快递", regexp.MustCompile(`^JDV[A-Z]\d{11}$`), prefixed("JDVA", 11)},
	{"debangkuaidi", "德邦快递", regexp.MustCompile(`^DPK\d{12}$`), prefixed("DPK", 12)},
	{"danniao", "丹鸟", regexp.MustCompile(`^621\d{12}$`), prefixed("621", 12)},
}

func courierByCode(code string) (courier, bool) {
	for _, c := range couriers {
		if c.Code == code {
			return c, true
		}
	}
	return courier{}, false
}

func prefixed(prefix string, n int) func(uint64) string {
	return func(h uint64) string { return prefix + digits(h, n) }
}

// digits gives the last n decimal digits of h, zeros in front.
func digits(h uint64, n int) string {
	s := fmt.Sprintf("%020d", h)
	return s[len(s)-n:]
}

// nextNumber draws a number that the world never gave before. It depends on the seed and the pack alone, not on who
// asked first; only a collision, about one in 10^12, moves it.
func (w *World) nextNumber(c courier, k packKey) string {
	for try := 0; ; try++ {
		h := hash64(strconv.FormatUint(w.opt.Seed, 10), c.Code, k.Channel, k.Order, k.Pack, strconv.Itoa(try))
		n := c.number(h)
		if _, taken := w.byNumber[n]; !taken {
			return n
		}
	}
}
