package label

import "printstation/app/shipping"

const (
	// standIn is a number of the usual length; the draft's layout is that of the label it will be.
	standIn = "00000000000000"
	later   = "取号后打印条码"
)

// Draft lays out a label that has no number yet, for the screen alone: empty frames stand where its bars will, so that
// nobody takes it for a label.
func Draft(l shipping.Label, fonts *Fonts, dpi int) (Page, *shipping.Reason) {
	l.Number = standIn
	page, _, why := Lay(l, fonts, dpi)
	if why != nil {
		return Page{}, why
	}
	for _, b := range page.Bars {
		page.Boxes = append(page.Boxes, Box{X: b.X, Y: b.Y, W: b.Width(page.Dot()), H: b.Height, Line: page.Dot()})
	}
	page.Bars = nil
	for i, t := range page.Texts {
		if t.Str != standIn {
			continue
		}
		width := fonts.Width(t.Face, t.Size, later)
		t.X, t.Str, t.Width = t.X+(t.Width-width)/2, later, width
		page.Texts[i] = t
	}
	return page, nil
}
