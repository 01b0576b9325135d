package benchtest

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
)

var programs struct {
	mu   sync.Mutex
	dir  string
	made map[string]string // by tags
}

// Main runs the tests of a package and removes the programs that were built for them. TestMain is where it is called.
func Main(m *testing.M) {
	code := m.Run()
	if programs.dir != "" {
		_ = os.RemoveAll(programs.dir)
	}
	os.Exit(code)
}

// Program builds the real program with build tags as "migrated_fynedo", once for each set of tags, and gives its path.
func Program(t testing.TB, tags string) string {
	t.Helper()
	programs.mu.Lock()
	defer programs.mu.Unlock()
	if path := programs.made[tags]; path != "" {
		return path
	}
	path, err := build(tags)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func build(tags string) (string, error) {
	if programs.dir == "" {
		dir, err := os.MkdirTemp("", "printstation-program-")
		if err != nil {
			return "", err
		}
		programs.dir, programs.made = dir, map[string]string{}
	}
	path := filepath.Join(programs.dir, "printstation-"+tags)
	out, err := exec.Command("go", "build", "-tags", tags, "-o", path, "printstation").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("build the program: %w\n%s", err, out)
	}
	programs.made[tags] = path
	return path, nil
}
