package ippevetest

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Sheet is one page that came out.
type Sheet struct {
	Job      int    // the printer's id, from 1 after each power-on
	Page     int    // of the document, from 1
	Document string // path in SpoolDir; ids repeat after a power cut, so a later job may have replaced the file
	JobName  string
}

// Paper is what lies in the output tray, in the order it came out. It survives PowerOff, as paper does.
func (p *Printer) Paper() []Sheet {
	p.t.Helper()
	b, err := os.ReadFile(filepath.Join(p.dir, "paper"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		p.t.Fatalf("ippevetest: %v", err)
	}
	var sheets []Sheet
	for line := range strings.Lines(string(b)) {
		f := strings.SplitN(strings.TrimSuffix(line, "\n"), "\t", 4)
		if len(f) != 4 {
			continue // the power went in the middle of the line
		}
		job, errJob := strconv.Atoi(f[0])
		page, errPage := strconv.Atoi(f[1])
		if errJob == nil && errPage == nil {
			sheets = append(sheets, Sheet{Job: job, Page: page, Document: f[2], JobName: f[3]})
		}
	}
	return sheets
}
