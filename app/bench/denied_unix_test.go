//go:build unix

package bench_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"printstation/platform/sandbox"
)

// nobody is the user without rights of most systems.
const nobody = 65534

// What may not be written. Root may write everywhere, and so plays these parts as nobody.
func TestDenied(t *testing.T) {
	t.Parallel()
	for i, tr := range map[int]trouble{
		131: {
			prepare: func(t *testing.T, s *scene) start {
				s.tell(t, start{}, "zh", "doctor").says(t, 0)
				return s.deny(t, filepath.Join(s.dir, "data"))
			},
			mend:  func(t *testing.T, s *scene) { s.allow(t, filepath.Join(s.dir, "data")) },
			batch: 1, doctor: 1,
			lines: []line{
				{"batch", []string{"数据文件不可写", "检查文件夹权限", "data/station.db"}, []string{"The data file cannot be written", "check the rights", "data/station.db"}},
				{"doctor", []string{"✗  磁盘", "data 写不进去", "→ 给当前用户写权限", "✗  数据"}, []string{"✗  disk", "data cannot be written", "→ let this user write", "✗  store"}},
			},
		},
		132: { // a folder that cannot even be made is told once, not again as a missing store
			prepare: func(t *testing.T, s *scene) start {
				locked := filepath.Join(s.dir, "locked")
				if err := os.Mkdir(locked, 0o755); err != nil {
					t.Fatal(err)
				}
				how := s.deny(t, locked)
				how.data = filepath.Join(locked, "data")
				return how
			},
			batch: 1, doctor: 1,
			lines: []line{
				{"batch", []string{"locked", "用不了", "--data"}, []string{"locked", "cannot be used", "--data"}},
				{"doctor", []string{"✗  磁盘", "写不进去", "✓  字体"}, []string{"✗  disk", "cannot be written", "✓  fonts"}},
			},
		},
		133: {
			prepare: func(t *testing.T, s *scene) start {
				data := filepath.Join(s.dir, "data")
				if err := errors.Join(os.MkdirAll(s.labels, 0o755), os.MkdirAll(data, 0o777), os.Chmod(data, 0o777)); err != nil {
					t.Fatal(err)
				}
				return s.deny(t, s.labels)
			},
			mend:  func(t *testing.T, s *scene) { s.allow(t, s.labels) },
			batch: 1, doctor: 1,
			lines: []line{
				{"batch", []string{"没有权限写入", "labels", "给当前用户写权限"}, []string{"There is no permission to write to", "labels", "Give this user the right"}},
				{"doctor", []string{"✗  打印机  bench", "没有权限写入"}, []string{"✗  printer   bench", "There is no permission"}},
			},
		},
		134: {
			prepare: func(t *testing.T, s *scene) start {
				config := s.rewrite(t, "A1", "A2")
				if err := os.Chmod(config, 0o200); err != nil {
					t.Fatal(err)
				}
				how := s.deny(t, filepath.Join(s.dir, "data"))
				how.config = config
				return how
			},
			mend:  func(t *testing.T, s *scene) { s.allow(t, filepath.Join(s.dir, "data")) },
			batch: 2, doctor: 2,
			lines: []line{
				{"batch", []string{"设置文件读不出来", "other.toml", "→ 检查文件权限"}, []string{"the settings file cannot be read", "other.toml", "→ check the file's permissions"}},
				{"doctor", []string{"设置文件读不出来", "→ 检查文件权限"}, []string{"the settings file cannot be read", "→ check the file's permissions"}},
			},
		},
	} {
		t.Run(tr.lines[0].en[0], func(t *testing.T) { tr.check(t, i) })
	}
}

// deny takes the right to write a folder, and what lies in it, from whoever runs the program then.
func (s *scene) deny(t *testing.T, folder string) start {
	t.Helper()
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if os.Geteuid() != 0 {
		setModes(t, folder, 0o500, 0o400)
		t.Cleanup(func() { _ = os.Chmod(folder, 0o700) })
		return start{}
	}
	// Nobody has to get at the program and at the settings.
	err := errors.Join(os.Chmod(folder, 0o755), os.Chmod(s.dir, 0o755), os.Chmod(filepath.Dir(s.dir), 0o755),
		os.Chmod(filepath.Dir(s.program), 0o755), os.Chmod(filepath.Join(s.dir, "station.toml"), 0o644))
	if err != nil {
		t.Fatal(err)
	}
	return start{wrap: func(cmd *exec.Cmd) {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	}}
}

func (s *scene) allow(t *testing.T, folder string) {
	t.Helper()
	setModes(t, folder, 0o700, 0o600)
}

func setModes(t *testing.T, folder string, dir, files os.FileMode) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if err := os.Chmod(name, files); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(folder, dir); err != nil {
		t.Fatal(err)
	}
}

// A disk that is full stops the batch wherever it is, and says so; with a little more room it gets a little further, and
// in the end nothing is lost, asked for twice or printed twice. The limit on the size of a process's files stands for
// the disk: the same calls fail.
func TestDiskFull(t *testing.T) {
	t.Parallel()
	s := newScene(t, build(t), 141, 60)
	s.Faults(sandbox.Faults{})
	full := 0
	for _, kilobytes := range []int{16, 50, 100, 200, 300, 600} {
		how := start{wrap: atMost(kilobytes)}
		zh := s.tell(t, how, "zh", "batch", "--wait", "1s")
		en := s.tell(t, how, "en", "batch", "--wait", "1s")
		if zh.code == 2 || en.code == 2 {
			t.Errorf("at %d KB: exit %d and %d", kilobytes, zh.code, en.code)
		}
		if strings.Contains(zh.err, "磁盘已满") {
			full++
			zh.says(t, 1, "清理磁盘后重试", "station.db")
		}
		if strings.Contains(en.err, "disk is full") {
			en.says(t, 1, "make room and try again", "station.db")
		}
	}
	if full < 3 {
		t.Errorf("the disk was full %d times only", full)
	}
	s.finish()
	s.check()
}

// atMost lets no file of the program grow beyond so many kilobytes.
func atMost(kilobytes int) func(*exec.Cmd) {
	return func(cmd *exec.Cmd) {
		// POSIX counts blocks of 512 bytes.
		script := fmt.Sprintf(`ulimit -f %d; exec "$0" "$@"`, kilobytes*2)
		cmd.Args = append([]string{"/bin/sh", "-c", script, cmd.Path}, cmd.Args[1:]...)
		cmd.Path = "/bin/sh"
	}
}
