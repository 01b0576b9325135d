package sandbox

import "time"

// wireOrder is an order as trade/list and trade/detail show it, in the names of the vendor's native order list.
type wireOrder struct {
	OrderID             string          `json:"order_id"`
	OrderStatus         int             `json:"order_status"`
	OrderStatusDesc     string          `json:"order_status_desc"`
	CreateTime          int64           `json:"create_time"` // unix seconds, as all times
	PayTime             int64           `json:"pay_time"`
	UpdateTime          int64           `json:"update_time"`
	ExpShipTime         int64           `json:"exp_ship_time"`
	ShipTime            int64           `json:"ship_time"`
	BuyerWords          string          `json:"buyer_words"`
	SellerWords         string          `json:"seller_words"`
	PostReceiver        string          `json:"post_receiver"`
	PostTel             string          `json:"post_tel"`
	PostAddr            wireAddress     `json:"post_addr"`
	EncryptPostReceiver string          `json:"encrypt_post_receiver"`
	EncryptPostTel      string          `json:"encrypt_post_tel"`
	MaskPostReceiver    string          `json:"mask_post_receiver"`
	MaskPostTel         string          `json:"mask_post_tel"`
	MaskPostAddr        wireAddress     `json:"mask_post_addr"`
	OrderAmount         int64           `json:"order_amount"` // fen
	PayAmount           int64           `json:"pay_amount"`
	SkuOrders           []wireSkuOrder  `json:"sku_order_list"`
	Logistics           []wireLogistics `json:"logistics_info"`
}

// wireAddress has the district as town, which is the vendor's own word for it.
type wireAddress struct {
	Province      wireArea `json:"province"`
	City          wireArea `json:"city"`
	Town          wireArea `json:"town"`
	Street        wireArea `json:"street"`
	Detail        string   `json:"detail"`
	EncryptDetail string   `json:"encrypt_detail"`
}

type wireArea struct {
	Name string `json:"name"`
}

type wireSkuOrder struct {
	OrderID          string        `json:"order_id"`
	ParentOrderID    string        `json:"parent_order_id"`
	OrderStatus      int           `json:"order_status"`
	ProductName      string        `json:"product_name"`
	Spec             []wireSpec    `json:"spec"`
	Code             string        `json:"code"`
	ItemNum          int           `json:"item_num"`
	GoodsPrice       int64         `json:"goods_price"`
	GivenProductType string        `json:"given_product_type"` // "FREE": a gift
	AfterSale        wireAfterSale `json:"after_sale_info"`
}

type wireSpec struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// wireAfterSale tells of a refund: all zero without one; 6, 2, 1 while the buyer waits for money before shipment;
// 12, 2, 3 when it was paid.
type wireAfterSale struct {
	Status int `json:"after_sale_status"`
	Type   int `json:"after_sale_type"`
	Refund int `json:"refund_status"`
}

type wireLogistics struct {
	TrackingNo  string `json:"tracking_no"`
	Company     string `json:"company"` // the courier's code
	CompanyName string `json:"company_name"`
	ShipTime    int64  `json:"ship_time"`
}

var statusWords = map[int]string{
	statusUnpaid: "待支付", statusToShip: "待发货", statusShipped: "已发货", statusClosed: "已关闭", statusDone: "已完成",
}

func wireOrderOf(o *order) wireOrder {
	v := wireOrder{
		OrderID: o.ID, OrderStatus: o.Status, OrderStatusDesc: statusWords[o.Status],
		CreateTime: unix(o.CreatedAt), PayTime: unix(o.PaidAt), UpdateTime: unix(o.UpdatedAt),
		ExpShipTime: unix(o.ShipBy), ShipTime: unix(o.ShippedAt),
		BuyerWords: o.BuyerWords, SellerWords: o.SellerWords,
		PostAddr: wirePlace(o.Receiver.Place), SkuOrders: []wireSkuOrder{}, Logistics: []wireLogistics{},
	}
	v.showReceiver(o)
	for _, it := range o.Items {
		v.SkuOrders = append(v.SkuOrders, wireItem(o, it))
		v.OrderAmount += it.Price * int64(it.Count)
	}
	v.PayAmount = v.OrderAmount
	if o.Number != "" {
		c, _ := courierByCode(o.Carrier)
		v.Logistics = append(v.Logistics, wireLogistics{o.Number, o.Carrier, c.Name, unix(o.ShippedAt)})
	}
	return v
}

// showReceiver writes the receiver in clear, or as ciphertext with its masked form beside it.
func (v *wireOrder) showReceiver(o *order) {
	p := o.Receiver
	if o.Cipher == nil {
		v.PostReceiver, v.PostTel, v.PostAddr.Detail = p.Name, p.Phone, p.Detail
		return
	}
	v.EncryptPostReceiver, v.EncryptPostTel, v.PostAddr.EncryptDetail = o.Cipher.Name, o.Cipher.Phone, o.Cipher.Detail
	if o.Unmasked {
		return
	}
	v.MaskPostReceiver, v.MaskPostTel = maskName(p.Name), maskPhone(p.Phone)
	v.MaskPostAddr = wirePlace(p.Place)
	v.MaskPostAddr.Detail = maskDetail(p.Detail)
}

func wirePlace(p place) wireAddress {
	return wireAddress{
		Province: wireArea{p.Province}, City: wireArea{p.City}, Town: wireArea{p.District}, Street: wireArea{p.Street},
	}
}

func wireItem(o *order, it item) wireSkuOrder {
	v := wireSkuOrder{
		OrderID: it.ID, ParentOrderID: o.ID, OrderStatus: o.Status, ProductName: it.Name, Code: it.Code,
		ItemNum: it.Count, GoodsPrice: it.Price, Spec: []wireSpec{},
	}
	if it.Color != "" {
		v.Spec = append(v.Spec, wireSpec{"颜色", it.Color})
	}
	if it.Size != "" {
		v.Spec = append(v.Spec, wireSpec{"规格", it.Size})
	}
	if it.Gift {
		v.GivenProductType = "FREE"
	}
	switch o.Refund {
	case refundPending:
		v.AfterSale = wireAfterSale{6, 2, 1}
	case refundDone:
		v.AfterSale = wireAfterSale{12, 2, 3}
	}
	return v
}

func unix(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Unix()
}
