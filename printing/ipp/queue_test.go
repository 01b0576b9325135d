package ipp_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/OpenPrinting/goipp"
)

// queue is an IPP server that says what a test wants, for what ippeveprinter cannot be brought to say.
type queue struct {
	mu      sync.Mutex
	printer goipp.Attributes
	job     goipp.Attributes                              // but for job-id
	status  map[goipp.Op]goipp.Status                     // instead of success
	unsup   goipp.Attributes                              // what Create-Job ignored
	raw     func(w http.ResponseWriter, op goipp.Op) bool // answers in its own way
	asked   []*goipp.Message
	bodies  map[goipp.Op][]byte
}

func keywords(name string, words ...string) goipp.Attribute {
	a := goipp.Attribute{Name: name}
	for _, w := range words {
		a.Values.Add(goipp.TagKeyword, goipp.String(w))
	}
	return a
}

func enum(name string, n int) goipp.Attribute {
	return goipp.MakeAttr(name, goipp.TagEnum, goipp.Integer(n))
}

func integer(name string, n int) goipp.Attribute {
	return goipp.MakeAttr(name, goipp.TagInteger, goipp.Integer(n))
}

// cups is a queue as cupsd 2.4 shows one.
func cups() *queue {
	return &queue{
		printer: goipp.Attributes{
			goipp.MakeAttr("cups-version", goipp.TagText, goipp.String("2.4.2")),
			enum("printer-type", 0x1004), enum("printer-state", 3), keywords("printer-state-reasons", "none"),
			goipp.MakeAttr("printer-make-and-model", goipp.TagText, goipp.String("Label, driverless")),
			goipp.MakeAttr("document-format-supported", goipp.TagMimeType, goipp.String("application/pdf")),
		},
		job: goipp.Attributes{
			goipp.MakeAttr("job-uuid", goipp.TagURI, goipp.String("urn:uuid:1")),
			enum("job-state", 4), keywords("job-state-reasons", "job-incoming"),
		},
	}
}

func (q *queue) set(do func()) { q.mu.Lock(); defer q.mu.Unlock(); do() }

// jobIs sets the job's state, reasons and impressions.
func (q *queue) jobIs(state, done int, reasons ...string) {
	q.set(func() {
		q.job = goipp.Attributes{
			goipp.MakeAttr("job-uuid", goipp.TagURI, goipp.String("urn:uuid:1")), enum("job-state", state),
			keywords("job-state-reasons", reasons...), integer("job-impressions", 3), integer("job-impressions-completed", done),
			integer("time-at-processing", 1),
		}
	})
}

func (q *queue) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	q.mu.Lock()
	defer q.mu.Unlock()
	var req goipp.Message
	if err := req.Decode(r.Body); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	op := goipp.Op(req.Code)
	q.asked = append(q.asked, &req)
	if q.bodies == nil {
		q.bodies = map[goipp.Op][]byte{}
	}
	q.bodies[op], _ = io.ReadAll(r.Body)
	if q.raw != nil && q.raw(w, op) {
		return
	}
	w.Header().Set("Content-Type", goipp.ContentType)
	_ = q.answer(op, &req).Encode(w)
}

func (q *queue) answer(op goipp.Op, req *goipp.Message) *goipp.Message {
	m := goipp.NewResponse(goipp.MakeVersion(1, 1), q.status[op], req.RequestID)
	m.Operation.Add(goipp.MakeAttr("attributes-charset", goipp.TagCharset, goipp.String("utf-8")))
	m.Operation.Add(goipp.MakeAttr("attributes-natural-language", goipp.TagLanguage, goipp.String("en")))
	if q.status[op] >= 0x0400 {
		m.Operation.Add(goipp.MakeAttr("status-message", goipp.TagText, goipp.String("as scripted")))
		return m
	}
	switch op {
	case goipp.OpGetPrinterAttributes:
		m.Printer = q.printer
	case goipp.OpCreateJob:
		m.Unsupported = q.unsup
		fallthrough
	case goipp.OpGetJobAttributes, goipp.OpSendDocument:
		m.Job = append(goipp.Attributes{integer("job-id", 7)}, q.job...)
	}
	return m
}

// last gives the newest request of that kind.
func (q *queue) last(t *testing.T, op goipp.Op) *goipp.Message {
	t.Helper()
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, m := range slices.Backward(q.asked) {
		if goipp.Op(m.Code) == op {
			return m
		}
	}
	t.Fatalf("%v was never asked", op)
	return nil
}

// serve gives the queue's address; the path is that of a printer, not of a spooler.
func serve(t *testing.T, h http.Handler) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return "ipp" + strings.TrimPrefix(s.URL, "http") + "/ipp/print"
}

func find(as goipp.Attributes, name string) string {
	for _, a := range as {
		if a.Name == name {
			return a.Values.String()
		}
	}
	return ""
}
