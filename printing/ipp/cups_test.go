package ipp_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/OpenPrinting/goipp"

	"printstation/app/shipping"
	"printstation/printing"
	"printstation/printing/printertest"
)

func TestCUPSRequest(t *testing.T) {
	t.Parallel()
	q := cups()
	p := open(t, serve(t, q))
	doc := printertest.PDF(3)
	spec := printertest.Spec(doc)
	spec.Title = strings.Repeat("批", 100)
	device, err := p.Begin(t.Context(), spec)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Send(t.Context(), device, doc); err != nil {
		t.Fatal(err)
	}
	create := q.last(t, goipp.OpCreateJob)
	for name, want := range map[string]string{"media": "100x180mm", "print-scaling": "none", "media-col": ""} {
		if got := find(create.Job, name); got != want {
			t.Errorf("%s = %q, want %q", name, got, want)
		}
	}
	name := find(create.Operation, "job-name")
	if len(name) > 255 || !strings.HasPrefix(name, string(spec.Key)+" 批") || strings.ContainsRune(name, '\uFFFD') {
		t.Errorf("job-name %q of %d bytes", name, len(name))
	}
	if got := create.Operation[:3]; got[0].Name != "attributes-charset" || got[1].Name != "attributes-natural-language" || got[2].Name != "printer-uri" {
		t.Errorf("the operation attributes do not begin as RFC 8011 wants: %v", got)
	}
	if sent := q.last(t, goipp.OpSendDocument); find(sent.Operation, "last-document") != "true" || find(sent.Operation, "document-format") != "application/pdf" {
		t.Errorf("Send-Document: %v", sent.Operation)
	}
	if !bytes.Equal(q.bodies[goipp.OpSendDocument], doc.Data) {
		t.Error("the document did not arrive as it was")
	}
}

// Through CUPS nothing is proof but a clean "completed", whatever it counts.
func TestCUPSEvidence(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name             string
		state, done      int
		reasons          []string
		want             printing.JobState
		printed, inDoubt int
	}{
		{"filtering", 5, 3, []string{"job-printing"}, printing.JobPrinting, 0, 3},
		{"completed", 9, 3, []string{"job-completed-successfully"}, printing.JobCompleted, 3, 0},
		{"completed without a count", 9, 0, []string{"job-completed-successfully"}, printing.JobCompleted, 3, 0},
		{"completed with errors", 9, 3, []string{"job-completed-with-errors"}, printing.JobCompleted, 0, 3},
		{"cancelled", 7, 3, []string{"job-canceled-by-user"}, printing.JobCancelled, 0, 3},
		{"aborted", 8, 0, []string{"aborted-by-system"}, printing.JobAborted, 0, 3},
		{"cancelled, pages on their way", 7, 1, []string{"processing-to-stop-point"}, printing.JobPrinting, 0, 3},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			q := cups()
			p := open(t, serve(t, q))
			device, err := p.Begin(t.Context(), printertest.Spec(printertest.PDF(3)))
			if err != nil {
				t.Fatal(err)
			}
			q.jobIs(tt.state, tt.done, tt.reasons...)
			st, err := p.Status(t.Context(), device)
			if err != nil {
				t.Fatal(err)
			}
			wantProof := shipping.ProofNone
			if tt.printed > 0 {
				wantProof = shipping.ProofSpooler
			}
			if st.State != tt.want || st.Printed != tt.printed || st.InDoubt != tt.inDoubt || st.Proof != wantProof {
				t.Errorf("status = %+v, want %s, %d printed, %d in doubt, proof %q", st, tt.want, tt.printed, tt.inDoubt, wantProof)
			}
		})
	}
}

// When the printer behind CUPS is gone, only the queue's message tells.
func TestCUPSTellsOfItsPrinter(t *testing.T) {
	t.Parallel()
	q := cups()
	p := open(t, serve(t, q))
	device, err := p.Begin(t.Context(), printertest.Spec(printertest.PDF(3)))
	if err != nil {
		t.Fatal(err)
	}
	q.jobIs(5, 0, "job-printing")
	q.set(func() {
		q.printer = append(q.printer, goipp.MakeAttr("printer-state-message", goipp.TagText, goipp.String("The printer is not responding.")))
	})
	if st, err := p.Status(t.Context(), device); err != nil || st.Message != "The printer is not responding." {
		t.Errorf("status = %+v, %v", st, err)
	}
	if st, err := p.State(t.Context()); err != nil || !st.Spooler || !st.MediaFit || st.DPI != 0 {
		t.Errorf("state = %+v, %v; want a spooler that says nothing of media and resolution", st, err)
	}
}
