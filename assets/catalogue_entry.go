package assets

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"printstation/app/shipping"
	"printstation/platform"
)

// Entry is one thing that platforms say. It fits a refusal from one of its platforms in one of its calls (any when none
// is named) when one of its patterns, codes or HTTP states does.
type Entry struct {
	ID        string          `json:"id"`
	Platforms []string        `json:"platforms,omitempty"` // adapter names
	Calls     []platform.Call `json:"calls,omitempty"`
	// Patterns are regular expressions, looked for anywhere in the message as simplify leaves it: lower case, half
	// width, without blanks and punctuation.
	Patterns []string `json:"patterns,omitempty"`
	// Codes are compared whole with code and sub-code and with what stands before and after their colon
	// (isv.business-failed:60110); a trailing * takes any tail. They are listed by family: the same number means
	// another thing elsewhere.
	Codes map[string][]string `json:"codes,omitempty"`
	// HTTP states: "429", "5xx", and "0" when no answer came.
	HTTP   []string       `json:"http,omitempty"`
	Class  shipping.Class `json:"class"`
	Says   []string       `json:"says,omitempty"`   // real texts that this entry is for
	Source string         `json:"source,omitempty"` // document and section
	Explanation

	patterns []*regexp.Regexp
}

// Explanation tells people what happened and what to do.
type Explanation struct {
	Who    Who  `json:"who"`
	Cause  Text `json:"cause"`
	Remedy Text `json:"remedy"`
}

// Text is a sentence in both languages.
type Text struct {
	Chinese string `json:"zh"`
	English string `json:"en"`
}

// In gives the text in a language: "en" for English, else Chinese.
func (t Text) In(lang string) string {
	if isEnglish(lang) {
		return t.English
	}
	return t.Chinese
}

// Who says whose hand mends a failure.
type Who string

// Who can mend a failure. The translations have a word for each: fault.who_station and so on.
const (
	WhoStation    Who = "station"    // nobody: the station tries again or compares by itself
	WhoPacker     Who = "packer"     // at the bench
	WhoSupervisor Who = "supervisor" // settings, the platform's back office, the carrier's branch
	WhoSupport    Who = "platform"   // the platform's or the software's support
)

func (x Explanation) check() error {
	if !slices.Contains([]Who{WhoStation, WhoPacker, WhoSupervisor, WhoSupport}, x.Who) {
		return fmt.Errorf("nobody is called %q", x.Who)
	}
	for _, s := range []string{x.Cause.Chinese, x.Cause.English, x.Remedy.Chinese, x.Remedy.English} {
		if strings.TrimSpace(s) == "" {
			return errors.New("a cause or a remedy is missing in one language")
		}
	}
	return nil
}

func (e *Entry) prepare() error {
	if e.ID == "" {
		return errors.New("it has no id")
	}
	if !slices.Contains(classes, e.Class) {
		return fmt.Errorf("there is no class %q", e.Class)
	}
	if len(e.Patterns)+len(e.Codes)+len(e.HTTP) == 0 {
		return errors.New("it has neither pattern nor code nor HTTP state and can never fit")
	}
	for _, p := range e.Patterns {
		re, err := regexp.Compile(p)
		if err != nil {
			return err
		}
		if re.MatchString("") {
			return fmt.Errorf("pattern %q fits everything", p)
		}
		e.patterns = append(e.patterns, re)
	}
	return e.check()
}

func (e *Entry) fitsPlace(adapter string, call platform.Call) bool {
	return (len(e.Platforms) == 0 || adapter == "" || slices.Contains(e.Platforms, adapter)) &&
		(len(e.Calls) == 0 || call == "" || slices.Contains(e.Calls, call))
}

func (e *Entry) fitsWords(s said) bool {
	return slices.ContainsFunc(e.patterns, func(p *regexp.Regexp) bool { return p.MatchString(s.words) })
}

func (e *Entry) fitsCode(s said) bool {
	return slices.ContainsFunc(e.Codes[s.family], func(code string) bool {
		head, open := strings.CutSuffix(code, "*")
		return slices.ContainsFunc(s.codes, func(have string) bool {
			return have == code || open && strings.HasPrefix(have, head)
		})
	})
}

// fitsHTTP takes the status for what a platform said only where the platform gave no code of its own; save for 429 and
// 5xx, which say the same whatever stands beside them.
func (e *Entry) fitsHTTP(s said) bool {
	return slices.ContainsFunc(e.HTTP, func(state string) bool {
		if class, ok := strings.CutSuffix(state, "xx"); ok {
			return s.http >= 100 && strconv.Itoa(s.http/100) == class && (class == "5" || len(s.codes) == 0)
		}
		return strconv.Itoa(s.http) == state && (s.http == 429 || len(s.codes) == 0)
	})
}
