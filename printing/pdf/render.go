package pdf

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jung-kurt/gofpdf"

	"printstation/app/shipping"
	"printstation/printing"
	"printstation/printing/label"
)

// MaxLabels is the most labels of one document: enough to share the cost of the fonts, little enough that a jam does
// not put a thousand labels in doubt.
const MaxLabels = 100

// Options are what a Renderer is opened with; the zero value will do.
type Options struct {
	DPI      int    // of the printer; 0: label.DefaultDPI
	Author   string // "" and
	Producer string // "": PrintStation
}

// Renderer draws labels on PDF. It implements printing.Renderer and is safe for use by several goroutines.
type Renderer struct {
	fonts   *label.Fonts
	files   [2]*trueType
	options Options
}

var _ printing.Renderer = (*Renderer)(nil)

// New opens a renderer that sets type in the given fonts.
func New(fonts *label.Fonts, o Options) (*Renderer, error) {
	if o.DPI == 0 {
		o.DPI = label.DefaultDPI
	}
	if o.DPI < 100 || o.DPI > 1200 {
		return nil, fmt.Errorf("pdf: %d dpi: not the resolution of a label printer", o.DPI)
	}
	if o.Author == "" {
		o.Author = "PrintStation"
	}
	if o.Producer == "" {
		o.Producer = "PrintStation"
	}
	r := &Renderer{fonts: fonts, options: o}
	for _, face := range []label.Face{label.Regular, label.Bold} {
		file, err := openTrueType(fonts.Data(face))
		if err != nil {
			return nil, fmt.Errorf("pdf: font %d: %w", face, err)
		}
		r.files[face] = file
	}
	return r, nil
}

// Render draws up to MaxLabels labels, a page each in the order given. A label that cannot be drawn truly is rejected
// and has no page. When all are, the document has no pages and no data.
func (r *Renderer) Render(ctx context.Context, labels []shipping.Label) (printing.Rendered, error) {
	if len(labels) > MaxLabels {
		return printing.Rendered{}, fmt.Errorf("pdf: render: %d labels, the most are %d", len(labels), MaxLabels)
	}
	out := printing.Rendered{
		Document: printing.Document{MIME: "application/pdf", Size: printing.Label100x180},
		Labels:   make([]printing.RenderedLabel, len(labels)),
	}
	var pages []label.Page
	var made time.Time
	for i, l := range labels {
		if err := ctx.Err(); err != nil {
			return printing.Rendered{}, fmt.Errorf("pdf: render: %w", err)
		}
		page, notices, rejected := label.Lay(l, r.fonts, r.options.DPI)
		out.Labels[i] = printing.RenderedLabel{ID: l.ID, Rejected: rejected, Notices: notices}
		if rejected != nil {
			continue
		}
		pages = append(pages, page)
		out.Labels[i].Page = len(pages)
		if made.Before(l.PrintedAt) {
			made = l.PrintedAt
		}
	}
	if len(pages) == 0 {
		return out, nil
	}
	data, err := r.write(pages, made)
	if err != nil {
		return printing.Rendered{}, fmt.Errorf("pdf: render: %w", err)
	}
	out.Document.Pages, out.Document.Data = len(pages), data
	return out, nil
}

const family = "notosanssc"

// style is what gofpdf calls a face.
func style(face label.Face) string {
	if face == label.Bold {
		return "B"
	}
	return ""
}

// write makes one document of the pages, dated with the newest label.
func (r *Renderer) write(pages []label.Page, made time.Time) ([]byte, error) {
	size := pages[0].Size
	doc := gofpdf.NewCustom(&gofpdf.InitType{UnitStr: "mm", Size: gofpdf.SizeType{Wd: size.Width, Ht: size.Height}})
	doc.SetCatalogSort(true)
	made = made.In(time.FixedZone("CST", 8*60*60))
	if made.IsZero() {
		made = time.Unix(0, 0).UTC() // gofpdf would take the clock for a zero time
	}
	doc.SetCreationDate(made)
	doc.SetModificationDate(made)
	doc.SetAuthor(r.options.Author, true)
	doc.SetProducer(r.options.Producer, true)
	doc.SetMargins(0, 0, 0)
	doc.SetAutoPageBreak(false, 0)
	for face, uses := range r.used(pages) {
		if len(uses) == 0 {
			continue
		}
		cut, err := r.files[face].cut(uses)
		if err != nil {
			return nil, err
		}
		doc.AddUTF8FontFromBytes(family, style(label.Face(face)), cut)
	}
	for _, page := range pages {
		doc.AddPage()
		draw(doc, page)
	}
	var out bytes.Buffer
	if err := doc.Output(&out); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// used collects the runes that the pages show in each face, sorted.
func (r *Renderer) used(pages []label.Page) [2][]use {
	var seen [2][1 << 16]bool
	var uses [2][]use
	for _, page := range pages {
		for _, texts := range [][]label.Text{page.Back, page.Texts} {
			for _, t := range texts {
				for _, char := range t.Str {
					glyph, ok := r.fonts.Glyph(t.Face, char)
					if !ok || seen[t.Face][char] {
						continue
					}
					seen[t.Face][char] = true
					uses[t.Face] = append(uses[t.Face], use{uint16(char), glyph.Index})
				}
			}
		}
	}
	for face := range uses {
		slices.SortFunc(uses[face], func(a, b use) int { return int(a.char) - int(b.char) })
	}
	return uses
}
