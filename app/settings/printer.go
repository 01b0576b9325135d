package settings

import (
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// onWindows recognizes a path of Windows on any system, so that one file means the same everywhere.
var onWindows = regexp.MustCompile(`^([A-Za-z]:[\\/]|\\\\)`)

// printer reads one [[printer]].
func (t *table) printer(dir string, known Known) Printer {
	p := Printer{ID: t.id(), URI: t.printerURI(dir, known), Default: t.flag("default")}
	t.close()
	return p
}

func (t *table) printerURI(dir string, known Known) string {
	raw := t.needed("uri")
	if raw == "" {
		return ""
	}
	scheme, rest, ok := strings.Cut(raw, ":")
	if !ok || !slices.Contains(known.Schemes, scheme) {
		t.report("uri", "printer_scheme", "Known", strings.Join(known.Schemes, ", "))
		return raw
	}
	if scheme != "folder" {
		if u, err := url.Parse(raw); err != nil || u.Hostname() == "" || u.User != nil {
			t.report("uri", "printer_uri", "Scheme", scheme)
		}
		return raw
	}
	path, ok := absolute(rest, dir)
	if !ok {
		t.report("uri", "printer_folder")
		return raw
	}
	return scheme + ":" + path
}

// absolute makes a folder of the settings absolute: "~/" is the user's own folder, anything relative is taken from the
// settings file's. A folder that is empty or not to be had gives false.
func absolute(path, dir string) (string, bool) {
	if path == "" || strings.ContainsRune(path, 0) {
		return "", false
	}
	if onWindows.MatchString(path) || filepath.IsAbs(path) {
		return path, true
	}
	if rest, ok := strings.CutPrefix(path, "~/"); ok {
		home, err := os.UserHomeDir()
		if err != nil {
			return "", false
		}
		return filepath.Join(home, rest), true
	}
	return filepath.Join(dir, path), true
}
