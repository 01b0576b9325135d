package settings

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// reader takes a decoded file apart and remembers every fault it meets on the way.
type reader struct {
	ix       *index
	problems []Problem
}

func (r *reader) report(key, id string, pairs ...string) {
	r.problems = append(r.problems, problem(r.ix.find(key), key, id, pairs...))
}

// table is one table of the file. Every key that is asked for is a known key; close reports the others.
type table struct {
	r      *reader
	path   string
	values map[string]any
	known  map[string]bool
}

func (r *reader) table(path string, values map[string]any) *table {
	return &table{r: r, path: path, values: values, known: map[string]bool{}}
}

func (t *table) key(name string) string { return join(t.path, name) }

func (t *table) report(name, id string, pairs ...string) {
	t.r.report(t.key(name), id, append(pairs, "Key", name)...)
}

// value gives what is written for a key, and whether anything is.
func (t *table) value(name string) (any, bool) {
	t.known[name] = true
	v, ok := t.values[name]
	return v, ok
}

// text gives a string without the space around it; "" when the key is missing or no string.
func (t *table) text(name string) string {
	v, ok := t.value(name)
	if !ok {
		return ""
	}
	s, ok := v.(string)
	if !ok {
		t.report(name, "not_text")
		return ""
	}
	return strings.TrimSpace(s)
}

// needed is text that must not be empty.
func (t *table) needed(name string) string {
	s := t.text(name)
	if s != "" {
		return s
	}
	if v, ok := t.values[name]; ok {
		if _, isText := v.(string); !isText {
			return "" // reported as such already
		}
	}
	t.report(name, "missing")
	return ""
}

// integer gives a whole number, or the fallback when the key is missing or no whole number within the limits.
func (t *table) integer(name string, least, most, fallback int64) int64 {
	v, ok := t.value(name)
	if !ok {
		return fallback
	}
	n, ok := v.(int64)
	if !ok {
		t.report(name, "not_integer")
		return fallback
	}
	if n < least || n > most {
		t.report(name, "out_of_range", "Least", strconv.FormatInt(least, 10), "Most", strconv.FormatInt(most, 10))
		return fallback
	}
	return n
}

func (t *table) flag(name string) bool {
	v, ok := t.value(name)
	if !ok {
		return false
	}
	b, ok := v.(bool)
	if !ok {
		t.report(name, "not_flag")
	}
	return b
}

// sub gives a table below this one; nil when it is missing or no table.
func (t *table) sub(name string) *table {
	v, ok := t.value(name)
	if !ok {
		return nil
	}
	m, ok := v.(map[string]any)
	if !ok {
		t.report(name, "not_table", "Path", plain(t.key(name)))
		return nil
	}
	return t.r.table(t.key(name), m)
}

// list gives the tables written as [[name]].
func (t *table) list(name string) []*table {
	v, ok := t.value(name)
	if !ok {
		return nil
	}
	items, ok := v.([]any)
	if !ok {
		t.report(name, "not_list")
		return nil
	}
	var tables []*table
	for i, item := range items {
		path := t.key(name) + "[" + strconv.Itoa(i) + "]"
		if m, ok := item.(map[string]any); ok {
			tables = append(tables, t.r.table(path, m))
			continue
		}
		t.r.report(path, "not_list", "Key", name)
	}
	return tables
}

// close reports the keys that nobody asked for, with the known one that was probably meant.
func (t *table) close() {
	for _, name := range slices.Sorted(maps.Keys(t.values)) {
		if t.known[name] {
			continue
		}
		if near := nearest(name, slices.Sorted(maps.Keys(t.known))); near != "" {
			t.report(name, "unknown_key_near", "Near", near)
			continue
		}
		t.report(name, "unknown_key", "Known", strings.Join(slices.Sorted(maps.Keys(t.known)), ", "))
	}
}

// plain is a path as it is written in a header: without the numbers of its tables.
func plain(path string) string {
	var b strings.Builder
	for i := 0; i < len(path); i++ {
		if path[i] == '[' {
			for i < len(path) && path[i] != ']' {
				i++
			}
			continue
		}
		b.WriteByte(path[i])
	}
	return b.String()
}
