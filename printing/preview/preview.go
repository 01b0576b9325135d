package preview

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"math"
	"sync"

	"golang.org/x/image/font/opentype"

	"printstation/printing/label"
)

// Renderer draws pages. It keeps the glyphs it has drawn, so the second label of a size is much faster than the first.
// It is safe for use by several goroutines, which draw one after another.
type Renderer struct {
	fonts  *label.Fonts
	parsed [2]*opentype.Font

	mu    sync.Mutex
	cache glyphCache
}

// New opens a renderer that sets type in the given fonts.
func New(fonts *label.Fonts) (*Renderer, error) {
	r := &Renderer{fonts: fonts}
	for _, face := range []label.Face{label.Regular, label.Bold} {
		parsed, err := opentype.Parse(fonts.Data(face))
		if err != nil {
			return nil, fmt.Errorf("preview: font %d: %w", face, err)
		}
		r.parsed[face] = parsed
	}
	r.cache.reset()
	return r, nil
}

// Scales that Draw takes, in pixels to the millimetre; others are brought within them.
const (
	minScale = 1
	maxScale = 24
)

// Draw gives the page as an image of scale pixels to the millimetre: 4.45 makes a label 800 pixels high, 203/25.4 shows
// every dot of the paper as a pixel.
func (r *Renderer) Draw(page label.Page, scale float64) *image.RGBA {
	scale = min(maxScale, max(minScale, scale))
	s := &sheet{scale: scale, img: image.NewRGBA(image.Rect(0, 0, pixels(page.Size.Width*scale), pixels(page.Size.Height*scale)))}
	draw.Draw(s.img, s.img.Bounds(), image.White, image.Point{}, draw.Src)

	r.mu.Lock()
	defer r.mu.Unlock()
	if r.cache.bytes > maxPixels {
		r.cache.reset()
	}
	for _, t := range page.Back {
		r.text(s, t)
	}
	for _, b := range page.Boxes {
		s.box(b)
	}
	for _, rule := range page.Rules {
		s.rule(rule)
	}
	for _, t := range page.Texts {
		r.text(s, t)
	}
	for _, b := range page.Bars {
		s.bars(b, page.Dot())
	}
	return s.img
}

func pixels(v float64) int { return int(math.Round(v)) }

// sheet is an image being drawn.
type sheet struct {
	img   *image.RGBA
	scale float64 // pixels to the millimetre
}

func (s *sheet) fill(x0, y0, x1, y1 int) {
	draw.Draw(s.img, image.Rect(x0, y0, x1, y1), image.Black, image.Point{}, draw.Src)
}

// line is the width of a line in pixels, at least one.
func (s *sheet) line(width float64) int { return max(1, pixels(width*s.scale)) }

func (s *sheet) box(b label.Box) {
	x0, y0 := pixels(b.X*s.scale), pixels(b.Y*s.scale)
	x1, y1 := pixels((b.X+b.W)*s.scale), pixels((b.Y+b.H)*s.scale)
	if b.Line == 0 {
		s.fill(x0, y0, x1, y1)
		return
	}
	w := s.line(b.Line)
	s.fill(x0, y0, x1, y0+w)
	s.fill(x0, y1-w, x1, y1)
	s.fill(x0, y0, x0+w, y1)
	s.fill(x1-w, y0, x1, y1)
}

func (s *sheet) rule(r label.Rule) {
	w := s.line(r.Line)
	x0, y0 := pixels(r.X1*s.scale), pixels(r.Y1*s.scale)
	if r.Y1 == r.Y2 {
		s.fill(x0, y0, pixels(r.X2*s.scale), y0+w)
		return
	}
	s.fill(x0, y0, x0+w, pixels(r.Y2*s.scale))
}

// bars draws each bar at least a pixel wide, on whole pixels.
func (s *sheet) bars(b label.Bars, dot float64) {
	y0, y1 := pixels(b.Y*s.scale), pixels((b.Y+b.Height)*s.scale)
	module := 0
	for i, run := range b.Runs {
		x0 := pixels((b.X + float64(module*b.Dots)*dot) * s.scale)
		module += int(run)
		if i%2 == 0 {
			x1 := pixels((b.X + float64(module*b.Dots)*dot) * s.scale)
			s.fill(x0, y0, max(x1, x0+1), y1)
		}
	}
}

func ink(shade label.Shade) *image.Uniform {
	switch shade {
	case label.White:
		return image.White
	case label.Light:
		return image.NewUniform(color.Gray{Y: uint8(math.Round(label.Grey * 255))})
	}
	return image.Black
}
