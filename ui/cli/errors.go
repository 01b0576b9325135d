package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/spf13/cobra"

	"printstation/app"
	"printstation/app/settings"
)

// codeError ends the run with an exit code; all that was to be said was said.
type codeError int

func (e codeError) Error() string { return fmt.Sprintf("exit code %d", int(e)) }

// misuseError is a command line that makes no sense.
type misuseError struct{ command, detail string }

func (e *misuseError) Error() string { return e.command + ": " + e.detail }

func (c *shell) misuse(cmd *cobra.Command, detail string) error {
	return &misuseError{command: cmd.CommandPath(), detail: detail}
}

// problemsError is a settings file with faults.
type problemsError struct {
	path     string
	problems []settings.Problem
}

func (e *problemsError) Error() string { return fmt.Sprintf("%s: %d faults", e.path, len(e.problems)) }

// exitCode tells people about the error, unless that was done, and gives its code.
func (c *shell) exitCode(err error) int {
	var code codeError
	if errors.As(err, &code) {
		return int(code)
	}
	if err == nil {
		return ExitOK
	}
	c.complain(err)
	var (
		misuse   *misuseError
		problems *problemsError
		secret   *settings.SecretError
		missing  *settingsFileError
		usage    *UsageError
	)
	if errors.As(err, &misuse) || errors.As(err, &problems) || errors.As(err, &secret) || errors.As(err, &missing) ||
		errors.As(err, &usage) {
		return ExitUsage
	}
	return ExitAttention
}

// UsageError marks an error of Deps as one of wrong use or wrong settings.
type UsageError struct{ Err error }

func (e *UsageError) Error() string { return e.Err.Error() }

// Unwrap gives the error that is marked.
func (e *UsageError) Unwrap() error { return e.Err }

// settingsFileError is a settings file that cannot be read.
type settingsFileError struct{ err error }

func (e *settingsFileError) Error() string { return e.err.Error() }
func (e *settingsFileError) Unwrap() error { return e.err }

// complain says an error in the user's language, with its mend where there is one.
func (c *shell) complain(err error) {
	var (
		misuse   *misuseError
		problems *problemsError
		secret   *settings.SecretError
		missing  *settingsFileError
		refused  *app.RefusedError
	)
	switch {
	case errors.As(err, &misuse):
		c.warn(c.say("misuse", "Detail", misuse.detail))
		c.warn(c.say("misuse_mend", "Command", misuse.command))
	case errors.As(err, &problems):
		c.complainSettings(problems)
	case errors.As(err, &secret):
		c.warn(c.words.T(secret.What.ID, secret.What.Data))
		c.warn("  → " + c.words.T(secret.Mend.ID, secret.Mend.Data))
	case errors.As(err, &missing):
		c.complainFile(missing.err)
	case errors.As(err, &refused):
		c.warn(c.words.T(refused.Reason.ID, refused.Reason.Data))
	case errors.Is(err, context.Canceled):
		c.warn(c.say("interrupted"))
	default:
		c.complainOther(err)
	}
}

func (c *shell) complainSettings(e *problemsError) {
	for _, p := range e.problems {
		what, mend := p.Say(c.words)
		place := e.path
		if p.Line > 0 {
			place = fmt.Sprintf("%s:%d:%d", e.path, p.Line, p.Column)
		}
		c.warn(place + ": " + what)
		c.warn("  → " + mend)
	}
}

func (c *shell) complainFile(err error) {
	path := ""
	var pe *fs.PathError
	if errors.As(err, &pe) {
		path = pe.Path
	}
	switch {
	case errors.Is(err, fs.ErrNotExist) && path != "":
		c.warn(c.say("no_settings_file", "Path", path))
	case errors.Is(err, settings.ErrDemoWithFile):
		c.warn(c.say("demo_with_file"))
	default:
		c.warn(c.say("settings_unreadable", "Detail", err.Error()))
		c.warn("  → " + c.words.T("doctor.file_unreadable_mend", nil))
	}
}

func (c *shell) complainOther(err error) {
	if c.Reason != nil {
		if why, ok := c.Reason(err); ok {
			c.warn(c.words.T(why.ID, why.Data))
			return
		}
	}
	var file *fs.PathError
	if errors.As(err, &file) {
		c.warn(c.say("file_error", "Path", file.Path, "Detail", file.Err.Error()))
		return
	}
	c.warn(c.say("error", "Detail", err.Error()))
}

// warn writes a line to standard error.
func (c *shell) warn(line string) { fmt.Fprintln(c.Stderr, line) }
