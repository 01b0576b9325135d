package smoke_test

import (
	"bufio"
	"context"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

const (
	screenWidth  = 1366 // the commonest size of old office screens
	screenHeight = 768
)

// needTools ends the test where it cannot run: quietly at home, loudly in CI, which installs everything.
func needTools(t *testing.T, names ...string) {
	t.Helper()
	for _, name := range names {
		if _, err := exec.LookPath(name); err == nil {
			continue
		}
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s is missing; `make setup-test` installs it", name)
		}
		t.Skipf("%s is missing; `make setup-test` installs it", name)
	}
}

// screen is an X server of the test's own.
type screen struct {
	t       *testing.T
	display string // as ":99"
	shots   string // folder of the last picture
}

func openScreen(t *testing.T) *screen {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	cmd := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1366x768x24", "-nolisten", "tcp", "-noreset")
	cmd.ExtraFiles = []*os.File{w}
	err = cmd.Start()
	_ = w.Close()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	number, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		t.Fatalf("Xvfb did not say which display it serves: %v", err)
	}
	return &screen{t: t, display: ":" + strings.TrimSpace(number), shots: t.TempDir()}
}

// env is the environment of everything that is to be on this screen.
func (s *screen) env() []string {
	return append(os.Environ(),
		"DISPLAY="+s.display, "WAYLAND_DISPLAY=", "LC_ALL=C.UTF-8", "FYNE_SCALE=1", "LIBGL_ALWAYS_SOFTWARE=1")
}

// xdotool moves hands and scanner.
func (s *screen) xdotool(args ...string) string {
	s.t.Helper()
	ctx, stop := context.WithTimeout(s.t.Context(), patience)
	defer stop()
	cmd := exec.CommandContext(ctx, "xdotool", args...)
	cmd.Env = s.env()
	out, err := cmd.CombinedOutput()
	if err != nil {
		s.t.Fatalf("xdotool %v: %v: %s", args, err, out)
	}
	return strings.TrimSpace(string(out))
}

// findWindow gives the id of the program's window, "" while there is none.
func (s *screen) findWindow(pid int) string {
	cmd := exec.Command("xdotool", "search", "--onlyvisible", "--pid", strconv.Itoa(pid))
	cmd.Env = s.env()
	out, _ := cmd.Output() // it fails when nothing is found
	ids := strings.Fields(string(out))
	if len(ids) == 0 {
		return ""
	}
	return ids[len(ids)-1]
}

// look takes a picture of the screen.
func (s *screen) look() image.Image {
	s.t.Helper()
	path := filepath.Join(s.shots, "now.png")
	s.photograph(path)
	f, err := os.Open(path)
	if err != nil {
		s.t.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		s.t.Fatalf("picture of the screen: %v", err)
	}
	return img
}

func (s *screen) photograph(path string) {
	s.t.Helper()
	cmd := exec.Command("scrot", "--overwrite", path)
	cmd.Env = s.env()
	if out, err := cmd.CombinedOutput(); err != nil {
		s.t.Fatalf("scrot: %v: %s", err, out)
	}
}

// keepOnFailure leaves a picture of how the screen was when the test failed.
func (s *screen) keepOnFailure() {
	if !s.t.Failed() {
		return
	}
	f, err := os.CreateTemp("", "printstation-smoke-*.png")
	if err != nil {
		s.t.Log(err)
		return
	}
	_ = f.Close()
	cmd := exec.Command("scrot", "--overwrite", f.Name())
	cmd.Env = s.env()
	if out, err := cmd.CombinedOutput(); err != nil {
		s.t.Logf("scrot: %v: %s", err, out)
		return
	}
	s.t.Logf("the screen as it was: %s", f.Name())
}

// patch finds where a colour fills the part of a picture, and how many of its pixels have it.
func patch(img image.Image, part image.Rectangle, c color.Color) (bounds image.Rectangle, pixels int) {
	want := color.NRGBAModel.Convert(c)
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			if color.NRGBAModel.Convert(img.At(x, y)) != want {
				continue
			}
			pixels++
			bounds = bounds.Union(image.Rect(x, y, x+1, y+1))
		}
	}
	return bounds, pixels
}
