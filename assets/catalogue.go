package assets

import (
	_ "embed"
	"fmt"
	"sync"

	"printstation/app/shipping"
	"printstation/platform"
)

//go:embed catalogue.json
var catalogueJSON []byte

// ErrorCatalogue is the one place where a platform's refusal gets its class, its cause and its remedy. What it knows is
// data; see Entry for how an entry is chosen. It is read-only and safe for use by several goroutines.
type ErrorCatalogue struct {
	families map[string]string // adapter name -> family of codes
	general  map[shipping.Class]Explanation
	entries  []Entry
}

// Catalogue is the catalogue that the program carries. It is read once.
func Catalogue() *ErrorCatalogue { return catalogue() }

var catalogue = sync.OnceValue(func() *ErrorCatalogue {
	c, err := ParseCatalogue(catalogueJSON)
	if err != nil {
		panic(err) // the catalogue is part of the program; a test reads it
	}
	return c
})

var _ platform.Classifier = (*ErrorCatalogue)(nil)

// Classify gives the class of a refusal, ClassUnknown when no entry fits: what is not known is never guessed, since a
// wrong "try again" costs the shop more than a look by a person.
func (c *ErrorCatalogue) Classify(r platform.Reply) shipping.Class {
	if e, ok := c.Explain(r); ok {
		return e.Class
	}
	return shipping.ClassUnknown
}

// Explain finds the entry for a refusal. What the words say counts more than the code, and the code more than the HTTP
// status: gateways in between pass on the platform's words truly, its codes not always. Among entries that fit alike
// the first in the file counts.
func (c *ErrorCatalogue) Explain(r platform.Reply) (Entry, bool) {
	heard := c.hear(r)
	for _, fits := range []func(*Entry, said) bool{(*Entry).fitsWords, (*Entry).fitsCode, (*Entry).fitsHTTP} {
		for i := range c.entries {
			if e := &c.entries[i]; e.fitsPlace(r.Platform, r.Call) && fits(e, heard) {
				return *e, true
			}
		}
	}
	return Entry{}, false
}

// ExplainFault gives cause and remedy of a failure as it is stored, in a language ("en" for English, else Chinese). A
// stored failure no longer says which call it came from; only entries of the class that it got then are looked at, and
// the general words of that class are the last resort. Both are "" for a class that does not exist.
func (c *ErrorCatalogue) ExplainFault(adapter string, f shipping.Fault, lang string) (cause, remedy string) {
	heard := c.hear(platform.Reply{
		Platform: adapter, HTTP: unknownHTTP, Code: f.Code, SubCode: f.SubCode, Message: f.Message,
	})
	for _, fits := range []func(*Entry, said) bool{(*Entry).fitsWords, (*Entry).fitsCode} {
		for i := range c.entries {
			if e := &c.entries[i]; e.Class == f.Class && e.fitsPlace(adapter, "") && fits(e, heard) {
				return e.Cause.In(lang), e.Remedy.In(lang)
			}
		}
	}
	g := c.general[f.Class]
	return g.Cause.In(lang), g.Remedy.In(lang)
}

// General gives the words for a class as such.
func (c *ErrorCatalogue) General(class shipping.Class) Explanation { return c.general[class] }

// Entries gives all entries in the order in which they are tried.
func (c *ErrorCatalogue) Entries() []Entry { return append([]Entry(nil), c.entries...) }

// ParseCatalogue reads a catalogue; errors name the entry and what is wrong with it.
func ParseCatalogue(raw []byte) (*ErrorCatalogue, error) {
	var file struct {
		Families map[string]string              `json:"families"`
		General  map[shipping.Class]Explanation `json:"general"`
		Entries  []Entry                        `json:"entries"`
	}
	if err := decodeStrictly(raw, &file); err != nil {
		return nil, fmt.Errorf("error catalogue: %w", err)
	}
	for _, class := range classes {
		if err := file.General[class].check(); err != nil {
			return nil, fmt.Errorf("error catalogue: general words of %q: %w", class, err)
		}
	}
	seen := make(map[string]bool)
	for i := range file.Entries {
		e := &file.Entries[i]
		if seen[e.ID] {
			return nil, fmt.Errorf("error catalogue: entry %q stands twice", e.ID)
		}
		seen[e.ID] = true
		if err := e.prepare(); err != nil {
			return nil, fmt.Errorf("error catalogue: entry %d (%q): %w", i+1, e.ID, err)
		}
	}
	return &ErrorCatalogue{families: file.Families, general: file.General, entries: file.Entries}, nil
}

// classes are all that an entry can give.
var classes = []shipping.Class{
	shipping.ClassTransient, shipping.ClassRateLimited, shipping.ClassUnauthorized, shipping.ClassMapping,
	shipping.ClassData, shipping.ClassNumber, shipping.ClassBusiness, shipping.ClassAlreadyDone, shipping.ClassQuota,
	shipping.ClassUnsupported, shipping.ClassUnknown,
}
