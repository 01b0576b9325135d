package app_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"printstation/app"
	"printstation/app/outbox"
	"printstation/app/shipping"
	"printstation/storage"
)

// The power goes at every single crossing of a working day, and a second time while the station takes up what was left.
// Whatever the instant: no second number, no second label without its mark, one accepted shipment for each printed order,
// and nothing forgotten.
func TestPowerCutAnywhere(t *testing.T) {
	t.Parallel()
	whole := newCrash(t)
	plug := &power{}
	whole.open(whole.options(plug))
	if err := whole.workday(t.Context()); err != nil {
		t.Fatal(err)
	}
	whole.evening(plug)
	if plug.crossed < 40 {
		t.Fatalf("the day has only %d crossings", plug.crossed)
	}
	for n := 1; n <= plug.crossed; n++ {
		// The second cut wanders over the recovery as the first one does over the day.
		t.Run(fmt.Sprintf("%03d", n), func(t *testing.T) {
			t.Parallel()
			c := newCrash(t)
			c.day(n, 1+n*7%23)
		})
	}
}

// crash is a rig for one day with its orders and its cuts.
type crash struct {
	*rig
	album    *album
	orders   [4]string // printed; printed, cancelled and printed anew; reprinted; refunded before it is printed
	refunded bool
}

func newCrash(t *testing.T) *crash {
	t.Helper()
	c := &crash{rig: newRig(t, rigOptions{}), album: newAlbum(renderer(t))}
	c.close()
	for i := range c.orders {
		c.orders[i] = c.add(clean)
	}
	return c
}

func (c *crash) options(p *power) rigOptions {
	return rigOptions{wrap: func(o *app.Options) {
		o.Renderer = c.album
		p.plugIn(c.labels)(o)
	}}
}

// day works until the power goes at the first crossing given, takes up the pieces until it goes at the second, takes
// them up again and checks the books.
func (c *crash) day(first, second int) {
	c.t.Helper()
	plug := &power{cutAt: first}
	c.open(c.options(plug))
	err := c.workday(c.t.Context())
	if !plug.gone() {
		c.t.Errorf("the power never went: %v", err)
	}
	c.close()
	again := &power{cutAt: second}
	c.open(c.options(again))
	err = c.takeUp(c.t.Context())
	if err != nil && !again.gone() {
		c.t.Errorf("after the first cut: %v", err)
	}
	if again.gone() {
		c.close()
		peace := &power{}
		c.open(c.options(peace))
		if err := c.takeUp(c.t.Context()); err != nil {
			c.t.Errorf("after the second cut: %v", err)
		}
	}
	c.evening(plug, again)
}

// workday is what a bench does, up to the first error.
func (c *crash) workday(ctx context.Context) error {
	plain, anew, copied, refunded := c.orders[0], c.orders[1], c.orders[2], c.orders[3]
	steps := []func() error{
		func() error { return c.loadOrders(ctx) },
		func() error { return c.printOrders(ctx, plain, anew, copied) },
		func() error { c.refunded = true; return c.world.RefundOrder(refunded) },
		func() error { return c.loadOrders(ctx) },
		func() error { return c.printOrders(ctx, refunded) },
		func() error {
			return c.withParcel(ctx, anew, func(id shipping.ParcelID) error { return c.CancelNumber(ctx, id) })
		},
		func() error { return c.printOrders(ctx, anew) },
		func() error {
			return c.withParcel(ctx, copied, func(id shipping.ParcelID) error {
				_, err := c.Reprint(ctx, []shipping.ParcelID{id}, "")
				return err
			})
		},
		func() error { return c.confirmAll(ctx) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// takeUp is the morning after: what is uncertain is decided by what lies in the folder, and all that is left is printed.
func (c *crash) takeUp(ctx context.Context) error {
	if err := c.Recover(ctx); err != nil {
		return err
	}
	doubts, err := c.Doubts(ctx)
	if err != nil {
		return err
	}
	for _, d := range doubts {
		decide := c.DecideLost
		if _, err := os.Stat(filepath.Join(c.labels, d.Label.Document)); err == nil {
			decide = c.DecidePrinted
		}
		if err := decide(ctx, d.Label.ID); err != nil {
			return err
		}
	}
	if err := c.loadOrders(ctx); err != nil {
		return err
	}
	rows, err := c.Rows(ctx, app.Filter{View: app.ViewToPrint})
	if err != nil {
		return err
	}
	var ids []shipping.ParcelID
	for _, row := range rows {
		if row.Printable() {
			ids = append(ids, row.ID)
		}
	}
	if _, err := c.Print(ctx, app.PrintRequest{Parcels: ids}); err != nil {
		return err
	}
	return c.confirmAll(ctx)
}

func (c *crash) loadOrders(ctx context.Context) error {
	res, err := c.Load(ctx)
	if err == nil && len(res.Faults) > 0 {
		err = res.Faults["dy1"]
	}
	return err
}

func (c *crash) withParcel(ctx context.Context, order string, do func(shipping.ParcelID) error) error {
	rows, err := c.Rows(ctx, app.Filter{View: app.ViewAll, Text: order})
	if err != nil {
		return err
	}
	if len(rows) != 1 {
		return fmt.Errorf("order %s has %d parcels", order, len(rows))
	}
	return do(rows[0].ID)
}

func (c *crash) printOrders(ctx context.Context, orders ...string) error {
	var ids []shipping.ParcelID
	for _, order := range orders {
		if err := c.withParcel(ctx, order, func(id shipping.ParcelID) error { ids = append(ids, id); return nil }); err != nil {
			return err
		}
	}
	_, err := c.Print(ctx, app.PrintRequest{Parcels: ids})
	return err
}

// confirmAll runs the lanes until nothing waits, or the power goes.
func (c *crash) confirmAll(ctx context.Context) error {
	inner, end := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() { defer close(done); _ = c.RunLanes(inner) }()
	err := c.Settle(inner)
	end()
	<-done
	return err
}

// evening checks the books, and that each order came to its end.
func (c *crash) evening(cuts ...*power) {
	c.t.Helper()
	b := c.audit(c.album)
	for i, order := range c.orders {
		row := c.parcel(order)
		printed := 0
		for _, n := range b.numbers[order] {
			printed += b.papers[n]
		}
		if c.refunded && i == 3 && (printed == 0 || b.world.Shipment(order).Accepted == 0) {
			if row.State != shipping.ParcelHeld && len(row.Reasons) == 0 {
				c.t.Errorf("the refunded order is %s without a reason", row.State)
			}
			continue
		}
		if row.Confirm != outbox.Confirmed || printed == 0 {
			c.t.Errorf("order %d (%s) came to no end: %s, label %s, confirmation %s, fault %v", i+1, order, row.State, row.Label, row.Confirm, row.Fault)
		}
	}
	if c.refunded && len(b.numbers[c.orders[3]]) > 0 {
		c.t.Errorf("the refunded order got the numbers %s", b.numbers[c.orders[3]])
	}
	ts, err := c.Troubles(c.t.Context())
	if err != nil || len(ts) > 0 {
		c.t.Errorf("failed list %+v, %v", ts, err)
	}
	if ds, err := c.Doubts(c.t.Context()); err != nil || len(ds) > 0 {
		c.t.Errorf("still uncertain %+v, %v", ds, err)
	}
	c.checkNothingOpen()
	// Not under a running station: its journal still writes.
	c.close()
	c.checkStore()
	if c.t.Failed() {
		var at []string
		for _, p := range cuts {
			at = append(at, p.where)
		}
		c.t.Logf("the power went %s", strings.Join(at, ", then "))
	}
}

// checkStore holds pages, rows and indexes of the store against each other.
func (c *crash) checkStore() {
	c.t.Helper()
	db, err := storage.Open(filepath.Join(c.data, "station.db"), storage.Options{Mode: storage.Demo})
	if err != nil {
		c.t.Fatal(err)
	}
	if err := errors.Join(db.Check(c.t.Context()), db.Close()); err != nil {
		c.t.Errorf("store: %v", err)
	}
}

// checkNothingOpen: no print job, no cancelling and no suspended confirmation is left behind.
func (c *crash) checkNothingOpen() {
	c.t.Helper()
	err := c.db.View(c.t.Context(), func(tx app.Tx) error {
		for j, err := range tx.OpenJobs() {
			if err != nil {
				return err
			}
			c.t.Errorf("job %s is still open", j.ID)
		}
		for p, err := range tx.Parcels([]shipping.ShopID{"dy1"}) {
			if err != nil {
				return err
			}
			if p.Cancelling || p.State == shipping.ParcelRequested {
				c.t.Errorf("parcel %s: %s, cancelling %v", p.ID, p.State, p.Cancelling)
			}
		}
		for e, err := range tx.Entries([]shipping.ShopID{"dy1"}, outbox.Waiting, outbox.Suspended, outbox.Parked, outbox.Failed) {
			if err != nil {
				return err
			}
			c.t.Errorf("confirmation %s is %s", e.ID, e.State)
		}
		return nil
	})
	if err != nil {
		c.t.Error(err)
	}
}
