package bench_test

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"printstation/app"
	"printstation/app/bench"
	"printstation/app/outbox"
	"printstation/app/settings"
	"printstation/app/shipping"
	"printstation/platform"
	"printstation/platform/fengchao"
	"printstation/platform/sandbox"
	"printstation/printing"
	"printstation/printing/folder"
)

// BenchmarkPromotion takes 10,000 orders of a sandbox the whole way: loaded, a number each, on paper (a folder), and
// confirmed. The sandbox runs in the same process and takes its share of the time and memory.
func BenchmarkPromotion(b *testing.B) {
	const orders = 10_000
	for range b.N {
		b.StopTimer()
		st := openPromotion(b, orders)
		b.StartTimer()
		began := time.Now()
		confirmed := st.wholeWay(b)
		took := time.Since(began)
		b.StopTimer()
		if confirmed != orders {
			b.Fatalf("%d of %d orders were confirmed", confirmed, orders)
		}
		b.ReportMetric(float64(orders)/took.Seconds(), "orders/s")
		b.ReportMetric(st.storeMB(b), "store-MB")
		b.ReportMetric(peakMB(), "peak-RSS-MB")
		st.close(b)
	}
}

type promotion struct {
	*bench.Bench
	data  string
	close func(b *testing.B)
}

func openPromotion(b *testing.B, orders int) *promotion {
	b.Helper()
	world, err := sandbox.New(sandbox.Options{Seed: 1, Orders: orders, Plain: true})
	if err != nil {
		b.Fatal(err)
	}
	server, err := sandbox.Serve("127.0.0.1:0", world)
	if err != nil {
		b.Fatal(err)
	}
	data := b.TempDir()
	st, err := bench.Open(bench.Config{
		Settings: bench.DemoSettings(server.BaseURL, filepath.Join(data, "labels")), Data: data, Language: "zh",
		Adapters: []platform.Opener{fengchao.Opener()}, Printers: []printing.Opener{folder.Opener()},
		Secrets: func(settings.SecretRef) (string, error) { return sandbox.DemoSecret, nil },
	})
	if err != nil {
		b.Fatal(err)
	}
	return &promotion{Bench: st, data: data, close: func(b *testing.B) {
		if err := st.Close(); err != nil {
			b.Error(err)
		}
		_ = server.Close(context.Background())
		_ = world.Close()
	}}
}

// wholeWay loads, prints and confirms everything, the confirmations beside the printing as at a bench.
func (p *promotion) wholeWay(b *testing.B) int {
	ctx, stop := context.WithCancel(b.Context())
	defer stop()
	lanes := make(chan struct{})
	go func() { _ = p.RunLanes(ctx); close(lanes) }()
	if _, err := p.Load(ctx); err != nil {
		b.Fatal(err)
	}
	rows, err := p.Rows(ctx, app.Filter{View: app.ViewToPrint})
	if err != nil {
		b.Fatal(err)
	}
	ids := make([]shipping.ParcelID, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	if _, err := p.Print(ctx, app.PrintRequest{Parcels: ids}); err != nil {
		b.Fatal(err)
	}
	if err := p.Settle(ctx); err != nil {
		b.Fatal(err)
	}
	stop()
	<-lanes
	rows, err = p.Rows(b.Context(), app.Filter{View: app.ViewPrinted})
	if err != nil {
		b.Fatal(err)
	}
	confirmed := 0
	for _, r := range rows {
		if r.Confirm == outbox.Confirmed {
			confirmed++
		}
	}
	return confirmed
}

func (p *promotion) storeMB(b *testing.B) float64 {
	info, err := os.Stat(filepath.Join(p.data, bench.StoreFile))
	if err != nil {
		b.Fatal(err)
	}
	return float64(info.Size()) / 1e6
}

// peakMB is the most memory that the process ever held, on Linux; elsewhere what Go took from the system.
func peakMB() float64 {
	if raw, err := os.ReadFile("/proc/self/status"); err == nil {
		for line := range strings.Lines(string(raw)) {
			if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
				kb, _ := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 64)
				return kb / 1e3
			}
		}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.Sys) / 1e6
}
