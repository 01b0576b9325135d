package app_test

import (
	"errors"
	"sync"
	"testing"

	"printstation/app"
	"printstation/app/outbox"
	"printstation/app/shipping"
	"printstation/platform/sandbox"
)

// Every valid order of a whole demo world goes the whole way; the others are listed with reasons.
func TestWholeWay(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{orders: 120})
	loaded := r.load()
	if loaded.Orders < 100 || loaded.Invalid == 0 || loaded.Held == 0 {
		t.Fatalf("loaded %+v: the world should hold invalid and held orders too", loaded)
	}
	res := r.print(r.printable()...)
	r.lanes()
	snap := r.world.Snapshot()
	rows, err := r.Rows(t.Context(), app.Filter{View: app.ViewAll})
	if err != nil {
		t.Fatal(err)
	}
	confirmed := 0
	for _, row := range rows {
		checkRow(t, row)
		order := string(row.Orders[0])
		numbers, shipment := snap.Numbers(order), snap.Shipment(order)
		if row.Number != "" && (len(numbers) != 1 || numbers[0] != string(row.Number)) {
			t.Errorf("order %s: we hold %s, the platform gave %v", order, row.Number, numbers)
		}
		if row.Confirm == outbox.Confirmed {
			confirmed++
			if shipment.Accepted != 1 || shipment.Number != string(row.Number) {
				t.Errorf("order %s: confirmed, but the platform has %+v", order, shipment)
			}
		} else if shipment.Accepted != 0 {
			t.Errorf("order %s: shipped at the platform, but %s here", order, row.Confirm)
		}
	}
	if confirmed < len(res.Items)*8/10 {
		t.Errorf("only %d of %d were confirmed", confirmed, len(res.Items))
	}
}

// checkRow checks what must hold for any parcel after a batch.
func checkRow(t *testing.T, row app.Row) {
	t.Helper()
	switch row.State {
	case shipping.ParcelInvalid, shipping.ParcelHeld:
		if len(row.Reasons) == 0 {
			t.Errorf("%s is %s without a reason", row.ID, row.State)
		}
	case shipping.ParcelRefused:
		if row.Fault == nil || row.Fault.Message == "" {
			t.Errorf("%s is refused without the platform's words", row.ID)
		}
	case shipping.ParcelIssued:
		if row.Label != shipping.LabelPrinted {
			t.Errorf("%s is issued, its label %q", row.ID, row.Label)
		}
		if row.Confirm == outbox.Failed && row.Fault == nil {
			t.Errorf("%s failed to be confirmed without a reason", row.ID)
		}
	default:
		t.Errorf("%s is %s after the batch", row.ID, row.State)
	}
}

// Two clicks at once, and a third after, make one label.
func TestNoLabelTwice(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	order := r.add(clean)
	r.load()
	id := r.parcel(order).ID
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			if _, err := r.Print(t.Context(), app.PrintRequest{Parcels: []shipping.ParcelID{id, id}}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	r.print(id)
	if n := r.files(); n != 1 {
		t.Errorf("%d documents for one label", n)
	}
	if row := r.parcel(order); row.Label != shipping.LabelPrinted || row.LabelID != shipping.MakeLabelID(id, 1) {
		t.Errorf("label %s is %s", row.LabelID, row.Label)
	}
}

// With answers lost at every call, no order gets two numbers, none is asked for in other bytes, and each is shipped once.
func TestAnswersLost(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{orders: 60})
	r.load()
	r.world.SetFaults(sandbox.Faults{
		CutAfter: sandbox.Rule{Probability: 0.5, Calls: []string{"logistics/newcreateorder", "order/logistics/add"}},
	})
	for range 10 {
		r.print(r.printable()...)
	}
	r.lanes()
	snap := r.world.Snapshot()
	seen := map[string]bool{}
	for _, b := range snap.Waybills {
		if b.AskedElsewise > 0 || b.Channel != "1" {
			t.Errorf("order %s was asked for %d times in other words", b.OrderID, b.AskedElsewise)
		}
		if seen[b.OrderID] {
			t.Errorf("order %s has two numbers", b.OrderID)
		}
		seen[b.OrderID] = true
	}
	if len(seen) < 40 {
		t.Errorf("only %d numbers were issued", len(seen))
	}
	rows, err := r.Rows(t.Context(), app.Filter{View: app.ViewPrinted})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if s := snap.Shipment(string(row.Orders[0])); row.Confirm == outbox.Confirmed && s.Accepted != 1 {
			t.Errorf("order %s: %s here, %+v there", row.Orders[0], row.Confirm, s)
		}
	}
}

// A refund that comes after the order was loaded, or even after it has its number, stops the label.
func TestRefundStopsLabel(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	order := r.add(clean)
	r.load()
	id := r.parcel(order).ID
	if err := r.world.RefundOrder(order); err != nil {
		t.Fatal(err)
	}
	r.load()
	row := r.parcel(order)
	if row.State != shipping.ParcelHeld || row.Printable() {
		t.Fatalf("a refunded order is %s", row.State)
	}
	r.print(id)
	if n := r.files(); n != 0 {
		t.Fatalf("%d labels for a refunded order", n)
	}
	if err := r.Release(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	if row := r.parcel(order); row.State != shipping.ParcelPending || !row.Printable() {
		t.Errorf("a released order is %s", row.State)
	}
	r.print(id)
	if n := r.files(); n != 1 {
		t.Errorf("%d labels for a released order", n)
	}
	if err := r.Release(t.Context(), id); err == nil {
		t.Error("an order that is not held was released")
	}
}

// A reprint is a person's wish, bears its count, and is confirmed only once.
func TestReprint(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	order := r.add(clean)
	r.load()
	id := r.parcel(order).ID
	r.print(id)
	r.lanes()
	for n := 2; n <= 3; n++ {
		res, err := r.Reprint(t.Context(), []shipping.ParcelID{id}, "")
		if err != nil {
			t.Fatal(err)
		}
		if res.Items[0].Label != shipping.LabelPrinted || r.files() != n {
			t.Errorf("reprint gave %+v, %d files", res.Items[0], r.files())
		}
	}
	r.lanes()
	if s := r.world.Snapshot().Shipment(order); s.Accepted != 1 || s.Attempts != 1 {
		t.Errorf("after two reprints the platform saw %+v", s)
	}
}

func TestScan(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	order := r.add(clean)
	r.load()
	id := r.parcel(order).ID
	scan := func(code string, want app.ScanResult) {
		t.Helper()
		got, err := r.Scan(t.Context(), code)
		if err != nil || got.Result != want {
			t.Errorf("scan %q gives %s, %v; want %s", code, got.Result, err, want)
		}
	}
	scan("nonsense", app.ScanUnknown)
	scan(" "+order+"\n", app.ScanToPrint)
	scan(string(id), app.ScanToPrint)
	if r.files() != 0 {
		t.Error("scanning printed something")
	}
	r.print(id)
	number := string(r.parcel(order).Number)
	scan(order, app.ScanAlready)
	scan(number, app.ScanVerified)
	scan(number, app.ScanAlready)
	if row := r.parcel(order); row.Label != shipping.LabelVerified || r.files() != 1 {
		t.Errorf("after scanning the label is %s, %d files", row.Label, r.files())
	}
}

func TestCancelNumber(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	order := r.add(clean)
	r.load()
	id := r.parcel(order).ID
	var refused *app.RefusedError
	if err := r.CancelNumber(t.Context(), id); !errors.As(err, &refused) {
		t.Errorf("a parcel without a number was cancelled: %v", err)
	}
	r.print(id)
	first := r.parcel(order).Number
	if err := r.CancelNumber(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	row := r.parcel(order)
	if row.State != shipping.ParcelPending || row.Number != "" || row.Label != shipping.LabelVoid || !row.Printable() {
		t.Errorf("after cancelling: %s, number %q, label %s", row.State, row.Number, row.Label)
	}
	r.lanes()
	if s := r.world.Snapshot().Shipment(order); s.Attempts != 0 {
		t.Errorf("a cancelled number was confirmed: %+v", s)
	}
	r.print(id)
	r.lanes()
	row = r.parcel(order)
	if row.Number == "" || row.Number == first || row.Confirm != outbox.Confirmed {
		t.Errorf("second number %q after %q, %s", row.Number, first, row.Confirm)
	}
	if err := r.CancelNumber(t.Context(), id); !errors.As(err, &refused) || refused.Reason.ID != "station.cancel_confirmed" {
		t.Errorf("a confirmed number was cancelled: %v", err)
	}
}

// A shop that cannot be reached is told of, and nothing is lost.
func TestPlatformDown(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	order := r.add(clean)
	r.load()
	id := r.parcel(order).ID
	r.down()
	res, err := r.Load(t.Context())
	if err != nil || res.Faults["dy1"] == nil || res.Faults["dy1"].Class != shipping.ClassTransient {
		t.Errorf("load gives %+v, %v", res.Faults["dy1"], err)
	}
	out := r.print(id)
	if item := out.Items[0]; item.State != shipping.ParcelRequested || item.Fault == nil {
		t.Errorf("printing without a platform gives %+v", item)
	}
	if row := r.parcel(order); !row.Printable() {
		t.Error("the parcel can no longer be printed")
	}
	if st, err := r.Status(t.Context()); err != nil || st.Shops[0].Fault == nil {
		t.Errorf("status %+v", st)
	}
}
