//go:build unix

package ippevetest

import (
	"os/exec"
	"sync"
	"syscall"
	"testing"
)

// run starts a program in a process group of its own, so that whatever it started dies with it, and kills it at the end
// of the test. The function it gives does so earlier.
func run(t testing.TB, cmd *exec.Cmd) (stop func()) {
	t.Helper()
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		t.Fatalf("ippevetest: %v", err)
	}
	var once sync.Once
	stop = func() {
		once.Do(func() {
			_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
			_ = cmd.Wait()
		})
	}
	t.Cleanup(stop)
	return stop
}
