package folder

import (
	"bytes"
	"testing"

	"github.com/jung-kurt/gofpdf"

	"printstation/printing/printertest"
)

func FuzzCountPages(f *testing.F) {
	f.Add(printertest.PDF(1).Data)
	f.Add(printertest.PDF(100).Data)
	f.Add([]byte("%PDF-1.4 obj /Type /Pages /Count 99999999999 endobj %%EOF"))
	f.Fuzz(func(t *testing.T, data []byte) {
		n, err := countPages(data)
		if err == nil && n < 1 {
			t.Errorf("%d pages", n)
		}
	})
}

func TestCountPages(t *testing.T) {
	t.Parallel()
	for _, pages := range []int{1, 2, 100} {
		if n, err := countPages(printertest.PDF(pages).Data); err != nil || n != pages {
			t.Errorf("countPages = %d, %v; want %d", n, err, pages)
		}
	}
	if n, err := countPages(printertest.PDF(0).Data); err == nil {
		t.Errorf("no pages: %d", n)
	}
}

// The renderers write their documents with gofpdf, compressed or not.
func TestCountPagesOfARenderedDocument(t *testing.T) {
	t.Parallel()
	for _, compress := range []bool{false, true} {
		pdf := gofpdf.New("P", "mm", "A4", "")
		pdf.SetCompression(compress)
		for range 37 {
			pdf.AddPage()
			pdf.SetFont("Helvetica", "", 12)
			pdf.Text(10, 10, "/Type /Pages /Count 99")
		}
		var b bytes.Buffer
		if err := pdf.Output(&b); err != nil {
			t.Fatal(err)
		}
		if n, err := countPages(b.Bytes()); err != nil || n != 37 {
			t.Errorf("compressed %v: countPages = %d, %v; want 37", compress, n, err)
		}
	}
}
