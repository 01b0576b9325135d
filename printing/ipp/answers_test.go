package ipp_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/OpenPrinting/goipp"

	"printstation/printing"
	"printstation/printing/ipp"
	"printstation/printing/printertest"
)

func TestIPPErrors(t *testing.T) {
	t.Parallel()
	tests := []struct {
		op      goipp.Op
		status  goipp.Status
		want    []error
		without error
	}{
		{goipp.OpCreateJob, goipp.StatusErrorBusy, []error{printing.ErrBusy, printing.ErrNotSent}, printing.ErrNoJob},
		{goipp.OpCreateJob, goipp.StatusErrorNotAcceptingJobs, []error{printing.ErrBusy, printing.ErrNotSent}, nil},
		{goipp.OpCreateJob, goipp.StatusErrorInternal, []error{printing.ErrNotSent}, printing.ErrBusy},
		{goipp.OpSendDocument, goipp.StatusErrorDocumentFormatNotSupported, []error{printing.ErrNotSent}, nil},
		{goipp.OpSendDocument, goipp.StatusErrorNotFound, []error{printing.ErrNotSent, printing.ErrNoJob}, nil},
		{goipp.OpSendDocument, goipp.StatusErrorInternal, nil, printing.ErrNotSent},
		{goipp.OpSendDocument, goipp.StatusErrorNotPossible, nil, printing.ErrNotSent},
		{goipp.OpGetJobAttributes, goipp.StatusErrorNotFound, []error{printing.ErrNoJob}, nil},
		{goipp.OpGetJobAttributes, goipp.StatusErrorInternal, nil, printing.ErrNoJob},
		{goipp.OpCancelJob, goipp.StatusErrorNotPossible, nil, nil},
		{goipp.OpCancelJob, goipp.StatusErrorNotAuthorized, nil, printing.ErrNoJob},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprintf("%v %v", tt.op, tt.status), func(t *testing.T) {
			t.Parallel()
			q := cups()
			p := open(t, serve(t, q))
			doc := printertest.PDF(1)
			device, err := "", error(nil)
			if tt.op != goipp.OpCreateJob {
				if device, err = p.Begin(t.Context(), printertest.Spec(doc)); err != nil {
					t.Fatal(err)
				}
			}
			q.set(func() { q.status = map[goipp.Op]goipp.Status{tt.op: tt.status} })
			err = call(t.Context(), p, tt.op, device, doc)
			if tt.op == goipp.OpCancelJob && tt.status == goipp.StatusErrorNotPossible {
				if err != nil {
					t.Errorf("Cancel of an ended job: %v", err)
				}
				return
			}
			if err == nil {
				t.Fatal("no error")
			}
			for _, want := range tt.want {
				if !errors.Is(err, want) {
					t.Errorf("%v; want %v", err, want)
				}
			}
			if tt.without != nil && errors.Is(err, tt.without) {
				t.Errorf("%v; must not be %v", err, tt.without)
			}
			if !strings.Contains(err.Error(), "as scripted") {
				t.Errorf("%v; the printer's words are missing", err)
			}
		})
	}
}

func call(ctx context.Context, p *ipp.Printer, op goipp.Op, device string, doc printing.Document) error {
	var err error
	switch op {
	case goipp.OpCreateJob:
		_, err = p.Begin(ctx, printertest.Spec(doc))
	case goipp.OpSendDocument:
		err = p.Send(ctx, device, doc)
	case goipp.OpGetJobAttributes:
		_, err = p.Status(ctx, device)
	case goipp.OpCancelJob:
		err = p.Cancel(ctx, device)
	}
	return err
}

func TestPrinterThatCannotPrintLabels(t *testing.T) {
	t.Parallel()
	raster := cups()
	raster.printer[5] = goipp.MakeAttr("document-format-supported", goipp.TagMimeType, goipp.String("image/urf"), goipp.String("image/pwg-raster"))
	noJobs := cups()
	noJobs.printer = append(noJobs.printer, enum("operations-supported", int(goipp.OpPrintJob)))
	noPaper := cups()
	noPaper.unsup = goipp.Attributes{keywords("media", "100x180mm")}
	for id, q := range map[string]*queue{"printer.no_pdf": raster, "printer.no_create_job": noJobs, "printer.no_paper": noPaper} {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			_, err := open(t, serve(t, q)).Begin(t.Context(), printertest.Spec(printertest.PDF(1)))
			var told *printing.Error
			if !errors.As(err, &told) || told.Reason.ID != id || !errors.Is(err, printing.ErrNotSent) {
				t.Errorf("Begin: %v (%+v); want %s", err, told, id)
			}
			if id == "printer.no_paper" {
				q.last(t, goipp.OpCancelJob) // the job is not left behind
			}
		})
	}
}

func TestAnswersThatAreNone(t *testing.T) {
	t.Parallel()
	whole := func() []byte {
		m := goipp.NewResponse(goipp.MakeVersion(1, 1), goipp.StatusOk, 1)
		m.Printer = cups().printer
		b, _ := m.EncodeBytes()
		return b
	}()
	status := func(code int, header ...string) func(http.ResponseWriter, goipp.Op) bool {
		return func(w http.ResponseWriter, _ goipp.Op) bool {
			for i := 0; i+1 < len(header); i += 2 {
				w.Header().Set(header[i], header[i+1])
			}
			w.WriteHeader(code)
			return true
		}
	}
	body := func(kind string, b []byte) func(http.ResponseWriter, goipp.Op) bool {
		return func(w http.ResponseWriter, _ goipp.Op) bool {
			w.Header().Set("Content-Type", kind)
			_, _ = w.Write(b)
			return true
		}
	}
	otherID := slices.Clone(whole)
	otherID[7] = 99
	tests := []struct {
		name string
		raw  func(http.ResponseWriter, goipp.Op) bool
		id   string
	}{
		{"401", status(401), "printer.password"},
		{"403", status(403), "printer.password"},
		{"404", status(404), "printer.no_queue"},
		{"426", status(426), "printer.needs_tls"},
		{"500", status(500), "printer.http"},
		{"redirect", status(308, "Location", "http://elsewhere.invalid/"), "printer.moved"},
		{"web page", body("text/html", []byte("<html>")), "printer.not_ipp"},
		{"no type", body("", whole), "printer.not_ipp"},
		{"empty", body(goipp.ContentType, nil), "printer.not_ipp"},
		{"cut", body(goipp.ContentType, whole[:len(whole)-20]), "printer.not_ipp"},
		{"another's answer", body(goipp.ContentType, otherID), "printer.not_ipp"},
		{"endless", body(goipp.ContentType, make([]byte, 5<<20)), "printer.not_ipp"},
		{"connection cut", func(http.ResponseWriter, goipp.Op) bool { panic(http.ErrAbortHandler) }, "printer.unreachable"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, serve(t, &queue{raw: tt.raw}))
			_, err := p.State(t.Context())
			var told *printing.Error
			if !errors.As(err, &told) || told.Reason.ID != tt.id {
				t.Errorf("State: %v (%+v); want %s", err, told, tt.id)
			}
			if errors.Is(err, printing.ErrNoJob) {
				t.Errorf("State: %v; says that a job is unknown", err)
			}
			if _, err := p.Begin(t.Context(), printertest.Spec(printertest.PDF(1))); !errors.Is(err, printing.ErrNotSent) {
				t.Errorf("Begin: %v; want ErrNotSent", err)
			}
		})
	}
}

// An answer lost after the document was sent leaves the job's fate open.
func TestLostAnswerOfSend(t *testing.T) {
	t.Parallel()
	q := cups()
	p := open(t, serve(t, q))
	doc := printertest.PDF(3)
	device, err := p.Begin(t.Context(), printertest.Spec(doc))
	if err != nil {
		t.Fatal(err)
	}
	q.set(func() {
		q.raw = func(_ http.ResponseWriter, op goipp.Op) bool {
			if op == goipp.OpSendDocument {
				panic(http.ErrAbortHandler)
			}
			return false
		}
	})
	if err := p.Send(t.Context(), device, doc); err == nil || errors.Is(err, printing.ErrNotSent) {
		t.Errorf("Send: %v; want an error that is not ErrNotSent", err)
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	sent := 0
	for _, m := range q.asked {
		if goipp.Op(m.Code) == goipp.OpSendDocument {
			sent++
		}
	}
	if sent != 1 {
		t.Errorf("the document was sent %d times", sent)
	}
}
