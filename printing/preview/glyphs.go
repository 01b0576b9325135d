package preview

import (
	"image"
	"image/draw"
	"math"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"printstation/printing/label"
)

// steps is how many positions within a pixel a glyph is drawn at: enough for even spacing of small type.
const steps = 4

// maxPixels bounds the glyph cache, in bytes of coverage: some hundred labels of one size.
const maxPixels = 16 << 20

// glyphCache keeps what was rasterised. When it is full it starts
// anew, which costs one slow picture.
type glyphCache struct {
	faces map[faceKey]font.Face
	masks map[glyphKey]mask
	bytes int
}

type faceKey struct {
	face label.Face
	size float64 // in pixels to the em
}

type glyphKey struct {
	faceKey
	char rune
	step uint8
}

// mask is a glyph's coverage, at is where its upper left corner stands from the whole pixel of the origin.
type mask struct {
	alpha *image.Alpha
	at    image.Point
}

func (c *glyphCache) reset() {
	c.faces, c.masks, c.bytes = make(map[faceKey]font.Face), make(map[glyphKey]mask), 0
}

// text sets a line glyph by glyph at the advances that it was measured with; kerning, which the PDF has none of, is
// left out.
func (r *Renderer) text(s *sheet, t label.Text) {
	em := t.Size * 25.4 / 72 * s.scale
	key := faceKey{t.Face, em}
	x, y := t.X*s.scale, pixels(t.Y*s.scale)
	color := ink(t.Shade)
	for _, char := range t.Str {
		g, ok := r.fonts.Glyph(t.Face, char)
		if !ok {
			continue
		}
		quarter := int(math.Round(x * steps))
		m := r.mask(glyphKey{key, char, uint8(quarter % steps)})
		if m.alpha != nil {
			at := image.Pt(quarter/steps, y).Add(m.at)
			draw.DrawMask(s.img, m.alpha.Rect.Add(at), color, image.Point{}, m.alpha, image.Point{}, draw.Over)
		}
		x += em * float64(g.Advance) / 1000
	}
}

// mask gives a glyph's coverage; a nil one for blanks.
func (r *Renderer) mask(key glyphKey) mask {
	if m, ok := r.cache.masks[key]; ok {
		return m
	}
	m := r.rasterise(key)
	r.cache.masks[key] = m
	r.cache.bytes += 64
	if m.alpha != nil {
		r.cache.bytes += len(m.alpha.Pix)
	}
	return m
}

func (r *Renderer) rasterise(key glyphKey) mask {
	face, ok := r.cache.faces[key.faceKey]
	if !ok {
		var err error
		// At 72 dpi a point is a pixel.
		face, err = opentype.NewFace(r.parsed[key.face], &opentype.FaceOptions{Size: key.size, DPI: 72, Hinting: font.HintingNone})
		if err != nil {
			return mask{}
		}
		r.cache.faces[key.faceKey] = face
	}
	dot := fixed.Point26_6{X: fixed.Int26_6(int(key.step) * 64 / steps)}
	where, coverage, corner, _, ok := face.Glyph(dot, key.char)
	if !ok || where.Empty() {
		return mask{}
	}
	alpha := image.NewAlpha(image.Rect(0, 0, where.Dx(), where.Dy()))
	draw.Draw(alpha, alpha.Rect, coverage, corner, draw.Src)
	return mask{alpha, where.Min}
}
