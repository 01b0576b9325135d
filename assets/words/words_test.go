package words

import (
	"encoding/json"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var placeholder = regexp.MustCompile(`\{\{\.(\w+)\}\}`)

// Both languages say the same things with the same values, and each id begins with the name of its file.
func TestLanguagesAgree(t *testing.T) {
	names, err := fs.Glob(files, "*."+Chinese+".json")
	if err != nil || len(names) == 0 {
		t.Fatalf("no Chinese files: %v", err)
	}
	for _, name := range names {
		area := strings.TrimSuffix(name, "."+Chinese+".json")
		zh, en := load(t, name), load(t, area+"."+English+".json")
		for id, text := range zh {
			if !strings.HasPrefix(id, area+".") {
				t.Errorf("%s: id %q does not begin with %q", name, id, area+".")
			}
			other, ok := en[id]
			if !ok {
				t.Errorf("%s: %q has no English text", name, id)
				continue
			}
			if a, b := values(text), values(other); !slices.Equal(a, b) {
				t.Errorf("%s: %q speaks of %v in Chinese and %v in English", name, id, a, b)
			}
		}
		for id := range en {
			if _, ok := zh[id]; !ok {
				t.Errorf("%s: %q has no Chinese text", name, id)
			}
		}
	}
}

func TestFor(t *testing.T) {
	for tag, want := range map[string]string{"": Chinese, "zh_CN.UTF-8": Chinese, "en_GB.UTF-8": English, "C": English, "fr": Chinese} {
		w, err := For(tag)
		if err != nil {
			t.Fatal(err)
		}
		if w.Lang() != want {
			t.Errorf("For(%q) speaks %s, want %s", tag, w.Lang(), want)
		}
	}
	w, _ := For("en")
	if got := w.With("no.such_id", "Name", "x"); !strings.Contains(got, "no.such_id") || !strings.Contains(got, "x") {
		t.Errorf("an unknown id is said as %q", got)
	}
}

func load(t *testing.T, name string) map[string]string {
	t.Helper()
	raw, err := files.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var m map[string]string
	if err := json.Unmarshal(raw, &m); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return m
}

func values(text string) []string {
	var names []string
	for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
		names = append(names, m[1])
	}
	slices.Sort(names)
	return slices.Compact(names)
}
