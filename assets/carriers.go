package assets

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"printstation/app/shipping"
)

//go:embed carriers.json
var carriersJSON []byte

// Carrier is one courier that the station knows.
type Carrier struct {
	Code    shipping.Carrier `json:"code"`
	Chinese string           `json:"zh"`    // as the label and the lists name it
	Short   string           `json:"short"` // for narrow columns
	English string           `json:"en"`
	// Platforms gives the carrier's code at each platform, by adapter name. A platform that is missing has not been
	// found to know the carrier.
	Platforms map[string]string `json:"platforms,omitempty"`
	// Numbers are regular expressions for the whole tracking number, letters in upper case. Their ranges drift from
	// year to year: a number of another form is a reason to look twice, never to refuse.
	Numbers []string `json:"numbers,omitempty"`
	Sample  string   `json:"sample,omitempty"` // a number of the usual form, never a live one of ours
}

// CarrierTable finds carriers by code. It is read-only and safe for use by several goroutines.
type CarrierTable struct {
	list  []Carrier
	index map[shipping.Carrier]int
	forms map[shipping.Carrier]*regexp.Regexp
}

// Carriers is the table of all carriers. It is read once; what is in it is fixed with the program.
func Carriers() *CarrierTable { return carriers() }

var carriers = sync.OnceValue(func() *CarrierTable {
	t, err := parseCarriers(carriersJSON)
	if err != nil {
		panic(err) // the table is part of the program; a test reads it
	}
	return t
})

func parseCarriers(raw []byte) (*CarrierTable, error) {
	t := &CarrierTable{index: map[shipping.Carrier]int{}, forms: map[shipping.Carrier]*regexp.Regexp{}}
	if err := decodeStrictly(raw, &t.list); err != nil {
		return nil, fmt.Errorf("carriers.json: %w", err)
	}
	for i, c := range t.list {
		if c.Code == "" || c.Chinese == "" || c.Short == "" || c.English == "" {
			return nil, fmt.Errorf("carriers.json: entry %d (%q) lacks a code or a name", i+1, c.Code)
		}
		if _, twice := t.index[c.Code]; twice {
			return nil, fmt.Errorf("carriers.json: %s stands twice", c.Code)
		}
		t.index[c.Code] = i
		if len(c.Numbers) == 0 {
			continue
		}
		form, err := regexp.Compile(`^(?:` + strings.Join(c.Numbers, "|") + `)$`)
		if err != nil {
			return nil, fmt.Errorf("carriers.json: %s: %w", c.Code, err)
		}
		t.forms[c.Code] = form
	}
	return t, nil
}

// Name is the carrier's name in a language ("en" for English, else Chinese); the code itself when it is unknown.
func (t *CarrierTable) Name(c shipping.Carrier, lang string) string {
	i, ok := t.index[c]
	switch {
	case !ok:
		return string(c)
	case isEnglish(lang):
		return t.list[i].English
	}
	return t.list[i].Chinese
}

// Known reports whether the carrier is in the table.
func (t *CarrierTable) Known(c shipping.Carrier) bool {
	_, ok := t.index[c]
	return ok
}

// Code gives the carrier's code at a platform, named by its adapter; false when the platform is not known to have it.
func (t *CarrierTable) Code(c shipping.Carrier, platform string) (string, bool) {
	i, ok := t.index[c]
	if !ok {
		return "", false
	}
	code, ok := t.list[i].Platforms[platform]
	return code, ok
}

// FitsNumber reports whether a number has a form that the carrier is known to use. It is true when nothing is known of
// the carrier. A mismatch is worth a warning and never blocks.
func (t *CarrierTable) FitsNumber(c shipping.Carrier, number shipping.TrackingNumber) bool {
	form, ok := t.forms[c]
	return !ok || form.MatchString(strings.ToUpper(string(number)))
}

// All gives a copy of the table, the couriers met most first.
func (t *CarrierTable) All() []Carrier { return slices.Clone(t.list) }

func isEnglish(lang string) bool { return strings.HasPrefix(strings.ToLower(lang), "en") }

// decodeStrictly reads JSON and refuses fields that v does not have: in a table they are slips of the pen.
func decodeStrictly(raw []byte, v any) error {
	d := json.NewDecoder(strings.NewReader(string(raw)))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return fmt.Errorf("at byte %d: %w", d.InputOffset(), err)
	}
	if d.More() {
		return fmt.Errorf("at byte %d: more than one value", d.InputOffset())
	}
	return nil
}
