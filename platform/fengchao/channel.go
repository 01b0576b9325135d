package fengchao

// Douyin is the channel (order_channel) of 抖店's own orders, and what 0 in the settings means.
const Douyin = 1

// channels is the table of document 004, section 4.2. Channel 11 is in it without a name; 54 is not in it.
var channels = map[int]string{
	1: "抖音", 2: "快手", 3: "淘宝", 4: "天猫", 5: "京东", 6: "拍拍", 7: "易讯", 8: "当当", 9: "EBAY", 10: "亚马逊",
	11: "", 12: "苏宁", 13: "国美", 14: "唯品会", 15: "聚美", 16: "乐蜂", 17: "蘑菇街", 18: "聚尚", 19: "拍鞋", 20: "银泰",
	21: "1号店", 22: "凡客", 23: "邮乐", 24: "优购", 25: "1688", 26: "有赞", 27: "拼多多", 28: "折800", 29: "楚楚街", 30: "卷皮",
	31: "贝贝", 32: "微店", 33: "千米", 34: "美丽说", 35: "返利", 36: "萌店", 37: "网易严选", 38: "微盟", 39: "微商", 40: "小米",
	41: "考拉", 42: "蜜芽", 43: "云集", 44: "贝店", 45: "闲鱼", 46: "玩物得志", 47: "小红书", 48: "华为", 49: "洋码头", 50: "我买",
	51: "酒仙网", 52: "本来生活", 53: "得物", 55: "小荷健康商城", 56: "微信视频号", 101: "字节供应链", 102: "字节抖音超市",
}

// ChannelName gives the name of the platform that an order comes from (渠道) by its order_channel code; ok says whether
// the gateway has such a channel. One channel (11) is valid and has no name.
func ChannelName(code int) (name string, ok bool) {
	name, ok = channels[code]
	return name, ok
}
