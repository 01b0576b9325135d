package pdf

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"printstation/app/shipping"
	"printstation/assets"
	"printstation/printing/label"
)

var testFonts = sync.OnceValues(func() (*label.Fonts, error) { return label.NewFonts(assets.FontRegular(), assets.FontBold()) })

func newRenderer(tb testing.TB) *Renderer {
	tb.Helper()
	fonts, err := testFonts()
	if err != nil {
		tb.Fatal(err)
	}
	r, err := New(fonts, Options{})
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

func sample() shipping.Label {
	return shipping.Label{
		ID: "dy1/17-1", Station: "A1", Shop: "抖店一号", Carrier: "yuantong", CarrierName: "圆通速递", Number: "YT8800801072305",
		SortCode: "987-U50 423", Hub: "深圳龙岗集散", HubCode: "0755-03", ShortName: "龙岗",
		Recipient: shipping.MaskedParty{Name: "闫**", Phone: "173******29", Region: "四川省成都市郫都区", Address: "犀浦镇绿地大道446号***"},
		Sender:    shipping.MaskedParty{Name: "李**", Phone: "164******82", Region: "福建省泉州市晋江市", Address: "池店镇阜通东大街505号***"},
		Orders:    []shipping.OrderID{"202611115633260071"},
		Items: []shipping.OrderItem{{Name: "六角螺丝刀套装", Spec: "32合1", SKU: "LSD-32", Quantity: 3},
			{Name: "304不锈钢保温杯", Spec: "500ml 星空蓝", SKU: "BWB-500-B", Quantity: 2}, {Name: "贺卡", Quantity: 1, Gift: true}},
		BuyerMessage: "请不要放驿站,送到家门口", SellerRemark: "轻拿轻放",
		PrintedAt: time.Date(2026, 11, 10, 16, 8, 36, 0, time.UTC), Piece: 1, Pieces: 1, Batch: "A12", Serial: 37, BatchSize: 120,
	}
}

// carriers are labels as ten carriers number them; one is a marked demo, one has all that a platform lets be long.
func carriers() []shipping.Label {
	var labels []shipping.Label
	for i, number := range []shipping.TrackingNumber{"73144233224145", "YT8800801072305", "777033444568921", "462598779470531",
		"SF1023574470215", "JT3002232682242", "JDVA11408814483", "9866025654820", "DPK364112047425", "12345678901234567890"} {
		l := sample()
		l.ID, l.Number, l.Serial = shipping.LabelID(fmt.Sprintf("dy1/%d-1", i+1)), number, i+1
		labels = append(labels, l)
	}
	labels[3].Reprint, labels[3].Demo = 2, true
	long := &labels[6]
	long.Recipient.Address = strings.Repeat("天府新区华阳街道正西街社区府河音乐花园", 9) + "***"
	long.BuyerMessage = long.Recipient.Address
	for i := range 40 {
		long.Items = append(long.Items, shipping.OrderItem{Name: "加绒卫衣", SKU: fmt.Sprintf("WY-%03d", i), Quantity: i + 1})
	}
	labels[8].Recipient.Name = "𠮷*"
	return labels
}
