package platformtest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"printstation/app/shipping"
	"printstation/platform"
)

var orderTests = []test{
	{"in clear, to the letter", orderInClear},
	{"as ciphertext with its masked form", orderAsCiphertext},
	{"more than a page, each one", orderPages},
	{"changed orders come again", orderChanges},
	{"a caller that stops early", orderStop},
	{"a broken reply ends the list", orderFaults},
}

var stateTests = []test{
	{"to ship, then refund pending", stateRefund},
	{"an order that nobody has", stateMissing},
	{"a reply about another order", stateForeign},
}

// list reads orders since a time; every one must be readable.
func (b *bench) list(t *testing.T, since time.Time) map[shipping.OrderID]shipping.Order {
	t.Helper()
	found := map[shipping.OrderID]shipping.Order{}
	for o, err := range able[platform.OrderSource](t, b.shop).PendingOrders(t.Context(), since) {
		if err != nil {
			t.Fatalf("list: %v", err)
		}
		found[o.ID] = o
	}
	return found
}

func orderInClear(t *testing.T, b *bench) {
	id := b.peer.AddOrder(t, Order{Recipient: Somebody(), Items: goods(), BuyerMessage: "快点发 " + Hard, SellerRemark: "赠品 " + Hard})
	got, there := b.list(t, time.Time{})[id]
	if !there {
		t.Fatalf("order %s is not in the list", id)
	}
	want := Somebody()
	r := got.Recipient
	if r.Contact != want.Contact || r.Address != want.Address {
		t.Errorf("recipient %+v, want %+v", r, want)
	}
	if len(got.Items) != 1 || got.Items[0].Name != goods()[0].Name || got.Items[0].Quantity != 2 {
		t.Errorf("items %+v", got.Items)
	}
	if got.BuyerMessage != "快点发 "+Hard || got.SellerRemark != "赠品 "+Hard {
		t.Errorf("messages %q, %q", got.BuyerMessage, got.SellerRemark)
	}
	if got.Status != shipping.OrderToShip || got.Refund != shipping.RefundNone || got.CreatedAt.IsZero() {
		t.Errorf("status %q, refund %q, created %v", got.Status, got.Refund, got.CreatedAt)
	}
	if got.Shop != b.peer.Account().Shop {
		t.Errorf("shop %q, want %q", got.Shop, b.peer.Account().Shop)
	}
}

func orderAsCiphertext(t *testing.T, b *bench) {
	id := b.peer.AddOrder(t, Order{Recipient: Somebody(), Items: goods(), Encrypted: true})
	r := b.list(t, time.Time{})[id].Recipient
	for what, s := range map[string]string{"name": r.Name, "phone": r.Mobile, "detail": r.Detail} {
		if !shipping.IsCipher(s) {
			t.Errorf("%s %q is not ciphertext", what, s)
		}
	}
	m := r.Masked
	switch {
	case m == nil:
		t.Fatal("no masked form")
	case m.Name == "" || m.Phone == "" || m.Address == "" || !strings.Contains(m.Region, "杭州"):
		t.Errorf("masked form %+v is not whole", m)
	case strings.Contains(m.Phone, Somebody().Mobile) || m.Name == Somebody().Name:
		t.Errorf("masked form %+v hides nothing", m)
	}
}

func orderPages(t *testing.T, b *bench) {
	const many = 330 // four pages of a hundred at most, and all in the same second or two
	want := make([]shipping.OrderID, many)
	for i := range want {
		want[i] = b.peer.AddOrder(t, Order{Recipient: Somebody(), Items: []shipping.OrderItem{{Name: fmt.Sprint("商品", i), Quantity: 1}}})
	}
	got := b.list(t, time.Time{})
	for _, id := range want {
		if _, there := got[id]; !there {
			t.Fatalf("order %s of %d is missing from a list of %d", id, many, len(got))
		}
	}
}

func orderChanges(t *testing.T, b *bench) {
	id := b.order(t)
	began := time.Now()
	if o := b.list(t, began)[id]; o.Status != shipping.OrderToShip {
		t.Fatalf("a new order is %q", o.Status)
	}
	b.peer.Refund(t, id)
	if o := b.list(t, began)[id]; o.Refund != shipping.RefundPending {
		t.Errorf("refund %q after the buyer asked for the money back", o.Refund)
	}
}

func orderStop(t *testing.T, b *bench) {
	b.order(t)
	b.order(t)
	n := 0
	for range able[platform.OrderSource](t, b.shop).PendingOrders(t.Context(), time.Time{}) {
		n++
		break
	}
	if n != 1 {
		t.Errorf("%d orders before the stop", n)
	}
}

func orderFaults(t *testing.T, b *bench) {
	b.order(t)
	for name, f := range map[string]Fault{
		"cut": CutAfter, "half": HalfReply, "short": ShortReply, "500": ServerError, "redirect": Redirect,
		"page": Answer([]byte("<html>维护中</html>")), "empty": Answer(nil), "list": Answer([]byte("[1]")),
	} {
		b.tap.Next(f)
		var last error
		after := 0
		for _, err := range able[platform.OrderSource](t, b.shop).PendingOrders(t.Context(), time.Now()) {
			if last != nil {
				after++
			}
			last = err
		}
		var one *platform.OrderError
		if last == nil || errors.As(last, &one) || after > 0 {
			t.Fatalf("%s: the list ended with %v, %d after it", name, last, after)
		}
		faultOf(t, last)
	}
}

func stateRefund(t *testing.T, b *bench) {
	id := b.order(t)
	reader := able[platform.OrderReader](t, b.shop)
	got, err := reader.Order(t.Context(), id)
	if err != nil || got.Status != shipping.OrderToShip || got.Refund != shipping.RefundNone || len(got.Numbers) > 0 {
		t.Errorf("a new order: %+v, %v", got, err)
	}
	b.peer.Refund(t, id)
	got, err = reader.Order(t.Context(), id)
	if err != nil || got.Refund != shipping.RefundPending {
		t.Errorf("an order with a refund: %+v, %v", got, err)
	}
}

func stateMissing(t *testing.T, b *bench) {
	got, err := able[platform.OrderReader](t, b.shop).Order(t.Context(), "4999999999999999999")
	if err == nil {
		t.Fatalf("an order that nobody has: %+v", got)
	}
	if f := faultOf(t, err); !f.NotDone {
		t.Errorf("a refusal that may have done something: %+v", f)
	}
}

func stateForeign(t *testing.T, b *bench) {
	a, other := b.order(t), b.order(t)
	reader := able[platform.OrderReader](t, b.shop)
	if _, err := reader.Order(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	b.tap.Next(Answer(slices.Clone(b.tap.Last())))
	got, err := reader.Order(t.Context(), other)
	if err == nil {
		t.Fatalf("the answer about %s was taken for %s: %+v", a, other, got)
	}
	faultOf(t, err)
}
