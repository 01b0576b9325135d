package bench

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"printstation/app/settings"
	"printstation/app/shipping"
	"printstation/platform/sandbox"
)

// LabelFolder is where the demo's printer writes its files, within the data folder.
const LabelFolder = "labels"

// demoShop is the one shop of the demo; its secret is the sandbox's public one.
const demoShop = "demo"

// startDemo starts the sandbox, whose world outlives a restart in the demo's own data folder, and writes the settings
// that lead to it. Printers of real settings are never looked at.
func (b *Bench) startDemo(c *Config) error {
	world, err := sandbox.New(sandbox.Options{
		StateFile: filepath.Join(c.Data, "sandbox.jsonl"), Trickle: c.Trickle, Training: c.Trickle > 0, Log: c.Log, Seed: 1111,
	})
	if err != nil {
		return fmt.Errorf("bench: sandbox: %w", err)
	}
	b.onClose(world.Close)
	server, err := sandbox.Serve("127.0.0.1:0", world)
	if err != nil {
		return fmt.Errorf("bench: sandbox: %w", err)
	}
	b.onClose(func() error {
		ctx, stop := context.WithTimeout(context.Background(), 3*time.Second)
		defer stop()
		return server.Close(ctx)
	})
	c.Secrets = func(settings.SecretRef) (string, error) { return sandbox.DemoSecret, nil }
	b.Settings = DemoSettings(server.BaseURL, filepath.Join(c.Data, LabelFolder))
	return nil
}

// DemoSettings are the settings of a bench at the sandbox.
func DemoSettings(baseURL, labels string) settings.Settings {
	return settings.Settings{
		Station: settings.Station{Name: "A1"},
		Shops: []settings.Shop{{
			ID: demoShop, Name: "演示抖店", Platform: "fengchao", BaseURL: baseURL, AppID: sandbox.DemoAppID,
			Secret: "env:SANDBOX", SellerNick: sandbox.DemoSellerNick, Channel: 1, UserID: -1, Carrier: "zhongtong",
			Sender: shipping.Sender{
				Contact: shipping.Contact{Name: "仓库小王", Mobile: "13800000000"},
				Address: shipping.Address{Province: "上海市", City: "上海市", District: "青浦区", Detail: "测试路1号2幢301室"},
			},
		}},
		Printers: []settings.Printer{{ID: "demo", URI: "folder:" + labels, Default: true}},
	}
}
