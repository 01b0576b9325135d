package ipp

import (
	"encoding/binary"
	"testing"
	"unicode/utf8"

	"github.com/OpenPrinting/goipp"

	"printstation/printing"
)

// FuzzReply holds that no answer of a printer, however broken, brings the program down or makes it claim pages that
// were not in the document.
func FuzzReply(f *testing.F) {
	m := goipp.NewResponse(version, goipp.StatusOk, 1)
	m.Printer = goipp.Attributes{
		size(goipp.Integer(10000), goipp.Integer(18000), goipp.TagInteger),
		goipp.MakeAttr("printer-state-reasons", goipp.TagKeyword, goipp.String("media-empty-error")),
		goipp.MakeAttr("printer-resolution-default", goipp.TagResolution, goipp.Resolution{Xres: 203, Yres: 203, Units: goipp.UnitsDpi}),
		goipp.MakeAttr("media-supported", goipp.TagKeyword, goipp.String("custom_min_20x20mm")),
	}
	m.Job = goipp.Attributes{
		goipp.MakeAttr("job-id", goipp.TagInteger, goipp.Integer(7)),
		goipp.MakeAttr("job-state", goipp.TagEnum, goipp.Integer(ippPrinting)),
		goipp.MakeAttr("job-impressions-completed", goipp.TagInteger, goipp.Integer(-3)),
		goipp.MakeAttr("time-at-processing", goipp.TagNoValue, goipp.Void{}),
		goipp.MakeAttr("job-name", goipp.TagNameLang, goipp.TextWithLang{Lang: "zh", Text: "批次"}),
	}
	whole, err := m.EncodeBytes()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole, 5)
	f.Add(whole[:len(whole)-9], 1)
	f.Add([]byte{}, 1)
	f.Add([]byte("<html>not found</html>"), 100)
	f.Fuzz(func(t *testing.T, data []byte, pages int) {
		if pages < 1 || pages > maxPages {
			return
		}
		id := uint32(1)
		if len(data) >= 8 {
			id = binary.BigEndian.Uint32(data[4:])
		}
		reply, err := decodeReply(data, id)
		if err != nil {
			return
		}
		facts := printerFactsOf(attrs(reply.Printer), "ipp://host/ipp/print")
		st := facts.state()
		_ = facts.check()
		_ = mediaAttrs(facts, printing.Label100x180)
		if !utf8.ValidString(st.Device + st.Message) {
			t.Errorf("text that cannot be shown: %q %q", st.Device, st.Message)
		}
		job := judge(factsOf(attrs(reply.Job)), facts, pages)
		if job.Printed < 0 || job.InDoubt < 0 || job.Printed+job.InDoubt > pages {
			t.Errorf("%d printed and %d in doubt of %d pages", job.Printed, job.InDoubt, pages)
		}
		if d := (device{job: 7, pages: pages, mark: markOf(attrs(reply.Job))}); d.is(attrs(reply.Job)) {
			if _, err := parseDevice(d.String()); err != nil {
				t.Error(err)
			}
		}
	})
}
