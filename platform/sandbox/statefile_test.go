package sandbox

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
)

// life does something of everything and gives the world's memory of it.
func life(t *testing.T, b *bench) {
	t.Helper()
	id := b.pickOrder(plainOrder)
	b.number(id, "a")
	if r := b.ship(id, b.number(id, "b")); !r.OK {
		t.Fatal(r.Message)
	}
	cancel := map[string]string{"logistics_code": "zhongtong", "track_no": b.number(id, "a")}
	b.must("order/logistics/cancel", cancel, nil)
	if _, err := b.world.AddOrder(NewOrder{Name: "陈堃", Encrypted: true}); err != nil {
		t.Fatal(err)
	}
	if err := b.world.RefundOrder(b.pickOrder(plainOrder)); err != nil {
		t.Fatal(err)
	}
	if err := b.world.CloseOrder(b.pickOrder(plainOrder)); err != nil {
		t.Fatal(err)
	}
}

// lasting is what must be the same after a restart: the orders, and the snapshot without the counts of one process.
func lasting(w *World) (orders []order, s Snapshot) {
	s = w.Snapshot()
	s.Calls, s.MaxConcurrent, s.MaxPerSecond = nil, 0, 0
	for i := range s.Waybills {
		s.Waybills[i].Asked, s.Waybills[i].AskedElsewise, s.Waybills[i].AskedCancelled = 0, 0, 0
	}
	for i := range s.Shipments {
		s.Shipments[i].Attempts, s.Shipments[i].Refused = 0, nil
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, o := range w.orders {
		orders = append(orders, *o)
	}
	return orders, s
}

func TestReplay(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "world.jsonl")
	opt := Options{Seed: 5, Orders: 60, StateFile: file, Clock: func() time.Time { return noon }}
	b := newBench(t, opt)
	life(t, b)
	orders, snapshot := lasting(b.world)
	// The first world is not closed: what it answered must be in the file already, as if it had been killed.
	torn, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	// The last tail is longer than the line that will be written in its place.
	tails := []string{"", `{"op":"ship","at":"2026-03-09T12:0`, `{"op":"close"}`, `{"op":"` + strings.Repeat("x", 20_000)}
	for i, tail := range tails {
		opt.StateFile = fmt.Sprintf("%s.%d", file, i)
		if err := os.WriteFile(opt.StateFile, append(torn[:len(torn):len(torn)], tail...), 0o600); err != nil {
			t.Fatal(err)
		}
		opt.Clock = func() time.Time { return noon.Add(3 * time.Hour) }
		again := newWorld(t, opt)
		gotOrders, gotSnapshot := lasting(again)
		if !reflect.DeepEqual(gotOrders, orders) {
			t.Errorf("tail %.40q: the orders differ after the restart", tail)
		}
		if !reflect.DeepEqual(gotSnapshot, snapshot) {
			t.Errorf("tail %.40q: after the restart\n%+v\nwant\n%+v", tail, gotSnapshot, snapshot)
		}
		id, err := again.AddOrder(NewOrder{})
		if err != nil {
			t.Fatal(err)
		}
		if err := again.Close(); err != nil {
			t.Fatal(err)
		}
		third := newWorld(t, opt)
		if third.byID[id] == nil {
			t.Errorf("tail %.40q: the line after the torn one was lost", tail)
		}
		if err := third.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// A restarted world still gives the old number, and refuses a second shipment.
func TestRestartKeepsPromises(t *testing.T) {
	t.Parallel()
	opt := Options{Orders: 40, StateFile: filepath.Join(t.TempDir(), "world.jsonl")}
	first := newBench(t, opt)
	id := first.pickOrder(plainOrder)
	number := first.number(id, "p")
	if r := first.ship(id, number); !r.OK {
		t.Fatal(r.Message)
	}
	if err := first.world.Close(); err != nil {
		t.Fatal(err)
	}
	second := newBench(t, opt)
	if again := second.number(id, "p"); again != number {
		t.Errorf("after the restart the pack got %s, before %s", again, number)
	}
	if r := second.ship(id, number); r.OK {
		t.Error("the order shipped twice")
	}
	if r := second.world.Snapshot().Shipment(id); r.Accepted != 1 || r.Number != number {
		t.Errorf("shipment after the restart: %+v", r)
	}
}

func TestStateFilesThatAreRefused(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	good := filepath.Join(dir, "good")
	newWorld(t, Options{Orders: 10, StateFile: good})
	header, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct{ name, content, words string }{
		{"another seed", strings.Replace(string(header), `"seed":0`, `"seed":9`, 1), "another world"},
		{"no header", `{"op":"cancel","number":"1"}` + "\n", "does not name its world"},
		{"a broken line", string(header) + "{{{\n" + string(header), "line 2"},
		{"an unknown line", string(header) + `{"op":"explode","order":"4948795729456854758"}` + "\n", "unknown line"},
		{"an unknown number", string(header) + `{"op":"cancel","number":"1"}` + "\n", "never issued"},
		{"an unknown order", string(header) + `{"op":"ship","order":"1"}` + "\n", "not of this world"},
	}
	for _, c := range cases {
		file := filepath.Join(dir, "case")
		if err := os.WriteFile(file, []byte(c.content), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := New(Options{Orders: 10, StateFile: file, Clock: func() time.Time { return noon }})
		if err == nil || !strings.Contains(err.Error(), c.words) {
			t.Errorf("%s: %v, want words %q", c.name, err, c.words)
		}
		if after, err := os.ReadFile(file); err != nil || string(after) != c.content {
			t.Errorf("%s: a refused file was changed", c.name)
		}
	}
	if _, err := New(Options{StateFile: filepath.Join(dir, "no", "such", "folder")}); err == nil {
		t.Error("a file in a folder that is not there was taken")
	}
}

// When the file cannot be written, no answer claims what a restart would forget.
func TestUnwritableStateFile(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{Orders: 10, StateFile: filepath.Join(t.TempDir(), "world.jsonl")})
	if err := b.world.state.f.Close(); err != nil {
		t.Fatal(err)
	}
	a := b.ask(issuePath, map[string]string{"request_data": issueText("1", pack{"7000000000000000001", "p"})})
	if a.Code != noSystem.Code {
		t.Errorf("answer: %+v, want %d", a, noSystem.Code)
	}
	b.world.state = nil // its close would report the same again
}

func FuzzReadEvents(f *testing.F) {
	f.Add("{\"op\":\"world\",\"world\":{\"seed\":0,\"orders\":1}}\n{\"op\":\"issue\",\"waybill\":{\"number\":\"1\"}}\n{\"op\"")
	f.Add("\n\n")
	f.Fuzz(func(t *testing.T, text string) {
		past, whole, err := readEvents(strings.NewReader(text))
		if err != nil {
			return
		}
		if whole > int64(len(text)) || whole > 0 && text[whole-1] != '\n' {
			t.Errorf("whole lines end at %d of %q", whole, text)
		}
		w, err := New(Options{Orders: 1, Clock: func() time.Time { return noon }})
		if err != nil {
			t.Fatal(err)
		}
		for _, ev := range past {
			if err := w.apply(ev); err != nil {
				return // refused, and no panic
			}
		}
		_ = w.Snapshot()
	})
}
