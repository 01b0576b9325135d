package platformtest

import (
	"testing"
	"time"

	"printstation/app/shipping"
	"printstation/platform"
)

// Harness is what the suite must know of one adapter.
type Harness struct {
	// Open opens the adapter. The account is the peer's, with an address that leads through a Tap.
	Open func(platform.Config) (platform.Shop, error)
	// Start starts a new simulated platform and stops it when the test ends.
	Start func(t testing.TB) Peer
	// Carrier is one that the peer knows; "" means zhongtong.
	Carrier shipping.Carrier
}

// Peer is the simulated platform, seen from behind the wire. It is independent of the adapter under test.
type Peer interface {
	Account() platform.Account
	// AddOrder makes an order that waits to be shipped and gives its id.
	AddOrder(t testing.TB, o Order) shipping.OrderID
	// Refund makes the buyer of an order ask for the money back.
	Refund(t testing.TB, id shipping.OrderID)
	// RefuseNext refuses one item of the next call: one number of CallIssue, one shipment of CallConfirm.
	RefuseNext(call platform.Call)
	// LimitNext refuses the next call as too frequent and states how long to wait.
	LimitNext(call platform.Call, wait time.Duration)
	// Live gives the numbers that the order holds now, cancelled ones left out.
	Live(id shipping.OrderID) []shipping.TrackingNumber
	// Shipped tells how many shipments of the order were accepted, and the number of the first.
	Shipped(id shipping.OrderID) (int, shipping.TrackingNumber)
}

// Order is what the suite asks a peer to have.
type Order struct {
	Recipient    shipping.Recipient // in clear
	Encrypted    bool               // the peer shows the recipient as ciphertext with its masked form
	Items        []shipping.OrderItem
	BuyerMessage string
	SellerRemark string
}

// Hard is text that breaks careless adapters: rare characters, one beyond the basic plane, and every character that some
// encoding or other takes for its own.
const Hard = `龘䶮㛃堃𠮷 ' " # & + < > % \ / = ; ?`

// Somebody is a recipient of the suite's own. Its name, phone and detail must never show in an error or the journal.
func Somebody() shipping.Recipient {
	return shipping.Recipient{
		Contact: shipping.Contact{Name: "欧阳𠮷龘", Mobile: "13800001234"},
		Address: shipping.Address{Province: "浙江省", City: "杭州市", District: "西湖区", Street: "北山街道", Detail: "保俶路" + Hard + "8幢302室"},
	}
}

// sender is the shop's own address in all requests of the suite.
func sender() shipping.Sender {
	return shipping.Sender{
		Contact: shipping.Contact{Name: "仓库小王", Mobile: "13800000000"},
		Address: shipping.Address{Province: "上海市", City: "上海市", District: "青浦区", Detail: "测试路1号"},
	}
}

// Run runs the whole suite.
func Run(t *testing.T, h Harness) {
	t.Helper()
	if h.Carrier == "" {
		h.Carrier = "zhongtong"
	}
	for _, g := range groups() {
		t.Run(g.name, func(t *testing.T) {
			t.Parallel()
			shop := h.start(t).shop
			for _, has := range g.needs {
				if !has(shop) {
					t.Logf("left out: the adapter does not offer this")
					return
				}
			}
			for _, one := range g.tests {
				t.Run(one.name, func(t *testing.T) {
					t.Parallel()
					one.run(t, h.start(t))
				})
			}
		})
	}
}

// group is a set of tests for adapters that have certain abilities.
type group struct {
	name  string
	needs []func(platform.Shop) bool
	tests []test
}

func groups() []group {
	orders, order := offers[platform.OrderSource], offers[platform.OrderReader]
	issue, data := offers[platform.WaybillIssuer], offers[platform.PrintDataReader]
	cancel, confirm := offers[platform.WaybillCanceler], offers[platform.ShipmentConfirmer]
	type needs = []func(platform.Shop) bool
	return []group{
		{"orders", needs{orders}, orderTests},
		{"order state", needs{order}, stateTests},
		{"waybills", needs{issue}, waybillTests},
		{"waybill faults", needs{issue}, waybillFaultTests()},
		{"print data", needs{issue, data}, printDataTests},
		{"cancel", needs{issue, cancel}, cancelTests},
		{"confirm", needs{issue, order, confirm}, confirmTests},
		{"confirm faults", needs{issue, order, confirm}, confirmFaultTests()},
		{"access", needs{offers[platform.Prober]}, accessTests},
	}
}

type test struct {
	name string
	run  func(t *testing.T, b *bench)
}
