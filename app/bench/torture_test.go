package bench_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"printstation/app/bench/benchtest"
	"printstation/platform/sandbox"
)

// torture says how hard to try. `make torture` does it in full; CI on a smaller scale.
type torture struct {
	kills, orders int
	longest       time.Duration // after which a run is killed at the latest
}

func tortureScale() torture {
	if os.Getenv("PRINTSTATION_TORTURE") == "full" {
		return torture{kills: 50, orders: 320, longest: 2500 * time.Millisecond}
	}
	return torture{kills: 8, orders: 120, longest: 1500 * time.Millisecond}
}

// TestTorture kills the real program with SIGKILL at random instants of a batch, while the platform loses answers, and
// starts it again until all is done; then again with a new world, until the kills are used up. Whatever the instants:
// no parcel has two numbers, no number serves two parcels, no label exists twice unless it says so, every printed order
// has exactly one accepted shipment, and nothing pending is forgotten.
func TestTorture(t *testing.T) {
	scale := tortureScale()
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	dice := rand.New(rand.NewPCG(seed, 1))
	program := build(t)
	for kills, round := 0, 1; kills < scale.kills; round++ {
		s := newScene(t, program, round, scale.orders)
		n := 0
		for ; kills+n < scale.kills; n++ {
			wait := time.Duration(dice.Int64N(int64(scale.longest)))
			if !s.batchKilledAfter(wait) {
				break // it was done before
			}
			s.decideByFolder()
		}
		kills += n
		s.finish()
		s.check()
		t.Logf("round %d: %d kills, %d pages, %d numbers", round, n, len(benchtest.Pages(s.t, s.labels)), len(s.World().Waybills))
		if n == 0 {
			scale.longest = scale.longest * 2 / 3 // the machine is faster than the kills
		}
	}
}

// finish lets the batch run until nothing waits and nothing is uncertain any more.
func (s *scene) finish() {
	s.t.Helper()
	s.Faults(sandbox.Faults{})
	for range 5 {
		s.batch()
		s.decideByFolder()
		if r := s.report; r.Waiting == 0 && r.Uncertain == 0 {
			return
		}
	}
	s.t.Errorf("after five runs in peace: %d waiting, %d uncertain", s.report.Waiting, s.report.Uncertain)
}

// check holds the folder, the platform and the store against each other.
func (s *scene) check() {
	s.t.Helper()
	w := s.World()
	orderOf := s.checkNumbers(w)
	printed := s.checkPages(orderOf)
	failed := s.failed()
	shipped := map[string]int{}
	for _, sh := range w.Shipments {
		shipped[sh.OrderID] = sh.Accepted
		if sh.Accepted == 1 && orderOf[sh.Number] != sh.OrderID {
			s.t.Errorf("order %s was shipped with %s, which belongs to order %q", sh.OrderID, sh.Number, orderOf[sh.Number])
		}
		if sh.Accepted > 0 && !printed[sh.OrderID] {
			s.t.Errorf("order %s was confirmed without a label", sh.OrderID)
		}
	}
	for order := range printed {
		if shipped[order] != 1 && !failed[order] {
			s.t.Errorf("order %s is printed, its shipment was accepted %d times and it is in no failed list", order, shipped[order])
		}
	}
	s.checkNothingForgotten(w, printed, failed)
}

// checkNumbers finds orders with two numbers and numbers of two orders.
func (s *scene) checkNumbers(w sandbox.Snapshot) map[string]string {
	orderOf, numberOf := map[string]string{}, map[string]string{}
	for _, b := range w.Waybills {
		if other := numberOf[b.OrderID]; other != "" {
			s.t.Errorf("order %s has two numbers: %s and %s", b.OrderID, other, b.Number)
		}
		if other := orderOf[b.Number]; other != "" {
			s.t.Errorf("number %s serves two orders: %s and %s", b.Number, other, b.OrderID)
		}
		if b.AskedElsewise > 0 {
			s.t.Errorf("order %s was asked for again in other bytes", b.OrderID)
		}
		orderOf[b.Number], numberOf[b.OrderID] = b.OrderID, b.Number
	}
	return orderOf
}

// checkPages finds labels that exist twice without saying so, and gives the orders that have one.
func (s *scene) checkPages(orderOf map[string]string) map[string]bool {
	plain, printed := map[string]int{}, map[string]bool{}
	for _, p := range benchtest.Pages(s.t, s.labels) {
		order := orderOf[p.Number]
		if order == "" {
			s.t.Errorf("%s page %d bears number %q, which the platform never gave out", p.File, p.Page, p.Number)
			continue
		}
		printed[order] = true
		if !p.Reprint {
			plain[p.Number]++
		}
	}
	for number, n := range plain {
		if n > 1 {
			s.t.Errorf("number %s is on %d labels without a reprint mark", number, n)
		}
	}
	return printed
}

// checkNothingForgotten looks for orders to ship that are neither printed nor listed with a reason.
func (s *scene) checkNothingForgotten(w sandbox.Snapshot, printed, failed map[string]bool) {
	listed := map[string]bool{}
	for _, it := range s.report.Items {
		for _, id := range it.OrderIDs {
			listed[id] = true
			if it.State != "confirmed" && it.Reason == "" {
				s.t.Errorf("order %s is %s without a reason", id, it.State)
			}
		}
	}
	for _, id := range s.toShip() {
		if !printed[id] && !listed[id] && !failed[id] {
			s.t.Errorf("order %s is still to ship and nobody knows of it", id)
		}
	}
	if n := len(printed); n < w.Orders*8/10 {
		s.t.Errorf("only %d of %d orders were printed", n, w.Orders)
	}
}

// batchKilledAfter starts a batch and kills it. False: it ended before that.
func (s *scene) batchKilledAfter(wait time.Duration) bool {
	s.t.Helper()
	cmd := s.command(context.Background(), "batch", "--json", "--wait", "60s")
	if err := cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case <-ended:
		return false
	case <-time.After(wait):
		_ = cmd.Process.Kill()
		<-ended
		return true
	}
}

// decideByFolder decides every uncertain label by what really lies in the folder.
func (s *scene) decideByFolder() {
	s.t.Helper()
	var doubts []struct{ ID, Document string }
	s.json(&doubts, "uncertain", "--json")
	for _, d := range doubts {
		verdict := "lost"
		if _, err := os.Stat(filepath.Join(s.labels, filepath.Base(d.Document))); err == nil {
			verdict = "printed"
		}
		if out, code := s.run("uncertain", verdict, d.ID); code != 0 {
			s.t.Errorf("uncertain %s %s: exit %d: %s", verdict, d.ID, code, out)
		}
	}
}

func (s *scene) failed() map[string]bool {
	var list []struct {
		OrderIDs []string `json:"order_ids"`
	}
	s.json(&list, "failed", "--json")
	failed := map[string]bool{}
	for _, f := range list {
		for _, id := range f.OrderIDs {
			failed[id] = true
		}
	}
	return failed
}

// batch runs one batch to its end.
func (s *scene) batch() {
	s.t.Helper()
	out, code := s.run("batch", "--json", "--wait", "60s")
	if code == 2 {
		s.t.Fatalf("batch: exit 2: %s", out)
	}
	s.report = report{}
	if err := json.Unmarshal([]byte(out), &s.report); err != nil {
		s.t.Fatalf("batch: %v in %s", err, head(out))
	}
}

func head(s string) string { return fmt.Sprintf("%.400s", strings.TrimSpace(s)) }
