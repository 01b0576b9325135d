package cli

import (
	"context"

	"printstation/app/settings"
	"printstation/assets/words"
)

// options finds and reads the settings. With problems in them it gives both the options and the error.
func (c *shell) options() (Options, error) {
	place, err := settings.Find(c.flags.config, c.flags.data, c.flags.demo)
	if err != nil {
		return Options{}, &settingsFileError{err}
	}
	o := Options{Place: place, Words: c.words}
	if place.Demo {
		return o, nil
	}
	o.Settings, o.Problems, err = settings.Load(place.Config, c.Known)
	if err != nil {
		return Options{}, &settingsFileError{err}
	}
	if c.flags.lang == "" && o.Settings.Station.Language != "" {
		if w, err := words.For(o.Settings.Station.Language); err == nil {
			c.words, o.Words = w, w
		}
	}
	if len(o.Problems) > 0 {
		return o, &problemsError{path: o.Settings.Path, problems: o.Problems}
	}
	return o, nil
}

// withBench opens the bench, picks up what an earlier run left behind, does the work and closes the bench again.
func (c *shell) withBench(ctx context.Context, do func(Options, Bench) error) (err error) {
	o, err := c.options()
	if err != nil {
		return err
	}
	if o.Demo && !c.flags.demo && !c.flags.json {
		c.warn(c.say("demo_by_default"))
	}
	bench, closeBench, err := c.OpenBench(ctx, o)
	if err != nil {
		return err
	}
	defer func() {
		if cerr := closeBench(); cerr != nil {
			c.complain(cerr)
			if err == nil {
				err = codeError(ExitAttention)
			}
		}
	}()
	if err := bench.Recover(ctx); err != nil {
		return err
	}
	c.explainer, _ = bench.(Explainer)
	return do(o, bench)
}
