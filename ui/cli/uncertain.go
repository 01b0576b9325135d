package cli

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"printstation/app/shipping"
)

// doubt is a line of `uncertain --json`.
type doubt struct {
	ID             shipping.LabelID        `json:"id"`
	OrderIDs       []shipping.OrderID      `json:"order_ids"`
	TrackingNumber shipping.TrackingNumber `json:"tracking_number"`
	Printer        string                  `json:"printer"`
	Document       string                  `json:"document"`
	Page           int                     `json:"page"`
	Pages          int                     `json:"pages"`
	Reason         string                  `json:"reason"` // the printer's words
	AgeSeconds     int                     `json:"age_seconds"`
	ShipBy         time.Time               `json:"ship_by,omitzero"`
}

func (c *shell) uncertainCommand() *cobra.Command {
	uncertain := &cobra.Command{
		Use: "uncertain", Short: c.say("uncertain"), Long: c.say("uncertain_long"), Args: c.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.withBench(cmd.Context(), func(_ Options, b Bench) error { return c.listDoubts(cmd.Context(), b) })
		},
	}
	uncertain.AddCommand(
		c.decideCommand("printed", func(b Bench, ctx context.Context, ids []shipping.LabelID) error { return b.DecidePrinted(ctx, ids...) }),
		c.decideCommand("lost", func(b Bench, ctx context.Context, ids []shipping.LabelID) error { return b.DecideLost(ctx, ids...) }),
	)
	return uncertain
}

func (c *shell) decideCommand(name string, decide func(Bench, context.Context, []shipping.LabelID) error) *cobra.Command {
	return &cobra.Command{
		Use: name + " ID...", Short: c.say("uncertain_" + name), Example: "  printstation uncertain " + name + " dy1/17-1",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return c.misuse(cmd, c.say("ids_needed"))
			}
			var ids []shipping.LabelID
			for _, a := range args {
				id := shipping.LabelID(a)
				if _, _, err := id.Split(); err != nil {
					return c.misuse(cmd, c.say("bad_label_id", "ID", a))
				}
				ids = append(ids, id)
			}
			return c.withBench(cmd.Context(), func(_ Options, b Bench) error {
				if err := decide(b, cmd.Context(), ids); err != nil {
					return err
				}
				return c.done(name, len(ids))
			})
		},
	}
}

func (c *shell) listDoubts(ctx context.Context, b Bench) error {
	ds, err := b.Doubts(ctx)
	if err != nil {
		return err
	}
	list := []doubt{}
	for _, d := range ds {
		list = append(list, doubt{
			ID: d.Label.ID, OrderIDs: d.Row.Orders, TrackingNumber: d.Label.Number, Printer: d.Label.Printer,
			Document: d.Label.Document, Page: d.Label.Page, Pages: d.Pages, Reason: c.words.Printer(d.Label),
			AgeSeconds: int(d.Age.Seconds()), ShipBy: d.ShipBy,
		})
	}
	if err := c.showDoubts(list); err != nil {
		return err
	}
	if len(list) > 0 {
		return codeError(ExitAttention)
	}
	return nil
}

func (c *shell) showDoubts(list []doubt) error {
	if c.flags.json {
		return c.printJSON(list)
	}
	if len(list) == 0 {
		_, err := fmt.Fprintln(c.Stdout, c.say("nothing_uncertain"))
		return err
	}
	var t table
	t.row(c.say("col_id"), c.say("col_orders"), c.say("col_number"), c.say("col_document"), c.say("col_page"), c.say("col_age"), c.say("col_ship_by"))
	for _, d := range list {
		shipBy := ""
		if !d.ShipBy.IsZero() {
			shipBy = d.ShipBy.Local().Format("2006-01-02 15:04")
		}
		t.row(string(d.ID), joinIDs(d.OrderIDs), string(d.TrackingNumber), d.Document,
			strconv.Itoa(d.Page)+"/"+strconv.Itoa(d.Pages), (time.Duration(d.AgeSeconds) * time.Second).String(), shipBy)
	}
	if err := t.write(c.Stdout, ""); err != nil {
		return err
	}
	_, err := fmt.Fprintf(c.Stdout, "\n%s\n", c.say("uncertain_hint"))
	return err
}
