package folder

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strconv"

	"printstation/printing"
)

var (
	errNotPDF = errors.New("not a whole PDF document")

	// Nodes of the page tree as they stand in a document without object streams, as the renderers here write it. The
	// root's count is the largest.
	pagesNode = regexp.MustCompile(`/Type\s*/Pages\b`)
	nodeCount = regexp.MustCompile(`/Count\s+([0-9]{1,9})\b`)
)

// countPages reads the number of pages from a document. It is asked again after a restart, when nothing but the file is
// left; so Send refuses a document whose pages it cannot count.
func countPages(data []byte) (int, error) {
	if !bytes.HasPrefix(data, []byte("%PDF-")) || !bytes.Contains(tail(data), []byte("%%EOF")) {
		return 0, errNotPDF
	}
	data = withoutStreams(data)
	pages := 0
	for _, at := range pagesNode.FindAllIndex(data, -1) {
		for _, m := range nodeCount.FindAllSubmatch(object(data, at[0]), -1) {
			if n, err := strconv.Atoi(string(m[1])); err == nil && n > pages {
				pages = n
			}
		}
	}
	if pages == 0 {
		return 0, fmt.Errorf("%w: no page count", errNotPDF)
	}
	return pages, nil
}

// withoutStreams leaves the bodies of streams out: what is drawn on a page may read like a page tree.
func withoutStreams(data []byte) []byte {
	var out []byte
	for {
		from := bytes.Index(data, []byte("stream\n"))
		if from < 0 {
			return append(out, data...)
		}
		out = append(out, data[:from]...)
		to := bytes.Index(data[from:], []byte("endstream"))
		if to < 0 {
			return out
		}
		data = data[from+to+len("endstream"):]
	}
}

// tail is where the end mark of a PDF may stand.
func tail(data []byte) []byte { return data[max(0, len(data)-1024):] }

// object gives the bytes of the PDF object around an offset.
func object(data []byte, at int) []byte {
	from := max(0, bytes.LastIndex(data[:at], []byte(" obj")))
	to := bytes.Index(data[at:], []byte("endobj"))
	if to < 0 {
		return data[from:]
	}
	return data[from : at+to]
}

func checkDocument(device string, d printing.Document) error {
	if !deviceForm.MatchString(device) {
		return fmt.Errorf("%q: %w", device, printing.ErrNoJob)
	}
	if d.MIME != pdf {
		return fmt.Errorf("the document is %q, not %q", d.MIME, pdf)
	}
	pages, err := countPages(d.Data)
	if err != nil {
		return err
	}
	if pages != d.Pages {
		return fmt.Errorf("the document is said to have %d pages and has %d", d.Pages, pages)
	}
	return nil
}

// sentBefore settles a Send for which the file is there.
func (f *Folder) sentBefore(op, device string, d printing.Document) error {
	old, err := os.ReadFile(f.final(device))
	if err != nil {
		return f.wrap(op, err)
	}
	if !bytes.Equal(old, d.Data) {
		return fmt.Errorf("%s: %s holds another document", op, f.final(device))
	}
	return f.syncAgain(op)
}

func (f *Folder) syncAgain(op string) error {
	if err := syncDir(f.path); err != nil {
		return f.wrap(op, err)
	}
	return nil
}
