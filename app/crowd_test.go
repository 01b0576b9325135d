package app_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"printstation/app"
	"printstation/app/shipping"
	"printstation/platform/sandbox"
	"printstation/printing"
)

// forgetful is a folder that now and then loses sight of a job: the file of some is there and of others is not, and in
// either case the printer does not know the job any more.
type forgetful struct {
	printing.Printer
	mu    sync.Mutex
	dice  *rand.Rand
	blind map[string]bool
}

func (f *forgetful) Send(ctx context.Context, device string, d printing.Document) error {
	f.mu.Lock()
	roll := f.dice.IntN(6)
	f.blind[device] = roll < 2
	f.mu.Unlock()
	if roll == 0 {
		return errors.New("the cable fell out")
	}
	return f.Printer.Send(ctx, device, d)
}

func (f *forgetful) Status(ctx context.Context, device string) (printing.JobStatus, error) {
	f.mu.Lock()
	blind := f.blind[device]
	f.mu.Unlock()
	if blind {
		return printing.JobStatus{}, printing.ErrNoJob
	}
	return f.Printer.Status(ctx, device)
}

// crowd is a bench at which everybody does everything at once.
type crowd struct {
	*rig
	album  *album
	ids    []shipping.ParcelID
	orders []string
}

// Several people and programs at one station, on a platform that loses answers and while orders are refunded and closed:
// when they have gone home, the books are in order.
func TestCrowd(t *testing.T) {
	t.Parallel()
	c := newCrowd(t, 15)
	ctx, goHome := context.WithCancel(t.Context())
	lanes := make(chan struct{})
	go func() { defer close(lanes); _ = c.RunLanes(ctx) }()
	for round := range 25 {
		var people sync.WaitGroup
		for i, do := range []func(*rand.Rand) error{
			c.printSome, c.printSome, c.printSome, c.reprintOne, c.reprintOne, c.load1, c.changeOrder, c.scanOne, c.scanOne,
			c.decideOne, c.decideOne, c.cancelOne, c.cancelOne, c.cancelOne, c.cancelOne, c.retryAll, c.look,
		} {
			people.Go(func() {
				if err := do(rand.New(rand.NewPCG(uint64(round), uint64(i)))); err != nil {
					t.Error(err)
				}
			})
		}
		people.Wait()
	}
	c.world.SetFaults(sandbox.Faults{})
	goHome()
	<-lanes
	c.tidyUp()
	b := c.audit(c.album)
	given, pages := 0, 0
	for _, n := range b.papers {
		pages += n
	}
	for _, w := range b.world.Waybills {
		if w.Cancelled {
			given++
		}
	}
	if shipped := len(b.world.Shipments); given == 0 || pages <= len(b.papers) || shipped < len(c.ids)/2 {
		t.Errorf("%d numbers given back, %d pages of %d numbers, %d shipments tried: the test shows nothing", given, pages, len(b.papers), shipped)
	}
	t.Logf("%d numbers, %d given back, %d pages, %d shipments tried", len(b.world.Waybills), given, pages, len(b.world.Shipments))
}

func newCrowd(t *testing.T, n int) *crowd {
	t.Helper()
	c := &crowd{rig: newRig(t, rigOptions{}), album: newAlbum(renderer(t))}
	c.close()
	c.open(rigOptions{wrap: func(o *app.Options) {
		o.Renderer = c.album
		// Two printers that write into one folder: no batch waits for another.
		bad := &forgetful{Printer: o.Printers[0].Printer, dice: rand.New(rand.NewPCG(1, 2)), blind: map[string]bool{}}
		o.Printers = []printing.Target{{ID: "left", Default: true, Printer: bad}, {ID: "right", Printer: bad}}
	}})
	c.ids, c.orders = c.some(n)
	c.world.SetFaults(sandbox.Faults{
		Latency: sandbox.Latency{MaxMS: 6}, CutAfter: sandbox.Rule{Probability: 0.1}, CutBefore: sandbox.Rule{Probability: 0.1},
		Shipments: sandbox.RefuseOrder{Rule: sandbox.Rule{Probability: 0.7}}, // else all are confirmed before one can be cancelled
	})
	return c
}

func printerOf(dice *rand.Rand) string { return []string{"left", "right"}[dice.IntN(2)] }

func (c *crowd) any(dice *rand.Rand) shipping.ParcelID { return c.ids[dice.IntN(len(c.ids))] }

func (c *crowd) printSome(dice *rand.Rand) error {
	var ids []shipping.ParcelID
	for range 5 {
		ids = append(ids, c.any(dice))
	}
	ctx, cancel := context.WithCancel(c.t.Context())
	defer cancel()
	stopAt := dice.IntN(20)
	_, err := c.Print(ctx, app.PrintRequest{Parcels: ids, Printer: printerOf(dice), Progress: func(p app.Progress) {
		if p.Issued == stopAt {
			cancel() // somebody thinks better of it
		}
	}})
	if errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

func (c *crowd) reprintOne(dice *rand.Rand) error {
	_, err := c.Reprint(c.t.Context(), []shipping.ParcelID{c.any(dice)}, printerOf(dice))
	return err
}

func (c *crowd) load1(*rand.Rand) error {
	_, err := c.Load(c.t.Context())
	return err
}

func (c *crowd) changeOrder(dice *rand.Rand) error {
	order := c.orders[dice.IntN(len(c.orders)/3)] // the others go their way
	if dice.IntN(4) > 0 {
		return nil
	}
	if dice.IntN(2) == 0 {
		return c.world.CloseOrder(order)
	}
	return c.world.RefundOrder(order)
}

func (c *crowd) scanOne(dice *rand.Rand) error {
	row, err := c.Row(c.t.Context(), c.any(dice))
	if err != nil || row.Number == "" || !c.onFile(row.Document) {
		return err // what has no paper cannot be scanned
	}
	_, err = c.Scan(c.t.Context(), string(row.Number))
	return err
}

func (c *crowd) onFile(document string) bool {
	_, err := os.Stat(filepath.Join(c.labels, document))
	return document != "" && err == nil
}

// decideOne decides an uncertain label as an honest person does. Somebody else may be faster.
func (c *crowd) decideOne(dice *rand.Rand) error {
	doubts, err := c.Doubts(c.t.Context())
	if err != nil || len(doubts) == 0 {
		return err
	}
	d := doubts[dice.IntN(len(doubts))].Label
	decide := c.DecideLost
	if c.onFile(d.Document) {
		decide = c.DecidePrinted
	}
	if err := decide(c.t.Context(), d.ID); err != nil {
		return c.unlessDecided(d, err)
	}
	return nil
}

func (c *crowd) unlessDecided(d shipping.LabelCopy, err error) error {
	return c.db.View(c.t.Context(), func(tx app.Tx) error {
		now, err2 := tx.Label(d.ID)
		if err2 == nil && now.State == shipping.LabelUncertain {
			err2 = fmt.Errorf("label %s cannot be decided: %w", d.ID, err)
		}
		return err2
	})
}

func (c *crowd) cancelOne(dice *rand.Rand) error {
	// Refused, or the answer lost: both are said, and neither may leave harm behind.
	_ = c.CancelNumber(c.t.Context(), c.any(dice))
	return nil
}

func (c *crowd) retryAll(*rand.Rand) error {
	ts, err := c.Troubles(c.t.Context())
	for _, t := range ts {
		if err := c.Retry(c.t.Context(), t.ID); err != nil && !errors.Is(err, app.ErrNotFound) {
			return err
		}
	}
	return err
}

func (c *crowd) look(*rand.Rand) error {
	_, err := c.Status(c.t.Context())
	_, err2 := c.Rows(c.t.Context(), app.Filter{View: app.ViewPrinted})
	_, err3 := c.Timeline(c.t.Context(), c.ids[0])
	return errors.Join(err, err2, err3)
}

// tidyUp brings to its end what the crowd left, as a restart does.
func (c *crowd) tidyUp() {
	c.t.Helper()
	if err := c.Recover(c.t.Context()); err != nil {
		c.t.Error(err)
	}
	dice := rand.New(rand.NewPCG(1, 1))
	for range 3 {
		for range c.ids {
			if err := c.decideOne(dice); err != nil {
				c.t.Error(err)
			}
		}
		c.load()
		c.print(c.printable()...)
	}
	c.lanes()
	if err := c.retryAll(nil); err != nil {
		c.t.Error(err)
	}
	c.lanes()
}
