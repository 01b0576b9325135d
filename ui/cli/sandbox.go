package cli

import (
	"fmt"
	"net"
	"strings"

	"github.com/spf13/cobra"
)

func (c *shell) sandboxCommand() *cobra.Command {
	var o SandboxOptions
	cmd := &cobra.Command{
		Use: "sandbox", Short: c.say("sandbox"), Long: c.say("sandbox_long"), Args: c.noArgs,
		Example: "  printstation sandbox --listen 127.0.0.1:8790",
	}
	cmd.Flags().StringVar(&o.Listen, "listen", "127.0.0.1:0", c.say("flag_listen"))
	cmd.Flags().IntVar(&o.Orders, "orders", 0, c.say("flag_orders"))
	cmd.Flags().Uint64Var(&o.Seed, "seed", 1, c.say("flag_seed"))
	cmd.Flags().StringVar(&o.State, "state", "", c.say("flag_state"))
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if !onLoopback(o.Listen) {
			return c.misuse(cmd, c.say("not_loopback", "Listen", o.Listen))
		}
		if o.Orders < 0 {
			return c.misuse(cmd, c.say("negative"))
		}
		return c.ServeSandbox(cmd.Context(), o, c.tellAccess)
	}
	return cmd
}

// tellAccess says how to point a shop at the sandbox.
func (c *shell) tellAccess(a SandboxAccess) {
	if c.flags.json {
		if err := c.printJSON(a); err != nil {
			c.complain(err)
		}
		return
	}
	fmt.Fprintln(c.Stdout, c.say("sandbox_serves", "URL", a.BaseURL))
	fmt.Fprintf(c.Stdout, "  base_url = %q\n  app_id = %q\n  seller_nick = %q\n", a.BaseURL, a.AppID, a.SellerNick)
	fmt.Fprintln(c.Stdout, c.say("sandbox_secret", "Secret", a.Secret))
}

// onLoopback reports whether an address to listen at can be reached from this computer only. A name other than
// localhost is not looked up: what it means may change.
func onLoopback(listen string) bool {
	host, _, err := net.SplitHostPort(listen)
	if err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}
