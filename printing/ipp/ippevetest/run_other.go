//go:build !unix

package ippevetest

import (
	"os/exec"
	"testing"
)

// run is never reached: where there is no ippeveprinter, Start has skipped the test.
func run(t testing.TB, cmd *exec.Cmd) (stop func()) {
	t.Helper()
	t.Fatalf("ippevetest: %s cannot run here", cmd.Path)
	return nil
}
