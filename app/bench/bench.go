package bench

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"printstation/app"
	"printstation/app/settings"
	"printstation/app/shipping"
	"printstation/assets"
	"printstation/assets/words"
	"printstation/platform"
	"printstation/printing"
	"printstation/printing/label"
	"printstation/printing/pdf"
	"printstation/storage"
)

// Config is what a bench is opened with.
type Config struct {
	Settings settings.Settings // not read in the demo
	Data     string            // the folder of the store; made when it is not there
	Demo     bool
	Trickle  time.Duration // demo: a new order this often; 0: none
	Language string        // of carrier names
	Adapters []platform.Opener
	Printers []printing.Opener
	Secrets  func(settings.SecretRef) (string, error)
	Log      *slog.Logger
	Pace     app.Pace
}

// Bench is an open station with all that belongs to it.
type Bench struct {
	*app.Station
	Store    *storage.DB
	Fonts    *label.Fonts
	Settings settings.Settings // the demo's own in the demo

	printers []printing.Target
	keepDays int
	log      *slog.Logger
	closers  []func() error
}

// StoreFile is the name of the store within the data folder.
const StoreFile = "station.db"

// Open opens everything. On failure what was opened is closed again. Errors of the store and of secrets keep their type,
// so that they can be said with their mend.
func Open(c Config) (*Bench, error) {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	b := &Bench{Settings: c.Settings, log: c.Log, keepDays: c.Settings.Station.RetentionDays}
	if err := b.open(&c); err != nil {
		return nil, errors.Join(err, b.Close())
	}
	return b, nil
}

func (b *Bench) open(c *Config) error {
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return fmt.Errorf("bench: data folder: %w", err)
	}
	db, err := OpenStore(c.Data, c.Demo, c.Log)
	if err != nil {
		return err
	}
	b.Store = db
	b.onClose(db.Close)
	if c.Demo {
		if err := b.startDemo(c); err != nil {
			return err
		}
	}
	shops, err := openShops(c, b.Settings, db.Journal())
	if err != nil {
		return err
	}
	b.printers, err = openPrinters(b.Settings, c.Printers)
	if err != nil {
		return err
	}
	if b.Fonts, err = label.NewFonts(assets.FontRegular(), assets.FontBold()); err != nil {
		return fmt.Errorf("bench: fonts: %w", err)
	}
	renderer, err := pdf.New(b.Fonts, pdf.Options{})
	if err != nil {
		return fmt.Errorf("bench: %w", err)
	}
	carriers := assets.Carriers()
	b.Station, err = app.New(app.Options{
		Name: b.Settings.Station.Name, Store: db, Outbox: db.Outbox(), Shops: shops, Printers: b.printers, Renderer: renderer,
		CarrierName:  func(code shipping.Carrier) string { return carriers.Name(code, c.Language) },
		LabelCarrier: func(code shipping.Carrier) string { return carriers.Name(code, words.Chinese) },
		Log:          c.Log, Demo: c.Demo, Pace: c.Pace,
	})
	return err
}

// OpenStore opens the store of a data folder alone, for its recovery key and for the doctor.
func OpenStore(data string, demo bool, log *slog.Logger) (*storage.DB, error) {
	mode := storage.Live
	if demo {
		mode = storage.Demo
	}
	return storage.Open(filepath.Join(data, StoreFile), storage.Options{Mode: mode, Log: log})
}

func (b *Bench) onClose(do func() error) { b.closers = append(b.closers, do) }

// Close closes what Open opened, the last thing first. The station must not be used any more.
func (b *Bench) Close() error {
	var errs []error
	for i := len(b.closers) - 1; i >= 0; i-- {
		errs = append(errs, b.closers[i]())
	}
	b.closers = nil
	return errors.Join(errs...)
}

// Run keeps the station and its house going until the context ends.
func (b *Bench) Run(ctx context.Context) error { return b.housed(ctx, b.Station.Run) }

// RunLanes is Run for a batch, which loads by itself.
func (b *Bench) RunLanes(ctx context.Context) error { return b.housed(ctx, b.Station.RunLanes) }

// housed keeps the house beside the work, and returns when both have ended.
func (b *Bench) housed(ctx context.Context, work func(context.Context) error) error {
	var keeping sync.WaitGroup
	defer keeping.Wait()
	keeping.Go(func() { b.keepHouse(ctx) })
	return work(ctx)
}
