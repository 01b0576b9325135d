package shipping

import (
	"errors"
	"strings"
	"testing"
)

// The tables below are written out a second time, every cell, so that a slip in the machine shows. A column is
// an event, a line a state; "." cannot happen.
const parcelCells = `
            accept  reject  hold request   issue  refuse  retry   cancel    renew
new         pending invalid held .         .      .       .       .         .
pending     pending invalid held requested .      .       .       .         .
invalid     pending invalid held .         .      .       .       .         .
held        pending invalid held .         .      .       .       .         .
requested   .       .       .    requested issued refused .       .         .
issued      .       .       .    .         .      .       .       cancelled .
refused     .       invalid held .         .      .       pending .         .
cancelled   .       .       .    .         .      .       .       .         pending
`

const labelCells = `
            intend spool   prove    doubt     fail   abort lose verify   void
new         queued .       .        .         .      .     .    .        .
queued      .      spooled .        uncertain failed void  .    .        .
spooled     .      .       printed  uncertain failed void  .    verified .
uncertain   .      .       printed  .         failed void  void verified .
printed     .      .       printed  .         .      .     .    verified void
verified    .      .       verified .         .      .     .    verified void
failed      .      .       .        .         .      .     .    .        .
void        .      .       .        .         .      .     .    .        .
`

func TestParcelMachine(t *testing.T) {
	t.Parallel()
	checkCells(t, "parcel", parcelCells, len(ParcelStates())+1, ParcelState.Next)
}

func TestLabelMachine(t *testing.T) {
	t.Parallel()
	checkCells(t, "label", labelCells, 8, LabelState.Next)
}

func checkCells[S, E ~string](t *testing.T, machine, cells string, states int, next func(S, E) (S, error)) {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(cells), "\n")
	events := strings.Fields(lines[0])
	if len(lines)-1 != states {
		t.Fatalf("%s: %d states in the table, want %d", machine, len(lines)-1, states)
	}
	events = append(events, "nonsense")
	for _, line := range lines[1:] {
		cell := append(strings.Fields(line), ".")
		from := S(cell[0])
		if cell[0] == "new" {
			from = ""
		}
		for i, event := range events {
			checkCell(t, machine, from, E(event), cell[i+1], next)
		}
	}
	checkCell(t, machine, S("nonsense"), E(events[0]), ".", next)
}

func checkCell[S, E ~string](t *testing.T, machine string, from S, event E, want string, next func(S, E) (S, error)) {
	t.Helper()
	got, err := next(from, event)
	if want != "." {
		if err != nil || string(got) != want {
			t.Errorf("%s: %q at %q leads to %q, %v; want %q", machine, event, from, got, err, want)
		}
		return
	}
	var impossible *TransitionError
	if !errors.As(err, &impossible) || got != from {
		t.Errorf("%s: %q at %q leads to %q, %v; want it refused", machine, event, from, got, err)
		return
	}
	if impossible.Machine != machine || impossible.From != string(from) || impossible.Event != string(event) {
		t.Errorf("%s: %q at %q is refused as %+v", machine, event, from, impossible)
	}
	for _, part := range []string{machine, string(from), string(event)} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("%v does not name %q", err, part)
		}
	}
}

func TestWhichLabelsCount(t *testing.T) {
	t.Parallel()
	for state, want := range map[LabelState]struct{ counts, exists bool }{
		LabelQueued: {true, false}, LabelSpooled: {true, true}, LabelPrinted: {true, true}, LabelVerified: {true, true},
		LabelUncertain: {true, true}, LabelFailed: {false, false}, LabelVoid: {false, false}, "": {false, false},
	} {
		if got := state.Counts(); got != want.counts {
			t.Errorf("%q counts: %v", state, got)
		}
		if got := (LabelCopy{State: state}).MayExist(); got != want.exists {
			t.Errorf("%q may exist: %v", state, got)
		}
		if !(LabelCopy{State: state, Doubted: true}).MayExist() {
			t.Errorf("%q, doubted once, may not exist", state)
		}
	}
}
