package sandbox

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Rules of the request for numbers.
const (
	ownChannel = "1" // orders of this platform
	maxDetail  = 200 // characters of a detail address in clear
	maxName    = 64
)

var (
	ownOrderID     = regexp.MustCompile(`^[1-9]\d{18}$`)
	foreignOrderID = regexp.MustCompile(`^[0-9A-Za-z/-]{1,32}$`)
	packIDForm     = regexp.MustCompile(`^[A-Za-z0-9_]{0,15}$`)
)

// phoneForm takes mobiles, landlines, service numbers, and virtual numbers with their extension.
var phoneForm = regexp.MustCompile(`^(\+86)?[0-9]{7,12}([-,][0-9]{1,8}){0,2}$` +
	`|^0\d{2,3}-\d{7,8}(-\d{1,6})?$|^95\d{9,12}([-,]\d{1,6})?$|^400-?\d{3}-?\d{4}$`)

// loose is a value that callers write as text or as a number.
type loose string

func (l *loose) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		return json.Unmarshal(b, (*string)(l))
	}
	var n json.Number
	if err := json.Unmarshal(b, &n); err != nil {
		return err
	}
	*l = loose(n)
	return nil
}

func (l loose) text() string { return string(l) }

type issueRequest struct {
	Sender        senderInfo  `json:"sender_info"`
	LogisticsCode string      `json:"logistics_code"`
	Orders        []orderInfo `json:"order_infos"`
	UserID        loose       `json:"user_id"`
	Channel       loose       `json:"order_channel"`
}

type senderInfo struct {
	Address wirePostal  `json:"address"`
	Contact wireContact `json:"contact"`
}

type receiverInfo = senderInfo

type wirePostal struct {
	Country  string `json:"country_code"`
	Province string `json:"province_name"`
	City     string `json:"city_name"`
	District string `json:"district_name"`
	Street   string `json:"street_name"`
	Detail   string `json:"detail_address"`
}

type wireContact struct {
	Name   string `json:"name"`
	Mobile string `json:"mobile"`
	Phone  string `json:"phone"`
}

type orderInfo struct {
	OrderID  loose        `json:"order_id"`
	PackID   string       `json:"pack_id"`
	Receiver receiverInfo `json:"receiver_info"`
	Items    []wireGoods  `json:"items"`
	Remark   string       `json:"remark"`
}

type wireGoods struct {
	Name  string `json:"item_name"`
	Specs string `json:"item_specs"`
	Count int    `json:"item_count"`
}

func (r issueRequest) channel() string {
	if r.Channel == "" || r.Channel == "0" {
		return ownChannel
	}
	return r.Channel.text()
}

// knownChannel follows the table of the gateway's documentation: 1 to 56 without 54, and two of the group's own.
func knownChannel(text string) bool {
	n, err := strconv.Atoi(text)
	return err == nil && (n >= 1 && n <= 56 && n != 54 || n == 101 || n == 102)
}

// check looks at what all orders of a request share.
func (r issueRequest) check(most int) *refusal {
	switch {
	case len(r.Orders) == 0:
		return noMissing.about("order_infos")
	case len(r.Orders) > most:
		return noTooMany.about(most)
	case r.LogisticsCode == "":
		return noMissing.about("logistics_code")
	case !knownChannel(r.channel()):
		return noFormat.about("order_channel")
	}
	if _, ok := courierByCode(r.LogisticsCode); !ok {
		return noCarrier.about(r.LogisticsCode)
	}
	if text := r.Sender.fault("寄件人"); text != "" {
		return noField.about(text)
	}
	return nil
}

func (r issueRequest) checkOrderID(id string) *refusal {
	form := foreignOrderID
	if r.channel() == ownChannel {
		form = ownOrderID
	}
	if !form.MatchString(id) {
		return noOrderForm.about(id)
	}
	return nil
}

func (o orderInfo) check() *refusal {
	if !packIDForm.MatchString(o.PackID) {
		return noField.about("pack_id只能由数字、字母、下划线组成且不超过15位")
	}
	if text := o.Receiver.fault("收件人"); text != "" {
		return noField.about(text)
	}
	if len(o.Items) == 0 {
		return noField.about("商品信息items不能为空")
	}
	for _, it := range o.Items {
		if it.Name == "" || it.Count < 1 {
			return noField.about("商品名称不能为空且数量须大于0")
		}
	}
	return nil
}

func (o orderInfo) hasCipher() bool {
	c := o.Receiver.Contact
	return isCipher(c.Name) || isCipher(c.Mobile) || isCipher(c.Phone) || isCipher(o.Receiver.Address.Detail)
}

// fault gives the platform's words for the first thing that is wrong with a person, "" when nothing is. Ciphertext is
// recognized first: it is longer than any limit, and nothing in it can be looked at.
func (s senderInfo) fault(who string) string {
	switch {
	case s.Address.Province == "":
		return who + "省份不能为空"
	case s.Address.City == "":
		return who + "城市不能为空"
	}
	if s.Address.District == "" && !citiesWithoutDistricts[s.Address.City] {
		return who + "区县不能为空"
	}
	if text := detailFault(who, s.Address.Detail); text != "" {
		return text
	}
	return s.Contact.fault(who)
}

func detailFault(who, detail string) string {
	switch {
	case strings.TrimSpace(detail) == "":
		return who + "详细地址不能为空"
	case isCipher(detail):
		return ""
	case utf8.RuneCountInString(detail) > maxDetail:
		return "详细地址长度不能超过200字符,请检查重试"
	case strings.Contains(detail, "**"):
		return who + "详细地址不能为脱敏数据"
	}
	return ""
}

func (c wireContact) fault(who string) string {
	switch {
	case strings.TrimSpace(c.Name) == "":
		return who + "姓名不能为空"
	case !isCipher(c.Name) && utf8.RuneCountInString(c.Name) > maxName:
		return who + "姓名过长"
	case strings.Contains(c.Name, "*") && !isCipher(c.Name):
		return who + "姓名不能为脱敏数据"
	case c.Mobile == "" && c.Phone == "":
		return who + "手机和电话不能同时为空"
	}
	for _, n := range []string{c.Mobile, c.Phone} {
		if n != "" && !isCipher(n) && !phoneForm.MatchString(n) {
			return who + "手机或电话格式错误"
		}
	}
	return ""
}
