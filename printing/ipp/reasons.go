package ipp

import "strings"

// severities end a printer's state reasons; what stands before them is the reason. A printer may call an empty tray a
// warning, so that severity does not tell whether a hand is needed.
var severities = []string{"-error", "-warning", "-report"}

// halting are the reasons that let no paper out until somebody does something (RFC 8011 section 5.4.12, PWG 5100.9).
var halting = []string{
	"media-empty", "media-jam", "media-needed", "cover-open", "door-open", "interlock-open", "input-tray-missing",
	"output-area-full", "output-tray-missing", "marker-supply-empty", "toner-empty", "developer-empty", "paused", "stopped",
	"stopped-partly", "offline", "shutdown", "timed-out", "moving-to-paused", "spool-area-full", "cutter",
	"cups-missing-filter", "cups-insecure-filter", "hold-new-jobs", "fuser-over-temp", "marker-waste-full",
}

// plainReasons cuts the severities off and leaves "none" out.
func plainReasons(keywords []string) []string {
	var out []string
	for _, k := range keywords {
		for _, s := range severities {
			k = strings.TrimSuffix(k, s)
		}
		if k != "" && k != "none" {
			out = append(out, k)
		}
	}
	return out
}

// halts reports whether any of the printer's reasons needs a hand. A mere report does not.
func halts(keywords []string) bool {
	for _, k := range keywords {
		if strings.HasSuffix(k, "-report") {
			continue
		}
		for _, h := range halting {
			if k == h || strings.HasPrefix(k, h+"-") {
				return true
			}
		}
	}
	return false
}

// spoilt are the job's reasons that deny that a job called completed came out as it should.
var spoilt = []string{
	"job-completed-with-errors", "job-canceled", "aborted-by-system", "document-format-error",
	"document-unprintable-error", "document-access-error", "compression-error", "errors-detected", "unsupported-",
	"processing-to-stop-point", "submission-interrupted", "service-off-line", "cups-filter-crashed", "resources-are-not",
}

func spoils(keywords []string) bool {
	for _, k := range keywords {
		for _, s := range spoilt {
			if strings.HasPrefix(k, s) {
				return true
			}
		}
	}
	return false
}

// any of the words is among the keywords.
func anyOf(keywords []string, words ...string) bool {
	for _, k := range keywords {
		for _, w := range words {
			if k == w {
				return true
			}
		}
	}
	return false
}
