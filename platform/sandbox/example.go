package sandbox

import "time"

// The order of the gateway's own documentation: its example request gives its example answer. It can be asked for a
// number in every world and stands in no list. What the example's other order gets follows from the rule on ids.
const (
	exampleCarrier  = "zhongtong"
	exampleNumber   = "75531717195834"
	exampleSortCode = "320- 13 128"
	exampleHub      = "杭州"
)

var exampleKey = packKey{Channel: ownChannel, Order: "4948795729456854758"}

func exampleOrder(born time.Time) *order {
	return &order{
		ID: exampleKey.Order, Status: statusToShip, unlisted: true, CreatedAt: born, PaidAt: born, UpdatedAt: born,
		Receiver: receiver{
			Name: "测试", Phone: "13800000000", Detail: "测试",
			Place: place{Province: "浙江省", City: "杭州市", District: "西湖区", Street: "北山街道"},
		},
		Items: []item{{ID: "4948795729456854759", Name: "【【测试商品勿拍】dy测试上衣-各种编码3", Code: "DY-3", Count: 1}},
	}
}
