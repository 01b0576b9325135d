package folder_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"printstation/app/shipping"
	"printstation/printing"
	"printstation/printing/folder"
	"printstation/printing/printertest"
)

func open(t testing.TB, dir string) *folder.Folder {
	t.Helper()
	f, err := folder.Open("folder:" + dir)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestConformance(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "made", "when needed")
	printertest.Suite{
		Open:    func(t *testing.T) printing.Printer { return open(t, dir) },
		Proof:   shipping.ProofFile,
		Unknown: []string{"J9999999.pdf", "J9999999-2.pdf", "J1.pdf/../J2.pdf", "..\\J1.pdf", "J1.PDF"},
	}.Run(t)
}

// begin opens a job under a key of the test's own.
func begin(t testing.TB, f *folder.Folder, key shipping.JobID, pages int) string {
	t.Helper()
	device, err := f.Begin(t.Context(), printing.JobSpec{Key: key, Size: printing.Label100x180, Pages: pages})
	if err != nil {
		t.Fatal(err)
	}
	return device
}

func names(t testing.TB, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

func TestFileIsTheDocument(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "labels")
	f := open(t, dir)
	doc := printertest.PDF(3)
	device := begin(t, f, "J0000042", 3)
	if device != "J0000042.pdf" {
		t.Errorf("device = %q, want the file's name", device)
	}
	if got := names(t, dir); slices.Contains(got, device) {
		t.Errorf("the file is there before it is sent: %v", got)
	}
	for range 2 { // sending it again changes nothing
		if err := f.Send(t.Context(), device, doc); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(filepath.Join(dir, device))
	if err != nil || !bytes.Equal(got, doc.Data) {
		t.Errorf("the file does not hold the document: %v", err)
	}
	if got := names(t, dir); len(got) != 1 {
		t.Errorf("left behind: %v", got)
	}
	other := printertest.PDF(3)
	other.Data = append(other.Data, "% other\n"...)
	if err := f.Send(t.Context(), device, other); err == nil {
		t.Error("another document was taken under the same name")
	}
	if runtime.GOOS == "windows" {
		return
	}
	for path, want := range map[string]os.FileMode{dir: 0o700, filepath.Join(dir, device): 0o600} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: mode %v, want %v", path, info.Mode().Perm(), want)
		}
	}
}

// What a power cut leaves behind at any point before the renaming is no proof; after it, the label is printed.
func TestPowerCut(t *testing.T) {
	t.Parallel()
	doc := printertest.PDF(4)
	for _, written := range []int{0, 1, len(doc.Data) / 2, len(doc.Data) - 1, len(doc.Data)} {
		dir := t.TempDir()
		device := begin(t, open(t, dir), "J0000001", 4)
		part := filepath.Join(dir, "."+device+".part")
		if err := os.WriteFile(part, doc.Data[:written], 0o600); err != nil {
			t.Fatal(err)
		}
		again := open(t, dir)
		if st, err := again.Status(t.Context(), device); err != nil || st.State != printing.JobHeld || st.Printed+st.InDoubt != 0 {
			t.Errorf("%d bytes written: %+v, %v; want held", written, st, err)
		}
		if written%2 == 0 { // send it after all
			if err := again.Send(t.Context(), device, doc); err != nil {
				t.Error(err)
			}
			if st, err := again.Status(t.Context(), device); err != nil || st.Printed != 4 || st.Proof != shipping.ProofFile {
				t.Errorf("sent again: %+v, %v", st, err)
			}
			continue
		}
		if err := again.Cancel(t.Context(), device); err != nil { // or give it up
			t.Error(err)
		}
		for _, name := range names(t, dir) {
			if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Size() != 0 {
				t.Errorf("a piece of a label stays behind in %s", name)
			}
		}
	}
}

// The name of a job that another station used, or this one before its store was made anew, is not written over.
func TestNamesakes(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	old := filepath.Join(dir, "J0000001.pdf")
	if err := os.WriteFile(old, []byte("a label of before"), 0o600); err != nil {
		t.Fatal(err)
	}
	f := open(t, dir)
	first, second := begin(t, f, "J0000001", 1), begin(t, f, "J0000001", 1)
	if first != "J0000001-2.pdf" || second != "J0000001-3.pdf" {
		t.Errorf("devices %q, %q", first, second)
	}
	if err := f.Send(t.Context(), first, printertest.PDF(1)); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(old); err != nil || string(got) != "a label of before" {
		t.Errorf("the old file is now %q, %v", got, err)
	}
}

func TestKeysAndURIs(t *testing.T) {
	t.Parallel()
	f := open(t, t.TempDir())
	for _, key := range []shipping.JobID{"", "J", "../J1", "J1/../../x", `J1\x`, "J1.pdf", "J1\x00", "CON", "j1"} {
		if _, err := f.Begin(t.Context(), printing.JobSpec{Key: key, Pages: 1}); !errors.Is(err, printing.ErrNotSent) {
			t.Errorf("Begin under %q: %v; want ErrNotSent", key, err)
		}
	}
	for _, uri := range []string{"", "folder", "folder:", "folder:labels", "folder:./labels", "file:/srv", "folder:/srv/\x00"} {
		if got, err := folder.Open(uri); err == nil {
			t.Errorf("Open(%q) = %s; want an error", uri, got.Path())
		}
	}
}

func TestTakenAway(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "share")
	f := open(t, dir)
	device := begin(t, f, "J0000001", 1)
	if err := f.Send(t.Context(), device, printertest.PDF(1)); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(dir, dir+" away"); err != nil { // the share is not mounted
		t.Fatal(err)
	}
	if st, err := f.Status(t.Context(), device); err == nil || errors.Is(err, printing.ErrNoJob) {
		t.Errorf("status without the folder: %+v, %v; want an error that is not ErrNoJob", st, err)
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if st, err := f.Status(t.Context(), device); !errors.Is(err, printing.ErrNoJob) {
		t.Errorf("status of a file taken away: %+v, %v; want ErrNoJob", st, err)
	}
}

func TestForeignFileProvesNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	f := open(t, dir)
	whole := printertest.PDF(2).Data
	for i, data := range [][]byte{nil, []byte("hello"), whole[:len(whole)-10], []byte("%PDF-1.4\n%%EOF\n")} {
		device := begin(t, f, "J0000001", 2)
		if err := os.WriteFile(filepath.Join(dir, device), data, 0o600); err != nil {
			t.Fatal(err)
		}
		if st, err := f.Status(t.Context(), device); err == nil {
			t.Errorf("file %d: %+v; want an error", i, st)
		}
	}
}

func TestRemoveOlder(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	f := open(t, dir)
	cut := time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
	files := map[string]struct{ old, stays bool }{
		"J0000001.pdf": {true, false}, "J0000002-2.pdf": {true, false}, ".J0000003.pdf.part": {true, false},
		".J0000004.pdf.cancelled": {true, false}, "J0000005.pdf": {false, true}, "invoice.pdf": {true, true},
		"J0000001.pdf.bak": {true, true}, "report J1.pdf": {true, true},
	}
	for name, s := range files {
		path := filepath.Join(dir, name)
		at := cut.Add(time.Hour)
		if s.old {
			at = cut.Add(-time.Hour)
		}
		if err := errors.Join(os.WriteFile(path, []byte("x"), 0o600), os.Chtimes(path, at, at)); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := f.RemoveOlder(t.Context(), cut); err != nil || n != 4 {
		t.Errorf("RemoveOlder = %d, %v; want 4", n, err)
	}
	left := names(t, dir)
	for name, s := range files {
		if slices.Contains(left, name) != s.stays {
			t.Errorf("%s: stays %v, want %v", name, !s.stays, s.stays)
		}
	}
	if n, err := open(t, filepath.Join(dir, "none")).RemoveOlder(t.Context(), cut); n != 0 || err != nil {
		t.Errorf("without a folder: %d, %v", n, err)
	}
}

func TestTroubleIsNamed(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{file, filepath.Join(file, "below")} {
		f := open(t, path)
		_, err := f.Begin(t.Context(), printing.JobSpec{Key: "J1", Pages: 1})
		var told *printing.Error
		if !errors.As(err, &told) || !errors.Is(err, printing.ErrNotSent) || !strings.Contains(err.Error(), path) {
			t.Errorf("Begin in %s: %v", path, err)
		}
		if _, err := f.State(t.Context()); !errors.As(err, &told) {
			t.Errorf("State of %s: %v", path, err)
		}
	}
}
