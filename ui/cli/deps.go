package cli

import (
	"context"
	"io"

	"printstation/app"
	"printstation/app/doctor"
	"printstation/app/settings"
	"printstation/app/shipping"
	"printstation/assets/words"
)

// Deps is all that the commands need of the rest of the program. main fills it in; a nil function takes the command
// that needs it out of the list, save OpenBench and RunWindow, which must be there.
type Deps struct {
	Version string
	// Known is what settings are checked against.
	Known settings.Known
	// OpenBench opens store, shops and printers. The second value closes them again.
	OpenBench func(ctx context.Context, o Options) (Bench, func() error, error)
	// RunWindow shows the window until it is closed. It gets settings with problems too, so that it can show them to
	// somebody who started the program without a terminal; the problems are on standard error already.
	RunWindow func(ctx context.Context, o Options) error
	// LabelFolder is the folder that a printer writes files to, "" for one of paper. The printer "" is the default one.
	LabelFolder func(o Options, printer string) string
	// OpenRecovery opens the store for its recovery key alone.
	OpenRecovery func(ctx context.Context, o Options) (Recovery, func() error, error)
	// ServeSandbox serves the simulated platform until the context ends, and tells once where.
	ServeSandbox func(ctx context.Context, o SandboxOptions, ready func(SandboxAccess)) error
	// Probes is what doctor looks at.
	Probes func(ctx context.Context, o Options) doctor.Probes
	// Reason gives the sentence for an error of the store; false when it has none.
	Reason func(error) (shipping.Reason, bool)
	// Keyring takes the secrets of `secret set`.
	Keyring settings.Keyring
	// Language is the system's, as "zh_CN.UTF-8".
	Language string

	Stdin          io.Reader
	Stdout, Stderr io.Writer
}

// Options is where this run keeps its things and what it is set up with.
type Options struct {
	settings.Place
	Settings settings.Settings // empty in the demo
	Problems []settings.Problem
	Words    *words.Words
}

// Bench is what the commands need of a station: *app.Station.
type Bench interface {
	Recover(ctx context.Context) error
	Load(ctx context.Context, shops ...shipping.ShopID) (app.LoadResult, error)
	Rows(ctx context.Context, f app.Filter) ([]app.Row, error)
	Row(ctx context.Context, id shipping.ParcelID) (app.Row, error)
	Print(ctx context.Context, r app.PrintRequest) (app.PrintResult, error)
	RunLanes(ctx context.Context) error
	Settle(ctx context.Context) error
	Status(ctx context.Context) (app.Status, error)
	Doubts(ctx context.Context) ([]app.Doubt, error)
	DecidePrinted(ctx context.Context, ids ...shipping.LabelID) error
	DecideLost(ctx context.Context, ids ...shipping.LabelID) error
	Troubles(ctx context.Context) ([]app.Trouble, error)
	Retry(ctx context.Context, ids ...string) error
}

var _ Bench = (*app.Station)(nil)

// Explainer is what a Bench can be beside: it gives cause and remedy of a shop's refusal in a language of words, "" when
// they are unknown.
type Explainer interface {
	Explain(shop shipping.ShopID, f shipping.Fault, lang string) (cause, remedy string)
}

// Recovery hands out and takes in the recovery key of a store's personal data.
type Recovery interface {
	ExportRecovery() (string, error)
	ImportRecovery(key string) error
}

// SandboxOptions says what world the simulated platform plays.
type SandboxOptions struct {
	Listen string // HOST:PORT on loopback
	Orders int    // 0: its own number
	Seed   uint64 // same seed, same orders
	State  string // a file that keeps what happened; "" forgets
}

// SandboxAccess is what a shop needs to reach the simulated platform.
type SandboxAccess struct {
	BaseURL    string `json:"base_url"`
	AppID      string `json:"app_id"`
	Secret     string `json:"secret"` // a public one, of the sandbox alone
	SellerNick string `json:"seller_nick"`
}
