package shipping

import "time"

// ShopID is the identity of a shop (店铺) as the settings name it. Renaming a shop's id makes a new shop: every key in
// the store and every request key begins with it.
type ShopID string

// OrderID is the platform's own number of an order (订单号), unique within one shop only.
type OrderID string

// OrderRef names an order over all shops.
type OrderRef struct {
	Shop ShopID  `json:"shop"`
	ID   OrderID `json:"id"`
}

// String gives "shop/order", for messages and logs.
func (r OrderRef) String() string { return string(r.Shop) + "/" + string(r.ID) }

// OrderStatus is what the platform says of an order, reduced to what the bench must tell apart.
type OrderStatus string

// The states an order can have at its platform.
const (
	OrderUnknown     OrderStatus = ""
	OrderUnpaid      OrderStatus = "unpaid"
	OrderToShip      OrderStatus = "to_ship" // 待发货
	OrderPartShipped OrderStatus = "part_shipped"
	OrderShipped     OrderStatus = "shipped" // 已发货, received and finished orders too
	OrderClosed      OrderStatus = "closed"  // cancelled, or refunded as a whole
)

// RefundStatus tells whether a buyer asked for the money back.
type RefundStatus string

// The refund states the bench must tell apart.
const (
	RefundNone    RefundStatus = ""
	RefundPending RefundStatus = "pending" // 退款中: hold, do not print
	RefundDone    RefundStatus = "done"
)

// Order is one order of one shop as its platform last told it.
type Order struct {
	OrderRef
	Status       OrderStatus  `json:"status"`
	Refund       RefundStatus `json:"refund,omitempty"`
	Recipient    Recipient    `json:"recipient"`
	Items        []OrderItem  `json:"items"`
	BuyerMessage string       `json:"buyer_message,omitempty"` // 买家留言
	SellerRemark string       `json:"seller_remark,omitempty"` // 商家备注
	CreatedAt    time.Time    `json:"created_at"`
	PaidAt       time.Time    `json:"paid_at,omitzero"`
	UpdatedAt    time.Time    `json:"updated_at,omitzero"`
	ShipBy       time.Time    `json:"ship_by,omitzero"` // the platform's deadline for shipping; zero when unknown

	// Sealed says that the store holds personal data of this order that it could not open. Never stored.
	Sealed SealState `json:"-"`
}

// SealState says why an order comes without its personal data.
type SealState string

// Why personal data is missing from an order that was read back.
const (
	SealOpen      SealState = ""          // all there
	SealLocked    SealState = "locked"    // the key is not to be had now; it may come back
	SealDestroyed SealState = "destroyed" // the key was destroyed after the retention time
)

// OrderItem is one line of an order (商品行).
type OrderItem struct {
	ID       string `json:"id,omitempty"`   // the platform's sub-order id (子订单号)
	Name     string `json:"name"`           // product title (商品名)
	Spec     string `json:"spec,omitempty"` // colour, size (规格)
	SKU      string `json:"sku,omitempty"`  // the seller's own code (商家编码)
	Quantity int    `json:"quantity"`
	Gift     bool   `json:"gift,omitempty"` // 赠品
}
