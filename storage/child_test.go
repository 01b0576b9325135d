package storage_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"testing"

	"printstation/app"
	"printstation/app/outbox"
	"printstation/app/shipping"
	"printstation/storage"
)

// Some tests need a second process: the test binary starts itself with the name of a part to play.
const (
	envPart = "STORAGE_TEST_PART"
	envPath = "STORAGE_TEST_PATH"
)

var parts = map[string]func(path string) error{
	"hold": holdOpen, "write": writeForever, "full": fillUp, "readonly": openReadOnly,
}

func TestMain(m *testing.M) {
	name := os.Getenv(envPart)
	if name == "" {
		os.Exit(m.Run())
	}
	if err := parts[name](os.Getenv(envPath)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// child starts a part on the store at path and gives its output line by line.
func child(t *testing.T, part, path string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe)
	cmd.Env = append(os.Environ(), envPart+"="+part, envPath+"="+path)
	cmd.Stderr = os.Stderr
	if _, err = cmd.StdinPipe(); err != nil { // held open: parts end when it closes with the test
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, bufio.NewScanner(out)
}

func kill(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	if err := cmd.Process.Kill(); err != nil {
		t.Error(err)
	}
	_ = cmd.Wait() // it was killed, and says so
}

// holdOpen opens the store and keeps it until standard input ends.
func holdOpen(path string) error {
	db, err := storage.Open(path, storage.Options{Keys: fileKeys(path)})
	if err != nil {
		return err
	}
	fmt.Println("open")
	_, err = io.Copy(io.Discard, os.Stdin)
	return errors.Join(err, db.Close())
}

func TestSecondInstance(t *testing.T) {
	t.Parallel()
	path := newPath(t)
	cmd, lines := child(t, "hold", path)
	if !lines.Scan() {
		t.Fatal("the first instance did not open the store")
	}
	_, err := storage.Open(path, storage.Options{Keys: fileKeys(path), Timeout: 1})
	if !errors.Is(err, storage.ErrRunning) {
		t.Errorf("a second instance got %v", err)
	}
	kill(t, cmd)
	open(t, path, storage.Options{})
}

// writeForever puts a parcel with all that belongs to it in each update, and says the number of each that is on disk.
func writeForever(path string) error {
	db, err := storage.Open(path, storage.Options{Keys: fileKeys(path)})
	if err != nil {
		return err
	}
	n, err := written(db)
	for ; err == nil; n++ {
		if err = db.Update(context.Background(), func(tx app.Tx) error { return putAll(tx, n+1) }); err == nil {
			fmt.Println(n + 1)
		}
	}
	return err
}

// putAll puts parcel n with its order, label, confirmation, event and mark.
func putAll(tx app.Tx, n int) error {
	id := shipping.MakeParcelID("dy1", uint64(n))
	order := shipping.OrderID(fmt.Sprint("order", n))
	number := shipping.TrackingNumber(fmt.Sprint("YT", n))
	p := shipping.Parcel{ID: id, Shop: "dy1", Orders: []shipping.OrderID{order}, Carrier: "yuantong"}
	p.State = shipping.ParcelIssued
	p.RequestID, p.Request = "r", []byte(`{"receiver_mobile":"13900001111"}`)
	p.Waybill = &shipping.Waybill{Carrier: p.Carrier, Number: number}
	l := shipping.LabelCopy{ID: shipping.MakeLabelID(id, 1), Parcel: id, State: shipping.LabelPrinted, Job: "J0000001", Page: n}
	s := shipping.Shipment{Shop: "dy1", Order: order, Parcel: id, Carrier: p.Carrier, Number: number}
	return errors.Join(
		tx.PutOrder(someOrder("dy1", string(order))),
		tx.PutParcel(p),
		tx.PutLabel(l),
		tx.PutEntry(outbox.Entry{ID: outbox.MakeEntryID("dy1", order, number), Shipment: s, State: outbox.Waiting, NextAt: noon}),
		tx.AppendEvent(shipping.Event{Parcel: id, Kind: shipping.EventLabel, To: "printed"}),
		tx.PutMark("dy1", "written", []byte(strconv.Itoa(n))),
	)
}

func written(db *storage.DB) (n int, err error) {
	err = db.View(context.Background(), func(tx app.Tx) error {
		mark, err := tx.Mark("dy1", "written")
		if errors.Is(err, app.ErrNotFound) {
			return nil
		}
		n, _ = strconv.Atoi(string(mark))
		return err
	})
	return n, err
}

// A process that is killed at any instant loses nothing that it said was on disk, and leaves no half update.
func TestKilledWhileWriting(t *testing.T) {
	t.Parallel()
	path, last := newPath(t), 0
	for round := range 12 {
		cmd, lines := child(t, "write", path)
		said := 0
		for range 1 + round*7%11 {
			if !lines.Scan() {
				t.Fatal("the writer ended by itself")
			}
			said, _ = strconv.Atoi(lines.Text())
		}
		kill(t, cmd)
		for lines.Scan() { // said before it died
			said, _ = strconv.Atoi(lines.Text())
		}
		last = checkAfterKill(t, path, max(said, last))
	}
	t.Logf("%d updates over 12 kills", last)
}

func checkAfterKill(t *testing.T, path string, said int) int {
	t.Helper()
	db, err := storage.Open(path, storage.Options{Keys: fileKeys(path)})
	if err != nil {
		t.Fatalf("after a kill: %v", err)
	}
	defer checkAndClose(t, db)
	n, err := written(db)
	if err != nil || n < said {
		t.Errorf("update %d was said to be on disk; the store ends with %d (%v)", said, n, err)
	}
	stats, err := db.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for what, have := range map[string]int{
		"orders": stats.Orders, "parcels": stats.Parcels, "labels": stats.Labels,
		"entries": stats.Entries, "events": stats.Events, "waiting": stats.Waiting,
	} {
		if have != n {
			t.Errorf("%d updates, but %d %s", n, have, what)
		}
	}
	return n
}

// someOrder is an order with personal data.
func someOrder(shop shipping.ShopID, id string) shipping.Order {
	return shipping.Order{
		OrderRef: shipping.OrderRef{Shop: shop, ID: shipping.OrderID(id)},
		Status:   shipping.OrderToShip,
		Recipient: shipping.Recipient{
			Contact: shipping.Contact{Name: "王小明", Mobile: "13900001111"},
			Address: shipping.Address{Province: "上海市", City: "上海市", District: "青浦区", Detail: "诸光路 1 号 2 室"},
		},
		Items:        []shipping.OrderItem{{Name: "帆布鞋", Spec: "白 42", Quantity: 1}},
		BuyerMessage: "请放门口",
		CreatedAt:    noon,
	}
}
