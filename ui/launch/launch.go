package launch

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"printstation/app/bench"
	"printstation/app/doctor"
	"printstation/app/settings"
	"printstation/assets"
	"printstation/platform"
	"printstation/platform/fengchao"
	"printstation/platform/sandbox"
	"printstation/printing"
	"printstation/ui/cli"
)

// Parts are what main knows.
type Parts struct {
	Version  string
	Adapters []platform.Opener
	Printers []printing.Opener
	NewApp   func() fyne.App // starts the window system; called only for a window
}

// program is one run of the program.
type program struct{ Parts }

// Run carries out the command in args and gives the exit code.
func Run(ctx context.Context, p Parts, args []string) int {
	run := program{p}
	return cli.Run(ctx, cli.Deps{
		Version: p.Version, Known: run.known(), Keyring: settings.SystemKeyring{}, Language: systemLanguage(),
		OpenBench: run.openBench, RunWindow: run.window, LabelFolder: run.labelFolder, OpenRecovery: run.openRecovery,
		ServeSandbox: serveSandbox, Probes: run.probes, Reason: reason,
		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr,
	}, args)
}

func (p program) known() settings.Known {
	k := settings.Known{
		Needs:   map[string][]string{"fengchao": {"seller_nick"}},
		Carrier: assets.Carriers().Known,
		Channel: func(name string, channel int) bool {
			_, ok := fengchao.ChannelName(channel)
			return ok || name != "fengchao"
		},
	}
	for _, a := range p.Adapters {
		k.Platforms = append(k.Platforms, a.Name)
	}
	for _, o := range p.Printers {
		k.Schemes = append(k.Schemes, o.Scheme)
	}
	return k
}

func systemLanguage() string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := os.Getenv(name); v != "" {
			return v
		}
	}
	return ""
}

// config is what a bench is opened with for this run.
func (p program) config(o cli.Options, log *slog.Logger) bench.Config {
	return bench.Config{
		Settings: o.Settings, Data: o.Data, Demo: o.Demo, Language: o.Words.Lang(),
		Adapters: p.Adapters, Printers: p.Printers, Log: log,
		Secrets: func(ref settings.SecretRef) (string, error) {
			return settings.Resolve(ref, os.LookupEnv, settings.SystemKeyring{})
		},
	}
}

// openBench logs to the file beside the store, as the window does: on standard error people find sentences alone.
func (p program) openBench(_ context.Context, o cli.Options) (cli.Bench, func() error, error) {
	log, closeLog := fileLog(o.Data)
	b, err := bench.Open(p.config(o, log))
	if err != nil {
		closeLog()
		return nil, nil, usage(err)
	}
	return b, closing(b.Close, closeLog), nil
}

func (p program) openRecovery(_ context.Context, o cli.Options) (cli.Recovery, func() error, error) {
	log, closeLog := fileLog(o.Data)
	db, err := bench.OpenStore(o.Data, o.Demo, log)
	if err != nil {
		closeLog()
		return nil, nil, usage(err)
	}
	return db, closing(db.Close, closeLog), nil
}

// closing closes the log after what writes to it.
func closing(what func() error, closeLog func()) func() error {
	return func() error {
		defer closeLog()
		return what()
	}
}

// usage marks what has to be mended in the settings or on the command line.
func usage(err error) error {
	if bench.Misplaced(err) {
		return &cli.UsageError{Err: err}
	}
	return err
}

func (p program) probes(_ context.Context, o cli.Options) doctor.Probes {
	return bench.Probes(p.config(o, slog.New(slog.DiscardHandler)))
}

// labelFolder names the folder of a printer that writes files.
func (p program) labelFolder(o cli.Options, id string) string {
	if o.Demo {
		return filepath.Join(o.Data, bench.LabelFolder)
	}
	for _, conf := range o.Settings.Printers {
		if conf.ID == id || id == "" && (conf.Default || len(o.Settings.Printers) == 1) {
			path, ok := strings.CutPrefix(conf.URI, "folder:")
			if !ok {
				return ""
			}
			return path
		}
	}
	return ""
}

func serveSandbox(ctx context.Context, o cli.SandboxOptions, ready func(cli.SandboxAccess)) error {
	return bench.ServeSandbox(ctx, bench.Serving{Listen: o.Listen, Orders: o.Orders, Seed: o.Seed, State: o.State}, func(baseURL string) {
		ready(cli.SandboxAccess{
			BaseURL: baseURL, AppID: sandbox.DemoAppID, Secret: sandbox.DemoSecret, SellerNick: sandbox.DemoSellerNick,
		})
	})
}
