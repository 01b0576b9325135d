package cli

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"printstation/app"
	"printstation/app/shipping"
)

// trouble is a line of `failed --json`.
type trouble struct {
	ID             string                  `json:"id"`
	Kind           app.TroubleKind         `json:"kind"`
	Shop           shipping.ShopID         `json:"shop"`
	OrderIDs       []shipping.OrderID      `json:"order_ids"`
	TrackingNumber shipping.TrackingNumber `json:"tracking_number"`
	Class          shipping.Class          `json:"class"`
	Code           string                  `json:"code"`
	Message        string                  `json:"message"` // the platform's own words
	Reason         string                  `json:"reason"`  // with the remedy, in the language of the run
	Tries          int                     `json:"tries"`
	Since          time.Time               `json:"since"`
	ShipBy         time.Time               `json:"ship_by,omitzero"`
}

func (c *shell) failedCommand() *cobra.Command {
	failed := &cobra.Command{
		Use: "failed", Short: c.say("failed"), Long: c.say("failed_long"), Args: c.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.withBench(cmd.Context(), func(_ Options, b Bench) error { return c.listFailed(cmd.Context(), b) })
		},
	}
	var all bool
	retry := &cobra.Command{
		Use: "retry [ID...]", Short: c.say("failed_retry"), Long: c.say("failed_retry_long"),
		Example: "  printstation failed retry --all\n  printstation failed retry dy1/17",
	}
	retry.Flags().BoolVar(&all, "all", false, c.say("flag_all"))
	retry.RunE = func(cmd *cobra.Command, ids []string) error {
		if all == (len(ids) > 0) {
			return c.misuse(cmd, c.say("ids_or_all"))
		}
		return c.withBench(cmd.Context(), func(_ Options, b Bench) error { return c.retry(cmd.Context(), b, ids) })
	}
	failed.AddCommand(retry)
	return failed
}

func (c *shell) listFailed(ctx context.Context, b Bench) error {
	ts, err := b.Troubles(ctx)
	if err != nil {
		return err
	}
	list := []trouble{}
	for _, t := range ts {
		line := trouble{
			ID: t.ID, Kind: t.Kind, Shop: t.Shop, OrderIDs: t.Orders, TrackingNumber: t.Number, Tries: t.Tries, Since: t.Since,
			ShipBy: t.ShipBy, Reason: c.faultText(t.Shop, t.Fault),
		}
		if t.Fault != nil {
			line.Class, line.Code, line.Message = t.Fault.Class, t.Fault.Code, t.Fault.Message
		}
		list = append(list, line)
	}
	if err := c.showFailed(list); err != nil {
		return err
	}
	if len(list) > 0 {
		return codeError(ExitAttention)
	}
	return nil
}

func (c *shell) showFailed(list []trouble) error {
	if c.flags.json {
		return c.printJSON(list)
	}
	if len(list) == 0 {
		_, err := fmt.Fprintln(c.Stdout, c.say("nothing_failed"))
		return err
	}
	var t table
	t.row(c.say("col_id"), c.say("col_kind"), c.say("col_orders"), c.say("col_number"), c.say("col_tries"), c.say("col_reason"))
	for _, l := range list {
		t.row(l.ID, c.say("kind_"+string(l.Kind)), joinIDs(l.OrderIDs), string(l.TrackingNumber), strconv.Itoa(l.Tries), l.Reason)
	}
	return t.write(c.Stdout, "")
}

// retry requeues the entries named, or all of them.
func (c *shell) retry(ctx context.Context, b Bench, ids []string) error {
	if len(ids) == 0 {
		ts, err := b.Troubles(ctx)
		if err != nil {
			return err
		}
		for _, t := range ts {
			ids = append(ids, t.ID)
		}
	}
	if len(ids) > 0 {
		if err := b.Retry(ctx, ids...); err != nil {
			return err
		}
	}
	return c.done("retried", len(ids))
}

// done says how many things a command did.
func (c *shell) done(what string, n int) error {
	if c.flags.json {
		return c.printJSON(map[string]int{what: n})
	}
	_, err := fmt.Fprintln(c.Stdout, c.say("done_"+what, "Count", strconv.Itoa(n)))
	return err
}
