package benchtest

import (
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Page is one label as it lies in a folder.
type Page struct {
	File    string // without the folder
	Page    int    // from 1
	Number  string // "" when none can be read on it
	Reprint bool   // it bears the reprint mark
}

// zhongtong is the form of the numbers of 中通, which all tests print.
var zhongtong = regexp.MustCompile(`\b7\d{13}\b`)

// Files gives the documents in a folder.
func Files(t testing.TB, folder string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// Pages reads every page of every document in a folder.
func Pages(t testing.TB, folder string) []Page {
	t.Helper()
	var all []Page
	for _, file := range Files(t, folder) {
		text, err := exec.Command("pdftotext", "-layout", file, "-").Output()
		if err != nil {
			t.Fatalf("pdftotext %s: %v", file, err)
		}
		for i, p := range strings.Split(strings.TrimSuffix(string(text), "\f"), "\f") {
			all = append(all, Page{
				File: filepath.Base(file), Page: i + 1, Number: zhongtong.FindString(p), Reprint: strings.Contains(p, "补打"),
			})
		}
	}
	return all
}
