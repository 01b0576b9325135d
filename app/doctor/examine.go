package doctor

import (
	"context"
	"slices"
	"sync"
	"time"
)

// patience is how long one check may take.
const patience = 15 * time.Second

// Examine runs all checks. It never fails: what cannot be checked is a finding.
func Examine(ctx context.Context, p Probes) Report {
	if p.Now == nil {
		p.Now = time.Now
	}
	checks := []func(context.Context) []Finding{p.settings, p.secrets, p.dataAndStore, p.fonts, p.clock}
	for _, pr := range p.Printers {
		checks = append(checks, pr.check)
	}
	for _, s := range p.Shops {
		checks = append(checks, func(ctx context.Context) []Finding { return s.check(ctx, p.Now) })
	}
	results := make([][]Finding, len(checks))
	var wg sync.WaitGroup
	for i, check := range checks {
		wg.Go(func() {
			ctx, cancel := context.WithTimeout(ctx, patience)
			defer cancel()
			results[i] = check(ctx)
		})
	}
	wg.Wait()
	return Report{Findings: slices.Concat(results...)}
}
