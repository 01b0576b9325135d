package bench

import (
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"

	"printstation/app"
	"printstation/app/settings"
	"printstation/app/shipping"
	"printstation/assets"
	"printstation/platform"
	"printstation/printing"
)

// errSettings marks what the settings say and an adapter cannot work with. Opening makes no call, so that nothing else
// can be at fault.
var errSettings = errors.New("not usable as the settings have it")

// openShops opens every shop's adapter, with the account that its numbers come from where that is another shop's.
func openShops(c *Config, s settings.Settings, journal platform.Journal) ([]app.Shop, error) {
	var shops []app.Shop
	for _, conf := range s.Shops {
		adapter, err := OpenShop(s, conf.ID, c.Adapters, c.Secrets, journal, c.Log)
		if err != nil {
			return nil, err
		}
		shops = append(shops, app.Shop{ID: conf.ID, Name: conf.Name, Carrier: conf.Carrier, Sender: conf.Sender, Adapter: adapter})
	}
	return shops, nil
}

// OpenShop opens one shop's adapter. It makes no call.
func OpenShop(s settings.Settings, id shipping.ShopID, adapters []platform.Opener, secrets func(settings.SecretRef) (string, error),
	journal platform.Journal, log *slog.Logger) (platform.Shop, error) {
	conf, ok := s.Shop(id)
	if !ok {
		return nil, fmt.Errorf("bench: no shop %q in the settings", id)
	}
	i := slices.IndexFunc(adapters, func(o platform.Opener) bool { return o.Name == conf.Platform })
	if i < 0 {
		return nil, fmt.Errorf("bench: shop %s: no adapter for platform %q", id, conf.Platform)
	}
	account, err := accountOf(conf, secrets)
	if err != nil {
		return nil, fmt.Errorf("bench: shop %s: %w", id, err)
	}
	pc := platform.Config{Account: account, Classifier: assets.Catalogue(), Journal: journal, Log: log}
	if conf.Via != "" {
		other, ok := s.Shop(conf.Via)
		if !ok {
			return nil, fmt.Errorf("bench: shop %s: via: no shop %q in the settings", id, conf.Via)
		}
		via, err := accountOf(other, secrets)
		if err != nil {
			return nil, fmt.Errorf("bench: shop %s: via %s: %w", id, conf.Via, err)
		}
		pc.Via = &via
	}
	shop, err := adapters[i].Open(pc)
	if err != nil {
		return nil, fmt.Errorf("bench: shop %s: %w: %w", id, errSettings, err)
	}
	return shop, nil
}

func accountOf(conf settings.Shop, secrets func(settings.SecretRef) (string, error)) (platform.Account, error) {
	secret, err := secrets(conf.Secret)
	if err != nil {
		return platform.Account{}, err
	}
	return platform.Account{
		Shop: conf.ID, BaseURL: conf.BaseURL, AppID: conf.AppID, Secret: secret,
		SellerNick: conf.SellerNick, Channel: conf.Channel, UserID: conf.UserID,
	}, nil
}

// openPrinters opens every printer. It makes no call.
func openPrinters(s settings.Settings, ways []printing.Opener) ([]printing.Target, error) {
	var targets []printing.Target
	for _, conf := range s.Printers {
		p, err := OpenPrinter(conf, ways)
		if err != nil {
			return nil, err
		}
		targets = append(targets, printing.Target{ID: conf.ID, URI: conf.URI, Default: conf.Default, Printer: p})
	}
	return targets, nil
}

// OpenPrinter opens one printer by the scheme of its URI.
func OpenPrinter(conf settings.Printer, ways []printing.Opener) (printing.Printer, error) {
	scheme, _, _ := strings.Cut(conf.URI, ":")
	i := slices.IndexFunc(ways, func(o printing.Opener) bool { return o.Scheme == strings.ToLower(scheme) })
	if i < 0 {
		return nil, fmt.Errorf("bench: printer %s: no way to print to %q", conf.ID, scheme)
	}
	p, err := ways[i].Open(conf.URI)
	if err != nil {
		return nil, fmt.Errorf("bench: printer %s: %w", conf.ID, err)
	}
	return p, nil
}
