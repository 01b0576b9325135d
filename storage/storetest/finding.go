package storetest

import (
	"errors"
	"fmt"
	"testing"

	"printstation/app"
	"printstation/app/shipping"
)

func shelves(t *testing.T, s Store) {
	pending, invalid := shipping.Shelf(shipping.ParcelPending), shipping.Shelf(shipping.ParcelInvalid)
	onShelf := shipping.Shelf(shipping.ParcelIssued)
	update(t, s, func(tx app.Tx) error {
		for _, p := range []shipping.Parcel{parcel("dy1/1", "1"), parcel("dy1/2", "2"), parcel("dy1/3", "3"), parcel("抖店 一号/1", "1")} {
			if err := tx.PutParcel(p); err != nil {
				return err
			}
		}
		bad := parcel("dy1/4", "4")
		bad.State = shipping.ParcelInvalid
		return tx.PutParcel(bad)
	})
	view(t, s, func(tx app.Tx) error {
		both := []shipping.ShopID{shop3, shop1}
		wantEach(t, "shop by shop", tx.Parcels(both, pending), parcelID, "抖店 一号/1", "dy1/1", "dy1/2", "dy1/3")
		wantEach(t, "two shelves", tx.Parcels(both[1:], invalid, pending), parcelID, "dy1/1", "dy1/2", "dy1/3", "dy1/4")
		wantEach(t, "a shelf named twice", tx.Parcels(both[1:], invalid, invalid), parcelID, "dy1/4")
		wantEach(t, "all", tx.Parcels(both[1:]), parcelID, "dy1/1", "dy1/2", "dy1/3", "dy1/4")
		wantEach(t, "no shops", tx.Parcels(nil, pending), parcelID)
		wantEach(t, "latest", tx.LatestParcels(both, pending), parcelID, "抖店 一号/1", "dy1/3", "dy1/2", "dy1/1")
		return nil
	})
	p := issued(parcel("dy1/2", "2"), "N2")
	update(t, s, func(tx app.Tx) error { return tx.PutParcel(p) })
	view(t, s, func(tx app.Tx) error {
		wantEach(t, "pending", tx.Parcels([]shipping.ShopID{shop1}, pending), parcelID, "dy1/1", "dy1/3")
		wantEach(t, "issued", tx.Parcels([]shipping.ShopID{shop1}, onShelf), parcelID, "dy1/2")
		return nil
	})
	p.Labelled = true
	update(t, s, func(tx app.Tx) error { return tx.PutParcel(p) })
	view(t, s, func(tx app.Tx) error {
		wantEach(t, "issued, labelled since", tx.Parcels([]shipping.ShopID{shop1}, onShelf), parcelID)
		wantEach(t, "labelled", tx.LatestParcels([]shipping.ShopID{shop1}, shipping.ShelfLabelled), parcelID, "dy1/2")
		return nil
	})
}

func parcelsOf(t *testing.T, s Store) {
	update(t, s, func(tx app.Tx) error {
		return errors.Join(tx.PutParcel(parcel("dy1/2", "a", "b")), tx.PutParcel(parcel("dy1/1", "b")), tx.PutParcel(parcel("dy1/10", "b")))
	})
	view(t, s, func(tx app.Tx) error {
		wantParcelsOf(t, tx, "a", "dy1/2")
		wantParcelsOf(t, tx, "b", "dy1/1", "dy1/2", "dy1/10")
		wantParcelsOf(t, tx, "c")
		return nil
	})
	update(t, s, func(tx app.Tx) error { return tx.PutParcel(parcel("dy1/2", "a", "c")) })
	view(t, s, func(tx app.Tx) error {
		wantParcelsOf(t, tx, "a", "dy1/2")
		wantParcelsOf(t, tx, "b", "dy1/1", "dy1/10")
		wantParcelsOf(t, tx, "c", "dy1/2")
		return nil
	})
}

func wantParcelsOf(t *testing.T, tx app.Tx, order string, want ...shipping.ParcelID) {
	t.Helper()
	got, err := tx.ParcelsOf(ref(shop1, order))
	if err != nil {
		t.Errorf("parcels of %s: %v", order, err)
	}
	wantEqual(t, "parcels of "+order, got, want)
}

func numbers(t *testing.T, s Store) {
	first := issued(parcel("dy1/1", "1"), "YT1")
	first.Waybill.Children = []shipping.TrackingNumber{"YT1-1"}
	update(t, s, func(tx app.Tx) error { return errors.Join(tx.PutParcel(first), tx.PutParcel(first)) })
	cancelled := parcel("dy1/1", "1")
	cancelled.State, cancelled.Generation = shipping.ParcelCancelled, 1
	update(t, s, func(tx app.Tx) error { return tx.PutParcel(cancelled) })

	for _, number := range []shipping.TrackingNumber{"YT1", "YT1-1"} {
		other := issued(parcel("抖店 一号/5", "1"), number)
		update(t, s, func(tx app.Tx) error {
			err := tx.PutParcel(other) // swallowed: nothing of it may be written all the same
			var taken *app.NumberTakenError
			if !errors.As(err, &taken) || !errors.Is(err, app.ErrNumberTaken) {
				t.Fatalf("second parcel with number %s: %v", number, err)
			}
			wantEqual(t, "evidence", *taken, app.NumberTakenError{Carrier: "zhongtong", Number: number, Holder: "dy1/1"})
			return nil
		})
		view(t, s, func(tx app.Tx) error {
			_, err := tx.Parcel(other.ID)
			wantMissing(t, "refused parcel", err)
			return nil
		})
	}
	same := issued(parcel("抖店 一号/6", "1"), "YT1")
	same.Waybill.Carrier = "yuantong"
	update(t, s, func(tx app.Tx) error { return tx.PutParcel(same) })
	view(t, s, func(tx app.Tx) error {
		id, err := tx.NumberHolder("yuantong", "YT1")
		wantEqual(t, "holder", id, same.ID)
		if err != nil {
			return err
		}
		id, err = tx.NumberHolder("zhongtong", "YT1")
		wantEqual(t, "holder", id, first.ID)
		if err != nil {
			return err
		}
		if _, err = tx.NumberHolder("", "YT1"); err != nil {
			return err
		}
		for _, number := range []shipping.TrackingNumber{"YT", "YT11", ""} {
			_, err = tx.NumberHolder("", number)
			wantMissing(t, "holder of "+string(number), err)
		}
		_, err = tx.NumberHolder("shunfeng", "YT1")
		wantMissing(t, "holder with a third carrier", err)
		return nil
	})
}

func shopIDs(t *testing.T, s Store) {
	shops := []shipping.ShopID{"a", "a/b", "ab", "a\x00", "a\x00b", "a ", "\x00", "ａ"}
	update(t, s, func(tx app.Tx) error {
		for _, shop := range shops {
			id, err := tx.NewParcelID(shop)
			if err != nil {
				return err
			}
			if err := errors.Join(tx.PutOrder(order(shop, "o")), tx.PutParcel(parcel(id, "o")), tx.PutMark(shop, "m", []byte(shop))); err != nil {
				return err
			}
		}
		return nil
	})
	view(t, s, func(tx app.Tx) error {
		for _, shop := range shops {
			wantEach(t, fmt.Sprintf("orders of %q", shop), tx.Orders(shop), orderID, "o")
			wantEach(t, fmt.Sprintf("parcels of %q", shop), tx.Parcels([]shipping.ShopID{shop}), parcelID, shipping.MakeParcelID(shop, 1))
			mark, err := tx.Mark(shop, "m")
			wantEqual(t, "mark", string(mark), string(shop))
			if err != nil {
				return err
			}
		}
		return nil
	})
}
