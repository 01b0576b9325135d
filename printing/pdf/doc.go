// Package pdf draws labels on PDF, one page a label. The library behind it, gofpdf, is known here only.
//
// What it promises beyond printing.Renderer:
//   - the same labels give the same bytes: no clock, no random, no map order gets into the file;
//   - bars are whole dots of the resolution it was opened for, each inset by a quarter of a dot on either side, because
//     rasterisers paint every dot that a shape touches: so a bar of three dots comes out as three, not four;
//   - all text can be searched and copied, and is what the label shows: nothing hidden, nothing unmasked;
//   - only the glyphs in use are embedded. gofpdf reads all tables of a font for every document, which for a Chinese font
//     of 10 MB is nine tenths of the work; so it is handed a font cut to the runes of the document (trueType.cut).
package pdf
