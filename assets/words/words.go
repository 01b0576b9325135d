// Package words holds every sentence the program says to people, in Chinese and English.
//
// The files are AREA.LANGUAGE.json, each a flat object of message id and text in the form of go-i18n: a value stands
// where the text says {{.Name}}. Ids begin with their area: "ui.print", "order.mobile_missing". A test holds the two
// languages against each other.
package words

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"printstation/app/shipping"
)

//go:embed *.json
var files embed.FS

// Languages that the program speaks.
const (
	Chinese = "zh-Hans"
	English = "en"
)

// Words says things in one language. It is safe for use by several goroutines.
type Words struct {
	lang string
	loc  *i18n.Localizer
}

// For gives the words of the language that fits tag best: "zh", "zh_CN.UTF-8", "en-US". Anything that is not English is
// Chinese, the language of the bench.
func For(tag string) (*Words, error) {
	lang := Chinese
	if t := strings.ToLower(tag); t == "c" || t == "posix" || strings.HasPrefix(t, "en") {
		lang = English
	}
	bundle := i18n.NewBundle(language.Make(Chinese))
	bundle.RegisterUnmarshalFunc("json", json.Unmarshal)
	names, err := fs.Glob(files, "*.json")
	if err != nil {
		return nil, fmt.Errorf("words: %w", err)
	}
	for _, name := range names {
		if _, err := bundle.LoadMessageFileFS(files, name); err != nil {
			return nil, fmt.Errorf("words: %s: %w", name, err)
		}
	}
	return &Words{lang: lang, loc: i18n.NewLocalizer(bundle, lang)}, nil
}

// Lang is the language spoken, Chinese or English.
func (w *Words) Lang() string { return w.lang }

// T says the message of that id with the values given. An id without a text is said as itself with its values, so that
// nothing is ever left unsaid.
func (w *Words) T(id string, data map[string]string) string {
	text, err := w.loc.Localize(&i18n.LocalizeConfig{MessageID: id, TemplateData: data})
	if err != nil {
		if len(data) > 0 {
			return fmt.Sprintf("%s %v", id, data)
		}
		return id
	}
	return text
}

// With is T with the values as pairs of name and value.
func (w *Words) With(id string, pairs ...string) string {
	data := make(map[string]string, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		data[pairs[i]] = pairs[i+1]
	}
	return w.T(id, data)
}

// Fault says a failure: our own reason in the language spoken, or the platform's words as they came, code first.
func (w *Words) Fault(f *shipping.Fault) string {
	if f == nil {
		return ""
	}
	if f.Reason != nil {
		return w.T(f.Reason.ID, f.Reason.Data)
	}
	return f.Error()
}

// Printer says what a printer had to say of a label, "" when that was nothing.
func (w *Words) Printer(c shipping.LabelCopy) string {
	if c.Why != nil {
		return w.T(c.Why.ID, c.Why.Data)
	}
	return c.Reason
}

// Reasons says several reasons in one line.
func (w *Words) Reasons(rs []shipping.Reason) string {
	said := make([]string, len(rs))
	for i, r := range rs {
		said[i] = w.T(r.ID, r.Data)
	}
	return strings.Join(said, " · ")
}
