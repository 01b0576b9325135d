package printertest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"printstation/app/shipping"
	"printstation/printing"
)

// Suite is one way to paper under test.
type Suite struct {
	// Open opens the same printer anew, as after a restart of the program.
	Open func(t *testing.T) printing.Printer
	// Document makes a document of so many pages that the printer takes. Nil: PDF.
	Document func(pages int) printing.Document
	// Proof is what a completed job of this printer rests on.
	Proof shipping.Proof
	// Unknown are device ids of the printer's own form that it has never given.
	Unknown []string
}

// patience bounds the waiting for a job's end. It is no measure of speed.
const patience = 60 * time.Second

// Run runs the suite. Its tests follow one another: some printers take one job at a time.
func (s Suite) Run(t *testing.T) {
	if s.Document == nil {
		s.Document = PDF
	}
	t.Run("state", s.state)
	for _, pages := range []int{1, 2, 100} {
		t.Run(fmt.Sprintf("print %d pages", pages), func(t *testing.T) { s.print(t, pages) })
	}
	t.Run("no pages", s.noPages)
	t.Run("pages of another document", s.wrongPages)
	t.Run("unknown job", s.unknown)
	t.Run("held before it is sent", s.held)
	t.Run("cancel before sending", s.cancel)
	t.Run("cancel after the end", s.cancelLate)
	t.Run("context ended", s.contextEnded)
}

func (s Suite) state(t *testing.T) {
	st, err := s.Open(t).State(t.Context())
	if err != nil {
		t.Fatalf("State: %v", err)
	}
	if !st.Ready || !st.MediaFit || st.Device == "" {
		t.Errorf("State = %+v, want ready, fit for the label, and named", st)
	}
}

// print goes the whole way, with a new Printer for each step: nothing but the device id may be needed.
func (s Suite) print(t *testing.T, pages int) {
	doc := s.Document(pages)
	device := s.begin(t, Spec(doc))
	if err := s.Open(t).Send(t.Context(), device, doc); err != nil {
		t.Fatalf("Send: %v", err)
	}
	st := Await(t, s.Open(t), device, printing.JobState.Ended)
	want := printing.JobStatus{State: printing.JobCompleted, Printed: pages, Proof: s.Proof}
	if st.State != want.State || st.Printed != want.Printed || st.Proof != want.Proof || st.InDoubt != 0 {
		t.Errorf("status = %+v, want %+v", st, want)
	}
	again, err := s.Open(t).Status(t.Context(), device)
	if err != nil || again.State != st.State || again.Printed != st.Printed {
		t.Errorf("asked again: %+v, %v; want the same as %+v", again, err, st)
	}
}

func (s Suite) noPages(t *testing.T) {
	spec := Spec(s.Document(1))
	spec.Pages = 0
	if device, err := s.Open(t).Begin(t.Context(), spec); !errors.Is(err, printing.ErrNotSent) {
		t.Errorf("Begin of no pages = %q, %v; want ErrNotSent", device, err)
	}
}

func (s Suite) wrongPages(t *testing.T) {
	p := s.Open(t)
	device := s.begin(t, Spec(s.Document(2)))
	doc := s.Document(2)
	doc.Pages = 3
	if err := p.Send(t.Context(), device, doc); !errors.Is(err, printing.ErrNotSent) {
		t.Errorf("Send of a document that is not as announced: %v; want ErrNotSent", err)
	}
	s.discard(t, p, device)
}

func (s Suite) unknown(t *testing.T) {
	p := s.Open(t)
	for _, device := range append(slices.Clone(s.Unknown), "", "?", "../../etc/passwd", "0", "-1") {
		if st, err := p.Status(t.Context(), device); !errors.Is(err, printing.ErrNoJob) {
			t.Errorf("Status(%q) = %+v, %v; want ErrNoJob", device, st, err)
		}
		if err := p.Cancel(t.Context(), device); !errors.Is(err, printing.ErrNoJob) {
			t.Errorf("Cancel(%q): %v; want ErrNoJob", device, err)
		}
		if err := p.Send(t.Context(), device, s.Document(1)); !errors.Is(err, printing.ErrNotSent) {
			t.Errorf("Send(%q): %v; want ErrNotSent", device, err)
		}
	}
}

func (s Suite) held(t *testing.T) {
	device := s.begin(t, Spec(s.Document(1)))
	st, err := s.Open(t).Status(t.Context(), device)
	if err != nil || st.State != printing.JobHeld || st.Printed != 0 || st.InDoubt != 0 {
		t.Errorf("status before Send = %+v, %v; want held, nothing printed, nothing in doubt", st, err)
	}
	s.discard(t, s.Open(t), device)
}

func (s Suite) cancel(t *testing.T) {
	doc := s.Document(2)
	device := s.begin(t, Spec(doc))
	if err := s.Open(t).Cancel(t.Context(), device); err != nil {
		t.Fatalf("Cancel: %v", err)
	}
	st := Await(t, s.Open(t), device, printing.JobState.Ended)
	if st.State == printing.JobCompleted || st.Printed != 0 || st.InDoubt != 0 {
		t.Errorf("status = %+v, want an end without a page", st)
	}
	if err := s.Open(t).Send(t.Context(), device, doc); err == nil {
		t.Error("a cancelled job took a document")
	}
	if st := Await(t, s.Open(t), device, printing.JobState.Ended); st.Printed != 0 || st.InDoubt != 0 {
		t.Errorf("status after a late Send = %+v, want an end without a page", st)
	}
}

func (s Suite) cancelLate(t *testing.T) {
	doc := s.Document(1)
	p := s.Open(t)
	device := s.begin(t, Spec(doc))
	if err := p.Send(t.Context(), device, doc); err != nil {
		t.Fatalf("Send: %v", err)
	}
	Await(t, p, device, printing.JobState.Ended)
	if err := p.Cancel(t.Context(), device); err != nil {
		t.Errorf("Cancel of an ended job: %v", err)
	}
	if st, err := p.Status(t.Context(), device); err != nil || st.State != printing.JobCompleted || st.Printed != 1 {
		t.Errorf("status = %+v, %v; want completed as before", st, err)
	}
}

func (s Suite) contextEnded(t *testing.T) {
	p := s.Open(t)
	doc := s.Document(1)
	device := s.begin(t, Spec(doc))
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := p.Begin(ended, Spec(doc)); !errors.Is(err, context.Canceled) || !errors.Is(err, printing.ErrNotSent) {
		t.Errorf("Begin: %v; want context.Canceled and ErrNotSent", err)
	}
	if err := p.Send(ended, device, doc); !errors.Is(err, context.Canceled) || !errors.Is(err, printing.ErrNotSent) {
		t.Errorf("Send: %v; want context.Canceled and ErrNotSent", err)
	}
	if _, err := p.Status(ended, device); !errors.Is(err, context.Canceled) {
		t.Errorf("Status: %v; want context.Canceled", err)
	}
	if err := p.Cancel(ended, device); !errors.Is(err, context.Canceled) {
		t.Errorf("Cancel: %v; want context.Canceled", err)
	}
	if _, err := p.State(ended); !errors.Is(err, context.Canceled) {
		t.Errorf("State: %v; want context.Canceled", err)
	}
	if st, err := p.Status(t.Context(), device); err != nil || st.State != printing.JobHeld {
		t.Errorf("status = %+v, %v; want still held", st, err)
	}
	s.discard(t, p, device)
}

func (s Suite) begin(t *testing.T, spec printing.JobSpec) string {
	t.Helper()
	return Begin(t, s.Open(t), spec)
}

// discard gives up a job that is not to be sent, so that the printer is free for the next.
func (s Suite) discard(t *testing.T, p printing.Printer, device string) {
	t.Helper()
	if err := p.Cancel(t.Context(), device); err != nil {
		t.Errorf("Cancel: %v", err)
	}
}
