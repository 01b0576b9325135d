package app_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
)

// rule says what the packages of a pattern may import: of ours by their paths below the module, of others by the
// beginning of their paths. The standard library is free for all. A pattern that ends in "/..." covers what lies below.
type rule struct {
	pattern string
	ours    []string
	others  []string
}

const module = "printstation/"

// house is the table of the README, "How it is built". The first pattern that fits a package counts, and a package that
// none fits has no place in the house yet.
var house = []rule{
	{"app/shipping", nil, nil},
	{"app/outbox", []string{"app/shipping"}, nil},
	{"app/settings", []string{"app/shipping"}, []string{"github.com/pelletier/go-toml", "github.com/zalando/go-keyring"}},
	{"app/doctor", []string{"app/shipping", "app/settings", "printing"}, []string{"golang.org/x/sys"}},
	{"app/bench/benchtest", []string{"platform", "platform/sandbox"}, nil},
	{"app", []string{"app/shipping", "app/outbox", "platform", "printing"}, nil},

	{"platform", []string{"app/shipping"}, nil},
	{"platform/wire", []string{"app/shipping", "platform"}, []string{"golang.org/x/text"}},
	{"platform/platformtest", []string{"app/shipping", "platform", "platform/sandbox"}, nil},
	{"platform/sandbox/...", []string{"platform", "app/shipping", "platform/sandbox/..."}, nil}, // and of no adapter, nor they of it
	{"platform/...", []string{"app/shipping", "platform", "platform/wire"}, []string{"golang.org/x/"}},

	{"printing", []string{"app/shipping"}, nil},
	{"printing/label", []string{"app/shipping", "printing"}, []string{"golang.org/x/image", "golang.org/x/text", "rsc.io/qr", "github.com/boombuler/barcode"}},
	{"printing/pdf", []string{"app/shipping", "printing", "printing/label"}, []string{"github.com/jung-kurt/gofpdf", "golang.org/x/image"}},
	{"printing/preview", []string{"app/shipping", "printing", "printing/label"}, []string{"golang.org/x/image"}},
	{"printing/raster", []string{"app/shipping", "printing", "printing/label"}, []string{"golang.org/x/image"}},
	{"printing/ipp/ippevetest", nil, []string{"github.com/godbus/dbus"}},
	{"printing/...", []string{"app/shipping", "printing"}, []string{"github.com/OpenPrinting/goipp", "golang.org/x/sys"}},

	{"storage/storetest", []string{"app", "app/shipping", "app/outbox", "platform"}, []string{"github.com/google/go-cmp"}},
	{"storage", []string{"app", "app/shipping", "app/outbox", "platform"}, []string{"go.etcd.io/bbolt", "github.com/zalando/go-keyring", "golang.org/x/sys"}},

	{"ui/cli", []string{"app", "app/shipping", "app/outbox", "app/settings", "app/doctor", "assets", "assets/words"},
		[]string{"github.com/spf13/", "github.com/schollz/progressbar", "github.com/mattn/go-runewidth", "golang.org/x/term"}},
	{"ui/...", []string{"app", "app/shipping", "app/outbox", "printing", "assets", "assets/words", "ui/..."}, []string{"fyne.io/fyne/v2"}},

	{"assets/words", []string{"app/shipping"}, []string{"github.com/nicksnyder/go-i18n", "golang.org/x/text"}},
	{"assets", []string{"app/shipping", "platform"}, nil},
}

// wiring is who may know concrete packages: main, the bench that is put together from its settings, and what joins it
// with commands and window. They are bound by none of the lines above, and only they import each other.
var wiring = []string{"", "app/bench", "ui/launch"}

// testing packages come into no program.
var testOnly = []string{"app/bench/benchtest", "platform/platformtest", "printing/printertest", "printing/ipp/ippevetest", "storage/storetest"}

// forbidden are packages that a layer must not touch although the beginning of their path is allowed.
var forbidden = map[string]string{"fyne.io/fyne/v2/app": "only main opens the window's driver: the tests of ui run without a display"}

// TestHouse holds the imports of every package against the table.
func TestHouse(t *testing.T) {
	t.Parallel()
	for _, p := range listPackages(t) {
		name := strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, strings.TrimSuffix(module, "/")), "/")
		for _, fault := range faults(name, p.Imports) {
			t.Error(fault)
		}
	}
}

// faults tells what a package imports against the table.
func faults(name string, imports []string) []string {
	if slices.Contains(wiring, name) {
		return wiringFaults(name, imports)
	}
	i := slices.IndexFunc(house, func(r rule) bool { return fits(r.pattern, name) })
	if i < 0 {
		return []string{fmt.Sprintf("%s has no place in the house: give it a line in the table", name)}
	}
	var bad []string
	for _, imp := range imports {
		ours, isOurs := strings.CutPrefix(imp, module)
		switch {
		case isOurs && (slices.Contains(testOnly, ours) || slices.Contains(wiring, ours)):
			bad = append(bad, fmt.Sprintf("%s imports %s, which no program may hold", name, ours))
		case isOurs && !slices.ContainsFunc(house[i].ours, func(pattern string) bool { return fits(pattern, ours) }):
			bad = append(bad, fmt.Sprintf("%s must not import %s", name, ours))
		case isOurs || standard(imp):
		case forbidden[imp] != "":
			bad = append(bad, fmt.Sprintf("%s must not import %s: %s", name, imp, forbidden[imp]))
		case !slices.ContainsFunc(house[i].others, func(start string) bool { return strings.HasPrefix(imp, start) }):
			bad = append(bad, fmt.Sprintf("%s must not depend on %s", name, imp))
		}
	}
	return bad
}

// wiringFaults keeps test packages out of the program, and the window's driver in main.
func wiringFaults(name string, imports []string) []string {
	var bad []string
	for _, imp := range imports {
		if slices.Contains(testOnly, strings.TrimPrefix(imp, module)) {
			bad = append(bad, fmt.Sprintf("%s imports %s, which no program may hold", name, imp))
		}
		if forbidden[imp] != "" && name != "" {
			bad = append(bad, fmt.Sprintf("%s must not import %s: %s", name, imp, forbidden[imp]))
		}
	}
	return bad
}

func fits(pattern, name string) bool {
	if below, ok := strings.CutSuffix(pattern, "..."); ok {
		return strings.HasPrefix(name+"/", below)
	}
	return pattern == name
}

// standard reports whether a path is of the standard library: its first element has no dot.
func standard(imp string) bool {
	first, _, _ := strings.Cut(imp, "/")
	return !strings.Contains(first, ".") && first != path.Clean(module)
}

type listed struct {
	ImportPath string
	Imports    []string
}

func listPackages(t *testing.T) []listed {
	t.Helper()
	cmd := exec.Command("go", "list", "-e", "-json=ImportPath,Imports", module+"...")
	var said strings.Builder
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, said.String())
	}
	var all []listed
	dec := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	if len(all) < 10 {
		t.Fatalf("only %d packages are listed: the test looks at the wrong place", len(all))
	}
	return all
}

// The table must refuse what it is there to refuse.
func TestHouseRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, imp string
		want      bool
	}{
		{"ui", module + "storage", true},
		{"ui/cli", module + "storage", true},
		{"ui/cli", module + "platform", true},
		{"ui", "fyne.io/fyne/v2/app", true},
		{"ui", "fyne.io/fyne/v2/widget", false},
		{"platform/fengchao", module + "platform/sandbox", true},
		{"platform/fengchao", module + "platform/kdniao", true},
		{"platform/fengchao", module + "platform", false},
		{"platform/sandbox", module + "platform/fengchao", true},
		{"app/shipping", "golang.org/x/text/width", true},
		{"app/shipping", "strings", false},
		{"app", module + "storage", true},
		{"app", module + "app/bench", true},
		{"app", module + "platform/fengchao", true},
		{"printing/folder", module + "printing/ipp", true},
		{"storage", module + "storage/storetest", true},
		{"tools", "strings", true},
		{"ui/launch", module + "app/bench", false},
		{"ui/launch", "fyne.io/fyne/v2/app", true},
		{"", "fyne.io/fyne/v2/app", false},
		{"", module + "storage/storetest", true},
	} {
		if got := len(faults(c.name, []string{c.imp})) > 0; got != c.want {
			t.Errorf("%s importing %s: refused %v, want %v", c.name, c.imp, got, c.want)
		}
	}
}
