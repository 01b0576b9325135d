package app_test

import (
	"context"
	"errors"
	"iter"
	"os"
	"path/filepath"
	"sync"
	"time"

	"printstation/app"
	"printstation/app/outbox"
	"printstation/app/shipping"
	"printstation/platform"
	"printstation/printing"
)

var errPower = errors.New("the power is off")

// power is the plug of a station: it is pulled at a given crossing between the station and the world, and from then on
// nothing the station does has any effect. What its code still runs is what a dying process would not have run.
type power struct {
	mu      sync.Mutex
	cutAt   int    // the crossing at which the plug is pulled, from 1; 0: none by count
	cutOn   string // the first crossing of this name at which it is pulled; "": none by name
	crossed int
	off     bool
	where   string
}

// cross counts one crossing. Its error means that the power went just here, or before.
func (p *power) cross(where string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.off {
		return errPower
	}
	if p.crossed++; p.crossed != p.cutAt && where != p.cutOn {
		return nil
	}
	p.off, p.where = true, where
	return errPower
}

func (p *power) gone() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.off
}

// plugIn puts the plug between the station and everything that outlives it. labels is the folder of the printer.
func (p *power) plugIn(labels string) func(*app.Options) {
	return func(o *app.Options) {
		o.Store = cutStore{o.Store, p}
		o.Outbox = cutOutbox{o.Outbox, p}
		for i := range o.Shops {
			o.Shops[i].Adapter = cutShop{o.Shops[i].Adapter.(wholeShop), p}
		}
		for i := range o.Printers {
			o.Printers[i].Printer = cutPrinter{o.Printers[i].Printer, p, labels}
		}
	}
}

type cutStore struct {
	app.Store
	*power
}

func (s cutStore) View(ctx context.Context, do func(app.Tx) error) error {
	if s.gone() {
		return errPower
	}
	return s.Store.View(ctx, do)
}

func (s cutStore) Update(ctx context.Context, do func(app.Tx) error) error {
	if err := s.cross("before a commit"); err != nil {
		return err
	}
	if err := s.Store.Update(ctx, do); err != nil {
		return err
	}
	return s.cross("after a commit")
}

type cutOutbox struct {
	outbox.Store
	*power
}

// BeginDue crosses only when it writes, so that how often an idle lane looks does not change the count.
func (s cutOutbox) BeginDue(ctx context.Context, shop shipping.ShopID, now time.Time, limit int) ([]outbox.Entry, error) {
	if s.gone() {
		return nil, errPower
	}
	next, ok, err := s.Store.NextDue(ctx, shop)
	if err != nil || !ok || next.After(now) {
		return nil, err
	}
	if err := s.cross("before an attempt is begun"); err != nil {
		return nil, err
	}
	due, err := s.Store.BeginDue(ctx, shop, now, limit)
	if err != nil {
		return nil, err
	}
	return due, s.cross("after an attempt is begun")
}

func (s cutOutbox) Settle(ctx context.Context, es []outbox.Entry) error {
	if err := s.cross("before entries settle"); err != nil {
		return err
	}
	if err := s.Store.Settle(ctx, es); err != nil {
		return err
	}
	return s.cross("after entries settle")
}

// wholeShop is an adapter with every ability that the station uses.
type wholeShop interface {
	platform.OrderSource
	platform.OrderReader
	platform.WaybillIssuer
	platform.WaybillCanceler
	platform.ShipmentConfirmer
}

type cutShop struct {
	wholeShop
	*power
}

func (s cutShop) PendingOrders(ctx context.Context, since time.Time) iter.Seq2[shipping.Order, error] {
	if err := s.cross("before orders are read"); err != nil {
		return func(yield func(shipping.Order, error) bool) { yield(shipping.Order{}, err) }
	}
	return s.wholeShop.PendingOrders(ctx, since)
}

func (s cutShop) Order(ctx context.Context, id shipping.OrderID) (platform.OrderState, error) {
	if err := s.cross("before an order's state is read"); err != nil {
		return platform.OrderState{}, err
	}
	return s.wholeShop.Order(ctx, id)
}

func (s cutShop) IssueWaybills(ctx context.Context, rs []platform.EncodedWaybill) ([]platform.WaybillResult, error) {
	if err := s.cross("before numbers are issued"); err != nil {
		return nil, err
	}
	results, err := s.wholeShop.IssueWaybills(ctx, rs)
	if cut := s.cross("after numbers were issued"); cut != nil {
		return nil, cut
	}
	return results, err
}

func (s cutShop) CancelWaybill(ctx context.Context, w shipping.Waybill) error {
	if err := s.cross("before a number is cancelled"); err != nil {
		return err
	}
	err := s.wholeShop.CancelWaybill(ctx, w)
	if cut := s.cross("after a number was cancelled"); cut != nil {
		return cut
	}
	return err
}

func (s cutShop) ConfirmShipments(ctx context.Context, ss []shipping.Shipment) ([]platform.ConfirmResult, error) {
	if err := s.cross("before shipments are confirmed"); err != nil {
		return nil, err
	}
	results, err := s.wholeShop.ConfirmShipments(ctx, ss)
	if cut := s.cross("after shipments were confirmed"); cut != nil {
		return nil, cut
	}
	return results, err
}

type cutPrinter struct {
	printing.Printer
	*power
	labels string
}

func (p cutPrinter) Begin(ctx context.Context, j printing.JobSpec) (string, error) {
	if err := p.cross("before a job is begun"); err != nil {
		return "", err
	}
	device, err := p.Printer.Begin(ctx, j)
	if cut := p.cross("after a job was begun"); cut != nil {
		return "", cut
	}
	return device, err
}

// Send can be cut in the middle too: half of the file is written, and it does not bear its name yet.
func (p cutPrinter) Send(ctx context.Context, device string, d printing.Document) error {
	if err := p.cross("before a document is sent"); err != nil {
		return err
	}
	if cut := p.cross("in the middle of a document"); cut != nil {
		return errors.Join(cut, os.WriteFile(filepath.Join(p.labels, "."+device+".part"), d.Data[:len(d.Data)/2], 0o600))
	}
	if err := p.Printer.Send(ctx, device, d); err != nil {
		return err
	}
	return p.cross("after a document was sent")
}

// Status of a dead station is nobody's question: the answer only ends its last turn.
func (p cutPrinter) Status(ctx context.Context, device string) (printing.JobStatus, error) {
	if p.gone() {
		return printing.JobStatus{}, printing.ErrNoJob
	}
	return p.Printer.Status(ctx, device)
}

func (p cutPrinter) Cancel(ctx context.Context, device string) error {
	if err := p.cross("before a job is cancelled"); err != nil {
		return err
	}
	if err := p.Printer.Cancel(ctx, device); err != nil {
		return err
	}
	return p.cross("after a job was cancelled")
}
