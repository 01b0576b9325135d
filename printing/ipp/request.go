package ipp

import (
	"strings"
	"unicode/utf8"

	"github.com/OpenPrinting/goipp"

	"printstation/printing"
)

// userName is whom the printer takes for the owner of our jobs. It is the same at every start, or a job could not be
// cancelled after a restart.
const userName = "printstation"

// maxName is the longest job-name, in bytes (RFC 8011 section 5.1.3).
const maxName = 255

// jobWants are the attributes asked of a job.
var jobWants = []string{
	"job-id", "job-uuid", "job-name", "job-state", "job-state-reasons", "job-state-message", "job-impressions",
	"job-impressions-completed", "time-at-processing", "date-time-at-processing",
}

// request begins a request as RFC 8011 section 4.1.4 wants it: charset, language and printer first, in that order.
func (p *Printer) request(op goipp.Op) *goipp.Message {
	m := goipp.NewRequest(version, op, 1)
	m.Operation.Add(goipp.MakeAttr("attributes-charset", goipp.TagCharset, goipp.String("utf-8")))
	m.Operation.Add(goipp.MakeAttr("attributes-natural-language", goipp.TagLanguage, goipp.String("en")))
	m.Operation.Add(goipp.MakeAttr("printer-uri", goipp.TagURI, goipp.String(p.client.uri)))
	return m
}

// jobRequest begins a request about a job. The job's id comes right after the printer, the user after that.
func (p *Printer) jobRequest(op goipp.Op, job int) *goipp.Message {
	m := p.request(op)
	m.Operation.Add(goipp.MakeAttr("job-id", goipp.TagInteger, goipp.Integer(job)))
	addUser(m)
	return m
}

func addUser(m *goipp.Message) {
	m.Operation.Add(goipp.MakeAttr("requesting-user-name", goipp.TagName, goipp.String(userName)))
}

// want asks for just these attributes.
func want(m *goipp.Message, names []string) {
	a := goipp.Attribute{Name: "requested-attributes"}
	for _, n := range names {
		a.Values.Add(goipp.TagKeyword, goipp.String(n))
	}
	m.Operation.Add(a)
}

func (p *Printer) createRequest(facts printerFacts, j printing.JobSpec) *goipp.Message {
	m := p.request(goipp.OpCreateJob)
	addUser(m)
	m.Operation.Add(goipp.MakeAttr("job-name", goipp.TagName, goipp.String(jobName(j))))
	m.Job = mediaAttrs(facts, j.Size)
	return m
}

// jobName is our key, which tells the job from others, and the title for people who look at the printer's queue.
func jobName(j printing.JobSpec) string {
	name := clean(strings.TrimSpace(string(j.Key) + " " + j.Title))
	for len(name) > maxName {
		_, size := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-size]
	}
	return name
}

func (p *Printer) sendRequest(job int) *goipp.Message {
	m := p.jobRequest(goipp.OpSendDocument, job)
	m.Operation.Add(goipp.MakeAttr("document-format", goipp.TagMimeType, goipp.String(pdf)))
	m.Operation.Add(goipp.MakeAttr("last-document", goipp.TagBoolean, goipp.Boolean(true)))
	return m
}
