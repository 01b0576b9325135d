package ui

import (
	"cmp"
	"slices"
)

// facet is one way to sort things into heaps: by shop, by carrier, by kind. A thing can lie on several heaps.
type facet[T any] struct {
	title  string // id of its heading
	heaps  func(T) []string
	name   func(key string) string
	order  []string // the heaps in their order; nil: the fullest first
	chosen string   // "" for all
}

func (f *facet[T]) passes(t T) bool {
	return f.chosen == "" || slices.Contains(f.heaps(t), f.chosen)
}

// sieve lets through what is chosen in every facet and matches the search.
type sieve[T any] struct {
	facets []*facet[T]
	match  func(T) bool // nil: everything
}

func (s *sieve[T]) passes(t T) bool { return s.passesBut(t, nil) }

// passesBut leaves one facet out, for that facet's own counts.
func (s *sieve[T]) passesBut(t T, out *facet[T]) bool {
	if s.match != nil && !s.match(t) {
		return false
	}
	for _, f := range s.facets {
		if f != out && !f.passes(t) {
			return false
		}
	}
	return true
}

// open lets everything through again.
func (s *sieve[T]) open() {
	s.match = nil
	for _, f := range s.facets {
		f.chosen = ""
	}
}

// closed reports whether anything is held back on purpose.
func (s *sieve[T]) closed() bool {
	return s.match != nil || slices.ContainsFunc(s.facets, func(f *facet[T]) bool { return f.chosen != "" })
}

// heap is one line of the filters: what is on it if it were chosen.
type heap struct {
	key, name string
	count     int
	chosen    bool
}

// heaps counts a facet's heaps over what the other facets let through. A heap that is chosen is listed even when
// nothing is on it, so that it can be let go.
func (s *sieve[T]) heaps(f *facet[T], things []T) []heap {
	counts := map[string]int{}
	for _, t := range things {
		if s.passesBut(t, f) {
			for _, key := range f.heaps(t) {
				counts[key]++
			}
		}
	}
	if f.chosen != "" {
		counts[f.chosen] += 0
	}
	var out []heap
	for _, key := range f.keys(counts) {
		out = append(out, heap{key: key, name: f.name(key), count: counts[key], chosen: key == f.chosen})
	}
	return out
}

// toggle chooses a heap, or lets it go.
func (f *facet[T]) toggle(key string) {
	if f.chosen == key {
		key = ""
	}
	f.chosen = key
}

func (f *facet[T]) keys(counts map[string]int) []string {
	keys := make([]string, 0, len(counts))
	for key := range counts {
		keys = append(keys, key)
	}
	rank := func(key string) int { return slices.Index(f.order, key) }
	slices.SortFunc(keys, func(a, b string) int {
		if f.order != nil {
			return cmp.Compare(rank(a), rank(b))
		}
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	return keys
}
