package bench

import (
	"context"
	"errors"
	"fmt"
	"time"

	"printstation/app/doctor"
	"printstation/app/settings"
	"printstation/app/shipping"
	"printstation/assets"
	"printstation/platform"
	"printstation/printing"
	"printstation/printing/label"
	"printstation/storage"
)

// Probes gives the doctor what to look at. The place and the problems of the settings are the caller's to add.
func Probes(c Config) doctor.Probes {
	p := doctor.Probes{
		Demo: c.Demo, DataDir: c.Data, Reason: Reason,
		Store: func(ctx context.Context) (doctor.StoreFacts, error) { return storeFacts(ctx, c) },
		Fonts: fontNames,
	}
	for _, conf := range c.Settings.Printers {
		p.Printers = append(p.Printers, doctor.Printer{ID: conf.ID, State: func(ctx context.Context) (printing.PrinterState, error) {
			printer, err := OpenPrinter(conf, c.Printers)
			if err != nil {
				return printing.PrinterState{}, err
			}
			return printer.State(ctx)
		}})
	}
	for _, conf := range c.Settings.Shops {
		p.Shops = append(p.Shops, shopProbe(c, conf))
	}
	return p
}

func storeFacts(ctx context.Context, c Config) (doctor.StoreFacts, error) {
	db, err := OpenStore(c.Data, c.Demo, c.Log)
	if errors.Is(err, storage.ErrRunning) {
		return doctor.StoreFacts{}, fmt.Errorf("%w: %w", doctor.ErrRunning, err)
	}
	if err != nil {
		return doctor.StoreFacts{}, err
	}
	defer db.Close()
	stats, err := db.Stats(ctx)
	if err != nil {
		return doctor.StoreFacts{}, err
	}
	key := db.KeyState()
	return doctor.StoreFacts{
		Path: stats.Path, Demo: stats.Mode == storage.Demo, Schema: int(stats.Schema), Size: stats.Size,
		KeyErr: key.Err, KeyInSystem: key.Place == storage.PlaceSystem,
	}, nil
}

func fontNames() ([]string, error) {
	if _, err := label.NewFonts(assets.FontRegular(), assets.FontBold()); err != nil {
		return nil, err
	}
	return []string{"Noto Sans SC Regular", "Noto Sans SC Bold"}, nil
}

func shopProbe(c Config, conf settings.Shop) doctor.Shop {
	s := doctor.Shop{ID: conf.ID, Clock: func(ctx context.Context) (time.Time, error) { return doctor.ServerClock(ctx, conf.BaseURL) }}
	if _, s.SecretErr = c.Secrets(conf.Secret); s.SecretErr != nil {
		return s
	}
	adapter, err := OpenShop(c.Settings, conf.ID, c.Adapters, c.Secrets, nil, c.Log)
	if err != nil {
		s.Probe = func(context.Context) error { return err }
		return s
	}
	if prober, ok := adapter.(platform.Prober); ok {
		s.Probe = func(ctx context.Context) error {
			if f := platform.FaultOf(prober.Probe(ctx), time.Now()); f != nil {
				return f
			}
			return nil
		}
	}
	return s
}

// Reason gives the sentence for an error of the store or of a printer; false when it has none.
func Reason(err error) (shipping.Reason, bool) {
	var printer *printing.Error
	if errors.As(err, &printer) {
		return printer.Reason, true
	}
	return storage.Explain(err)
}

// Misplaced reports whether Open failed for want of right settings: the data folder belongs to the demo and the settings
// do not, or the other way round, or a printer or shop cannot be opened as they describe it.
func Misplaced(err error) bool {
	var printer *printing.Error
	return errors.Is(err, storage.ErrMode) || errors.Is(err, errSettings) || errors.As(err, &printer)
}

// Explain gives cause and remedy of a shop's refusal in a language of package words, "" when nobody knows.
func (b *Bench) Explain(shop shipping.ShopID, f shipping.Fault, lang string) (cause, remedy string) {
	conf, _ := b.Settings.Shop(shop)
	return assets.Catalogue().ExplainFault(conf.Platform, f, lang)
}
