package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"printstation/app/settings"
)

// longestSecret is what the smallest of the keyrings takes.
const longestSecret = 2000

func (c *shell) secretCommand() *cobra.Command {
	secret := &cobra.Command{Use: "secret", Short: c.say("secret"), Args: c.noArgs, RunE: c.showHelp}
	secret.AddCommand(&cobra.Command{
		Use: "set NAME", Short: c.say("secret_set"), Long: c.say("secret_set_long"),
		Example: "  printstation secret set dy1\n  printstation secret set dy1 < secret.txt",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 || !settings.ValidSecretName(args[0]) {
				return c.misuse(cmd, c.say("secret_name"))
			}
			return c.setSecret(cmd, args[0])
		},
	})
	return secret
}

func (c *shell) setSecret(cmd *cobra.Command, name string) error {
	value, err := c.readHidden(cmd.Context(), c.say("secret_prompt", "Name", name))
	if err != nil {
		return err
	}
	if value == "" || len(value) > longestSecret {
		return c.misuse(cmd, c.say("secret_empty"))
	}
	if err := c.Keyring.Set(name, value); err != nil {
		c.warn(c.say("secret_not_kept", "Name", name, "Detail", err.Error()))
		c.warn("  → " + c.words.T("settings.secret_keyring_mend", nil))
		return codeError(ExitAttention)
	}
	_, err = fmt.Fprintln(c.Stdout, c.say("secret_kept", "Name", name))
	return err
}

// readHidden asks on a terminal without echo; from a file or a pipe it takes the first line.
func (c *shell) readHidden(ctx context.Context, prompt string) (string, error) {
	if f, ok := c.Stdin.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		return c.askHidden(ctx, int(f.Fd()), prompt)
	}
	line, err := bufio.NewReader(io.LimitReader(c.Stdin, 64<<10)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("read standard input: %w", err)
	}
	return strings.TrimSpace(line), nil
}

// askHidden reads a line without echo. An interrupt gives the terminal its echo back before the program ends.
func (c *shell) askHidden(ctx context.Context, fd int, prompt string) (string, error) {
	before, err := term.GetState(fd)
	if err != nil {
		return "", fmt.Errorf("read from the terminal: %w", err)
	}
	type answer struct {
		raw []byte
		err error
	}
	answers := make(chan answer, 1)
	fmt.Fprint(c.Stderr, prompt)
	go func() {
		raw, err := term.ReadPassword(fd)
		answers <- answer{raw, err}
	}()
	defer fmt.Fprintln(c.Stderr)
	select {
	case <-ctx.Done():
		return "", errors.Join(ctx.Err(), term.Restore(fd, before))
	case a := <-answers:
		if a.err != nil {
			return "", fmt.Errorf("read from the terminal: %w", a.err)
		}
		return strings.TrimSpace(string(a.raw)), nil
	}
}

// showHelp is what a command does that only holds others.
func (c *shell) showHelp(cmd *cobra.Command, _ []string) error { return cmd.Help() }
