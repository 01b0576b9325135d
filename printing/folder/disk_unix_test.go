//go:build unix

package folder_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"printstation/app/shipping"
	"printstation/printing"
	"printstation/printing/folder"
	"printstation/printing/printertest"
)

// The kernel's own full device stands in for a full disk.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("this system has no /dev/full")
	}
	dir := t.TempDir()
	f := open(t, dir)
	device := begin(t, f, "J0000001", 1)
	part := filepath.Join(dir, "."+device+".part")
	if err := errors.Join(os.Remove(part), os.Symlink("/dev/full", part)); err != nil {
		t.Fatal(err)
	}
	err := f.Send(t.Context(), device, printertest.PDF(1))
	var told *printing.Error
	if !errors.Is(err, printing.ErrNotSent) || !errors.Is(err, syscall.ENOSPC) {
		t.Fatalf("Send: %v; want ErrNotSent and ENOSPC", err)
	}
	if !errors.As(err, &told) || told.Reason.ID != "printer.folder_full" || told.Reason.Data["Path"] != dir {
		t.Errorf("reason = %+v", told)
	}
	if st, err := f.Status(t.Context(), device); err != nil || st.State != printing.JobHeld {
		t.Errorf("status = %+v, %v; want held", st, err)
	}
}

const deniedDir = "FOLDER_TEST_DENIED" // the folder in which a process that may not write looks what it is told

// TestDeniedFolder needs a user who may not write. Root may everywhere, and has a process of nobody's do it.
func TestDeniedFolder(t *testing.T) {
	if dir := os.Getenv(deniedDir); dir != "" {
		tellDenied(t, dir)
		return
	}
	t.Parallel()
	dir, err := os.MkdirTemp("", "denied") // the test's own folder is closed to others
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = os.Chmod(dir, 0o700)
		_ = os.RemoveAll(dir)
	})
	program, err := os.ReadFile(os.Args[0])
	part := filepath.Join(dir, "part")
	if err := errors.Join(err, os.WriteFile(part, program, 0o755), os.Chmod(dir, 0o555)); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(part, "-test.run=^TestDeniedFolder$")
	cmd.Env = append(os.Environ(), deniedDir+"="+dir)
	if os.Geteuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

func tellDenied(t *testing.T, dir string) {
	f := open(t, dir)
	_, err := f.Begin(t.Context(), printing.JobSpec{Key: "J2", Pages: 1})
	var told *printing.Error
	if !errors.As(err, &told) || told.Reason.ID != "printer.folder_denied" || !errors.Is(err, printing.ErrNotSent) {
		t.Errorf("Begin: %v", err)
	}
	if err := f.Send(t.Context(), "J0000001", printertest.PDF(1)); !errors.Is(err, printing.ErrNotSent) {
		t.Errorf("Send: %v; want ErrNotSent", err)
	}
}

const victim = "FOLDER_TEST_VICTIM" // the folder into which a process prints until it is killed

// TestKilled kills a process that prints as fast as it can, time and again. Whatever lies under a label's name must be
// the whole document, and every job that was begun must tell what it has come to.
func TestKilled(t *testing.T) {
	if dir := os.Getenv(victim); dir != "" {
		printForever(t, dir)
	}
	t.Parallel()
	dir := t.TempDir()
	const rounds = 8
	for round := range rounds {
		cmd := exec.Command(os.Args[0], "-test.run=^TestKilled$")
		cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%s", victim, dir))
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		awaitFiles(t, dir, (round+1)*5)
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}
	f := open(t, dir)
	counts := map[printing.JobState]int{}
	for _, name := range names(t, dir) {
		device := name
		if name[0] == '.' {
			device = name[1 : len(name)-len(filepath.Ext(name))]
		}
		st, err := f.Status(t.Context(), device)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		counts[st.State]++
		if st.State == printing.JobCompleted && (st.Printed != 20 || st.Proof != shipping.ProofFile) {
			t.Errorf("%s: %+v", name, st)
		}
	}
	// One job at most is cut short by each killing.
	completed, held := counts[printing.JobCompleted], counts[printing.JobHeld]
	if held > rounds || completed == 0 || completed+held != len(names(t, dir)) {
		t.Errorf("found %v among %d files", counts, len(names(t, dir)))
	}
}

func printForever(t *testing.T, dir string) {
	f, err := folder.Open("folder:" + dir)
	if err != nil {
		t.Fatal(err)
	}
	doc := printertest.PDF(20)
	for {
		if err := f.Send(t.Context(), begin(t, f, printertest.Spec(doc).Key, 20), doc); err != nil {
			t.Fatal(err)
		}
	}
}

func awaitFiles(t *testing.T, dir string, count int) {
	t.Helper()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	deadline := time.Now().Add(time.Minute)
	for range tick.C {
		if len(names(t, dir)) >= count {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("not %d files in a minute", count)
		}
	}
}
