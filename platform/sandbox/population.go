package sandbox

import (
	"fmt"
	"math/rand/v2"
	"time"
)

// Ids of orders have 19 digits. Each lies far enough from the next for its sub-orders; history has its own range.
const (
	firstOrderID   = 6_930_000_000_000_000_000
	firstHistoryID = 6_880_000_000_000_000_000
	orderIDStep    = 1_000_000_000_000
)

// The stretch of time over which waiting orders came in, and the platform's time limit for shipping them.
const (
	orderingTime = 36 * time.Hour
	shippingTime = 48 * time.Hour
)

// cycle is the rhythm in which orders repeat their peculiarities: every cycle-th order is of the same kind.
const cycle = 160

// populate makes the orders of the seed. The world must have been born.
func (w *World) populate() {
	for i := range w.opt.Orders {
		since := orderingTime * time.Duration(w.opt.Orders-i) / time.Duration(w.opt.Orders)
		w.keep(w.drawOrder(i, w.born.Add(-since).Truncate(time.Second)))
	}
	w.made = w.opt.Orders
	if !w.opt.Plain {
		for i := range w.opt.Orders / 40 {
			w.keep(w.drawHistory(i))
		}
	}
	w.keep(exampleOrder(w.born))
}

func (w *World) keep(o *order) {
	w.byID[o.ID] = o
	for _, it := range o.Items {
		w.subs[it.ID] = o.ID
	}
	if !o.unlisted {
		w.orders = append(w.orders, o)
	}
}

// buyerOf gives the index of the first order of the buyer of order i: three orders in each twenty share one buyer,
// and two others another.
func buyerOf(i int) int {
	switch i % 20 {
	case 4, 5:
		return i - i%20 + 3
	case 12:
		return i - 1
	}
	return i
}

// drawOrder makes the i-th order of the seed, alike in every world of that seed whatever else happens.
func (w *World) drawOrder(i int, created time.Time) *order {
	r := rand.New(rand.NewPCG(w.opt.Seed, uint64(i)))
	id := firstOrderID + uint64(i)*orderIDStep + r.Uint64N(orderIDStep/1000)*100
	o := &order{
		ID: fmt.Sprint(id), Status: statusToShip, Receiver: w.drawReceiver(buyerOf(i)), Items: drawItems(r, id),
		CreatedAt: created, PaidAt: created.Add(time.Duration(5+r.IntN(90)) * time.Second),
	}
	o.UpdatedAt = o.PaidAt
	o.ShipBy = o.PaidAt.Add(shippingTime)
	if r.IntN(100) < 15 {
		o.BuyerWords = one(r, buyerWords)
	}
	if r.IntN(100) < 10 {
		o.SellerWords = one(r, sellerWords)
	}
	// Rare names stay in clear: they are there to be printed.
	if rand.New(rand.NewPCG(w.opt.Seed+1, uint64(buyerOf(i)))).IntN(100) < 35 && !rarelyNamed(buyerOf(i)) {
		o.Cipher = seal(w.opt.Seed, o.ID, o.Receiver)
	}
	if !w.opt.Plain {
		w.makePeculiar(o, i%cycle)
	}
	return o
}

// makePeculiar gives an order the trouble that its place in the cycle has in store.
func (w *World) makePeculiar(o *order, at int) {
	switch at {
	case 7, 58, 109:
		o.Refund = refundPending
	case 19:
		o.Cipher, o.Receiver.Phone = nil, ""
	case 83:
		o.Cipher, o.Receiver.Place = nil, place{Province: "浙江省", City: "杭州市", Street: "北山街道"}
	case 131:
		o.Cipher, o.Receiver.Detail = nil, ""
	case 44:
		o.Fate = fateOutOfRange
	case 121:
		o.Fate = fateRestrained
	case 66:
		o.Fate = fateNoReturnPlace
	case 98, 152:
		o.Fate = fateBusy
	case 140:
		o.Cipher, o.Unmasked = seal(w.opt.Seed, o.ID, o.Receiver), true
	}
}

// rarelyNamed tells which buyers have a name of rareNames: each of these stands in a world of the usual size.
func rarelyNamed(buyer int) bool { return buyer%16 == 9 }

// drawReceiver makes the person who is the i-th buyer.
func (w *World) drawReceiver(i int) receiver {
	r := rand.New(rand.NewPCG(w.opt.Seed^0xb0d1e5, uint64(i)))
	p := receiver{Name: drawName(r), Place: one(r, w.places), Detail: drawDetail(r)}
	switch {
	case rarelyNamed(i):
		p.Name = rareNames[i/16%len(rareNames)]
	case i%80 == 33:
		p.Name = longNames[i/80%len(longNames)]
		p.Place = one(r, w.placesIn("新疆维吾尔自治区"))
	case i%80 == 73:
		p.Place = one(r, w.placesIn("广东省")[len(w.placesIn("广东省"))-6:])
	}
	if i%53 == 21 {
		p.Detail = drawLongDetail(r)
	}
	p.Phone = drawPhone(r, p.Place.City)
	return p
}

// drawHistory makes an order that no longer waits, or does not yet: lists must be told apart by state.
func (w *World) drawHistory(i int) *order {
	created := w.born.Add(-10*24*time.Hour + time.Duration(i)*time.Hour)
	o := w.drawOrder(-1-i, created)
	o.Refund, o.Fate = refundNone, fateNone
	id := firstHistoryID + uint64(i)*orderIDStep
	o.ID = fmt.Sprint(id)
	for n := range o.Items {
		o.Items[n].ID = fmt.Sprint(id + uint64(n) + 1)
	}
	if o.Cipher != nil {
		o.Cipher = seal(w.opt.Seed, o.ID, o.Receiver)
	}
	switch i % 4 {
	case 0:
		o.Status, o.PaidAt, o.ShipBy = statusUnpaid, time.Time{}, time.Time{}
	case 1:
		o.Status = statusClosed
	default:
		o.Status, o.Carrier, o.ShippedAt = statusShipped, "zhongtong", created.Add(24*time.Hour)
		c, _ := courierByCode(o.Carrier)
		o.Number = w.nextNumber(c, packKey{"1", o.ID, "history"})
		o.UpdatedAt = o.ShippedAt
		if i%4 == 3 {
			o.Status = statusDone
		}
	}
	return o
}
