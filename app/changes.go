package app

import "sync"

// hub tells listeners that something changed. A listener that is slow misses nothing: what it has not read yet is folded
// into one Change.
type hub struct {
	mu   sync.Mutex
	subs map[*subscriber]struct{}
}

type subscriber struct{ ready chan Change }

// Changes subscribes to changes. The second value ends it and closes the channel.
func (s *Station) Changes() (<-chan Change, func()) {
	sub := &subscriber{ready: make(chan Change, 1)}
	s.hub.mu.Lock()
	defer s.hub.mu.Unlock()
	if s.hub.subs == nil {
		s.hub.subs = make(map[*subscriber]struct{})
	}
	s.hub.subs[sub] = struct{}{}
	var once sync.Once
	return sub.ready, func() {
		once.Do(func() {
			s.hub.mu.Lock()
			defer s.hub.mu.Unlock()
			delete(s.hub.subs, sub)
			close(sub.ready)
		})
	}
}

func (h *hub) tell(c Change) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for sub := range h.subs {
		sub.offer(c)
	}
}

// offer puts the change, joined with one that was not read yet, into the channel. Only tell calls it, under its lock, so
// nobody else fills the place that was just emptied.
func (sub *subscriber) offer(c Change) {
	select {
	case old := <-sub.ready:
		c = Change{
			Parcels: c.Parcels || old.Parcels, Queue: c.Queue || old.Queue,
			Printers: c.Printers || old.Printers, Shops: c.Shops || old.Shops,
		}
	default:
	}
	sub.ready <- c
}
