package shipping

import (
	"regexp"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

var packForm = regexp.MustCompile(`^[A-Za-z0-9_]{1,15}$`)

var anyOrderID = rapid.Map(rapid.StringMatching(`[0-9]{1,19}`), func(s string) OrderID { return OrderID(s) })

var anyItem = rapid.Custom(func(t *rapid.T) OrderItem {
	return OrderItem{
		ID: rapid.StringMatching(`[0-9]{0,4}`).Draw(t, "id"), Name: rapid.StringN(0, 6, -1).Draw(t, "name"),
		Spec: rapid.StringN(0, 4, -1).Draw(t, "spec"), SKU: rapid.StringMatching(`[A-Z0-9]{0,4}`).Draw(t, "sku"),
		Quantity: rapid.IntRange(1, 99).Draw(t, "quantity"),
	}
})

// The same box always has the same id, in whatever order its lines come; the id is fit for every wire.
func TestPackIDIsStable(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		orders := rapid.SliceOfN(anyOrderID, 1, 9).Draw(t, "orders")
		items := rapid.SliceOfN(anyItem, 1, 8).Draw(t, "items")
		generation := rapid.IntRange(0, 5000).Draw(t, "generation")
		id := PackID(orders, items, generation)
		if !packForm.MatchString(id) || len(id) != packIDLimit {
			t.Fatalf("%q is not %d of [A-Za-z0-9_]", id, packIDLimit)
		}
		ordersBefore, itemsBefore := slices.Clone(orders), slices.Clone(items)
		shuffled := PackID(rapid.Permutation(orders).Draw(t, "orders again"),
			rapid.Permutation(items).Draw(t, "items again"), generation)
		if shuffled != id {
			t.Fatalf("the same box is %q and %q", id, shuffled)
		}
		if !slices.Equal(orders, ordersBefore) || !slices.Equal(items, itemsBefore) {
			t.Fatal("the box was changed by naming it")
		}
	})
}

// Another box has another id: one line more or less, another quantity, another order, the next generation.
func TestPackIDTellsBoxesApart(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		orders := []OrderID{"4948795729456854758"}
		items := rapid.SliceOfN(anyItem, 1, 6).Draw(t, "items")
		base := PackID(orders, items, 0)
		n := rapid.IntRange(0, len(items)-1).Draw(t, "line")
		more := slices.Clone(items)
		more[n].Quantity++
		other := slices.Clone(items)
		other[n].Spec += "X"
		for name, id := range map[string]string{
			"quantity":   PackID(orders, more, 0),
			"spec":       PackID(orders, other, 0),
			"line less":  PackID(orders, slices.Delete(slices.Clone(items), n, n+1), 0),
			"line twice": PackID(orders, append(slices.Clone(items), items[n]), 0),
			"generation": PackID(orders, items, 1),
			"order":      PackID([]OrderID{"4948795729456854759"}, items, 0),
			"order more": PackID(append(slices.Clone(orders), "1"), items, 0),
		} {
			if id == base {
				t.Fatalf("another %s has the same id %q", name, id)
			}
		}
	})
}

// No two of many thousand boxes share an id.
func TestPackIDIsUnique(t *testing.T) {
	t.Parallel()
	seen := make(map[string]int)
	for i := range 50_000 {
		id := PackID([]OrderID{OrderID(MakeParcelID("", uint64(i)))}, []OrderItem{{Name: "衬衣", Quantity: 1 + i%3}}, i%2)
		if other, twice := seen[id]; twice {
			t.Fatalf("boxes %d and %d share %q", other, i, id)
		}
		seen[id] = i
	}
}

// Fixed once and for all: a changed id would ask for second numbers for parcels that have one.
func TestPackIDNeverChanges(t *testing.T) {
	t.Parallel()
	items := []OrderItem{{ID: "1", Name: "衬衣", Spec: "白色", SKU: "A-1", Quantity: 2}, {Name: "赠品", Quantity: 1, Gift: true}}
	if got, want := PackID([]OrderID{"2", "1"}, items, 0), "pofcqpexswzol_0"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := PackID([]OrderID{"2", "1"}, items, 36), "pofcqpexswzo_10"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := MakeRequestID("dy1", "2", "abc_0"), RequestID("dy1/2/abc_0"); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
