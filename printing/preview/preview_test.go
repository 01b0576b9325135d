package preview

import (
	"bytes"
	"image"
	"sync"
	"testing"
	"time"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/oned"

	"printstation/app/shipping"
	"printstation/assets"
	"printstation/printing/label"
)

func open(tb testing.TB) (*Renderer, label.Page) {
	tb.Helper()
	fonts, err := label.NewFonts(assets.FontRegular(), assets.FontBold())
	if err != nil {
		tb.Fatal(err)
	}
	r, err := New(fonts)
	if err != nil {
		tb.Fatal(err)
	}
	page, _, rejected := label.Lay(sample(), fonts, 203)
	if rejected != nil {
		tb.Fatal(rejected)
	}
	return r, page
}

func sample() shipping.Label {
	return shipping.Label{
		ID: "dy1/17-1", Station: "A1", Shop: "抖店一号", CarrierName: "圆通速递", Number: "YT8800801072305",
		SortCode: "987-U50 423", Hub: "深圳龙岗集散", ShortName: "龙岗",
		Recipient: shipping.MaskedParty{Name: "闫**", Phone: "173******29", Region: "四川省成都市郫都区", Address: "犀浦镇绿地大道446号***"},
		Sender:    shipping.MaskedParty{Name: "李**", Phone: "164******82", Region: "福建省泉州市晋江市", Address: "池店镇阜通东大街505号***"},
		Orders:    []shipping.OrderID{"202611115633260071"},
		Items:     []shipping.OrderItem{{Name: "六角螺丝刀套装", Spec: "32合1", SKU: "LSD-32", Quantity: 3}},
		PrintedAt: time.Date(2026, 11, 10, 16, 8, 0, 0, time.UTC), Piece: 1, Pieces: 1, Batch: "A12", Serial: 37, BatchSize: 120,
		Reprint: 1, Demo: true,
	}
}

// Both symbols are read back from the picture, at the scale of the window and of the paper.
func TestDrawBarsDecode(t *testing.T) {
	t.Parallel()
	r, page := open(t)
	for _, scale := range []float64{800.0 / 180, 203 / 25.4, 12} {
		img := r.Draw(page, scale)
		for i, b := range page.Bars {
			dot := page.Dot()
			quiet := label.QuietModules * float64(b.Dots) * dot
			part := img.SubImage(image.Rect(int((b.X-quiet)*scale), int((b.Y+1)*scale),
				int((b.X+b.Width(dot)+quiet)*scale), int((b.Y+b.Height-1)*scale)))
			for _, v := range part.(*image.RGBA).Pix[:part.Bounds().Dx()*4] {
				if v != 0 && v != 255 {
					t.Fatalf("scale %.2f: bars %d are not crisp: a pixel has %d", scale, i, v)
				}
			}
			bitmap, err := gozxing.NewBinaryBitmapFromImage(part)
			if err != nil {
				t.Fatal(err)
			}
			got, err := oned.NewCode128Reader().Decode(bitmap, nil)
			if err != nil || got.GetText() != "YT8800801072305" {
				t.Errorf("scale %.2f: bars %d decode to %v, %v", scale, i, got, err)
			}
		}
	}
}

// The ink of every text falls where the layout says, and nowhere is a text without ink.
func TestDrawTextStandsInItsBox(t *testing.T) {
	t.Parallel()
	r, page := open(t)
	const scale = 10
	bare := page
	bare.Back, bare.Boxes, bare.Rules, bare.Bars, bare.Texts = nil, nil, nil, nil, nil
	for _, text := range page.Texts {
		text.Shade = label.Black
		bare.Texts = []label.Text{text}
		img := r.Draw(bare, scale)
		var ink image.Rectangle
		for y := range img.Rect.Dy() {
			for x := range img.Rect.Dx() {
				if img.RGBAAt(x, y).R < 128 {
					ink = ink.Union(image.Rect(x, y, x+1, y+1))
				}
			}
		}
		box := image.Rect(int((text.X-0.3)*scale)-1, int((text.Y-text.Above)*scale)-1,
			int((text.X+text.Width+0.3)*scale)+2, int((text.Y+text.Below)*scale)+2)
		if ink.Empty() || !ink.In(box) {
			t.Errorf("%q has ink at %v, its box is %v", text.Str, ink, box)
		}
	}
}

func TestDrawIsRepeatableAndConcurrent(t *testing.T) {
	t.Parallel()
	r, page := open(t)
	first := r.Draw(page, 4.4)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			if again := r.Draw(page, 4.4); !bytes.Equal(first.Pix, again.Pix) {
				t.Error("the same page came out differently")
			}
		})
	}
	wg.Wait()
}

// A full cache starts anew and draws the same.
func TestDrawWithFullCache(t *testing.T) {
	t.Parallel()
	r, page := open(t)
	first := r.Draw(page, 6)
	r.cache.bytes = maxPixels + 1
	if again := r.Draw(page, 6); !bytes.Equal(first.Pix, again.Pix) {
		t.Error("a cleared cache changes the picture")
	}
	if r.cache.bytes > maxPixels {
		t.Errorf("the cache holds %d bytes", r.cache.bytes)
	}
}

func TestDrawBoundsTheScale(t *testing.T) {
	t.Parallel()
	r, page := open(t)
	for scale, want := range map[float64]int{0: 100, -3: 100, 1e9: 100 * maxScale} {
		if got := r.Draw(label.Page{Size: page.Size, DPI: 203}, scale).Rect.Dx(); got != want {
			t.Errorf("scale %g: %d pixels wide, want %d", scale, got, want)
		}
	}
}

func BenchmarkDraw800(b *testing.B) {
	r, page := open(b)
	r.Draw(page, 800.0/180)
	for b.Loop() {
		r.Draw(page, 800.0/180)
	}
}
