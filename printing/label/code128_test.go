package label

import (
	"image"
	"image/color"
	"slices"
	"strings"
	"testing"

	"github.com/boombuler/barcode/code128"
	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/oned"
	"pgregory.net/rapid"
)

// Symbols of the carriers' numbers, with their modules counted by hand: start, data, changes of set and check are 11
// modules each, the stop is 13.
func TestEncode128Lengths(t *testing.T) {
	t.Parallel()
	for data, characters := range map[string]int{
		"73144233224145":       1 + 7 + 1,         // even digits: all pairs
		"777033444568921":      1 + 7 + 2 + 1,     // odd digits: one in set B, and a change
		"YT8800801072305":      1 + 3 + 1 + 6 + 1, // two letters and a digit in set B, a change, six pairs
		"SF1023574470215":      1 + 3 + 1 + 6 + 1,
		"12345678901234567890": 1 + 10 + 1,
		"A12B":                 1 + 4 + 1,         // two digits are no shorter as a pair
		"A1234B":               1 + 1 + 4 + 1 + 1, // nor are four in the middle
		"1":                    1 + 1 + 1,
		"12":                   1 + 1 + 1,
	} {
		runs, err := encode128(data)
		if err != nil {
			t.Errorf("%q: %v", data, err)
			continue
		}
		if got, want := (Bars{Runs: runs}).Modules(), 11*characters+13; got != want {
			t.Errorf("%q: %d modules, want %d", data, got, want)
		}
	}
}

// The library's symbol stands on a label wherever none is shorter, ours where one is.
func TestCode128Runs(t *testing.T) {
	t.Parallel()
	for data, library := range map[string]bool{"73144233224145": true, "12345678901234567890": true, "YT8800801072305": false, "SF1023574470215": false} {
		runs, err := code128Runs(data)
		if err != nil {
			t.Errorf("%q: %v", data, err)
			continue
		}
		short, _ := encode128(data)
		if modules(runs) != modules(short) {
			t.Errorf("%q: %d modules, %d will do", data, modules(runs), modules(short))
		}
		if got := slices.Equal(runs, libraryRuns(data)); got != library {
			t.Errorf("%q: the library's symbol is taken: %v, want %v", data, got, library)
		}
	}
}

func TestEncode128Refuses(t *testing.T) {
	t.Parallel()
	for _, data := range []string{"", "运单", "\uff11\uff12", "AB\n12", "AB\x00", "AB\x7f", "é"} {
		if _, err := encode128(data); err == nil {
			t.Errorf("%q was encoded", data)
		}
	}
}

// Another encoder's symbol is never shorter, and where the choice of sets agrees it is the same, bar for bar.
func TestEncode128AgainstAnotherEncoder(t *testing.T) {
	t.Parallel()
	same := 0
	check := func(t interface {
		Fatalf(string, ...any)
	}, data string) {
		runs, err := encode128(data)
		if err != nil {
			t.Fatalf("%q: %v", data, err)
		}
		other, err := code128.Encode(data)
		if err != nil {
			t.Fatalf("%q: %v", data, err)
		}
		ours, theirs := strip(runs), ""
		for x := range other.Bounds().Dx() {
			if other.At(x, 0) == color.Black {
				theirs += "#"
			} else {
				theirs += " "
			}
		}
		if len(ours) > len(theirs) {
			t.Fatalf("%q: %d modules, another encoder needs %d", data, len(ours), len(theirs))
		}
		if ours == theirs {
			same++
		}
	}
	for pair := range 100 {
		check(t, strings.Repeat(string([]byte{byte('0' + pair/10), byte('0' + pair%10)}), 3))
	}
	for c := byte(' '); c <= '~'; c++ {
		check(t, strings.Repeat(string(c), 1)+"ab")
	}
	if same < 190 {
		t.Errorf("only %d of 195 plain symbols are the same", same)
	}
	rapid.Check(t, func(t *rapid.T) { check(t, rapid.StringMatching(`[ -~]{1,30}`).Draw(t, "data")) })
}

// Whatever can be encoded is read back by a decoder.
func TestEncode128Decodes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		data := rapid.OneOf(rapid.StringMatching(`[A-Z]{0,3}[0-9]{1,20}`), rapid.StringMatching(`[!-~]{1,30}`)).Draw(t, "data")
		runs, err := encode128(data)
		if err != nil {
			t.Fatal(err)
		}
		bitmap, err := gozxing.NewBinaryBitmapFromImage(picture(strip(runs)))
		if err != nil {
			t.Fatal(err)
		}
		got, err := oned.NewCode128Reader().Decode(bitmap, nil)
		if err != nil {
			t.Fatalf("%q: %v", data, err)
		}
		if got.GetText() != data {
			t.Fatalf("%q decodes to %q", data, got.GetText())
		}
	})
}

// strip writes the modules as # and blank.
func strip(runs []uint8) string {
	var b strings.Builder
	for i, run := range runs {
		b.WriteString(strings.Repeat([]string{"#", " "}[i%2], int(run)))
	}
	return b.String()
}

// picture paints modules three pixels wide with a quiet zone.
func picture(modules string) image.Image {
	const module, height = 3, 40
	img := image.NewGray(image.Rect(0, 0, (len(modules)+2*QuietModules)*module, height))
	for i := range img.Pix {
		x := i%img.Stride/module - QuietModules
		if x < 0 || x >= len(modules) || modules[x] == ' ' {
			img.Pix[i] = 255
		}
	}
	return img
}

func FuzzEncode128(f *testing.F) {
	for _, s := range []string{"YT8800801072305", "", "12345", "运单", "A1234B"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, data string) {
		runs, err := encode128(data)
		if err != nil {
			return
		}
		if n := (Bars{Runs: runs}).Modules(); len(runs)%2 == 0 || (n-13)%11 != 0 {
			t.Errorf("%q: %d modules in %d runs", data, n, len(runs))
		}
	})
}
