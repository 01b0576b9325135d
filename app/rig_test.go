package app_test

import (
	"context"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"printstation/app"
	"printstation/app/outbox"
	"printstation/app/shipping"
	"printstation/assets"
	"printstation/platform"
	"printstation/platform/fengchao"
	"printstation/platform/sandbox"
	"printstation/printing"
	"printstation/printing/folder"
	"printstation/printing/label"
	"printstation/printing/pdf"
	"printstation/storage"
)

// rig is a station on real parts: a sandbox behind a real socket, a real store, a real folder.
type rig struct {
	*app.Station
	t      *testing.T
	world  *sandbox.World
	server *sandbox.Server
	db     *storage.DB
	data   string
	labels string
}

// clean is where a test's orders go that should meet no fault of the world's own making.
var clean = sandbox.NewOrder{
	Name: "王小明", Phone: "13800001234", Province: "浙江省", City: "杭州市", District: "西湖区", Street: "古荡街道",
	Detail: "文一西路1号3栋2单元501室", Items: []sandbox.NewItem{{Name: "白衬衣", Spec: "L", Count: 2}},
}

type rigOptions struct {
	orders  int
	printer printing.Printer // nil: the folder
	pace    app.Pace
	wrap    func(*app.Options) // puts something between the station and its parts
}

func quickPace() app.Pace {
	p := app.DefaultPace()
	p.IssueWait, p.JobPoll, p.JobSilence = time.Millisecond, time.Millisecond, 50*time.Millisecond
	p.Outbox = outbox.Policy{First: time.Millisecond, Longest: 20 * time.Millisecond, MaxTries: 50, Limited: 10 * time.Millisecond}
	return p
}

func newRig(t *testing.T, o rigOptions) *rig {
	t.Helper()
	world, err := sandbox.New(sandbox.Options{Seed: 7, Orders: max(1, o.orders)})
	if err != nil {
		t.Fatal(err)
	}
	server, err := sandbox.Serve("127.0.0.1:0", world)
	if err != nil {
		t.Fatal(err)
	}
	r := &rig{t: t, world: world, server: server, data: t.TempDir()}
	r.labels = filepath.Join(r.data, "labels")
	t.Cleanup(func() {
		r.down()
		_ = world.Close()
	})
	r.open(o)
	t.Cleanup(func() { r.close() })
	return r
}

// open opens store and station, again after close: as a restart of the program does.
func (r *rig) open(o rigOptions) {
	r.t.Helper()
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	db, err := storage.Open(filepath.Join(r.data, "station.db"), storage.Options{Mode: storage.Demo, Log: log})
	if err != nil {
		r.t.Fatal(err)
	}
	r.db = db
	adapter, err := fengchao.New(platform.Config{
		Account: platform.Account{
			Shop: "dy1", BaseURL: r.server.BaseURL, AppID: sandbox.DemoAppID, Secret: sandbox.DemoSecret,
			SellerNick: sandbox.DemoSellerNick, Channel: 1, UserID: -1,
		},
		Classifier: assets.Catalogue(), Journal: db.Journal(), Log: log,
		// The world's orders are paid up to 95 s after they came, and are listed up to a minute ahead of this clock.
		Clock: func() time.Time { return time.Now().Add(time.Minute) },
	})
	if err != nil {
		r.t.Fatal(err)
	}
	if o.printer == nil {
		if o.printer, err = folder.Open("folder:" + r.labels); err != nil {
			r.t.Fatal(err)
		}
	}
	if o.pace == (app.Pace{}) {
		o.pace = quickPace()
	}
	parts := app.Options{
		Name: "A1", Store: db, Outbox: db.Outbox(), Renderer: renderer(r.t), Log: log, Demo: true, Pace: o.pace,
		Shops: []app.Shop{{ID: "dy1", Name: "抖店一号", Carrier: "zhongtong", Adapter: adapter, Sender: shipping.Sender{
			Contact: shipping.Contact{Name: "仓库小王", Mobile: "13800000000"},
			Address: shipping.Address{Province: "上海市", City: "上海市", District: "青浦区", Detail: "测试路1号"},
		}}},
		Printers: []printing.Target{{ID: "bench", Default: true, Printer: o.printer}},
	}
	if o.wrap != nil {
		o.wrap(&parts)
	}
	if r.Station, err = app.New(parts); err != nil {
		r.t.Fatal(err)
	}
}

func (r *rig) close() {
	if r.db != nil {
		if err := r.db.Close(); err != nil {
			r.t.Error(err)
		}
		r.db = nil
	}
}

var pdfs = sync.OnceValues(func() (*pdf.Renderer, error) {
	fonts, err := label.NewFonts(assets.FontRegular(), assets.FontBold())
	if err != nil {
		return nil, err
	}
	return pdf.New(fonts, pdf.Options{})
})

func renderer(t *testing.T) printing.Renderer {
	t.Helper()
	p, err := pdfs()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// down stops the platform's server, once.
func (r *rig) down() {
	if r.server != nil {
		_ = r.server.Close(context.Background())
		r.server = nil
	}
}

// lanes lets the confirmations go out until none waits.
func (r *rig) lanes() {
	r.t.Helper()
	ctx, stop := context.WithTimeout(r.t.Context(), 30*time.Second)
	defer stop()
	inner, end := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() { _ = r.RunLanes(inner); close(done) }()
	if err := r.Settle(ctx); err != nil {
		r.t.Errorf("confirmations did not settle: %v", err)
	}
	end()
	<-done
}

func (r *rig) load() app.LoadResult {
	r.t.Helper()
	res, err := r.Load(r.t.Context())
	if err != nil || len(res.Faults) > 0 {
		r.t.Fatalf("load: %v, faults %v", err, res.Faults)
	}
	return res
}

func (r *rig) add(n sandbox.NewOrder) string {
	r.t.Helper()
	id, err := r.world.AddOrder(n)
	if err != nil {
		r.t.Fatal(err)
	}
	return id
}

// parcel finds the parcel of an order.
func (r *rig) parcel(order string) app.Row {
	r.t.Helper()
	rows, err := r.Rows(r.t.Context(), app.Filter{View: app.ViewAll, Text: order})
	if err != nil {
		r.t.Fatal(err)
	}
	if len(rows) != 1 {
		r.t.Fatalf("order %s has %d parcels", order, len(rows))
	}
	return rows[0]
}

func (r *rig) print(ids ...shipping.ParcelID) app.PrintResult {
	r.t.Helper()
	res, err := r.Print(r.t.Context(), app.PrintRequest{Parcels: ids})
	if err != nil {
		r.t.Fatal(err)
	}
	return res
}

// printable gives all parcels that can be printed now.
func (r *rig) printable() []shipping.ParcelID {
	r.t.Helper()
	rows, err := r.Rows(r.t.Context(), app.Filter{View: app.ViewToPrint})
	if err != nil {
		r.t.Fatal(err)
	}
	var ids []shipping.ParcelID
	for _, row := range rows {
		if row.Printable() {
			ids = append(ids, row.ID)
		}
	}
	return ids
}

// files counts the documents in the label folder.
func (r *rig) files() int {
	r.t.Helper()
	entries, err := os.ReadDir(r.labels)
	if err != nil && !os.IsNotExist(err) {
		r.t.Fatal(err)
	}
	return len(slices.DeleteFunc(entries, func(e os.DirEntry) bool { return !strings.HasSuffix(e.Name(), ".pdf") }))
}
