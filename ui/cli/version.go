package cli

import (
	"fmt"
	"runtime"

	"github.com/spf13/cobra"
)

func (c *shell) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: c.say("version"), Args: c.noArgs,
		RunE: func(*cobra.Command, []string) error {
			if c.flags.json {
				return c.printJSON(map[string]string{"version": c.Version, "go": runtime.Version(), "os": runtime.GOOS, "arch": runtime.GOARCH})
			}
			_, err := fmt.Fprintf(c.Stdout, "printstation %s (%s, %s/%s)\n", c.Version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return err
		},
	}
}
