package smoke_test

import (
	"bytes"
	"image"
	"os"
	"os/exec"
	"strconv"
	"syscall"
	"testing"
	"time"

	"printstation/ui/look"
)

// patience is how long anything may take that the test waits for, on a machine that has other work too.
const patience = 30 * time.Second

// until waits for a condition. It is asked again and again; that time has passed proves nothing.
func until(t *testing.T, what string, met func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !met(); {
		if time.Now().After(end) {
			t.Fatalf("waited %v in vain until %s", patience, what)
		}
		<-time.After(30 * time.Millisecond)
	}
}

// window is one run of the program's window.
type window struct {
	*bench
	cmd   *exec.Cmd
	id    string
	said  *bytes.Buffer // stderr; read only after the end
	ended chan error
}

// start opens the window over the whole screen and waits until its list is there.
func (b *bench) start(lang string) *window {
	b.t.Helper()
	w := &window{bench: b, said: new(bytes.Buffer), ended: make(chan error, 1)}
	w.cmd = exec.Command(b.program, "--config", b.config(), "--data", b.data(), "--lang", lang)
	w.cmd.Env = b.environment()
	w.cmd.Stderr = w.said
	w.cmd.Dir = b.dir // beside a FyneApp.toml Fyne would take from it that threads need no check
	if err := w.cmd.Start(); err != nil {
		b.t.Fatal(err)
	}
	go func() { w.ended <- w.cmd.Wait() }()
	b.t.Cleanup(func() { _ = w.cmd.Process.Kill() })
	until(b.t, "the window is there", func() bool {
		w.mustLive()
		w.id = b.screen.findWindow(w.cmd.Process.Pid)
		return w.id != ""
	})
	b.screen.xdotool("windowmove", w.id, "0", "0", "windowsize", w.id, strconv.Itoa(screenWidth), strconv.Itoa(screenHeight))
	until(b.t, "the status line is drawn", func() bool {
		w.mustLive()
		_, n := patch(b.screen.look(), statusArea, look.Bar)
		return n > screenWidth*10
	})
	b.screen.xdotool("windowfocus", "--sync", w.id)
	return w
}

// mustLive ends the test when the program has ended.
func (w *window) mustLive() {
	w.t.Helper()
	select {
	case err := <-w.ended:
		w.t.Fatalf("the program has ended: %v\n%s", err, w.said)
	default:
	}
}

// Parts of the window, of 1366 by 768 pixels.
var (
	buttonArea  = image.Rect(1094, 10, 1366, 74)             // the big button
	tabArea     = image.Rect(0, 84, screenWidth, 127)        // the pages' names and counts
	headArea    = image.Rect(900, 129, screenWidth, 177)     // over a list, at the right: what can be done with it
	listArea    = image.Rect(180, 178, screenWidth-280, 660) // the rows
	newsArea    = image.Rect(0, 600, screenWidth, 726)       // what came of the last thing done
	statusArea  = image.Rect(0, 726, screenWidth, 768)       // the dark line at the foot
	enoughBlue  = buttonArea.Dx() * buttonArea.Dy() / 2      // of a button that can be pressed
	enoughGreen = newsArea.Dx() * 20                         // of a strip with good news
)

// ready reports whether the big button offers to print.
func (w *window) ready() bool {
	w.mustLive()
	_, n := patch(w.screen.look(), buttonArea, look.Accent)
	return n > enoughBlue
}

// shows reports whether a part of the window holds at least so many pixels of a tone's ground.
func (w *window) shows(part image.Rectangle, tone look.Tone, least int) bool {
	w.mustLive()
	_, n := patch(w.screen.look(), part, tone.Fill())
	return n >= least
}

// press types keys, one after the other.
func (w *window) press(keys ...string) {
	w.t.Helper()
	w.screen.xdotool(append([]string{"key"}, keys...)...)
}

// scan types as fast as a scanner does, and ends with Enter.
func (w *window) scan(code string) {
	w.t.Helper()
	w.screen.xdotool("type", "--delay", "2", code)
	w.press("Return")
}

// click presses the middle of a place with the mouse.
func (w *window) click(at image.Rectangle) {
	w.t.Helper()
	mid := at.Min.Add(at.Max).Div(2)
	w.screen.xdotool("mousemove", strconv.Itoa(mid.X), strconv.Itoa(mid.Y), "click", "1")
}

// close presses the window's cross and waits for the end, which must be a good one.
func (w *window) close() {
	w.t.Helper()
	id, err := strconv.ParseUint(w.id, 10, 32)
	if err != nil {
		w.t.Fatal(err)
	}
	if err := askToClose(w.screen.display, uint32(id)); err != nil {
		w.t.Fatal(err)
	}
	w.ends()
}

// terminate is what a system does to a program when it goes down.
func (w *window) terminate() {
	w.t.Helper()
	if err := w.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		w.t.Fatal(err)
	}
	w.ends()
}

func (w *window) ends() {
	w.t.Helper()
	select {
	case err := <-w.ended:
		if err != nil {
			w.t.Fatalf("the program ended badly: %v\n%s", err, w.said)
		}
	case <-time.After(patience):
		w.t.Fatal("the window was closed, and the program goes on")
	}
	w.checkSaid()
}

// kill ends the program as a power cut does.
func (w *window) kill() {
	w.t.Helper()
	if err := w.cmd.Process.Signal(os.Kill); err != nil {
		w.t.Fatal(err)
	}
	<-w.ended
	w.checkSaid()
}

// checkSaid looks through what the program wrote for Fyne's complaints about threads, and for panics.
func (w *window) checkSaid() {
	w.t.Helper()
	w.bench.said.Write(w.said.Bytes())
	for _, bad := range []string{"Error in Fyne call thread", "panic:", "DATA RACE"} {
		if bytes.Contains(w.said.Bytes(), []byte(bad)) {
			w.t.Errorf("the program said:\n%s", w.said)
			return
		}
	}
}
