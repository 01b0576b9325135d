package ui

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"printstation/ui/look"
)

func numbers(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

func newTestPicks(n int) *picks[int, int] {
	p := newPicks(func(v int) int { return v }, func(v int) bool { return v%5 != 4 })
	p.set(numbers(n))
	return p
}

func TestPicks(t *testing.T) {
	t.Parallel()
	odd := func(v int) bool { return v%2 == 1 }
	cases := map[string]struct {
		do     func(p *picks[int, int])
		picked []int
		at     int
		mark   look.Mark
	}{
		"toggle twice":           {func(p *picks[int, int]) { p.toggle(2); p.toggle(2) }, nil, 2, look.Unticked},
		"barred":                 {func(p *picks[int, int]) { p.toggle(4) }, nil, 4, look.Unticked},
		"range down":             {func(p *picks[int, int]) { p.toggle(2); p.extend(6) }, []int{2, 3, 5, 6}, 6, look.Partly},
		"range up again":         {func(p *picks[int, int]) { p.toggle(5); p.extend(7); p.extend(3) }, []int{3, 5, 6, 7}, 3, look.Partly},
		"range past the end":     {func(p *picks[int, int]) { p.toggle(8); p.extend(99) }, []int{8}, 9, look.Partly},
		"all":                    {func(p *picks[int, int]) { p.all() }, []int{0, 1, 2, 3, 5, 6, 7, 8}, 0, look.Ticked},
		"all of what is shown":   {func(p *picks[int, int]) { p.show(odd); p.all() }, []int{1, 3, 5, 7}, 0, look.Ticked},
		"all lets go again":      {func(p *picks[int, int]) { p.all(); p.all() }, nil, 0, look.Unticked},
		"filter keeps choices":   {func(p *picks[int, int]) { p.toggle(2); p.show(odd) }, []int{2}, 2, look.Unticked},
		"gone things are let go": {func(p *picks[int, int]) { p.all(); p.set([]int{3, 4}) }, []int{3}, 0, look.Ticked},
		"cursor stays in place":  {func(p *picks[int, int]) { p.moveTo(3); p.set([]int{0, 1, 2, 8, 9}) }, nil, 3, look.Unticked},
		"cursor follows":         {func(p *picks[int, int]) { p.moveTo(3); p.set([]int{7, 8, 9, 3}) }, nil, 3, look.Unticked},
		"nothing left":           {func(p *picks[int, int]) { p.all(); p.set(nil); p.extend(1) }, nil, 0, look.Barred},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newTestPicks(10)
			c.do(p)
			if got := p.picked(); !slices.Equal(got, c.picked) || p.at != c.at || p.mark() != c.mark {
				t.Errorf("picked %v at %d with mark %d, want %v at %d with %d", got, p.at, p.mark(), c.picked, c.at, c.mark)
			}
		})
	}
}

// Whatever is done, in whatever order: only what exists and may be chosen is chosen, and the cursor is on the list.
func TestPicksHold(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := newTestPicks(rapid.IntRange(0, 30).Draw(t, "n"))
		i := rapid.IntRange(-5, 40)
		t.Repeat(map[string]func(*rapid.T){
			"toggle": func(t *rapid.T) { p.toggle(i.Draw(t, "i")) },
			"extend": func(t *rapid.T) { p.extend(i.Draw(t, "i")) },
			"move":   func(t *rapid.T) { p.moveTo(i.Draw(t, "i")) },
			"all":    func(*rapid.T) { p.all() },
			"set":    func(t *rapid.T) { p.set(rapid.SliceOfDistinct(rapid.IntRange(0, 30), rapid.ID).Draw(t, "things")) },
			"show": func(t *rapid.T) {
				m := rapid.IntRange(1, 4).Draw(t, "m")
				p.show(func(v int) bool { return v%m == 0 })
			},
			"": func(t *rapid.T) {
				picked := p.picked()
				if len(picked) != len(p.chosen) {
					t.Fatalf("%d are chosen, %d of them exist", len(p.chosen), len(picked))
				}
				for _, v := range picked {
					if !p.pickable(v) {
						t.Fatalf("%d may not be chosen", v)
					}
				}
				if p.at < 0 || (p.at >= p.len() && p.at != 0) {
					t.Fatalf("the cursor is at %d of %d", p.at, p.len())
				}
				if p.hidden() < 0 {
					t.Fatal(fmt.Sprint("hidden ", p.hidden()))
				}
			},
		})
	})
}

func TestSieveCounts(t *testing.T) {
	t.Parallel()
	parity := &facet[int]{heaps: func(v int) []string { return []string{[]string{"even", "odd"}[v%2]} }, name: func(k string) string { return k }}
	size := &facet[int]{heaps: func(v int) []string { return []string{[]string{"small", "large"}[v/6]} }, name: func(k string) string { return k }, order: []string{"small", "large"}}
	s := &sieve[int]{facets: []*facet[int]{parity, size}}
	parity.toggle("odd")
	things := numbers(9)
	// A facet's own choice does not narrow its own counts; that of the others does.
	if got := fmt.Sprint(s.heaps(parity, things)); got != "[{even even 5 false} {odd odd 4 true}]" {
		t.Errorf("parity: %s", got)
	}
	if got := fmt.Sprint(s.heaps(size, things)); got != "[{small small 3 false} {large large 1 false}]" {
		t.Errorf("size: %s", got)
	}
	parity.toggle("odd")
	if s.closed() {
		t.Error("choosing a heap again does not let it go")
	}
}
