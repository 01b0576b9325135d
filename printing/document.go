package printing

import (
	"context"

	"printstation/app/shipping"
)

// Size is a page in millimetres.
type Size struct{ Width, Height float64 }

// Label100x180 is the two-ply paper of 110 + 70 mm that most carriers know.
var Label100x180 = Size{Width: 100, Height: 180}

// Document is a finished file for a printer, one page a label.
type Document struct {
	MIME  string // "application/pdf"
	Size  Size
	Pages int
	Data  []byte
}

// Rendered is what a Renderer made: the document, and for each label given its page or why it has none.
type Rendered struct {
	Document Document
	Labels   []RenderedLabel // one for each label given, in order
}

// RenderedLabel tells what became of one label. A rejected one has Page 0 and stands in no document.
type RenderedLabel struct {
	ID       shipping.LabelID
	Page     int               // from 1
	Rejected *shipping.Reason  // why it could not be drawn truly
	Notices  []shipping.Reason // what had to be shortened or substituted
}

// Renderer draws labels. It never fails for one label's sake: that one is rejected and the others are drawn.
type Renderer interface {
	Render(ctx context.Context, labels []shipping.Label) (Rendered, error)
}
