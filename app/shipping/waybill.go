package shipping

import "time"

// Carrier (快递公司) is our code for a courier, in the lower-case pinyin that most platforms use: zhongtong, yuantong,
// youzhengguonei. An adapter translates where its platform has other codes. Names stand in the carrier table of assets.
type Carrier string

// TrackingNumber (运单号) is a carrier's number of one parcel, kept to the letter as the platform gave it.
type TrackingNumber string

// RequestID is our key of one waybill request: "shop/lead order/pack id". Repeating it with the same bytes gives the
// same number; see PackID for how it changes.
type RequestID string

// Waybill (电子面单) is a number that a carrier gave out, with what its sorting needs on the label.
type Waybill struct {
	Carrier     Carrier          `json:"carrier"`
	Number      TrackingNumber   `json:"number"`
	Children    []TrackingNumber `json:"children,omitempty"`     // 子单号 of a mother and child shipment
	SortCode    string           `json:"sort_code,omitempty"`    // 三段码
	Hub         string           `json:"hub,omitempty"`          // 集包地, name
	HubCode     string           `json:"hub_code,omitempty"`     // 集包地, code
	ShortName   string           `json:"short_name,omitempty"`   // 大头笔, name
	ShortCode   string           `json:"short_code,omitempty"`   // 大头笔, code
	ShippingRef string           `json:"shipping_ref,omitempty"` // 寄件码 of the carrier's own system
	Extra       string           `json:"extra,omitempty"`        // carrier's extra print data (众邮, 京东, 丰网), as it came
	PrintData   string           `json:"print_data,omitempty"`   // the platform's encrypted print data, as it came
	IssuedAt    time.Time        `json:"issued_at,omitzero"`
}

// WaybillRequest is all that a platform needs to give a number to one parcel.
type WaybillRequest struct {
	ID        RequestID
	Shop      ShopID
	LeadOrder OrderID   // the order that the number is asked for
	Orders    []OrderID // all orders in the parcel, LeadOrder first
	PackID    string    // at most 15 of [A-Za-z0-9_]
	Carrier   Carrier
	Sender    Sender
	Recipient Recipient
	Items     []OrderItem
	Remark    string
}

// Shipment is what a platform is told when a parcel leaves (发货回传): one order and one number.
type Shipment struct {
	Shop    ShopID         `json:"shop"`
	Order   OrderID        `json:"order"`
	Parcel  ParcelID       `json:"parcel"`
	Carrier Carrier        `json:"carrier"`
	Number  TrackingNumber `json:"number"`
}
