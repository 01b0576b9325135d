package ipp_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"printstation/app/shipping"
	"printstation/printing"
	"printstation/printing/ipp"
	"printstation/printing/ipp/ippevetest"
	"printstation/printing/printertest"
)

func open(t testing.TB, uri string) *ipp.Printer {
	t.Helper()
	p, err := ipp.Open(uri)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// send brings a job of so many pages to the printer.
func send(t testing.TB, p printing.Printer, pages int) (device string) {
	t.Helper()
	doc := printertest.PDF(pages)
	device = printertest.Begin(t, p, printertest.Spec(doc))
	if err := p.Send(t.Context(), device, doc); err != nil {
		t.Fatalf("Send: %v", err)
	}
	return device
}

func TestConformance(t *testing.T) {
	t.Parallel()
	eve := ippevetest.Start(t, ippevetest.Options{})
	printertest.Suite{
		Open:    func(t *testing.T) printing.Printer { return open(t, eve.URI) },
		Proof:   shipping.ProofPaper,
		Unknown: []string{"9999-1-x", "9999-1-u01234567", "1-1-n01234567"},
	}.Run(t)
}

func TestStateOfARealPrinter(t *testing.T) {
	t.Parallel()
	eve := ippevetest.Start(t, ippevetest.Options{})
	st, err := open(t, eve.URI).State(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !st.Ready || st.Spooler || st.DPI != 203 || st.Device != "Bench Label 203" || !st.MediaFit || len(st.Reasons) != 0 {
		t.Errorf("state = %+v", st)
	}
}

// A job that runs out of paper waits for a hand, with the sheets that are out counted, and goes on from there.
func TestPaperRunsOut(t *testing.T) {
	t.Parallel()
	eve := ippevetest.Start(t, ippevetest.Options{})
	eve.LoadPaper(2)
	p := open(t, eve.URI)
	device := send(t, p, 5)
	st := printertest.Await(t, p, device, func(s printing.JobState) bool { return s == printing.JobStopped })
	if st.Printed != 2 || st.InDoubt != 1 || st.Proof != shipping.ProofPaper || !slices.Contains(st.Reasons, "media-empty") {
		t.Errorf("status without paper = %+v, want 2 printed, 1 in doubt, media-empty", st)
	}
	if ps, err := p.State(t.Context()); err != nil || ps.Ready || !slices.Contains(ps.Reasons, "media-empty") {
		t.Errorf("printer without paper = %+v, %v; want not ready, media-empty", ps, err)
	}
	eve.LoadPaper(100)
	st = printertest.Await(t, p, device, printing.JobState.Ended)
	if st.State != printing.JobCompleted || st.Printed != 5 || st.InDoubt != 0 {
		t.Errorf("status with paper again = %+v, want all 5", st)
	}
	if got := len(eve.Paper()); got != 5 {
		t.Errorf("%d sheets came out, want 5", got)
	}
}

func TestAbortedJob(t *testing.T) {
	t.Parallel()
	eve := ippevetest.Start(t, ippevetest.Options{})
	eve.AbortAt(3)
	p := open(t, eve.URI)
	st := printertest.Await(t, p, send(t, p, 5), printing.JobState.Ended)
	if st.State != printing.JobAborted || st.Printed != 2 || st.InDoubt != 1 || st.Proof != shipping.ProofPaper {
		t.Errorf("status = %+v, want aborted, 2 printed, 1 in doubt", st)
	}
	if got := len(eve.Paper()); got != 2 {
		t.Errorf("%d sheets came out, want 2", got)
	}
}

// What is called surely printed must be on paper, and what is on paper must be printed or in doubt. This printer calls
// a job cancelled only when its engine, which takes no orders, is through with it.
func TestCancelUnderWay(t *testing.T) {
	t.Parallel()
	eve := ippevetest.Start(t, ippevetest.Options{PerPage: 50 * time.Millisecond})
	p := open(t, eve.URI)
	device := send(t, p, 60)
	printertest.AwaitStatus(t, p, device, func(s printing.JobStatus) bool { return s.Printed >= 3 })
	if err := p.Cancel(t.Context(), device); err != nil {
		t.Fatalf("Cancel: %v", err)
	}
	st := printertest.Await(t, p, device, printing.JobState.Ended)
	out := len(eve.Paper())
	if out < st.Printed || out > st.Printed+st.InDoubt {
		t.Errorf("status = %+v, but %d sheets came out", st, out)
	}
	if st.State != printing.JobCancelled || out < 3 {
		t.Errorf("status = %+v after %d sheets, want cancelled", st, out)
	}
}

// A printer that does not count is believed when it completes a job, and leaves everything in doubt when it does not.
func TestPrinterThatDoesNotCount(t *testing.T) {
	t.Parallel()
	eve := ippevetest.Start(t, ippevetest.Options{NoCount: true})
	p := open(t, eve.URI)
	st := printertest.Await(t, p, send(t, p, 4), printing.JobState.Ended)
	if st.State != printing.JobCompleted || st.Printed != 4 || st.InDoubt != 0 {
		t.Errorf("completed: status = %+v, want 4 printed", st)
	}
	eve.AbortAt(3)
	st = printertest.Await(t, p, send(t, p, 4), printing.JobState.Ended)
	if st.State != printing.JobAborted || st.Printed != 0 || st.InDoubt != 4 {
		t.Errorf("aborted: status = %+v, want all 4 in doubt", st)
	}
}

func TestSecondJobIsTold(t *testing.T) {
	t.Parallel()
	eve := ippevetest.Start(t, ippevetest.Options{})
	p := open(t, eve.URI)
	doc := printertest.PDF(1)
	first := printertest.Begin(t, p, printertest.Spec(doc))
	if _, err := p.Begin(t.Context(), printertest.Spec(doc)); !errors.Is(err, printing.ErrBusy) || !errors.Is(err, printing.ErrNotSent) {
		t.Errorf("second Begin: %v; want ErrBusy and ErrNotSent", err)
	}
	if err := p.Send(t.Context(), first, doc); err != nil {
		t.Errorf("the first job was disturbed: %v", err)
	}
}

// After a power cut the printer counts from 1 again. Its job 1 is another one, and must not answer for ours.
func TestPowerCutAtThePrinter(t *testing.T) {
	t.Parallel()
	eve := ippevetest.Start(t, ippevetest.Options{PerPage: 50 * time.Millisecond})
	p := open(t, eve.URI)
	ours := send(t, p, 50)
	printertest.AwaitStatus(t, p, ours, func(s printing.JobStatus) bool { return s.Printed >= 1 })
	eve.PowerOff()
	_, err := p.Status(t.Context(), ours)
	if err == nil || errors.Is(err, printing.ErrNoJob) {
		t.Errorf("Status with the power off: %v; want an error that is not ErrNoJob", err)
	}
	if _, err := p.Begin(t.Context(), printertest.Spec(printertest.PDF(1))); !errors.Is(err, printing.ErrNotSent) {
		t.Errorf("Begin with the power off: %v; want ErrNotSent", err)
	}
	eve.PowerOn()
	eve.PerPage(0)
	doc := printertest.PDF(1)
	other := printertest.Begin(t, p, printertest.Spec(doc))
	if first, second := strings.Split(ours, "-")[0], strings.Split(other, "-")[0]; first != second {
		t.Fatalf("the printer went on counting (%s, %s): the test shows nothing", ours, other)
	}
	if st, err := p.Status(t.Context(), ours); !errors.Is(err, printing.ErrNoJob) {
		t.Errorf("Status of the job before the power cut = %+v, %v; want ErrNoJob", st, err)
	}
	if err := p.Cancel(t.Context(), ours); !errors.Is(err, printing.ErrNoJob) {
		t.Errorf("Cancel of it: %v; want ErrNoJob", err)
	}
	if err := p.Send(t.Context(), ours, printertest.PDF(50)); !errors.Is(err, printing.ErrNotSent) || !errors.Is(err, printing.ErrNoJob) {
		t.Errorf("Send to it: %v; want ErrNotSent and ErrNoJob", err)
	}
	if err := p.Send(t.Context(), other, doc); err != nil {
		t.Errorf("Send to the new job: %v", err)
	}
}

// A printer's own certificate is refused with its fingerprint, and taken when the address names that.
func TestOwnCertificate(t *testing.T) {
	t.Parallel()
	eve := ippevetest.Start(t, ippevetest.Options{})
	_, err := open(t, eve.SecureURI).State(t.Context())
	var told *printing.Error
	if !errors.As(err, &told) || told.Reason.ID != "printer.certificate" || len(told.Reason.Data["Fingerprint"]) != 64 {
		t.Fatalf("State: %v; want the certificate's fingerprint", err)
	}
	pinned := open(t, eve.SecureURI+"?fingerprint="+told.Reason.Data["Fingerprint"])
	st := printertest.Await(t, pinned, send(t, pinned, 2), printing.JobState.Ended)
	if st.State != printing.JobCompleted || st.Printed != 2 {
		t.Errorf("status = %+v, want 2 printed", st)
	}
	wrong := open(t, eve.SecureURI+"?fingerprint="+strings.Repeat("0", 64))
	_, err = wrong.Begin(t.Context(), printertest.Spec(printertest.PDF(1)))
	if !errors.As(err, &told) || told.Reason.ID != "printer.certificate_changed" || !errors.Is(err, printing.ErrNotSent) {
		t.Errorf("Begin with another fingerprint: %v", err)
	}
}
