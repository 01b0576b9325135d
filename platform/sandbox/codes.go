package sandbox

import (
	"encoding/json"
	"fmt"
	"strconv"
)

// refusal is a "no" of the platform: a code that is not zero, and Chinese words.
type refusal struct {
	Code int
	Text string
}

func (r *refusal) with(text string) *refusal { return &refusal{Code: r.Code, Text: text} }

func (r *refusal) about(args ...any) *refusal {
	return &refusal{Code: r.Code, Text: fmt.Sprintf(r.Text, args...)}
}

// Refusals of the gateway itself. Its real codes are not published: a client can go by "not zero" and by the words
// alone. That doubt lives here and nowhere else.
var (
	noMissing    = &refusal{1001, "缺少参数:%s"}
	noFormat     = &refusal{1002, "参数格式错误:%s"}
	noSign       = &refusal{1003, "签名错误,请检查签名"}
	noTime       = &refusal{1004, "timestamp已过期,与服务器时间相差超过10分钟"}
	noApp        = &refusal{1005, "appid不存在"}
	noGrant      = &refusal{1006, "店铺未授权或授权已过期"}
	noTooMany    = &refusal{1007, "单次请求数量超过限制,最多%d条"}
	noPath       = &refusal{1008, "接口不存在"}
	noRate       = &refusal{1009, "请求过于频繁,请%d秒后重试"}
	noSystem     = &refusal{1010, "系统繁忙,请稍后重试"}
	noPermission = &refusal{30001, "应用没有该接口的权限"}
)

// Refusals of orders and numbers. The codes are those of the vendor's native interface, which the gateway hands
// through; "4006" with its words is the example of the gateway's own documentation.
var (
	noOrderForm     = &refusal{4006, "%s:订单号非法"}
	noField         = &refusal{4006, "%s"}
	noOrderQuery    = &refusal{4007, "查询订单失败"}
	noOrderGone     = &refusal{4007, "%s:订单已发货或已关闭"}
	noService       = &refusal{4029, "%s"}
	noCarrier       = &refusal{1000, "物流公司编码不存在或未开通:%s"}
	noOtherCarrier  = &refusal{1000, "该包裹已使用其他物流公司取号"}
	noWaybill       = &refusal{1003, "该运单不存在或已删除"}
	noCancelTwice   = &refusal{10801, "运单已取消,请勿重复取消"}
	noCancelGone    = &refusal{10803, "运单号不存在"}
	noCancelShipped = &refusal{4007, "订单已发货,不允许取消运单"}
)

// Refusals of shipments, worded as shop staff meet them.
var (
	noShipMissing  = &refusal{60033, "订单不存在"}
	noShipParent   = &refusal{60033, "order_id 格式错误, 暂只接收母订单"}
	noShipTwice    = &refusal{60110, "订单已发货,请勿重复发货"}
	noShipDone     = &refusal{60113, "订单已完成,不能发货"}
	noShipClosed   = &refusal{60021, "订单已取消,不能发货"}
	noShipUnpaid   = &refusal{60137, "订单未支付,不能发货"}
	noShipRefund   = &refusal{60040, "发货失败,订单有退款需要处理"}
	noShipSubflow  = &refusal{60120, "存在子流程需要处理"}
	noShipNothing  = &refusal{70023, "没有能发货的订单,请修改后重试"}
	noShipCode     = &refusal{60083, "物流公司代码和快递公司名不存在"}
	noShipCompany  = &refusal{60018, "暂不支持该物流公司或物流商已失效"}
	noShipRule     = &refusal{60017, "运单号不符合规则,请核对单号大小写、单号位数、快递公司是否正确"}
	noShipUnknown  = &refusal{60127, "运单号不符合规则或已使用"}
	noShipMismatch = &refusal{60128, "运单号与物流公司不匹配"}
	noShipReturn   = &refusal{60027, "无默认售后地址,请先设置然后操作发货"}
	noShipRecycled = &refusal{70018, "此单号已取消,请重新取号后发货"}
	noShipTaken    = &refusal{70022, "运单号已被其他收件人的订单使用"}
	noShipBusy     = &refusal{60124, "系统当前正处于访问高峰,稍后重试即可成功"}
	noShipQPS      = &refusal{10009, "系统错误:KE:MESH/3-QPS over limit/1604:cds_key"}
	noShipApp      = &refusal{10005, "认证失败,app_key不存在"}
)

// shipRefusals are the words that a shipment refused by a fault is answered with, in turn: what the trade's own
// questions and answers list for this platform.
var shipRefusals = []*refusal{
	noShipBusy, noShipNothing, noShipCompany, noShipRule, noShipReturn, noShipQPS, noShipSubflow, noShipApp,
	noShipRefund, noShipParent,
	{60072, "无售后信息,请小店后台补充后操作"},
}

// looseCode writes an error code as text or as a number, because real answers do both. Which of the two depends on
// the order alone, so that a repeated question gets the same bytes.
type looseCode struct {
	code   int
	asText bool
}

func (c looseCode) MarshalJSON() ([]byte, error) {
	if c.asText {
		return json.Marshal(strconv.Itoa(c.code))
	}
	return json.Marshal(c.code)
}

func codeFor(order string, code int) looseCode {
	odd := order != "" && (order[len(order)-1]-'0')%2 == 1
	return looseCode{code: code, asText: odd}
}
