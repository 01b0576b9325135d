package settings

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

func FuzzLoad(f *testing.F) {
	f.Add([]byte(sample))
	f.Add([]byte("[[shop]]\n[shop.shop]\nshop = [{a=[{b=1}]}]"))
	f.Add([]byte("[[a.b]]\n[a.b.c]\n[[a.b]]\n\"x.y\".z=1"))
	f.Add([]byte("\xff\xfe[\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		lines := strings.Count(string(data), "\n") + 1
		s, problems := Parse(data, "/etc", known)
		for _, p := range problems {
			if p.Line < 0 || p.Line > lines || p.What.ID == "" || p.Mend.ID == "" {
				t.Errorf("%v of %d lines", p, lines)
			}
		}
		if len(problems) > 0 {
			return
		}
		if len(s.Shops) == 0 || len(s.Printers) == 0 {
			t.Error("no problem, and no shop or printer either")
		}
		for _, shop := range s.Shops {
			if shop.Secret.check() != nil || shop.ID == "" || shop.BaseURL == "" {
				t.Errorf("passed: %+v", shop)
			}
		}
	})
}

// The sample that the README documents is a file without a fault.
func TestReadmeSample(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(text), "```toml\n")
	block, _, closed := strings.Cut(rest, "```")
	if !found || !closed {
		t.Fatal("the README has no sample of station.toml")
	}
	s, problems := Parse([]byte(block), "/etc", known)
	if len(problems) > 0 || len(s.Shops) != 1 || len(s.Printers) != 1 {
		t.Errorf("problems %v in %+v", problems, s)
	}
	uncommented := strings.NewReplacer("# language", "language", "# retention_days", "retention_days").Replace(block)
	if s, problems = Parse([]byte(uncommented), "/etc", known); len(problems) > 0 || s.Station.Language != "zh" {
		t.Errorf("with its comments taken away: %v", problems)
	}
}

// The largest file that is taken is checked within a second, even when it holds nothing but keys of one table.
func BenchmarkParseLargest(b *testing.B) {
	text := []byte(sample + "[junk]\n")
	for i := 0; len(text) < maxSize-16; i++ {
		text = append(text, []byte("k"+strconv.Itoa(i)+"=1\n")...)
	}
	for b.Loop() {
		if _, problems := Parse(text, "", known); len(problems) != 1 {
			b.Fatalf("%d problems", len(problems))
		}
	}
}
