package cli

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"printstation/app"
	"printstation/app/shipping"
)

// batchFlags are the choices of one batch.
type batchFlags struct {
	shops   []string
	limit   int
	printer string
	wait    time.Duration
}

func (c *shell) batchCommand() *cobra.Command {
	var f batchFlags
	cmd := &cobra.Command{
		Use:     "batch",
		Short:   c.say("batch"),
		Long:    c.say("batch_long"),
		Example: "  printstation batch --demo\n  printstation batch --shop dy1 --limit 100 --printer bench --json",
		Args:    c.noArgs,
	}
	cmd.Flags().StringSliceVar(&f.shops, "shop", nil, c.say("flag_shop"))
	cmd.Flags().IntVar(&f.limit, "limit", 0, c.say("flag_limit"))
	cmd.Flags().StringVar(&f.printer, "printer", "", c.say("flag_printer"))
	cmd.Flags().DurationVar(&f.wait, "wait", 2*time.Minute, c.say("flag_wait"))
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if f.limit < 0 || f.wait < 0 {
			return c.misuse(cmd, c.say("negative"))
		}
		return c.withBench(cmd.Context(), func(o Options, b Bench) error {
			run := &batchRun{shell: c, cmd: cmd, bench: b, options: o, flags: f, began: time.Now()}
			return run.do(cmd.Context())
		})
	}
	return cmd
}

// batchRun is the main job, once.
type batchRun struct {
	*shell
	cmd      *cobra.Command
	bench    Bench
	options  Options
	flags    batchFlags
	began    time.Time
	shops    []shipping.ShopID                       // those chosen; none means all
	troubled bool                                    // a shop could not be read, or the printing broke off
	reasons  map[shipping.ParcelID][]shipping.Reason // why a label was not printed, as the printing told
}

// afterStop is how long a batch, interrupted or not, may take to read back what became of it.
const afterStop = time.Minute

func (b *batchRun) do(ctx context.Context) error {
	if err := b.checkNames(ctx); err != nil {
		return err
	}
	stopLanes := b.startLanes(ctx)
	defer stopLanes()

	loaded, err := b.load(ctx)
	if err != nil && ctx.Err() == nil {
		b.complain(err) // orders that cannot be kept, for want of the key or of room, hold up nothing that was printed
		b.troubled = true
	}
	b.tellFaults(loaded)
	scope, todo, err := b.scope(context.WithoutCancel(ctx)) // also when interrupted: the report names what is left
	if err != nil {
		return err
	}
	b.print(ctx, todo)
	stopLanes()

	after, release := context.WithTimeout(context.WithoutCancel(ctx), afterStop)
	defer release()
	report, err := b.report(after, scope, loaded.Unreadable)
	if err != nil {
		return err
	}
	report.Unread = b.unreadShops(loaded)
	if err := b.show(report); err != nil {
		return err
	}
	if b.troubled || !report.clean() || ctx.Err() != nil {
		return codeError(ExitAttention)
	}
	return nil
}

// loadTries is how often a batch tries to load a shop's orders, and loadWait the pause before the second try; it is
// doubled after that. A platform that states a longer wait gets it, up to longestLoadWait.
const (
	loadTries       = 4
	loadWait        = time.Second
	longestLoadWait = 2 * time.Minute
)

// load reads the orders of all shops. A shop that could not be read for now is tried again: the batch is for all of its
// orders.
func (b *batchRun) load(ctx context.Context) (app.LoadResult, error) {
	total, err := b.bench.Load(ctx, b.shops...)
	wait := loadWait
	for try := 1; err == nil && try < loadTries; try++ {
		shops, stated := unread(total.Faults)
		if len(shops) == 0 || stated > longestLoadWait || !pause(ctx, max(wait, stated)) {
			break
		}
		var again app.LoadResult
		again, err = b.bench.Load(ctx, shops...)
		for _, shop := range shops {
			delete(total.Faults, shop)
		}
		maps.Copy(total.Faults, again.Faults)
		total.Unreadable = append(total.Unreadable, again.Unreadable...)
		wait *= 2
	}
	return total, err
}

// unread gives the shops that may be read in a while, and the longest wait that one of them stated.
func unread(faults map[shipping.ShopID]*shipping.Fault) (shops []shipping.ShopID, stated time.Duration) {
	for shop, fault := range faults {
		if fault.Class.Retryable() {
			shops, stated = append(shops, shop), max(stated, fault.RetryAfter)
		}
	}
	slices.Sort(shops)
	return shops, stated
}

// pause waits, and reports false when the context ended first.
func pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}

// checkNames refuses a shop or printer that is not there before anything is done.
func (b *batchRun) checkNames(ctx context.Context) error {
	st, err := b.bench.Status(ctx)
	if err != nil {
		return err
	}
	for _, name := range b.flags.shops {
		id := shipping.ShopID(name)
		if !slices.ContainsFunc(st.Shops, func(s app.ShopStatus) bool { return s.ID == id }) {
			return b.misuse(b.cmd, b.say("no_such_shop", "Shop", name))
		}
		b.shops = append(b.shops, id)
	}
	if p := b.flags.printer; p != "" && !slices.ContainsFunc(st.Printers, func(s app.PrinterStatus) bool { return s.ID == p }) {
		return b.misuse(b.cmd, b.say("no_such_printer", "Printer", p))
	}
	return nil
}

// startLanes lets the confirmations go out beside the printing. They outlive an interrupt until the function it gives
// is called, so that a call under way gets its answer recorded.
func (b *batchRun) startLanes(ctx context.Context) (stop func()) {
	lanes, cancel := context.WithCancel(context.WithoutCancel(ctx))
	done := make(chan error, 1)
	go func() { done <- b.bench.RunLanes(lanes) }()
	stopped := false
	return func() {
		if stopped {
			return
		}
		stopped = true
		cancel()
		if err := <-done; err != nil && !errors.Is(err, context.Canceled) {
			b.complain(err)
			b.troubled = true
		}
	}
}

func (b *batchRun) unreadShops(loaded app.LoadResult) []UnreadShop {
	var list []UnreadShop
	for _, shop := range slices.Sorted(maps.Keys(loaded.Faults)) {
		list = append(list, UnreadShop{Shop: shop, Reason: b.faultText(shop, loaded.Faults[shop])})
	}
	return list
}

func (b *batchRun) tellFaults(loaded app.LoadResult) {
	for shop, fault := range loaded.Faults {
		b.warn(b.say("shop_unread", "Shop", string(shop), "Reason", b.faultText(shop, fault)))
		b.troubled = true
	}
}

// scope gives the parcels that the report will speak of, and those of them to print now. What --limit cuts off is left
// for the next run and not spoken of.
func (b *batchRun) scope(ctx context.Context) (scope, todo []shipping.ParcelID, err error) {
	rows, err := b.bench.Rows(ctx, app.Filter{Shops: b.shops, View: app.ViewToPrint})
	if err != nil {
		return nil, nil, err
	}
	for _, r := range rows {
		switch {
		case !r.Printable():
			scope = append(scope, r.ID)
		case b.flags.limit == 0 || len(todo) < b.flags.limit:
			scope, todo = append(scope, r.ID), append(todo, r.ID)
		}
	}
	left, err := b.unsettled(ctx)
	return append(scope, left...), todo, err
}

// unsettled finds what earlier runs printed and did not see through. All that was ever printed is gone through only
// when the queue says that there is something.
func (b *batchRun) unsettled(ctx context.Context) ([]shipping.ParcelID, error) {
	st, err := b.bench.Status(ctx)
	if err != nil || st.Uncertain+st.Failed+st.Queue.Waiting+st.Queue.Parked+st.Queue.Failed == 0 {
		return nil, err
	}
	rows, err := b.bench.Rows(ctx, app.Filter{Shops: b.shops, View: app.ViewPrinted})
	var ids []shipping.ParcelID
	for _, r := range rows {
		if s := stateOf(r); s != StateConfirmed && s != StatePrinted {
			ids = append(ids, r.ID)
		}
	}
	return ids, err
}

// print prints and waits for the confirmations. What goes wrong is told here and shows in the rows afterwards.
func (b *batchRun) print(ctx context.Context, todo []shipping.ParcelID) {
	bar := b.newProgress(len(todo))
	defer bar.close()
	if len(todo) > 0 && ctx.Err() == nil {
		done, err := b.bench.Print(ctx, app.PrintRequest{Parcels: todo, Printer: b.flags.printer, Progress: bar.printed})
		b.reasons = make(map[shipping.ParcelID][]shipping.Reason)
		for _, it := range done.Items {
			b.reasons[it.Parcel] = it.Reasons
		}
		if err != nil && !errors.Is(err, context.Canceled) {
			bar.close()
			b.complain(err)
			b.troubled = true
		}
	}
	if ctx.Err() != nil || b.flags.wait == 0 {
		return
	}
	waiting, cancel := context.WithTimeout(ctx, b.flags.wait)
	defer cancel()
	bar.settling(waiting, b.bench)
	if err := b.bench.Settle(waiting); err != nil && waiting.Err() == nil {
		bar.close()
		b.complain(err)
		b.troubled = true
	}
}

// report reads back what became of each parcel.
func (b *batchRun) report(ctx context.Context, scope []shipping.ParcelID, unreadable []error) (*Report, error) {
	r := &Report{Items: []Item{}}
	for _, id := range scope {
		row, err := b.bench.Row(ctx, id)
		if err != nil {
			return nil, err
		}
		r.add(row, b.item(row))
		if row.Sealed == shipping.SealLocked && row.Label == "" {
			b.troubled = true // held for want of the key is nobody's decision: somebody must bring it back
		}
	}
	for _, err := range unreadable {
		r.addUnreadable(b.say("unreadable", "Detail", err.Error()))
	}
	r.Seconds = float64(time.Since(b.began).Milliseconds()) / 1000
	return r, nil
}

func (b *batchRun) item(r app.Row) Item {
	it := Item{
		OrderIDs: r.Orders, RequestID: r.Request, TrackingNumber: r.Number, Carrier: r.Carrier, State: stateOf(r),
		Document: b.document(r.Document), Page: r.Page,
	}
	if it.State == StatePending && len(r.Reasons) == 0 && r.Fault == nil {
		r.Reasons = b.reasons[r.ID] // of a label that could not be drawn: no parcel keeps that
	}
	if it.State != StateConfirmed && it.State != StatePrinted {
		it.Reason = b.rowReason(r)
	}
	return it
}

// document gives the whole path of a file that lies in the printer's folder, any other name as it is.
func (b *batchRun) document(name string) string {
	if folder := b.folder(); folder != "" && name != "" && !filepath.IsAbs(name) {
		path := filepath.Join(folder, name)
		if _, err := os.Stat(path); err == nil {
			return path
		}
	}
	return name
}

func (b *batchRun) folder() string {
	if b.LabelFolder == nil {
		return ""
	}
	return b.LabelFolder(b.options, b.flags.printer)
}
