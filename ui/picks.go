package ui

import "printstation/ui/look"

// picks is a list of things, some chosen and one under the cursor. Things are known by their ids, so that reading the
// list anew, filtering it or drawing it in another language changes no choice. Positions are those in the shown list.
type picks[K comparable, T any] struct {
	id       func(T) K
	pickable func(T) bool // what may be chosen

	things []T
	place  map[K]int // in things
	filter func(T) bool
	shown  []int // in things
	chosen map[K]bool

	cursor K // may name a thing that is not shown; then at says where it was
	at     int
	anchor int // where a range began
}

func newPicks[K comparable, T any](id func(T) K, pickable func(T) bool) *picks[K, T] {
	return &picks[K, T]{id: id, pickable: pickable, chosen: map[K]bool{}, place: map[K]int{}, filter: func(T) bool { return true }}
}

// set replaces the things. Choices of things that are gone, or may no longer be chosen, are forgotten.
func (p *picks[K, T]) set(things []T) {
	p.things = things
	p.place = make(map[K]int, len(things))
	for i, t := range things {
		p.place[p.id(t)] = i
	}
	for k := range p.chosen {
		if i, ok := p.place[k]; !ok || !p.pickable(things[i]) {
			delete(p.chosen, k)
		}
	}
	p.sift()
}

// show sets which things are shown.
func (p *picks[K, T]) show(filter func(T) bool) {
	p.filter = filter
	p.sift()
}

// sift finds what is shown, and keeps the cursor on its thing, or else where it was.
func (p *picks[K, T]) sift() {
	p.shown = p.shown[:0]
	found := -1
	for i, t := range p.things {
		if !p.filter(t) {
			continue
		}
		if p.id(t) == p.cursor {
			found = len(p.shown)
		}
		p.shown = append(p.shown, i)
	}
	if found >= 0 {
		p.at = found
		return
	}
	p.moveTo(p.at)
}

func (p *picks[K, T]) len() int     { return len(p.shown) }
func (p *picks[K, T]) item(i int) T { return p.things[p.shown[i]] }

// moveTo puts the cursor on position i, or the nearest there is.
func (p *picks[K, T]) moveTo(i int) {
	p.at = max(0, min(i, len(p.shown)-1))
	p.anchor = p.at
	if len(p.shown) > 0 {
		p.cursor = p.id(p.item(p.at))
	}
}

// find puts the cursor on a thing; false when it is not shown.
func (p *picks[K, T]) find(k K) bool {
	for i := range p.shown {
		if p.id(p.item(i)) == k {
			p.moveTo(i)
			return true
		}
	}
	return false
}

// current is the thing under the cursor.
func (p *picks[K, T]) current() (T, bool) {
	if p.at >= len(p.shown) {
		var none T
		return none, false
	}
	return p.item(p.at), true
}

// choose adds a thing to the choice, if it may be chosen.
func (p *picks[K, T]) choose(k K) bool {
	i, ok := p.place[k]
	if !ok || !p.pickable(p.things[i]) {
		return false
	}
	p.chosen[k] = true
	return true
}

// toggle chooses the thing at i or lets it go, and begins a range there.
func (p *picks[K, T]) toggle(i int) {
	if i < 0 || i >= len(p.shown) {
		return
	}
	p.moveTo(i)
	k := p.id(p.item(i))
	if p.chosen[k] {
		delete(p.chosen, k)
		return
	}
	p.choose(k)
}

// extend chooses everything from where the range began to i.
func (p *picks[K, T]) extend(i int) {
	if len(p.shown) == 0 {
		return
	}
	i = max(0, min(i, len(p.shown)-1))
	from := max(0, min(p.anchor, len(p.shown)-1))
	for n := min(from, i); n <= max(from, i); n++ {
		p.choose(p.id(p.item(n)))
	}
	p.moveTo(i)
	p.anchor = from
}

// all chooses everything shown; with everything shown chosen already, nothing shown stays chosen.
func (p *picks[K, T]) all() {
	if p.mark() == look.Ticked {
		for i := range p.shown {
			delete(p.chosen, p.id(p.item(i)))
		}
		return
	}
	for i := range p.shown {
		p.choose(p.id(p.item(i)))
	}
}

// clear lets everything go.
func (p *picks[K, T]) clear() { p.chosen = map[K]bool{} }

// picked gives what is chosen, shown or not, in the order of the list.
func (p *picks[K, T]) picked() []T {
	var out []T
	for _, t := range p.things {
		if p.chosen[p.id(t)] {
			out = append(out, t)
		}
	}
	return out
}

// hidden counts what is chosen and not shown.
func (p *picks[K, T]) hidden() int {
	n := len(p.chosen)
	for _, i := range p.shown {
		if p.chosen[p.id(p.things[i])] {
			n--
		}
	}
	return n
}

// mark is what the box over the list shows.
func (p *picks[K, T]) mark() look.Mark {
	able, chosen := 0, 0
	for _, i := range p.shown {
		if !p.pickable(p.things[i]) {
			continue
		}
		able++
		if p.chosen[p.id(p.things[i])] {
			chosen++
		}
	}
	switch {
	case able == 0:
		return look.Barred
	case chosen == 0:
		return look.Unticked
	case chosen < able:
		return look.Partly
	}
	return look.Ticked
}

// markAt is what the box of position i shows.
func (p *picks[K, T]) markAt(i int) look.Mark {
	t := p.item(i)
	switch {
	case p.chosen[p.id(t)]:
		return look.Ticked
	case !p.pickable(t):
		return look.Barred
	}
	return look.Unticked
}
