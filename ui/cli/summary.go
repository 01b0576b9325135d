package cli

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"printstation/app/shipping"
)

// show prints the report, for people or as JSON.
func (b *batchRun) show(r *Report) error {
	if b.shell.flags.json {
		return b.printJSON(r)
	}
	var t table
	for _, line := range []struct {
		id string
		n  int
	}{
		{"orders", r.Orders}, {"invalid", r.Invalid}, {"held", r.count(StateHeld)}, {"parcels", r.Parcels},
		{"waybills", r.Waybills}, {"printed", r.Printed}, {"confirmed", r.Confirmed},
		{"failed", r.Failed}, {"uncertain", r.Uncertain}, {"waiting", r.Waiting},
	} {
		t.row(b.say("sum_"+line.id), strconv.Itoa(line.n))
	}
	t.row(b.say("sum_seconds"), strconv.FormatFloat(r.Seconds, 'f', 1, 64))
	if err := t.write(b.Stdout, ""); err != nil {
		return err
	}
	if err := b.showAttention(r); err != nil {
		return err
	}
	return b.showWhere(r)
}

// showAttention lists every parcel that did not go all the way, with the reason.
func (b *batchRun) showAttention(r *Report) error {
	items := r.sorted(StateFailed, StateRefused, StateUncertain, StateWaiting, StatePrinting, StatePending, StateHeld, StateInvalid)
	if len(items) == 0 {
		return nil
	}
	var t table
	for _, it := range items {
		t.row(b.say("state_"+string(it.State)), joinIDs(it.OrderIDs), string(it.TrackingNumber), it.Reason)
	}
	if _, err := fmt.Fprintln(b.Stdout); err != nil {
		return err
	}
	return t.write(b.Stdout, "")
}

// showWhere says where the labels lie.
func (b *batchRun) showWhere(r *Report) error {
	var files []string
	for _, it := range r.Items {
		if filepath.IsAbs(it.Document) {
			files = append(files, it.Document)
		}
	}
	slices.Sort(files)
	files = slices.Compact(files)
	if len(files) == 0 {
		return nil
	}
	_, err := fmt.Fprintf(b.Stdout, "\n%s\n", b.say("labels_lie", "Folder", filepath.Dir(files[0]), "Files", strconv.Itoa(len(files))))
	return err
}

func joinIDs(ids []shipping.OrderID) string {
	var s []string
	for _, id := range ids {
		s = append(s, string(id))
	}
	return strings.Join(s, ",")
}

// printJSON writes the one value of a run with --json.
func (c *shell) printJSON(v any) error {
	enc := json.NewEncoder(c.Stdout)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}
