package ipp

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/OpenPrinting/goipp"

	"printstation/app/shipping"
	"printstation/printing"
)

func TestParseURI(t *testing.T) {
	t.Parallel()
	pin := strings.Repeat("ab", 32)
	tests := []struct{ in, uri, http string }{
		{"ipp://localhost/printers/Label", "ipp://localhost/printers/Label", "http://localhost:631/printers/Label"},
		{"IPP://10.0.0.7:8631/ipp/print", "ipp://10.0.0.7:8631/ipp/print", "http://10.0.0.7:8631/ipp/print"},
		{"ipps://printer.local/ipp/print", "ipps://printer.local/ipp/print", "https://printer.local:631/ipp/print"},
		{"ipps://[::1]/ipp/print?fingerprint=SHA256:" + strings.ToUpper(pin), "ipps://[::1]/ipp/print", "https://[::1]:631/ipp/print"},
		{"ipp://host", "ipp://host/", "http://host:631/"},
	}
	for _, tt := range tests {
		got, err := parseURI(tt.in)
		if err != nil || got.uri != tt.uri || got.http != tt.http {
			t.Errorf("parseURI(%q) = %+v, %v; want %s and %s", tt.in, got, err, tt.uri, tt.http)
		}
	}
	for _, bad := range []string{
		"", "http://host/", "ipp:host", "ipp:///ipp/print", "ipp://user:secret@host/", "ipp://host/#x", "ipp://host:port/",
		"ipp://host/?fingerprint=" + pin, "ipps://host/?fingerprint=ab", "ipps://host/?fingerprint=", "ipps://host/?verify=no",
		"ipps://host/?fingerprint=" + pin + "&fingerprint=" + pin, "ipps://host/?%zz",
	} {
		if got, err := parseURI(bad); err == nil {
			t.Errorf("parseURI(%q) = %+v; want an error", bad, got)
		} else if strings.Contains(err.Error(), "secret") {
			t.Errorf("parseURI(%q) tells the password: %v", bad, err)
		}
	}
}

func TestDeviceRoundTrip(t *testing.T) {
	t.Parallel()
	for _, d := range []device{{1, 1, "x"}, {2147483647, 999999, "u0123abcd"}, {17, 20, "nffffffff"}} {
		if got, err := parseDevice(d.String()); err != nil || got != d {
			t.Errorf("parseDevice(%q) = %+v, %v", d.String(), got, err)
		}
	}
	for _, bad := range []string{"", "1", "1-1", "0-1-x", "1-0-x", "01-1-x", "2147483648-1-x", "1-1-u12", "1-1-x ", "-1-1-x", "1-1000000-x"} {
		if got, err := parseDevice(bad); !errors.Is(err, printing.ErrNoJob) {
			t.Errorf("parseDevice(%q) = %+v, %v; want ErrNoJob", bad, got, err)
		}
	}
}

func TestReasons(t *testing.T) {
	t.Parallel()
	tests := []struct {
		keyword, plain string
		halts          bool
	}{
		{"none", "", false},
		{"media-empty", "media-empty", true},
		{"media-empty-error", "media-empty", true},
		{"media-empty-warning", "media-empty", true},
		{"media-empty-report", "media-empty", false},
		{"media-low-warning", "media-low", false},
		{"cover-open-error", "cover-open", true},
		{"marker-supply-low-report", "marker-supply-low", false},
		{"offline-report", "offline", false},
		{"paused", "paused", true},
		{"media-emptyish", "media-emptyish", false},
	}
	for _, tt := range tests {
		if got := strings.Join(plainReasons([]string{tt.keyword}), ","); got != tt.plain {
			t.Errorf("plain %q = %q, want %q", tt.keyword, got, tt.plain)
		}
		if got := halts([]string{tt.keyword}); got != tt.halts {
			t.Errorf("halts(%q) = %v", tt.keyword, got)
		}
	}
}

func TestJudgeStraight(t *testing.T) {
	t.Parallel()
	const pages = 5
	job := func(state, done int, reasons ...string) jobFacts {
		return jobFacts{state: state, done: done, counted: true, began: true, reasons: reasons}
	}
	never := jobFacts{state: ippCancelled, reasons: []string{"job-canceled-by-user"}}
	tests := []struct {
		name             string
		job              jobFacts
		printer          printerFacts
		state            printing.JobState
		printed, inDoubt int
	}{
		{"opened", jobFacts{state: ippHeld, reasons: []string{"job-data-insufficient"}}, printerFacts{}, printing.JobHeld, 0, 0},
		{"waiting", jobFacts{state: ippPending}, printerFacts{}, printing.JobPending, 0, 0},
		{"waiting, printer stopped", jobFacts{state: ippPending}, printerFacts{stopped: true}, printing.JobStopped, 0, 0},
		{"printing", job(ippPrinting, 2), printerFacts{}, printing.JobPrinting, 2, 1},
		{"printing the last", job(ippPrinting, 5), printerFacts{}, printing.JobPrinting, 5, 0},
		{"no paper", job(ippPrinting, 2), printerFacts{reasons: []string{"media-empty-warning"}}, printing.JobStopped, 2, 1},
		{"stopped", job(ippStopped, 0), printerFacts{}, printing.JobStopped, 0, 1},
		{"completed", job(ippCompleted, 5, "job-completed-successfully"), printerFacts{}, printing.JobCompleted, 5, 0},
		{"completed, warnings", job(ippCompleted, 5, "job-completed-with-warnings"), printerFacts{}, printing.JobCompleted, 5, 0},
		{"completed, does not count", jobFacts{state: ippCompleted, began: true}, printerFacts{}, printing.JobCompleted, 5, 0},
		{"completed, counted fewer", job(ippCompleted, 3), printerFacts{}, printing.JobCompleted, 3, 2},
		{"completed, counted more", job(ippCompleted, 9), printerFacts{}, printing.JobCompleted, 5, 0},
		{"completed with errors", job(ippCompleted, 3, "job-completed-with-errors"), printerFacts{}, printing.JobCompleted, 3, 2},
		{"cancelled", job(ippCancelled, 2, "job-canceled-at-device"), printerFacts{}, printing.JobCancelled, 2, 1},
		{"cancelled before it began", never, printerFacts{}, printing.JobCancelled, 0, 0},
		{"cancelled, still moving", job(ippCancelled, 2, "processing-to-stop-point"), printerFacts{}, printing.JobPrinting, 2, 1},
		{"aborted", job(ippAborted, 4, "aborted-by-system"), printerFacts{}, printing.JobAborted, 4, 1},
		{"aborted after all", job(ippAborted, 5), printerFacts{}, printing.JobAborted, 5, 0},
		{"aborted, does not count", jobFacts{state: ippAborted, began: true}, printerFacts{}, printing.JobAborted, 0, 5},
		{"a state nobody knows", job(42, 1), printerFacts{}, printing.JobPending, 1, 1},
	}
	for _, tt := range tests {
		st := judge(tt.job, tt.printer, pages)
		proof := shipping.ProofNone
		if tt.printed > 0 {
			proof = shipping.ProofPaper
		}
		if st.State != tt.state || st.Printed != tt.printed || st.InDoubt != tt.inDoubt || st.Proof != proof {
			t.Errorf("%s: %+v; want %s, %d printed, %d in doubt, proof %q", tt.name, st, tt.state, tt.printed, tt.inDoubt, proof)
		}
	}
}

func size(x, y goipp.Value, tag goipp.Tag) goipp.Attribute {
	return goipp.MakeAttrCollection("media-size-supported",
		goipp.MakeAttr("x-dimension", tag, x), goipp.MakeAttr("y-dimension", tag, y))
}

func TestMediaFit(t *testing.T) {
	t.Parallel()
	names := func(ss ...string) attrs {
		a := goipp.Attribute{Name: "media-supported"}
		for _, s := range ss {
			a.Values.Add(goipp.TagKeyword, goipp.String(s))
		}
		return attrs{a}
	}
	tests := []struct {
		name       string
		printer    attrs
		fits, said bool
	}{
		{"says nothing", nil, false, false},
		{"the size", attrs{size(goipp.Integer(10000), goipp.Integer(18000), goipp.TagInteger)}, true, true},
		{"nearly the size", attrs{size(goipp.Integer(10010), goipp.Integer(17990), goipp.TagInteger)}, true, true},
		{"turned", attrs{size(goipp.Integer(18000), goipp.Integer(10000), goipp.TagInteger)}, false, true},
		{"a range", attrs{size(goipp.Range{Lower: 2000, Upper: 11000}, goipp.Range{Lower: 1000, Upper: 100000}, goipp.TagRange)}, true, true},
		{"too narrow a range", attrs{size(goipp.Range{Lower: 2000, Upper: 8000}, goipp.Range{Lower: 1000, Upper: 100000}, goipp.TagRange)}, false, true},
		{"by name", names("iso_a4_210x297mm", "custom_100x180mm_100x180mm"), true, true},
		{"by name in inches", names("oe_label_3.937x7.087in"), true, true},
		{"other names", names("iso_a4_210x297mm", "na_index-4x6_4x6in", "odd"), false, true},
		{"custom names", names("custom_min_20x20mm", "custom_max_108x300mm"), true, true},
		{"custom names, too short", names("custom_min_20x20mm", "custom_max_108x150mm"), false, true},
	}
	for _, tt := range tests {
		if fits, said := takes(tt.printer, printing.Label100x180); fits != tt.fits || said != tt.said {
			t.Errorf("%s: fits %v, said %v; want %v, %v", tt.name, fits, said, tt.fits, tt.said)
		}
	}
}

func TestMediaAsked(t *testing.T) {
	t.Parallel()
	byName := goipp.Attribute{Name: "job-creation-attributes-supported"}
	byName.Values.Add(goipp.TagKeyword, goipp.String("media"))
	tests := []struct {
		name    string
		printer printerFacts
		want    []string // names of the attributes
	}{
		{"straight", printerFacts{}, []string{"media-col"}},
		{"knows names only", printerFacts{attrs: attrs{byName}}, []string{"media"}},
		{"spooler", printerFacts{spooler: true}, []string{"media", "print-scaling"}},
	}
	for _, tt := range tests {
		var got []string
		for _, a := range mediaAttrs(tt.printer, printing.Label100x180) {
			got = append(got, a.Name)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
	if got := keyword(nil, printing.Label100x180, "100x180mm"); got != "custom_100x180mm_100x180mm" {
		t.Errorf("keyword = %q", got)
	}
}

func TestResolution(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		r    goipp.Resolution
		want int
	}{
		{goipp.Resolution{Xres: 203, Yres: 203, Units: goipp.UnitsDpi}, 203},
		{goipp.Resolution{Xres: 80, Yres: 80, Units: goipp.UnitsDpcm}, 203},
		{goipp.Resolution{Xres: 0, Yres: 300, Units: goipp.UnitsDpi}, 0},
	} {
		f := printerFacts{attrs: attrs{goipp.MakeAttr("printer-resolution-default", goipp.TagResolution, tt.r)}}
		if got := f.dpi(); got != tt.want {
			t.Errorf("dpi of %v = %d, want %d", tt.r, got, tt.want)
		}
	}
}
