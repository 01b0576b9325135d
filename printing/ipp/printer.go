package ipp

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/OpenPrinting/goipp"

	"printstation/app/shipping"
	"printstation/printing"
)

// Printer is a printer or a spooler's queue. It keeps nothing between calls that a restart would lose, and is safe for
// use by several goroutines.
type Printer struct{ client *client }

// Openers are the entries of both schemes in the list of transports.
func Openers() []printing.Opener {
	open := func(uri string) (printing.Printer, error) { return Open(uri) }
	return []printing.Opener{{Scheme: Scheme, Open: open}, {Scheme: SecureScheme, Open: open}}
}

// Open takes the printer's address. It asks nothing of the printer yet.
func Open(uri string) (*Printer, error) {
	t, err := parseURI(uri)
	if err != nil {
		return nil, &printing.Error{Op: "ipp: open", Reason: shipping.Because("printer.uri", "URI", uri), Err: err}
	}
	return &Printer{client: newClient(t)}, nil
}

// Begin opens a job at the printer. Its errors are all ErrNotSent. ErrBusy among them means that the printer takes one
// job at a time and has one.
func (p *Printer) Begin(ctx context.Context, j printing.JobSpec) (string, error) {
	const op = "create job"
	if j.Pages < 1 || j.Pages > maxPages {
		return "", p.unsent(op, &needError{id: "printer.refused", pairs: []string{"Message", "pages"},
			text: fmt.Sprintf("a job of %d pages", j.Pages)})
	}
	facts, err := p.facts(ctx)
	if err != nil {
		return "", p.unsent(op, err)
	}
	if err := facts.check(); err != nil {
		return "", p.unsent(op, err)
	}
	reply, err := p.ask(ctx, p.createRequest(facts, j), nil)
	if err != nil {
		return "", p.unsent(op, err)
	}
	id, ok := attrs(reply.Job).number("job-id")
	if !ok || id < 1 {
		return "", p.unsent(op, fmt.Errorf("%w: no job-id", errNotIPP))
	}
	if err := p.checkPaper(facts, reply, j.Size); err != nil {
		return "", p.unsent(op, errors.Join(err, p.cancel(ctx, id)))
	}
	job, err := p.job(ctx, id)
	if err != nil {
		return "", p.unsent(op, errors.Join(err, p.cancel(ctx, id)))
	}
	return device{job: id, pages: j.Pages, mark: markOf(job)}.String(), nil
}

// maxPages is what a device id has room for.
const maxPages = 999_999

// check names what the printer lacks for our labels.
func (p printerFacts) check() error {
	if !p.takesPDF() {
		formats := strings.Join(p.formats(), ", ")
		return &needError{id: "printer.no_pdf", pairs: []string{"Formats", formats},
			text: "the printer takes no PDF, only " + formats + "; set it up in CUPS and use the queue's address"}
	}
	if !p.takesJobs() {
		return &needError{id: "printer.no_create_job",
			text: "the printer cannot open a job before its document; set it up in CUPS and use the queue's address"}
	}
	return nil
}

// checkPaper refuses a printer that ignored the paper's size: labels would come out cut off or shrunk.
func (p *Printer) checkPaper(facts printerFacts, reply *goipp.Message, s printing.Size) error {
	ignored := attrs(reply.Unsupported)
	if !ignored.named("media") && !ignored.named("media-col") && !ignored.named("media-size") {
		return nil
	}
	if isDefault(facts.attrs, s) {
		return nil
	}
	size := number(s.Width) + "x" + number(s.Height)
	return &needError{id: "printer.no_paper", pairs: []string{"Size", size},
		text: "the printer does not know paper of " + size + " mm; add the size to its settings"}
}

// Send hands the document over. The time it is given grows with its size.
func (p *Printer) Send(ctx context.Context, dev string, d printing.Document) error {
	const op = "send document"
	job, err := parseDevice(dev)
	if err != nil {
		return p.unsent(op, err)
	}
	if d.MIME != pdf || d.Pages != job.pages || len(d.Data) == 0 {
		return p.unsent(op, fmt.Errorf("%d bytes of %q with %d pages for a job of %d pages", len(d.Data), d.MIME, d.Pages, job.pages))
	}
	if err := p.checkOpen(ctx, job); err != nil {
		return p.unsent(op, err)
	}
	_, err = p.ask(ctx, p.sendRequest(job.job), d.Data)
	switch {
	case err == nil:
		return nil
	case refused(err):
		return p.unsent(op, err)
	}
	return p.fault(op, err)
}

// checkOpen makes sure that the id still means our job: after a power cut of the printer it may be another bench's.
func (p *Printer) checkOpen(ctx context.Context, d device) error {
	job, err := p.ours(ctx, d)
	if err != nil {
		return err
	}
	if f := factsOf(job); stateOf(f).Ended() && !f.began {
		return fmt.Errorf("job %d has ended before it was sent (%s)", d.job, strings.Join(f.reasons, ", "))
	}
	return nil
}

// Status asks for the job, and for the printer's own troubles while the job is under way.
func (p *Printer) Status(ctx context.Context, dev string) (printing.JobStatus, error) {
	const op = "job status"
	d, err := parseDevice(dev)
	if err != nil {
		return printing.JobStatus{}, p.fault(op, err)
	}
	job, err := p.ours(ctx, d)
	if err != nil {
		return printing.JobStatus{}, p.fault(op, err)
	}
	facts, err := p.facts(ctx)
	if err != nil {
		return printing.JobStatus{}, p.fault(op, err)
	}
	return judge(factsOf(job), facts, d.pages), nil
}

// Cancel asks to stop the job. That it has ended already is no error.
func (p *Printer) Cancel(ctx context.Context, dev string) error {
	const op = "cancel job"
	d, err := parseDevice(dev)
	if err != nil {
		return p.fault(op, err)
	}
	if _, err := p.ours(ctx, d); err != nil { // never cancel another one's
		return p.fault(op, err)
	}
	if err := p.cancel(ctx, d.job); err != nil {
		return p.fault(op, err)
	}
	return nil
}

func (p *Printer) cancel(ctx context.Context, job int) error {
	_, err := p.ask(ctx, p.jobRequest(goipp.OpCancelJob, job), nil)
	var status *ippError
	if errors.As(err, &status) && status.status == goipp.StatusErrorNotPossible {
		return nil
	}
	return err
}

// State asks the printer how it is.
func (p *Printer) State(ctx context.Context) (printing.PrinterState, error) {
	facts, err := p.facts(ctx)
	if err != nil {
		return printing.PrinterState{}, p.fault("printer state", err)
	}
	st := facts.state()
	if err := facts.check(); err != nil {
		st.Message = err.Error()
	}
	return st, nil
}

func (p *Printer) facts(ctx context.Context) (printerFacts, error) {
	m := p.request(goipp.OpGetPrinterAttributes)
	addUser(m)
	want(m, printerWants)
	reply, err := p.ask(ctx, m, nil)
	if err != nil {
		return printerFacts{}, err
	}
	return printerFactsOf(attrs(reply.Printer), p.client.uri), nil
}

func (p *Printer) job(ctx context.Context, id int) (attrs, error) {
	m := p.jobRequest(goipp.OpGetJobAttributes, id)
	want(m, jobWants)
	reply, err := p.ask(ctx, m, nil)
	if err != nil {
		return nil, err
	}
	if !attrs(reply.Job).has("job-state") {
		return nil, fmt.Errorf("%w: no job-state", errNotIPP)
	}
	return attrs(slices.Clone(reply.Job)), nil
}

// ours asks for a job by its device id, and refuses another one of the same number.
func (p *Printer) ours(ctx context.Context, d device) (attrs, error) {
	job, err := p.job(ctx, d.job)
	if err != nil {
		return nil, err
	}
	if !d.is(job) {
		return nil, fmt.Errorf("job %d is another one now: %w", d.job, printing.ErrNoJob)
	}
	return job, nil
}

// ask is call with IPP's own errors as errors.
func (p *Printer) ask(ctx context.Context, m *goipp.Message, document []byte) (*goipp.Message, error) {
	reply, err := p.client.call(ctx, m, document)
	if err != nil {
		return nil, err
	}
	if status := goipp.Status(reply.Code); status >= 0x0100 { // below are the successful ones
		return nil, &ippError{status: status, message: attrs(reply.Operation).word("status-message")}
	}
	return reply, nil
}
