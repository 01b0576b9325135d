//go:build unix

package storage_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"

	"printstation/app"
	"printstation/storage"
)

// play runs a part to its end.
func play(t *testing.T, part, path string, how func(*exec.Cmd)) {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe)
	cmd.Env = append(os.Environ(), envPart+"="+part, envPath+"="+path)
	if how != nil {
		how(cmd)
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

// A disk that is full fails the update, names the cause, loses nothing, and goes on once there is room. The limit on
// the size of a process's files stands for the disk: the same calls fail.
func TestDiskFull(t *testing.T) {
	t.Parallel()
	path := newPath(t)
	play(t, "full", path, nil)
	open(t, path, storage.Options{})
}

func fillUp(path string) (err error) {
	signal.Ignore(syscall.SIGXFSZ)
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		return err
	}
	db, err := storage.Open(path, storage.Options{Keys: fileKeys(path)})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	full := limit
	full.Cur = 300 << 10
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &full); err != nil {
		return err
	}
	n, err := putUntilError(db, 0, 100_000)
	if !errors.Is(err, storage.ErrDiskFull) {
		return fmt.Errorf("after %d updates: %w", n, err)
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		return err
	}
	if have, err := written(db); err != nil || have != n || n == 0 {
		return fmt.Errorf("%d updates went through, %d are there, %w", n, have, err)
	}
	if m, err := putUntilError(db, n, 50); err != nil {
		return fmt.Errorf("with room again, after %d updates: %w", m, err)
	}
	return db.Check(context.Background())
}

// putUntilError puts up to count more parcels after the nth, and tells which was the last.
func putUntilError(db *storage.DB, n, count int) (int, error) {
	for range count {
		if err := db.Update(context.Background(), func(tx app.Tx) error { return putAll(tx, n+1) }); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// A store that may not be written is named so. Root may write anything: it plays the part as nobody.
func TestReadOnly(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		path := stored(t)
		protect(t, path)
		if err := openReadOnly(path); err != nil {
			t.Error(err)
		}
		return
	}
	dir, err := os.MkdirTemp("", "readonly") // the test's own folder is closed to others
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	path := filepath.Join(dir, "station.db")
	for from, to := range map[string]string{stored(t): path, mustExecutable(t): filepath.Join(dir, "part")} {
		writeFile(t, to, readFile(t, from))
	}
	if err := errors.Join(os.Chmod(dir, 0o755), os.Chmod(filepath.Join(dir, "part"), 0o755), os.Chmod(path, 0o444)); err != nil {
		t.Fatal(err)
	}
	play(t, "readonly", path, func(cmd *exec.Cmd) {
		cmd.Path = filepath.Join(dir, "part")
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	})
}

func mustExecutable(t *testing.T) string {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return exe
}

func protect(t *testing.T, path string) {
	t.Helper()
	if err := errors.Join(os.Chmod(path, 0o444), os.Chmod(filepath.Dir(path), 0o555)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(filepath.Dir(path), 0o755) })
}

// openReadOnly opens a store that may be read, and makes one in a folder where nothing may be made.
func openReadOnly(path string) error {
	for _, p := range []string{path, filepath.Join(filepath.Dir(path), "new.db")} {
		db, err := storage.Open(p, storage.Options{Keys: fileKeys(path)})
		if err == nil {
			return errors.Join(errors.New("it opened"), db.Close())
		}
		if !errors.Is(err, storage.ErrNotWritable) {
			return fmt.Errorf("%s: %w", p, err)
		}
		if _, ok := storage.Explain(err); !ok {
			return fmt.Errorf("no sentence for %w", err)
		}
	}
	return nil
}
