package sandbox

import (
	"fmt"
	"math/rand/v2"
)

type product struct {
	name   string
	code   string
	price  int64 // fen
	colors []string
	sizes  []string
}

var (
	clothSizes = []string{"S", "M", "L", "XL", "2XL"}
	shoeSizes  = []string{"36", "37", "38", "39", "40", "41", "42", "43"}
	childSizes = []string{"90cm", "100cm", "110cm", "120cm", "130cm"}
)

// products are a general store's: long titles as sellers write them, with and without variants.
var products = []product{
	{"【夏季新款】白色水墨印花衬衣男士宽松短袖", "CS-2101", 8900, []string{"白色", "浅灰"}, clothSizes},
	{"纯棉圆领T恤女ins风百搭上衣", "TX-1003", 5900, []string{"奶白", "藏青", "燕麦色"}, clothSizes},
	{"高腰阔腿牛仔裤女直筒显瘦拖地裤", "NZ-3307", 12900, []string{"复古蓝", "黑灰"}, clothSizes},
	{"儿童防晒衣轻薄透气男女童皮肤衣", "ET-0912", 7900, []string{"天蓝", "粉色", "黄色"}, childSizes},
	{"飞织透气运动鞋男女同款软底跑步鞋", "XZ-5520", 15900, []string{"黑白", "全白", "灰橙"}, shoeSizes},
	{"居家防滑凉拖鞋情侣款EVA踩屎感", "TX-8801", 1990, []string{"米色", "墨绿", "浅紫"}, shoeSizes},
	{"羊毛混纺围巾秋冬加厚格子披肩", "WJ-7001", 9900, []string{"驼色格", "红黑格"}, nil},
	{"纯棉袜子男中筒吸汗防臭10双装", "WZ-0010", 2990, []string{"黑色", "混色"}, nil},
	{"云南高山小粒咖啡挂耳包 10g*20包", "KF-2020", 4590, nil, nil},
	{"新疆和田大枣特级500g*2袋", "HZ-0500", 3980, nil, nil},
	{"安溪铁观音清香型乌龙茶250g礼盒装", "CY-0250", 12800, []string{"清香型", "浓香型"}, nil},
	{"手工红薯粉条 农家宽粉5斤", "FT-0005", 3600, nil, []string{"宽粉", "细粉"}},
	{"柳州螺蛳粉 正宗原味300g*6包", "LS-0306", 5290, []string{"原味", "加臭加辣"}, nil},
	{"不锈钢保温杯大容量学生便携水杯", "BW-0750", 6900, []string{"银色", "军绿", "樱花粉"}, []string{"500ml", "750ml"}},
	{"304不锈钢炒锅不粘锅平底锅家用", "GJ-3200", 16900, nil, []string{"30cm", "32cm"}},
	{"加厚垃圾袋抽绳手提式家用厨房 5卷100只", "LJ-0100", 1590, nil, []string{"中号45*50", "大号50*60"}},
	{"竹纤维洗脸巾一次性棉柔巾 80抽*6包", "MR-0806", 2990, nil, nil},
	{"抽纸整箱原木4层加厚 30包", "CZ-0030", 3990, nil, nil},
	{"迷你手持小风扇USB充电静音", "FS-0088", 3990, []string{"白色", "薄荷绿"}, nil},
	{"Type-C快充数据线 6A 100W 超级快充", "SJ-0002", 1990, nil, []string{"1米", "2米"}},
	{"手机壳适用于液态硅胶全包防摔", "SK-1500", 2590, []string{"黑色", "远峰蓝", "暗紫"}, []string{"15", "15 Pro", "15 Pro Max"}},
	{"蓝牙耳机半入耳式 降噪 超长续航", "EJ-0300", 12900, []string{"白色", "黑色"}, nil},
	{"氨基酸洗面奶 温和清洁 120g", "HF-0120", 5900, nil, nil},
	{"补水保湿面膜 玻尿酸 25ml*20片", "MM-0020", 6990, nil, nil},
	{"宠物猫粮全价成猫 鸡肉味 10kg", "ML-0010", 15800, nil, []string{"10kg", "20kg"}},
	{"猫砂豆腐砂混合除臭 2.5kg*8袋", "MS-0258", 9990, []string{"原味", "绿茶"}, nil},
	{"绿萝盆栽 室内净化空气水培植物", "LZ-0001", 1890, nil, []string{"小盆", "大盆"}},
	{"小学生练字本田字格 50本装", "BZ-0050", 2980, nil, nil},
	{"中性笔按动式速干 0.5mm 黑色 30支", "ZX-0030", 1990, []string{"黑", "蓝", "红"}, nil},
	{"乐扣保鲜盒 冰箱收纳 5件套", "BX-0005", 4990, nil, nil},
}

var gifts = []product{
	{"【赠品】定制帆布袋", "ZP-0001", 0, nil, nil},
	{"【赠品】试用装小样3ml*2", "ZP-0002", 0, nil, nil},
	{"【赠品】好评返现卡+手机支架", "ZP-0003", 0, nil, nil},
}

var buyerWords = []string{
	"请发中通,谢谢", "麻烦包装结实一点,送人的", "尽快发货!!急用", "不要放快递柜,放门口就行", "生日礼物,请不要放价格单",
	"工作日送,周末不在家", "衣服要没有瑕疵的 🙏", "送货前请打电话~",
}

var sellerWords = []string{
	"老客户,多送一包小样", "换大一码,客服小李已确认", "加急,今天必须发", "易碎,气泡膜两层", "补发,原单少发一件", "发顺丰到付,买家已同意",
}

// drawItems gives mostly one line and sometimes up to twelve; one order in twelve has a gift with it.
func drawItems(r *rand.Rand, orderID uint64) []item {
	count := 1
	switch n := r.IntN(100); {
	case n >= 97:
		count = 8 + r.IntN(5)
	case n >= 90:
		count = 4 + r.IntN(4)
	case n >= 60:
		count = 2 + r.IntN(2)
	}
	items := make([]item, 0, count+1)
	for range count {
		items = append(items, drawItem(r, one(r, products)))
	}
	if count < 12 && r.IntN(12) == 0 {
		gift := drawItem(r, one(r, gifts))
		gift.Gift, gift.Count = true, 1
		items = append(items, gift)
	}
	for i := range items {
		items[i].ID = fmt.Sprintf("%d", orderID+uint64(i)+1)
	}
	return items
}

func drawItem(r *rand.Rand, p product) item {
	it := item{Name: p.name, Code: p.code, Price: p.price, Count: 1}
	if len(p.colors) > 0 {
		n := r.IntN(len(p.colors))
		it.Color, it.Code = p.colors[n], fmt.Sprintf("%s-%d", it.Code, n+1)
	}
	if len(p.sizes) > 0 {
		it.Size = one(r, p.sizes)
		it.Code += "-" + it.Size
	}
	if r.IntN(6) == 0 {
		it.Count = 2 + r.IntN(3)
	}
	return it
}
