package label

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"printstation/app/shipping"
)

// china is China Standard Time (中国标准时间); the trade knows no other.
var china = time.FixedZone("CST", 8*60*60)

// content is a label's data in the words that stand on it, all of it settable.
type content struct {
	carrier           string
	number            string
	sortCode          string
	hub, hubCode      string
	shortName         string
	recipient, sender party
	orders            []string
	items             []line
	pieces            int // goods in the parcel
	message, remark   string
	serial            string // A12 037/120
	piece             string // 第 1/1 件
	several           bool   // pieces with numbers of their own
	printed           string // 2026-11-11 00:08
	shop, station     string
	labelID           string
	reprint           string // 补打 第2次
	demo              bool
}

// party is a person; address is region and detail.
type party struct{ name, phone, region, detail, address string }

// line is one kind of goods.
type line struct {
	name     string // title
	detail   string // specification and the seller's code, what the packer tells goods apart by
	quantity string // ×3
	count    int
}

func read(l shipping.Label, c *cleaner) content {
	t := content{
		carrier:   c.clean("routing", l.CarrierName),
		number:    string(l.Number),
		sortCode:  c.clean("routing", l.SortCode),
		hub:       c.clean("routing", l.Hub),
		hubCode:   c.clean("routing", l.HubCode),
		shortName: c.clean("routing", l.ShortName),
		recipient: readParty(c, "recipient", l.Recipient),
		sender:    readParty(c, "sender", l.Sender),
		message:   c.clean("message", l.BuyerMessage),
		remark:    c.clean("remark", l.SellerRemark),
		serial:    serial(c.clean("other", l.Batch), l.Serial, l.BatchSize),
		shop:      c.clean("other", l.Shop),
		station:   c.clean("other", l.Station),
		labelID:   c.clean("other", string(l.ID)),
		demo:      l.Demo,
	}
	for _, id := range l.Orders {
		if s := c.clean("order", string(id)); s != "" {
			t.orders = append(t.orders, s)
		}
	}
	for _, item := range l.Items {
		t.items = append(t.items, readItem(c, item))
		t.pieces += max(0, item.Quantity)
	}
	if l.Pieces > 0 {
		t.piece = fmt.Sprintf("第 %d/%d 件", l.Piece, l.Pieces)
		t.several = l.Pieces > 1
	}
	if !l.PrintedAt.IsZero() {
		t.printed = l.PrintedAt.In(china).Format("2006-01-02 15:04")
	}
	switch {
	case l.Reprint > 999:
		t.reprint = "补打 多次"
	case l.Reprint > 0:
		t.reprint = fmt.Sprintf("补打 第%d次", l.Reprint)
	}
	return t
}

func readParty(c *cleaner, field string, p shipping.MaskedParty) party {
	out := party{
		name:   c.clean(field, p.Name),
		phone:  c.clean(field, p.Phone),
		region: c.clean(field, p.Region),
		detail: c.clean(field, p.Address),
	}
	out.address = out.region + out.detail
	return out
}

func readItem(c *cleaner, item shipping.OrderItem) line {
	gift := ""
	if item.Gift {
		gift = "[赠]"
	}
	return line{
		name:     join(" ", gift, c.clean("item", item.Name)),
		detail:   join("  ", c.clean("item", item.Spec), c.clean("item", item.SKU)),
		quantity: "×" + strconv.Itoa(item.Quantity),
		count:    max(0, item.Quantity),
	}
}

// serial gives "A12 037/120": the count padded, so that a pile of labels can be put in order at a glance.
func serial(batch string, n, of int) string {
	if n <= 0 {
		return batch
	}
	if of <= 0 {
		return strings.TrimSpace(fmt.Sprintf("%s %03d", batch, n))
	}
	return strings.TrimSpace(fmt.Sprintf("%s %0*d/%d", batch, len(strconv.Itoa(of)), n, of))
}
