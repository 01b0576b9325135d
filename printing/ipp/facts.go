package ipp

import (
	"math"
	"net/url"
	"slices"
	"strings"

	"github.com/OpenPrinting/goipp"

	"printstation/printing"
)

const pdf = "application/pdf"

// printerWants are the attributes asked of a printer.
var printerWants = []string{
	"printer-state", "printer-state-reasons", "printer-state-message", "printer-is-accepting-jobs",
	"printer-make-and-model", "printer-info", "printer-type", "cups-version", "document-format-supported",
	"operations-supported", "printer-resolution-default", "printer-resolution-supported",
	"job-creation-attributes-supported", "media-col-supported", "media-col-default", "media-size-supported",
	"media-default", "media-supported", "media-col-database", "print-scaling-supported", "job-sheets-supported",
}

// States of a printer, RFC 8011 section 5.4.11.
const printerStopped = 5

// printerFacts is what a printer says of itself.
type printerFacts struct {
	attrs     attrs
	spooler   bool
	stopped   bool
	accepting bool
	reasons   []string // keywords as they came, with severities
	message   string
}

func printerFactsOf(as attrs, uri string) printerFacts {
	state, _ := as.number("printer-state")
	return printerFacts{
		attrs:     as,
		spooler:   isSpooler(as, uri),
		stopped:   state == printerStopped,
		accepting: as.flag("printer-is-accepting-jobs", true),
		reasons:   as.words("printer-state-reasons"),
		message:   as.word("printer-state-message"),
	}
}

// isSpooler recognizes CUPS by attributes of its own, and Windows and CUPS by the path under which they keep queues.
func isSpooler(as attrs, uri string) bool {
	if as.named("cups-version") || as.named("printer-type") {
		return true
	}
	u, err := url.Parse(uri)
	return err == nil && (strings.HasPrefix(u.Path, "/printers/") || strings.HasPrefix(u.Path, "/classes/"))
}

// halted reports whether a hand is needed before paper comes out.
func (p printerFacts) halted() bool { return p.stopped || halts(p.reasons) }

// formats lists what the printer prints; takesPDF is true when it does not say.
func (p printerFacts) formats() []string { return p.attrs.words("document-format-supported") }

func (p printerFacts) takesPDF() bool {
	return len(p.formats()) == 0 || slices.Contains(p.formats(), pdf)
}

// takesJobs reports whether a job can be opened before its document is sent; true when the printer does not say.
func (p printerFacts) takesJobs() bool {
	ops := p.attrs.values("operations-supported")
	return len(ops) == 0 ||
		slices.Contains(ops, goipp.Value(goipp.Integer(goipp.OpCreateJob))) &&
			slices.Contains(ops, goipp.Value(goipp.Integer(goipp.OpSendDocument)))
}

// dpi is the resolution across the page; 0 when the printer does not say.
func (p printerFacts) dpi() int {
	for _, name := range []string{"printer-resolution-default", "printer-resolution-supported"} {
		for _, v := range p.attrs.values(name) {
			r, ok := v.(goipp.Resolution)
			if !ok || r.Xres <= 0 {
				continue
			}
			if r.Units == goipp.UnitsDpcm {
				return int(math.Round(float64(r.Xres) * 2.54))
			}
			return r.Xres
		}
	}
	return 0
}

func (p printerFacts) state() printing.PrinterState {
	fits, said := takes(p.attrs, printing.Label100x180)
	name := p.attrs.word("printer-make-and-model")
	if name == "" {
		name = p.attrs.word("printer-info")
	}
	return printing.PrinterState{
		Ready:    p.accepting && !p.halted() && p.takesPDF() && p.takesJobs(),
		Device:   name,
		Spooler:  p.spooler,
		DPI:      p.dpi(),
		Reasons:  plainReasons(p.reasons),
		Message:  p.message,
		MediaFit: fits || !said,
	}
}
