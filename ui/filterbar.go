package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"printstation/ui/look"
)

// filterWidth is the width of the column of filters.
const filterWidth = 180

// filterBar shows a sieve's facets with their counts and sets them by a click.
type filterBar[T any] struct {
	speech  *speech
	sieve   *sieve[T]
	changed func()
	all     *look.Choice // lets everything through again
	box     *fyne.Container
	titles  []*canvas.Text
	lines   [][]*look.Choice
}

// newFilterBar makes the column; changed is called when a filter was set, clear when all are to go.
func newFilterBar[T any](s *speech, sv *sieve[T], changed, clear func()) *filterBar[T] {
	b := &filterBar[T]{speech: s, sieve: sv, changed: changed, box: look.Column(2), all: look.NewChoice(clear)}
	for _, f := range sv.facets {
		b.titles = append(b.titles, look.Bold(s.say(f.title), look.TextSmall, look.Dim))
	}
	b.lines = make([][]*look.Choice, len(sv.facets))
	return b
}

func (b *filterBar[T]) content() fyne.CanvasObject {
	scroll := container.NewVScroll(look.Pad(10, 8, 10, 8, b.box))
	return look.On(look.Ground, look.Wide(filterWidth, scroll))
}

// show counts anew. The lines that are there are used again: a click that is under way must find its line in place.
func (b *filterBar[T]) show(things []T) {
	b.all.Set(b.speech.say("filter.all"), count(len(things)), !b.sieve.closed())
	b.box.Objects = []fyne.CanvasObject{b.all}
	for i, f := range b.sieve.facets {
		heaps := b.sieve.heaps(f, things)
		if len(heaps) == 0 {
			continue
		}
		b.box.Add(look.Pad(8, 0, 2, 8, b.titles[i]))
		for n, h := range heaps {
			if n == len(b.lines[i]) {
				b.lines[i] = append(b.lines[i], look.NewChoice(nil))
			}
			line := b.lines[i][n]
			line.OnTapped = func() {
				f.toggle(h.key)
				b.changed()
			}
			line.Set(h.name, count(h.count), h.chosen)
			b.box.Add(line)
		}
	}
	b.box.Refresh()
}
