package sandbox

import (
	"maps"
	"sync"
	"time"
)

// CallCount tells how often one path was called.
type CallCount struct {
	Total         int `json:"total"`
	Refused       int `json:"refused"` // for the public fields: signature, time, authorization
	MaxConcurrent int `json:"max_concurrent"`
}

// meter counts calls. A call counts from its first byte, whatever faults befall it.
type meter struct {
	mu           sync.Mutex
	calls        map[string]CallCount
	now          map[string]int // calls that are under way
	all, maxAll  int
	second       int64
	inSecond     int
	maxPerSecond int
}

// enter counts a call, and gives how many came in this second and what to do at its end.
func (m *meter) enter(path string, at time.Time) (done func(), thisSecond int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.calls == nil {
		m.calls, m.now = map[string]CallCount{}, map[string]int{}
	}
	m.now[path]++
	m.all++
	m.maxAll = max(m.maxAll, m.all)
	c := m.calls[path]
	c.Total++
	c.MaxConcurrent = max(c.MaxConcurrent, m.now[path])
	m.calls[path] = c
	if at.Unix() != m.second {
		m.second, m.inSecond = at.Unix(), 0
	}
	m.inSecond++
	m.maxPerSecond = max(m.maxPerSecond, m.inSecond)
	return func() { m.leave(path) }, m.inSecond
}

func (m *meter) leave(path string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now[path]--
	m.all--
}

func (m *meter) turnedAway(path string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	c := m.calls[path]
	c.Refused++
	m.calls[path] = c
}

func (m *meter) report(s *Snapshot) {
	m.mu.Lock()
	defer m.mu.Unlock()
	s.Calls = maps.Clone(m.calls)
	s.MaxConcurrent, s.MaxPerSecond = m.maxAll, m.maxPerSecond
}
