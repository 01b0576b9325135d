package smoke_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"printstation/app/bench/benchtest"
	"printstation/app/shipping"
	"printstation/platform"
	"printstation/platform/fengchao"
	_ "printstation/printing/folder" // with the next: the program changes, and no cached result of this test holds
	_ "printstation/ui/launch"
)

// bench is a packing bench: the program's settings, data and labels, and the platform that it works against.
type bench struct {
	*benchtest.Platform
	t       *testing.T
	program string
	dir     string
	screen  *screen
	said    bytes.Buffer // what every run of the window wrote to stderr
}

func newBench(t *testing.T, orders int) *bench {
	t.Helper()
	// Without the tag migrated_fynedo Fyne tells of every widget that is touched off the window's thread.
	b := &bench{t: t, program: benchtest.Program(t, ""), dir: t.TempDir(), screen: openScreen(t)}
	b.Platform = benchtest.Serve(t, b.program, 5, orders)
	if err := os.WriteFile(b.config(), []byte(b.Settings(b.labels())), 0o600); err != nil {
		t.Fatal(err)
	}
	return b
}

func (b *bench) config() string { return filepath.Join(b.dir, "station.toml") }
func (b *bench) data() string   { return filepath.Join(b.dir, "data") }
func (b *bench) labels() string { return filepath.Join(b.dir, "labels") }

// orders asks the platform for its orders, in clear where it has them in clear.
func (b *bench) orders() []shipping.Order {
	b.t.Helper()
	shop, err := fengchao.New(platform.Config{Account: b.Account})
	if err != nil {
		b.t.Fatal(err)
	}
	var all []shipping.Order
	for o, err := range shop.PendingOrders(b.t.Context(), time.Time{}) {
		if err != nil {
			b.t.Fatal(err)
		}
		all = append(all, o)
	}
	return all
}

// pages gives the tracking number of every page in the folder of the labels, how often it is there.
func (b *bench) pages() map[string]int {
	b.t.Helper()
	count := map[string]int{}
	for _, p := range benchtest.Pages(b.t, b.labels()) {
		count[p.Number]++
	}
	return count
}

// number is the tracking number that the platform gave for an order; "" while it has none.
func (b *bench) number(order shipping.OrderID) string {
	b.t.Helper()
	live := b.World().Numbers(string(order))
	if len(live) > 1 {
		b.t.Fatalf("order %s has the numbers %v", order, live)
	}
	if len(live) == 0 {
		return ""
	}
	return live[0]
}

// environment is what the program is started with.
func (b *bench) environment() []string {
	return append(b.screen.env(), benchtest.Environment(b.dir)...)
}

// command runs a command of the program beside the window, and gives what it printed.
func (b *bench) command(args ...string) []byte {
	b.t.Helper()
	cmd := exec.CommandContext(b.t.Context(), b.program, append(args, "--config", b.config(), "--data", b.data())...)
	cmd.Env = b.environment()
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil && cmd.ProcessState.ExitCode() != 1 { // 1: something needs a hand
		b.t.Fatalf("%v: %v: %s", args, err, said.String())
	}
	return out
}
