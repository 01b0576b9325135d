package settings

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"

	"printstation/app/shipping"
)

// Known is what the program can do, which the file is checked against. A nil function lets everything pass.
type Known struct {
	Platforms []string                                // adapters
	Needs     map[string][]string                     // platform: keys of a shop that it cannot do without, beside the common ones
	Schemes   []string                                // ways to a printer: "folder", "ipp"
	Carrier   func(shipping.Carrier) bool             // whether the carrier table has it
	Channel   func(platform string, channel int) bool // whether the platform has such an order_channel
}

// maxSize is more than any bench needs: some three hundred shops. A larger file is something else, and the parser's
// search for keys that are written twice takes a time that grows with the square of the size.
const maxSize = 128 << 10

// Load reads and checks the file. The error is about reading it: missing, not readable, too large. Problems come in the
// order of their lines; the Settings are fit for use only when there are none.
func Load(path string, known Known) (Settings, []Problem, error) {
	data, err := read(path)
	if err != nil {
		return Settings{}, nil, err
	}
	full, err := filepath.Abs(path)
	if err != nil {
		return Settings{}, nil, fmt.Errorf("settings: %w", err)
	}
	s, problems := Parse(data, filepath.Dir(full), known)
	s.Path = full
	return s, problems, nil
}

func read(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("settings: %w", err)
	}
	if !info.Mode().IsRegular() || info.Size() > maxSize {
		return nil, fmt.Errorf("settings: %s: %w", path, ErrNotSettings)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("settings: %w", err)
	}
	return data, nil
}

// ErrNotSettings says that a path is a folder, a device or too large to be a settings file.
var ErrNotSettings = errors.New("not a settings file")

// Parse checks the text of a settings file; relative folders are taken from dir.
func Parse(data []byte, dir string, known Known) (Settings, []Problem) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")) // Windows' Notepad puts it there
	if at, ok := notUTF8(data); !ok {
		return Settings{}, []Problem{problem(at, "", "not_utf8")}
	}
	var root map[string]any
	if err := toml.Unmarshal(data, &root); err != nil {
		return Settings{}, []Problem{syntax(data, err)}
	}
	r := &reader{ix: newIndex(data)}
	s := r.settings(root, dir, known)
	slices.SortStableFunc(r.problems, func(a, b Problem) int {
		if a.Line != b.Line {
			return a.Line - b.Line
		}
		return a.Column - b.Column
	})
	return s, r.problems
}

// notUTF8 finds the first byte that is no UTF-8, as a file saved in the encoding of an old editor has.
func notUTF8(data []byte) (position, bool) {
	at := position{line: 1, column: 1}
	for len(data) > 0 {
		c, size := utf8.DecodeRune(data)
		if c == 0 || c == utf8.RuneError && size == 1 { // a zero byte: UTF-16
			return at, false
		}
		at.column++
		if c == '\n' {
			at = position{line: at.line + 1, column: 1}
		}
		data = data[size:]
	}
	return at, true
}

// syntax names what is wrong with the TOML itself. The mistakes that people make most get a sentence of their own.
func syntax(data []byte, err error) Problem {
	var at position
	var de *toml.DecodeError
	if errors.As(err, &de) {
		at.line, at.column = de.Position()
	}
	line := lineAt(data, at.line)
	switch {
	case strings.ContainsAny(line, "“”‘’\uff1d【】"):
		return problem(at, "", "full_width")
	case strings.Contains(line, `:\`) || strings.Contains(err.Error(), "escape"):
		return problem(at, "", "backslash")
	case strings.Contains(strings.ToLower(line), "secret"):
		return problem(at, "", "syntax_secret") // the parser's words may repeat what stands there
	}
	return problem(at, "", "syntax", "Detail", strings.TrimPrefix(err.Error(), "toml: "))
}

func lineAt(data []byte, n int) string {
	for i := 1; len(data) > 0; i++ {
		line, rest, _ := bytes.Cut(data, []byte("\n"))
		if i == n {
			return string(line)
		}
		data = rest
	}
	return ""
}
