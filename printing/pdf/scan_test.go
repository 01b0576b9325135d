package pdf

import (
	"bytes"
	"fmt"
	"image"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/oned"

	"printstation/app/shipping"
	"printstation/printing/label"
)

// tool finds a program that reads what we print. CI installs all of them, so there a missing one is a failure.
func tool(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s is not installed (packages poppler-utils, zbar-tools)", name)
		}
		t.Skipf("%s is not installed (packages poppler-utils, zbar-tools)", name)
	}
	return path
}

func run(t *testing.T, name string, args ...string) []byte {
	t.Helper()
	cmd := exec.Command(tool(t, name), args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, stderr.Bytes())
	}
	return out
}

// writeFile puts a document of the labels into a folder of its own.
func writeFile(t *testing.T, labels ...shipping.Label) string {
	t.Helper()
	out := render(t, labels...)
	if out.Document.Pages != len(labels) {
		t.Fatalf("%d pages for %d labels: %+v", out.Document.Pages, len(labels), out.Labels)
	}
	path := filepath.Join(t.TempDir(), "labels.pdf")
	if err := os.WriteFile(path, out.Document.Data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// paint rasterises each page to one bit a dot, as a label printer's driver does, and gives the files in order.
func paint(t *testing.T, path string, dpi, pages int) []string {
	t.Helper()
	prefix := filepath.Join(t.TempDir(), "page")
	run(t, "pdftoppm", "-r", strconv.Itoa(dpi), "-mono", path, prefix)
	files, err := filepath.Glob(prefix + "*.pbm")
	if err != nil || len(files) != pages {
		t.Fatalf("%d pages were painted, want %d: %v", len(files), pages, err)
	}
	return files
}

// Each ply of each page has exactly one barcode, and it is the number, for two decoders that share no code, at the
// resolution the page is made for and at one it is not made for.
func TestBarsDecode(t *testing.T) {
	t.Parallel()
	labels := carriers()
	path := writeFile(t, labels...)
	for _, dpi := range []int{203, 300} {
		for i, file := range paint(t, path, dpi, len(labels)) {
			page := readPBM(t, file)
			tear := page.Rect.Dy() * 110 / 180
			for ply, part := range []image.Rectangle{
				image.Rect(0, 0, page.Rect.Dx(), tear), image.Rect(0, tear, page.Rect.Dx(), page.Rect.Dy()),
			} {
				name := fmt.Sprintf("%s at %d dpi, ply %d", labels[i].Number, dpi, ply+1)
				crop := page.SubImage(part).(*image.Gray)
				if got := zbar(t, crop); len(got) != 1 || got[0] != "CODE-128:"+string(labels[i].Number) {
					t.Errorf("%s: zbar reads %q", name, got)
				}
				if got, err := zxing(crop); err != nil || got != string(labels[i].Number) {
					t.Errorf("%s: zxing reads %q, %v", name, got, err)
				}
			}
		}
	}
}

func zbar(t *testing.T, img *image.Gray) []string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "ply.pgm")
	var out bytes.Buffer
	fmt.Fprintf(&out, "P5 %d %d 255\n", img.Rect.Dx(), img.Rect.Dy())
	for y := img.Rect.Min.Y; y < img.Rect.Max.Y; y++ {
		out.Write(img.Pix[img.PixOffset(img.Rect.Min.X, y):][:img.Rect.Dx()])
	}
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(run(t, "zbarimg", "-q", path))), "\n")
}

func zxing(img image.Image) (string, error) {
	bitmap, err := gozxing.NewBinaryBitmapFromImage(img)
	if err != nil {
		return "", err
	}
	hints := map[gozxing.DecodeHintType]interface{}{gozxing.DecodeHintType_TRY_HARDER: true}
	got, err := oned.NewCode128Reader().Decode(bitmap, hints)
	if err != nil {
		return "", err
	}
	return got.GetText(), nil
}

// At the printer's own resolution every bar and every space is as many dots as the layout says: no dot more, no dot
// less, over the whole height of the bars.
func TestBarsAreWholeDots(t *testing.T) {
	t.Parallel()
	labels := carriers()
	r := newRenderer(t)
	path := writeFile(t, labels...)
	for i, file := range paint(t, path, 203, len(labels)) {
		img := readPBM(t, file)
		page := pageOf(t, r, labels[i])
		for ply, bars := range page.Bars {
			top, bottom := bars.Y/page.Dot(), (bars.Y+bars.Height)/page.Dot()
			for y := int(top) + 2; y < int(bottom)-2; y += 7 {
				if got, want := dots(img, y), expected(page, bars, img.Rect.Dx()); got != want {
					t.Fatalf("%s, ply %d, row %d:\n got %s\nwant %s", labels[i].Number, ply+1, y, got, want)
				}
			}
		}
	}
}

// dots writes a row of dots between the frame's lines.
func dots(img *image.Gray, y int) string {
	var b strings.Builder
	for x := range img.Rect.Dx() {
		if x < frameDots || x >= img.Rect.Dx()-frameDots || img.GrayAt(x, y).Y > 127 {
			b.WriteByte(' ')
		} else {
			b.WriteByte('#')
		}
	}
	return b.String()
}

// frameDots is how far the frame reaches from the edge of the page, in dots at 203 dpi.
const frameDots = 28

func expected(page label.Page, bars label.Bars, width int) string {
	row := bytes.Repeat([]byte{' '}, width)
	x := int(math.Round(bars.X / page.Dot()))
	for i, run := range bars.Runs {
		for range int(run) * bars.Dots {
			if i%2 == 0 {
				row[x] = '#'
			}
			x++
		}
	}
	return string(row)
}

// readPBM reads a binary portable bitmap, which is what pdftoppm -mono writes.
func readPBM(t *testing.T, path string) *image.Gray {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var w, h int
	if _, err := fmt.Sscanf(string(data[:min(len(data), 40)]), "P4\n%d %d\n", &w, &h); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	img := image.NewGray(image.Rect(0, 0, w, h))
	stride := (w + 7) / 8
	data = data[len(data)-stride*h:]
	for y := range h {
		for x := range w {
			if data[y*stride+x/8]>>(7-x%8)&1 == 0 {
				img.Pix[y*img.Stride+x] = 255
			}
		}
	}
	return img
}

var (
	mobile = regexp.MustCompile(`(^|\D)1[3-9]\d{9}(\D|$)`)
	room   = regexp.MustCompile(`\d+(室|单元|幢)`)
)

// What can be copied out of the file is what stands on the label, to the letter: nothing is missing and nothing is
// hidden. So no telephone number and no room number is in it.
func TestTextIsWhatIsShown(t *testing.T) {
	t.Parallel()
	labels := carriers()
	r := newRenderer(t)
	path := writeFile(t, labels...)
	for i, l := range labels {
		n := strconv.Itoa(i + 1)
		text := string(run(t, "pdftotext", "-layout", "-enc", "UTF-8", "-f", n, "-l", n, path, "-"))
		flat := strings.Map(func(r rune) rune {
			if unicode.IsSpace(r) {
				return -1
			}
			return r
		}, text)
		for _, want := range []string{string(l.Number), l.Recipient.Phone, "闫**", l.Sender.Name} {
			if want == "闫**" && l.Recipient.Name != want {
				want = "〓*"
			}
			if !strings.Contains(flat, want) {
				t.Errorf("page %s: no %q in the text:\n%s", n, want, text)
			}
		}
		var shown strings.Builder
		page := pageOf(t, r, l)
		for _, words := range [][]label.Text{page.Back, page.Texts} {
			for _, w := range words {
				shown.WriteString(w.Str)
			}
		}
		if got, want := census(flat), census(shown.String()); got != want {
			t.Errorf("page %s: the file holds\n%s, the label shows\n%s", n, got, want)
		}
		if found := append(mobile.FindAllString(text, -1), room.FindAllString(flat, -1)...); len(found) > 0 {
			t.Errorf("page %s: unmasked data: %q", n, found)
		}
	}
}

// census counts the characters of a text, blanks apart, in order.
func census(s string) string {
	var count [1 << 16]int
	for _, r := range s {
		if !unicode.IsSpace(r) && r <= 0xFFFF {
			count[r]++
		}
	}
	var b strings.Builder
	for r, n := range count {
		if n > 0 {
			fmt.Fprintf(&b, "%c%d ", r, n)
		}
	}
	return b.String()
}

// The file is sound for a reader that is strict about fonts: both are embedded and map back to Unicode.
func TestFontsAreEmbedded(t *testing.T) {
	t.Parallel()
	lines := strings.Split(strings.TrimSpace(string(run(t, "pdffonts", writeFile(t, carriers()...)))), "\n")[2:]
	if len(lines) != 2 {
		t.Fatalf("%d fonts in the file: %q", len(lines), lines)
	}
	for _, line := range lines {
		if !regexp.MustCompile(`CID TrueType +Identity-H +yes +\S+ +yes`).MatchString(line) {
			t.Errorf("a font is not embedded or cannot be searched: %s", line)
		}
	}
	info := string(run(t, "pdfinfo", writeFile(t, sample())))
	for _, want := range []string{"Author:          PrintStation", "Producer:        PrintStation", "Page size:       283.46 x 510.24 pts"} {
		if !strings.Contains(info, want) {
			t.Errorf("no %q in:\n%s", want, info)
		}
	}
}
