package shipping

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var anyShop = rapid.Map(rapid.StringMatching(`[a-z0-9/_-]{1,12}`), func(s string) ShopID { return ShopID(s) })

func TestParcelIDRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		shop, seq := anyShop.Draw(t, "shop"), rapid.Uint64().Draw(t, "seq")
		id := MakeParcelID(shop, seq)
		gotShop, gotSeq, err := id.Split()
		if err != nil || gotShop != shop || gotSeq != seq || id.Shop() != shop {
			t.Fatalf("%q is split into %q, %d, %v", id, gotShop, gotSeq, err)
		}
	})
}

func TestLabelIDRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		parcel := MakeParcelID(anyShop.Draw(t, "shop"), rapid.Uint64().Draw(t, "seq"))
		copyNo := rapid.IntRange(1, 1<<30).Draw(t, "copy")
		got, n, err := MakeLabelID(parcel, copyNo).Split()
		if err != nil || got != parcel || n != copyNo {
			t.Fatalf("%q is split into %q, %d, %v", MakeLabelID(parcel, copyNo), got, n, err)
		}
	})
}

func TestMalformedIDs(t *testing.T) {
	t.Parallel()
	for _, id := range []ParcelID{"", "dy1", "dy1/", "/17", "dy1/x", "dy1/-1", "dy1/1.5", "dy1/18446744073709551616"} {
		if shop, seq, err := id.Split(); err == nil || !strings.Contains(err.Error(), "SHOP/NUMBER") || id.Shop() != "" {
			t.Errorf("%q is split into %q, %d, %v", id, shop, seq, err)
		}
	}
	for _, id := range []LabelID{"", "dy1/17", "dy1/17-", "dy1/17-0", "dy1/17--1", "dy1-1", "/17-1", "dy1/x-1", "-1"} {
		if parcel, n, err := id.Split(); err == nil || !strings.Contains(err.Error(), "SHOP/NUMBER-COPY") {
			t.Errorf("%q is split into %q, %d, %v", id, parcel, n, err)
		}
	}
}

func TestParcelNamesItsOrders(t *testing.T) {
	t.Parallel()
	p := Parcel{Shop: "dy1", Orders: []OrderID{"2", "1"}}
	if p.Lead() != "2" || (Parcel{}).Lead() != "" {
		t.Errorf("the lead order is %q", p.Lead())
	}
	refs := p.Refs()
	if len(refs) != 2 || refs[0].String() != "dy1/2" || refs[1].String() != "dy1/1" {
		t.Errorf("the orders are %v", refs)
	}
	for _, s := range ParcelStates() {
		p.State = s
		if want := s == ParcelRequested || s == ParcelIssued; p.Frozen() != want {
			t.Errorf("a parcel that is %s is frozen: %v", s, p.Frozen())
		}
	}
}

func TestReasonAndFault(t *testing.T) {
	t.Parallel()
	if r := Because("a.b"); r.ID != "a.b" || r.Data != nil {
		t.Errorf("got %+v", r)
	}
	if r := Because("a.b", "N", "1", "left over"); len(r.Data) != 1 || r.Data["N"] != "1" {
		t.Errorf("got %+v", r)
	}
	if f := (&Fault{Message: "坏"}); f.Error() != "坏" {
		t.Errorf("got %q", f.Error())
	}
	if f := (&Fault{Code: "7", Message: "坏"}); f.Error() != "7: 坏" {
		t.Errorf("got %q", f.Error())
	}
	for _, c := range []Class{ClassTransient, ClassRateLimited} {
		if !c.Retryable() {
			t.Errorf("%s is not retried", c)
		}
	}
	for _, c := range []Class{
		ClassUnauthorized, ClassMapping, ClassData, ClassNumber, ClassBusiness, ClassAlreadyDone, ClassQuota,
		ClassUnsupported, ClassUnknown, "",
	} {
		if c.Retryable() {
			t.Errorf("%q is retried", c)
		}
	}
}
