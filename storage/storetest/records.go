package storetest

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"printstation/app"
	"printstation/app/shipping"
)

func atomicity(t *testing.T, s Store) {
	broken := errors.New("broken off")
	err := s.Update(t.Context(), func(tx app.Tx) error {
		if err := tx.PutOrder(order(shop1, "1")); err != nil {
			return err
		}
		if err := tx.PutParcel(parcel("dy1/1", "1")); err != nil {
			return err
		}
		return broken
	})
	if !errors.Is(err, broken) {
		t.Fatalf("update gave %v", err)
	}
	view(t, s, func(tx app.Tx) error {
		_, err := tx.Order(ref(shop1, "1"))
		wantMissing(t, "order of a failed update", err)
		_, err = tx.Parcel("dy1/1")
		wantMissing(t, "parcel of a failed update", err)
		return nil
	})
}

func views(t *testing.T, s Store) {
	view(t, s, func(tx app.Tx) error {
		for what, err := range map[string]error{
			"order":  tx.PutOrder(order(shop1, "1")),
			"parcel": tx.PutParcel(parcel("dy1/1", "1")),
			"label":  tx.PutLabel(shipping.LabelCopy{ID: "dy1/1-1", Parcel: "dy1/1", State: shipping.LabelQueued}),
			"job":    tx.PutJob(shipping.PrintJob{ID: "J0000001"}),
			"entry":  tx.PutEntry(entry("dy1/1", "1", "N1")),
			"event":  tx.AppendEvent(shipping.Event{Parcel: "dy1/1"}),
			"mark":   tx.PutMark(shop1, "m", []byte("x")),
		} {
			if err == nil {
				t.Errorf("put of %s in a view went through", what)
			}
		}
		if _, err := tx.NewParcelID(shop1); err == nil {
			t.Error("a view gave a parcel id")
		}
		if _, err := tx.NewJobID(); err == nil {
			t.Error("a view gave a job id")
		}
		if _, err := tx.NextBatch(); err == nil {
			t.Error("a view gave a batch")
		}
		return nil
	})
}

func orders(t *testing.T, s Store) {
	first := order(shop1, "1")
	update(t, s, func(tx app.Tx) error {
		_, err := tx.Order(first.OrderRef)
		wantMissing(t, "order that was never put", err)
		if err := tx.PutOrder(first); err != nil {
			return err
		}
		got, err := tx.Order(first.OrderRef)
		wantEqual(t, "order in its own update", got, first)
		return err
	})
	changed := first
	changed.Refund = shipping.RefundPending
	changed.Recipient.Masked = nil
	changed.Recipient.Detail = "#encrypted#"
	changed.SellerRemark = ""
	for _, want := range []shipping.Order{first, changed, changed, first} {
		update(t, s, func(tx app.Tx) error { return tx.PutOrder(want) })
		view(t, s, func(tx app.Tx) error {
			got, err := tx.Order(want.OrderRef)
			wantEqual(t, "order", got, want)
			return err
		})
	}
	for _, bad := range []shipping.Order{{OrderRef: ref("", "1")}, {OrderRef: ref(shop1, "")}} {
		if err := s.Update(t.Context(), func(tx app.Tx) error { return tx.PutOrder(bad) }); err == nil {
			t.Errorf("an order %q was taken", bad.OrderRef)
		}
	}
}

func orderOfOrders(t *testing.T, s Store) {
	for _, id := range []string{"9", "3", "5"} {
		update(t, s, func(tx app.Tx) error { return tx.PutOrder(order(shop1, id)) })
	}
	update(t, s, func(tx app.Tx) error {
		return errors.Join(tx.PutOrder(order(shop1, "9")), tx.PutOrder(order(shop3, "4")))
	})
	view(t, s, func(tx app.Tx) error {
		wantEach(t, "orders", tx.Orders(shop1), orderID, "9", "3", "5")
		wantEach(t, "orders", tx.Orders(shop3), orderID, "4")
		wantEach(t, "orders", tx.Orders("nobody"), orderID)
		return nil
	})
}

func parcelIDs(t *testing.T, s Store) {
	seen := make(map[shipping.ParcelID]bool)
	for range 3 {
		update(t, s, func(tx app.Tx) error {
			for _, shop := range []shipping.ShopID{shop1, shop2, shop3} {
				id, err := tx.NewParcelID(shop)
				if err != nil {
					return err
				}
				if seen[id] || id.Shop() != shop {
					t.Errorf("id %q for shop %q, given before: %t", id, shop, seen[id])
				}
				seen[id] = true
			}
			return nil
		})
	}
	update(t, s, func(tx app.Tx) error { return tx.PutParcel(parcel("dy1/77", "1")) }) // as a restored one
	update(t, s, func(tx app.Tx) error {
		id, err := tx.NewParcelID(shop1)
		wantEqual(t, "id after parcel 77", id, "dy1/78")
		return err
	})
}

func parcels(t *testing.T, s Store) {
	p := issued(parcel("dy1/1", "2", "1"), "YT1")
	p.Items = order(shop1, "1").Items
	p.RequestID, p.PackID, p.Request = "dy1/2/abc_0", "abc_0", []byte(`{"mobile":"13900001111"}`)
	p.Reasons = []shipping.Reason{shipping.Because("order.refund_pending", "Order", "2")}
	p.Fault = &shipping.Fault{Class: shipping.ClassTransient, Code: "500", Message: "系统繁忙", NotDone: true, At: noon}
	p.ShipBy = noon.Add(time.Hour)
	p.Released = []string{"order.refund_pending"}
	update(t, s, func(tx app.Tx) error {
		_, err := tx.Parcel(p.ID)
		wantMissing(t, "parcel that was never put", err)
		return tx.PutParcel(p)
	})
	view(t, s, func(tx app.Tx) error {
		got, err := tx.Parcel(p.ID)
		wantEqual(t, "parcel", got, p)
		for _, id := range []shipping.ParcelID{"dy1/01", "dy1", "/1", "", "dy1/x", "dy1/2"} {
			_, err := tx.Parcel(id)
			wantMissing(t, fmt.Sprintf("parcel %q", id), err)
		}
		return err
	})
	wrong := parcel("dy1/9", "1")
	wrong.Shop = shop3
	for _, bad := range []shipping.Parcel{wrong, {ID: "dy1/01", Shop: shop1}, {ID: "x", Shop: "x"}} {
		if err := s.Update(t.Context(), func(tx app.Tx) error { return tx.PutParcel(bad) }); err == nil {
			t.Errorf("a parcel %q of shop %q was taken", bad.ID, bad.Shop)
		}
	}
}

func requests(t *testing.T, s Store) {
	steps := []struct {
		name  string
		id    shipping.RequestID
		bytes string
		want  string
	}{
		{"none yet", "", "", ""},
		{"first", "r1", "one", "one"},
		{"a change of state without the bytes", "r1", "", "one"},
		{"the same again", "r1", "one", "one"},
		{"another generation", "r2", "two", "two"},
		{"another id without bytes", "r3", "", ""},
		{"again with bytes", "r3", "three", "three"},
		{"cancelled", "", "", ""},
	}
	for _, step := range steps {
		update(t, s, func(tx app.Tx) error {
			p := parcel("dy1/1", "1")
			if p.RequestID = step.id; step.bytes != "" {
				p.Request = []byte(step.bytes)
			}
			return tx.PutParcel(p)
		})
		view(t, s, func(tx app.Tx) error {
			p, err := tx.Parcel("dy1/1")
			wantEqual(t, step.name, string(p.Request), step.want)
			return err
		})
	}
}
