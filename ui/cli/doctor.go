package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"printstation/app/doctor"
)

func (c *shell) doctorCommand() *cobra.Command {
	return &cobra.Command{
		Use: "doctor", Short: c.say("doctor"), Long: c.say("doctor_long"), Args: c.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return c.examine(cmd.Context()) },
	}
}

// checkup is the one value of `doctor --json`.
type checkup struct {
	Worst  doctor.Level `json:"worst"`
	Checks []checked    `json:"checks"`
}

// checked is one check in the language of the run.
type checked struct {
	Area  doctor.Area  `json:"area"`
	Name  string       `json:"name,omitempty"`
	Level doctor.Level `json:"level"`
	Found string       `json:"found"`
	Mend  string       `json:"mend,omitempty"`
	Line  int          `json:"line,omitempty"`
}

// examine looks at everything that can be looked at, also when the settings are at fault.
func (c *shell) examine(ctx context.Context) error {
	o, err := c.options()
	p := doctor.Probes{}
	if err == nil || len(o.Problems) > 0 {
		p = c.Probes(ctx, o)
	} else {
		p.SettingsErr = err
	}
	p.Config, p.Demo, p.Problems = o.Config, o.Demo, o.Problems
	if p.Config == "" {
		p.Config = c.flags.config
	}
	p.Reason = c.Reason
	r := doctor.Examine(ctx, p)
	if err := c.showCheckup(r); err != nil {
		return err
	}
	switch {
	case r.SettingsAtFault():
		return codeError(ExitUsage)
	case r.Worst() == doctor.Fail:
		return codeError(ExitAttention)
	}
	return nil
}

func (c *shell) showCheckup(r doctor.Report) error {
	out := checkup{Worst: r.Worst(), Checks: []checked{}}
	for _, f := range r.Findings {
		out.Checks = append(out.Checks, checked{
			Area: f.Area, Name: f.Name, Level: f.Level, Line: f.Line,
			Found: c.words.T(f.Found.ID, f.Found.Data), Mend: c.mend(f),
		})
	}
	if c.flags.json {
		return c.printJSON(out)
	}
	var t table
	for _, k := range out.Checks {
		t.row(mark[k.Level], c.words.T("doctor.area_"+string(k.Area), nil), k.Name, k.Found)
		if k.Mend != "" {
			t.row("", "", "", "→ "+k.Mend)
		}
	}
	if err := t.write(c.Stdout, ""); err != nil {
		return err
	}
	_, err := fmt.Fprintf(c.Stdout, "\n%s\n", c.words.T("doctor.verdict_"+string(out.Worst), nil))
	return err
}

func (c *shell) mend(f doctor.Finding) string {
	if f.Mend.ID == "" {
		return ""
	}
	return c.words.T(f.Mend.ID, f.Mend.Data)
}

var mark = map[doctor.Level]string{doctor.OK: "✓", doctor.Warn: "!", doctor.Fail: "✗"}
