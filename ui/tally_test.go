package ui

import (
	"testing"

	"printstation/app"
	"printstation/app/shipping"
	"printstation/assets/words"
)

// A batch that was stopped left parcels whose number is still being asked for: they are not failed, and their interrupted
// call is no reason to show.
func TestTallyOfAStoppedBatch(t *testing.T) {
	t.Parallel()
	w, err := words.For("en")
	if err != nil {
		t.Fatal(err)
	}
	cut := &shipping.Fault{Class: shipping.ClassTransient, Message: "interrupted"}
	no := &shipping.Fault{Class: shipping.ClassBusiness, Code: "4029", Message: "refused"}
	win := &Window{speech: &speech{words: w}}
	got := win.tallyOf(app.PrintResult{Items: []app.PrintItem{
		{State: shipping.ParcelRequested, Fault: cut},
		{State: shipping.ParcelPending},
		{State: shipping.ParcelIssued, Label: shipping.LabelPrinted},
		{State: shipping.ParcelRefused, Fault: no},
		{State: shipping.ParcelIssued, Label: shipping.LabelFailed, Fault: cut},
	}})
	if got.left != 2 || got.printed != 1 || got.failed != 2 || got.why == "" {
		t.Errorf("tally %+v", got)
	}
}
