package ippevetest

import (
	"context"
	_ "embed"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"
)

//go:embed engine.sh
var engineScript []byte

//go:embed label.conf
var labelConf []byte

// Tools that must be installed: Debian's cups-ipp-utils and dbus.
var tools = []string{"ippeveprinter", "dbus-daemon", "sh"}

// Options say what printer to start.
type Options struct {
	PerPage time.Duration // that a sheet takes; 0: as fast as it can
	NoCount bool          // the printer does not count impressions, as some do not
}

// Printer is a running printer.
type Printer struct {
	URI       string // ipp://localhost:PORT/ipp/print
	SecureURI string // ipps, with a certificate that the printer signed itself
	SpoolDir  string // documents as they arrived, kept

	t    testing.TB
	dir  string
	port string
	bus  string
	stop func()
}

// Start runs a printer until the test ends. The test is skipped when a tool is missing, but fails under CI=true.
func Start(t testing.TB, o Options) *Printer {
	t.Helper()
	needTools(t)
	dir := t.TempDir()
	p := &Printer{t: t, dir: dir, SpoolDir: filepath.Join(dir, "spool"), port: freePort(t), bus: startBus(t)}
	p.URI = "ipp://localhost:" + p.port + "/ipp/print"
	p.SecureURI = "ipps://localhost:" + p.port + "/ipp/print"
	for _, d := range []string{p.SpoolDir, p.keys()} {
		if err := os.Mkdir(d, 0o700); err != nil {
			t.Fatalf("ippevetest: %v", err)
		}
	}
	p.write("label.conf", string(labelConf))
	p.write("engine.sh", string(engineScript))
	if err := os.Chmod(filepath.Join(dir, "engine.sh"), 0o700); err != nil {
		t.Fatalf("ippevetest: %v", err)
	}
	if o.NoCount {
		p.write("no-count", "")
	}
	p.PerPage(o.PerPage)
	p.PowerOn()
	return p
}

func needTools(t testing.TB) {
	t.Helper()
	for _, tool := range tools {
		if _, err := exec.LookPath(tool); err == nil {
			continue
		}
		if os.Getenv("CI") == "true" {
			t.Fatalf("ippevetest: %s is missing; CI installs cups-ipp-utils and dbus", tool)
		}
		t.Skipf("%s is missing: install cups-ipp-utils and dbus", tool)
	}
}

// PowerOn starts the printer after PowerOff. It knows no job of before, and counts job ids from 1 again.
func (p *Printer) PowerOn() {
	p.t.Helper()
	log, err := os.OpenFile(filepath.Join(p.dir, "log"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		p.t.Fatalf("ippevetest: %v", err)
	}
	cmd := exec.Command("ippeveprinter", "-r", "off", "-p", p.port, "-n", "localhost", "-K", p.keys(),
		"-a", filepath.Join(p.dir, "label.conf"), "-d", p.SpoolDir, "-k", "-c", filepath.Join(p.dir, "engine.sh"), "Bench")
	cmd.Env = append(os.Environ(), "DBUS_SYSTEM_BUS_ADDRESS="+p.bus, "ENGINE="+p.dir)
	cmd.Stdout, cmd.Stderr = log, log
	p.stop = run(p.t, cmd)
	_ = log.Close() // the child has its own handle
	p.await()
}

// PowerOff kills the printer and its engine in the middle of whatever they do.
func (p *Printer) PowerOff() { p.stop() }

// PerPage sets the time that a sheet takes, from the next sheet on.
func (p *Printer) PerPage(d time.Duration) {
	p.write("per-page", strconv.FormatFloat(d.Seconds(), 'f', 3, 64))
}

// LoadPaper puts so many sheets into the tray. The printer stops with media-empty when they are used up.
func (p *Printer) LoadPaper(sheets int) { p.write("paper-left", strconv.Itoa(sheets)) }

// AbortAt lets every job from now on be given up before that page; 0 for none.
func (p *Printer) AbortAt(page int) { p.write("abort-at", strconv.Itoa(page)) }

// write replaces a file that the engine may be reading.
func (p *Printer) write(name, text string) {
	p.t.Helper()
	path := filepath.Join(p.dir, name)
	if err := os.WriteFile(path+".tmp", []byte(text), 0o600); err != nil {
		p.t.Fatalf("ippevetest: %v", err)
	}
	if err := os.Rename(path+".tmp", path); err != nil {
		p.t.Fatalf("ippevetest: %v", err)
	}
}

func (p *Printer) keys() string { return filepath.Join(p.dir, "keys") }

// await returns when the printer takes connections.
func (p *Printer) await() {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	var d net.Dialer
	for {
		conn, err := d.DialContext(ctx, "tcp", "localhost:"+p.port)
		if err == nil {
			_ = conn.Close()
			return
		}
		select {
		case <-ctx.Done():
			p.t.Fatalf("ippevetest: the printer does not answer: %v\n%s", err, p.Log())
		case <-tick.C:
		}
	}
}

// Log is what the printer wrote of itself.
func (p *Printer) Log() string {
	b, _ := os.ReadFile(filepath.Join(p.dir, "log"))
	return string(b)
}

// freePort finds a port that nobody listens on.
func freePort(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatalf("ippevetest: %v", err)
	}
	defer func() { _ = l.Close() }()
	_, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		t.Fatalf("ippevetest: %v", err)
	}
	return port
}
