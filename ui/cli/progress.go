package cli

import (
	"context"
	"io"
	"os"
	"strconv"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"printstation/app"
)

// progress is the bar of a batch. Off a terminal there is none, and its methods do nothing.
type progress struct {
	c    *shell
	bar  *progressbar.ProgressBar
	once sync.Once
	stop func()
	wg   sync.WaitGroup
}

// newProgress draws on standard error, so that standard output stays the report's.
func (c *shell) newProgress(total int) *progress {
	p := &progress{c: c, stop: func() {}}
	if total == 0 || !onTerminal(c.Stderr) {
		return p
	}
	p.bar = progressbar.NewOptions(total,
		progressbar.OptionSetWriter(c.Stderr), progressbar.OptionSetDescription(c.say("progress_start")),
		progressbar.OptionShowCount(), progressbar.OptionSetWidth(24), progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionSetPredictTime(false), progressbar.OptionClearOnFinish(), progressbar.OptionSetRenderBlankState(true))
	return p
}

func onTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// printed follows Print.
func (p *progress) printed(done app.Progress) {
	if p.bar == nil {
		return
	}
	p.bar.Describe(p.c.say("progress_print", "Issued", strconv.Itoa(done.Issued), "Printed", strconv.Itoa(done.Printed)))
	_ = p.bar.Set(min(done.Total, done.Printed+done.Troubled)) // a bar that cannot be drawn stops nothing
}

// settling shows how many confirmations are left, until the context ends or the bar is closed.
func (p *progress) settling(ctx context.Context, b Bench) {
	if p.bar == nil {
		return
	}
	ctx, p.stop = context.WithCancel(ctx)
	p.wg.Go(func() {
		tick := time.NewTicker(500 * time.Millisecond)
		defer tick.Stop()
		for {
			if st, err := b.Status(ctx); err == nil {
				p.bar.Describe(p.c.say("progress_confirm", "Left", strconv.Itoa(st.Queue.Waiting)))
			}
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
		}
	})
}

// close takes the bar away. Closing again does nothing.
func (p *progress) close() {
	p.once.Do(func() {
		p.stop()
		p.wg.Wait()
		if p.bar != nil {
			_ = p.bar.Clear()
		}
	})
}
