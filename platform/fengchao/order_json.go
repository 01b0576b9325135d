package fengchao

import (
	"encoding/json"
	"errors"
	"regexp"
	"strings"

	"printstation/app/shipping"
	"printstation/platform/wire"
)

// orderJSON is an order as the native interface writes it, read leniently.
type orderJSON struct {
	OrderID      wire.Text  `json:"order_id"`
	Status       wire.Int   `json:"order_status"`
	Lines        []lineJSON `json:"sku_order_list"`
	Address      addrJSON   `json:"post_addr"`
	Receiver     wire.Text  `json:"post_receiver"`
	Tel          wire.Text  `json:"post_tel"`
	CipherName   wire.Text  `json:"encrypt_post_receiver"`
	CipherTel    wire.Text  `json:"encrypt_post_tel"`
	MaskedName   wire.Text  `json:"mask_post_receiver"`
	MaskedTel    wire.Text  `json:"mask_post_tel"`
	MaskedAddr   addrJSON   `json:"mask_post_addr"`
	BuyerWords   wire.Text  `json:"buyer_words"`
	SellerWords  wire.Text  `json:"seller_words"`
	CreateTime   wire.Time  `json:"create_time"`
	PayTime      wire.Time  `json:"pay_time"`
	UpdateTime   wire.Time  `json:"update_time"`
	ShipDeadline wire.Time  `json:"exp_ship_time"`
	Logistics    []parcels  `json:"logistics_info"`
}

// addrJSON is an address; town is what the trade calls district (区县).
type addrJSON struct {
	Province region    `json:"province"`
	City     region    `json:"city"`
	Town     region    `json:"town"`
	Street   region    `json:"street"`
	Detail   wire.Text `json:"detail"`
	Cipher   wire.Text `json:"encrypt_detail"`
}

// lineJSON is one sub-order.
type lineJSON struct {
	ID        wire.Text `json:"order_id"`
	Status    wire.Int  `json:"order_status"`
	Name      wire.Text `json:"product_name"`
	Spec      spec      `json:"spec"`
	Count     wire.Int  `json:"item_num"`
	Code      wire.Text `json:"code"`
	Gift      wire.Bool `json:"is_gift"`
	GivenType wire.Text `json:"given_product_type"` // FREE is a gift, natively
	AfterSale afterSale `json:"after_sale_info"`
}

// parcels is one entry of logistics_info: a parcel that the platform has as shipped.
type parcels struct {
	Number wire.Text `json:"tracking_no"`
}

// spec is a specification: a text, or a list of name and value.
type spec string

func (s *spec) UnmarshalJSON(raw []byte) error {
	if !opens(raw) {
		var t wire.Text
		if err := t.UnmarshalJSON(raw); err != nil {
			return err
		}
		*s = spec(t)
		return nil
	}
	var pairs []struct {
		Name  wire.Text `json:"name"`
		Value wire.Text `json:"value"`
	}
	if json.Unmarshal(raw, &pairs) != nil {
		return errors.New("a specification is malformed")
	}
	parts := make([]string, 0, len(pairs))
	for _, p := range pairs {
		switch {
		case p.Name == "":
			parts = append(parts, string(p.Value))
		case p.Value == "":
			parts = append(parts, string(p.Name))
		default:
			parts = append(parts, string(p.Name)+":"+string(p.Value))
		}
	}
	*s = spec(strings.Join(parts, " "))
	return nil
}

// parseOrder reads one row of the list; problem says in words, without the row's values, why it cannot be read.
func parseOrder(raw json.RawMessage, shop shipping.ShopID) (o shipping.Order, problem string) {
	var v orderJSON
	if problem := decode(raw, &v); problem != "" {
		return shipping.Order{}, problem
	}
	if v.OrderID == "" {
		return shipping.Order{}, "the order has no order_id"
	}
	live, refund := settle(v)
	o = shipping.Order{
		OrderRef:     shipping.OrderRef{Shop: shop, ID: shipping.OrderID(v.OrderID)},
		Status:       statusOf(v.Status),
		Refund:       refund,
		Recipient:    recipientOf(v),
		BuyerMessage: string(v.BuyerWords),
		SellerRemark: string(v.SellerWords),
		CreatedAt:    v.CreateTime.Time,
		PaidAt:       v.PayTime.Time,
		UpdatedAt:    v.UpdateTime.Time,
		ShipBy:       v.ShipDeadline.Time,
	}
	for _, l := range live {
		if l.Count < 0 || l.Count > 1<<31-1 {
			return shipping.Order{}, "item_num is not a quantity"
		}
		o.Items = append(o.Items, shipping.OrderItem{
			ID: string(l.ID), Name: string(l.Name), Spec: string(l.Spec), SKU: string(l.Code),
			Quantity: int(l.Count), Gift: bool(l.Gift) || strings.EqualFold(string(l.GivenType), "FREE"),
		})
	}
	return o, ""
}

var mobile = regexp.MustCompile(`^1\d{10}$`)

// recipientOf takes each field as ciphertext where there is any, else in clear.
func recipientOf(v orderJSON) shipping.Recipient {
	r := shipping.Recipient{
		Contact: shipping.Contact{Name: first(string(v.CipherName), string(v.Receiver))},
		Address: shipping.Address{
			Province: string(v.Address.Province), City: string(v.Address.City), District: string(v.Address.Town),
			Street: string(v.Address.Street), Detail: first(string(v.Address.Cipher), string(v.Address.Detail)),
		},
	}
	tel := first(string(v.CipherTel), string(v.Tel))
	// A landline or a virtual number with extension is no mobile; what ciphertext holds is not ours to know, and the
	// gateway's own example sends it as mobile.
	if mobile.MatchString(tel) || shipping.IsCipher(tel) {
		r.Mobile = tel
	} else {
		r.Phone = tel
	}
	r.Masked = maskedOf(v, r)
	return r
}

// maskedOf is the platform's masked form of a recipient that comes as ciphertext; nil unless it is complete, for half of
// it cannot be printed. A recipient in clear is masked by our own, stricter rules when it is shown.
func maskedOf(v orderJSON, r shipping.Recipient) *shipping.MaskedParty {
	if !shipping.IsCipher(r.Name) && !shipping.IsCipher(r.Mobile) && !shipping.IsCipher(r.Detail) {
		return nil
	}
	m := v.MaskedAddr
	if v.MaskedName == "" || v.MaskedTel == "" || m.Detail == "" {
		return nil
	}
	where := shipping.Address{
		Province: first(string(m.Province), r.Province),
		City:     first(string(m.City), r.City),
		District: first(string(m.Town), r.District),
	}
	return &shipping.MaskedParty{
		Name:    string(v.MaskedName),
		Phone:   string(v.MaskedTel),
		Region:  shipping.Region(where),
		Address: first(string(m.Street), r.Street) + string(m.Detail),
	}
}
