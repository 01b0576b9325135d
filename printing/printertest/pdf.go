package printertest

import (
	"bytes"
	"fmt"

	"printstation/printing"
)

// PDF makes a document of blank labels, by hand: the suite tests printers, not renderers.
func PDF(pages int) printing.Document {
	var b bytes.Buffer
	var offsets []int
	object := func(format string, args ...any) {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n"+format+"\nendobj\n", append([]any{len(offsets)}, args...)...)
	}
	b.WriteString("%PDF-1.4\n")
	object("<< /Type /Catalog /Pages 2 0 R >>")
	var kids bytes.Buffer
	for i := range pages {
		fmt.Fprintf(&kids, "%d 0 R ", i+3)
	}
	object("<< /Type /Pages /Kids [%s] /Count %d >>", kids.String(), pages)
	for range pages {
		object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 283.46 510.24] /Resources << >> >>")
	}
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, at := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, xref)
	return printing.Document{MIME: "application/pdf", Size: printing.Label100x180, Pages: pages, Data: b.Bytes()}
}
