package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"
)

func (c *shell) recoveryCommand() *cobra.Command {
	recovery := &cobra.Command{Use: "recovery", Short: c.say("recovery"), Long: c.say("recovery_long"), Args: c.noArgs, RunE: c.showHelp}
	recovery.AddCommand(
		&cobra.Command{
			Use: "export", Short: c.say("recovery_export"), Args: c.noArgs,
			RunE: func(cmd *cobra.Command, _ []string) error { return c.withRecovery(cmd.Context(), c.exportKey) },
		},
		&cobra.Command{
			Use: "import", Short: c.say("recovery_import"), Args: c.noArgs,
			RunE: func(cmd *cobra.Command, _ []string) error {
				key, err := c.readHidden(cmd.Context(), c.say("recovery_prompt"))
				if err != nil {
					return err
				}
				if key == "" {
					return c.misuse(cmd, c.say("recovery_empty"))
				}
				return c.withRecovery(cmd.Context(), func(r Recovery) error { return c.importKey(r, key) })
			},
		},
	)
	return recovery
}

func (c *shell) withRecovery(ctx context.Context, do func(Recovery) error) error {
	o, err := c.options()
	if err != nil {
		return err
	}
	r, closeStore, err := c.OpenRecovery(ctx, o)
	if err != nil {
		return err
	}
	err = do(r)
	if cerr := closeStore(); err == nil {
		err = cerr
	}
	return err
}

// exportKey writes the key alone to standard output, so that it can go to a printer or a safe, and the warning beside.
func (c *shell) exportKey(r Recovery) error {
	key, err := r.ExportRecovery()
	if err != nil {
		return err
	}
	if c.flags.json {
		return c.printJSON(map[string]string{"recovery_key": key})
	}
	if _, err := fmt.Fprintln(c.Stdout, key); err != nil {
		return err
	}
	c.warn(c.say("recovery_keep"))
	return nil
}

func (c *shell) importKey(r Recovery, key string) error {
	if err := r.ImportRecovery(key); err != nil {
		return err
	}
	if c.flags.json {
		return c.printJSON(map[string]bool{"imported": true})
	}
	_, err := fmt.Fprintln(c.Stdout, c.say("recovery_done"))
	return err
}
