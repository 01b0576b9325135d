package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// JournalLimit is the most bytes of a request or reply that go into the call journal.
const JournalLimit = 4 << 10

// hidden stands for a value that is not on the list of what may be seen.
const hidden = `"*"`

// plainKey is what a field name looks like. Anything else used as a key may be data itself, and is hidden like a value.
var plainKey = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_.-]{0,39}$`)

// longestPlain is the most bytes that a value shown in clear may have: codes, ids and times are shorter.
const longestPlain = 80

// Mask is an allow-list: it knows which fields of a protocol may be seen.
type Mask struct {
	plain map[string]bool // codes, ids, times: shown as they are
	words map[string]bool // the platform's messages: shown without what is personal in them
}

// NewMask makes a Mask of the fields to show as they are, and of the fields that hold a platform's messages.
func NewMask(plain, words []string) *Mask {
	m := &Mask{plain: make(map[string]bool, len(plain)), words: make(map[string]bool, len(words))}
	for _, n := range plain {
		m.plain[n] = true
	}
	for _, n := range words {
		m.words[n] = true
	}
	return m
}

// JSON gives raw with every string and number hidden whose field is not in the list; unknown fields are hidden, so that
// a new field of the platform cannot leak. Names, structure, booleans and nulls stay. What is no JSON is told by its
// size alone. personal gives what Scrub takes out of messages; it is asked only when there is one. The result is cut to
// JournalLimit bytes at a whole character.
func (k *Mask) JSON(raw []byte, personal func() []string) string {
	m := masker{mask: k, personal: personal, dec: json.NewDecoder(bytes.NewReader(raw))}
	m.dec.UseNumber()
	err := m.value("", 0)
	if err == nil && len(bytes.TrimSpace(raw[m.dec.InputOffset():])) > 0 {
		err = errNotJSON
	}
	if err != nil && !errors.Is(err, errEnough) {
		fmt.Fprintf(&m.out, " … (%d bytes, from here on not JSON)", len(raw))
	}
	return Cut(m.out.String(), JournalLimit)
}

var (
	errEnough  = errors.New("enough")
	errNotJSON = errors.New("not JSON")
)

type masker struct {
	mask     *Mask
	personal func() []string
	dec      *json.Decoder
	out      strings.Builder
}

// deepest bounds nesting: no platform comes near it, and hostile input must not use up the stack.
const deepest = 64

func (m *masker) value(key string, depth int) error {
	if m.out.Len() > JournalLimit {
		return errEnough
	}
	if depth > deepest {
		return errNotJSON
	}
	t, err := m.dec.Token()
	if err != nil {
		return err
	}
	switch v := t.(type) {
	case json.Delim:
		return m.group(v, key, depth)
	case bool, nil:
		fmt.Fprint(&m.out, jsonWord(v))
	case json.Number:
		m.scalar(key, v.String())
	case string:
		if m.mask.words[key] {
			m.out.WriteString(Quote(Scrub(v, m.personal())))
			return nil
		}
		m.scalar(key, Quote(v))
	}
	return nil
}

func (m *masker) group(open json.Delim, key string, depth int) error {
	m.out.WriteRune(rune(open))
	for n := 0; m.dec.More(); n++ {
		if n > 0 {
			m.out.WriteByte(',')
		}
		name := key // the elements of a list share the name of the list
		if open == '{' {
			t, err := m.dec.Token()
			if err != nil {
				return err
			}
			name, _ = t.(string)
			if !plainKey.MatchString(name) {
				name = "*"
			}
			m.out.WriteString(Quote(name) + ":")
		}
		if err := m.value(name, depth+1); err != nil {
			return err
		}
	}
	end, err := m.dec.Token()
	if err != nil {
		return err
	}
	m.out.WriteString(fmt.Sprint(end))
	return nil
}

// Value gives one text of a form as JSON would show it: quoted, or hidden.
func (k *Mask) Value(name, value string) string {
	if !k.plain[name] || len(value) > longestPlain {
		return hidden
	}
	return Quote(value)
}

func (m *masker) scalar(key, text string) {
	if !m.mask.plain[key] || len(text) > longestPlain {
		text = hidden
	}
	m.out.WriteString(text)
}

func jsonWord(v any) string {
	if v == nil {
		return "null"
	}
	return fmt.Sprint(v)
}

// Quote writes s as a JSON string as it reads: < > & and Chinese stay themselves.
func Quote(s string) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		return hidden
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// Cut shortens s to at most limit bytes, at a whole character, and says so with an ellipsis within the limit.
func Cut(s string, limit int) string {
	const mark = "…"
	if len(s) <= limit {
		return s
	}
	if limit < len(mark) {
		return ""
	}
	n := limit - len(mark)
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n] + mark
}
