package ippevetest

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/godbus/dbus/v5"
)

// Names under which Avahi stands on the bus.
const (
	avahiName   = "org.freedesktop.Avahi"
	avahiServer = "org.freedesktop.Avahi.Server"
)

// busConf lets everybody who finds the socket do everything: it lies in a directory of the test's own.
const busConf = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=%s</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`

// startBus runs a D-Bus daemon with a stand-in for Avahi on it until the test ends, and gives its address.
func startBus(t testing.TB) string {
	t.Helper()
	// Not t.TempDir: the path of a socket may have 107 bytes, and names of tests are long.
	dir, err := os.MkdirTemp("", "ippevetest")
	if err != nil {
		t.Fatalf("ippevetest: %v", err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	conf := filepath.Join(dir, "bus.conf")
	if err := os.WriteFile(conf, fmt.Appendf(nil, busConf, filepath.Join(dir, "bus")), 0o600); err != nil {
		t.Fatalf("ippevetest: %v", err)
	}
	cmd := exec.Command("dbus-daemon", "--config-file="+conf, "--nofork", "--print-address")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatalf("ippevetest: %v", err)
	}
	run(t, cmd)
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("ippevetest: dbus-daemon did not start: %v", err)
	}
	addr := strings.TrimSpace(line)
	if err := standInForAvahi(t, addr); err != nil {
		t.Fatalf("ippevetest: %v", err)
	}
	return addr
}

// avahi answers what a client of Avahi asks before it does anything: is the server there and running?
type avahi struct{}

// The server's states and version as Avahi numbers them.
const (
	avahiRunning    = int32(2)
	avahiAPIVersion = uint32(515)
)

func (avahi) GetState() (int32, *dbus.Error)               { return avahiRunning, nil }
func (avahi) GetAPIVersion() (uint32, *dbus.Error)         { return avahiAPIVersion, nil }
func (avahi) GetVersionString() (string, *dbus.Error)      { return "avahi 0.8", nil }
func (avahi) GetHostName() (string, *dbus.Error)           { return "localhost", nil }
func (avahi) GetDomainName() (string, *dbus.Error)         { return "local", nil }
func (avahi) GetHostNameFqdn() (string, *dbus.Error)       { return "localhost.local", nil }
func (avahi) GetLocalServiceCookie() (uint32, *dbus.Error) { return 1, nil }

func standInForAvahi(t testing.TB, addr string) error {
	conn, err := dbus.Connect(addr)
	if err != nil {
		return fmt.Errorf("bus: %w", err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	for _, iface := range []string{avahiServer, avahiServer + "2"} {
		if err := conn.Export(avahi{}, "/", iface); err != nil {
			return fmt.Errorf("bus: %w", err)
		}
	}
	reply, err := conn.RequestName(avahiName, dbus.NameFlagDoNotQueue)
	if err != nil {
		return fmt.Errorf("bus: %w", err)
	}
	if reply != dbus.RequestNameReplyPrimaryOwner {
		return errors.New("bus: the name of Avahi is taken")
	}
	return nil
}
