package launch

import (
	"context"
	"errors"
	"fmt"
	"image"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"

	"fyne.io/fyne/v2"

	"printstation/app/bench"
	"printstation/app/shipping"
	"printstation/assets/words"
	"printstation/printing/label"
	"printstation/printing/preview"
	"printstation/ui"
	"printstation/ui/cli"
)

// trickle is how often a new order appears in the demo's window, so that there is always something to do.
const trickle = 45 * time.Second

// window opens the bench and shows it until the window is closed. What hinders it is shown in a window too: a bench's
// Windows shows no terminal.
func (p program) window(ctx context.Context, o cli.Options) (err error) {
	if runtime.GOOS == "linux" && os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return errNoDisplay
	}
	defer func() {
		if r := recover(); r != nil {
			err = noDisplay(r)
		}
	}()
	a := p.NewApp()
	if len(o.Problems) > 0 {
		ui.ShowFailure(a, o.Words, o.Words.With("ui.settings_faults", "Path", o.Config), problemLines(o))
		return nil
	}
	log, closeLog := fileLog(o.Data)
	defer closeLog()
	c := p.config(o, log)
	c.Trickle = trickle
	b, err := bench.Open(c)
	if err != nil {
		ui.ShowFailure(a, o.Words, o.Words.T("ui.cannot_start", nil), []string{say(o.Words, err)})
		return err
	}
	defer func() { err = errors.Join(err, b.Close()) }()
	w := ui.New(a, p.windowDeps(a, b, o, log))
	ctx, stop := context.WithCancel(ctx)
	var working sync.WaitGroup
	working.Go(func() { _ = b.Run(ctx) }) // the window is shown meanwhile: a printer may still be at an old job
	context.AfterFunc(ctx, func() { fyne.Do(a.Quit) })
	w.ShowAndRun()
	stop()
	working.Wait()
	return nil
}

// errNoDisplay says that this computer shows no windows, or not to us.
var errNoDisplay = errors.New("launch: there is no display")

// noDisplay turns the panic of a window system that is not there into errNoDisplay. Any other goes on.
func noDisplay(panicked any) error {
	if strings.Contains(fmt.Sprint(panicked), "GLFW library is not initialized") {
		return errNoDisplay
	}
	panic(panicked)
}

// reason gives the sentence for an error of the start-up; false when it has none.
func reason(err error) (shipping.Reason, bool) {
	if errors.Is(err, errNoDisplay) {
		return shipping.Because("cli.no_display"), true
	}
	return bench.Reason(err)
}

func (p program) windowDeps(a fyne.App, b *bench.Bench, o cli.Options, log *slog.Logger) ui.Deps {
	return ui.Deps{
		Bench: b, Words: o.Words, Log: log, Preview: drawPreview(b.Fonts),
		Explain: explain(b, o.Words.Lang()),
		Open: func(path string) error {
			return a.OpenURL(&url.URL{Scheme: "file", Path: filepath.ToSlash(path)})
		},
		Speak: func(lang string) (*words.Words, ui.Explain, error) {
			w, err := words.For(lang)
			return w, explain(b, lang), err
		},
	}
}

// explain gives cause and remedy of a refusal in one language.
func explain(b *bench.Bench, lang string) ui.Explain {
	return func(shop shipping.ShopID, f shipping.Fault) (cause, remedy string) { return b.Explain(shop, f, lang) }
}

// drawPreview draws labels as they will be printed; before they have a number, without bars.
func drawPreview(fonts *label.Fonts) ui.Preview {
	painter, err := preview.New(fonts)
	if err != nil {
		return nil
	}
	return func(l shipping.Label, heightPx int) (image.Image, error) {
		page, _, why := label.Lay(l, fonts, label.DefaultDPI)
		if l.Number == "" {
			page, why = label.Draft(l, fonts, label.DefaultDPI)
		}
		if why != nil {
			return nil, fmt.Errorf("preview: %s", why.ID)
		}
		return painter.Draw(page, float64(heightPx)/page.Size.Height), nil
	}
}

// say says an error of the start-up in the user's language, with its mend where it is known.
func say(w *words.Words, err error) string {
	if why, ok := bench.Reason(err); ok {
		return w.T(why.ID, why.Data)
	}
	return err.Error()
}

func problemLines(o cli.Options) []string {
	var lines []string
	for _, pr := range o.Problems {
		what, mend := pr.Say(o.Words)
		line := fmt.Sprintf("%s  → %s", what, mend)
		if pr.Line > 0 {
			line = fmt.Sprintf("%d:%d  %s", pr.Line, pr.Column, line)
		}
		lines = append(lines, line)
	}
	return lines
}

// logLimit is how large the log may grow before it is set aside, once.
const logLimit = 10 << 20

// fileLog keeps the log of a window beside the store; one older file is kept. Without a place to write it is dropped.
func fileLog(data string) (*slog.Logger, func()) {
	drop := func() {}
	if err := os.MkdirAll(data, 0o700); err != nil {
		return slog.New(slog.DiscardHandler), drop
	}
	path := filepath.Join(data, "printstation.log")
	if info, err := os.Stat(path); err == nil && info.Size() > logLimit {
		_ = os.Rename(path, path+".1")
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return slog.New(slog.DiscardHandler), drop
	}
	return slog.New(slog.NewTextHandler(f, nil)), func() { _ = f.Close() }
}
