package folder

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"printstation/app/shipping"
	"printstation/printing"
)

// Scheme begins the URI of a folder: "folder:/srv/labels", "folder:C:\Labels".
const Scheme = "folder"

const pdf = "application/pdf"

// maxNamesakes bounds the search for a free name. Namesakes come from other stations, or from one whose store was new.
const maxNamesakes = 1000

var (
	keyForm    = regexp.MustCompile(`^J[0-9]{1,18}$`)
	deviceForm = regexp.MustCompile(`^J[0-9]{1,18}(-[0-9]{1,4})?\.pdf$`)
)

// Folder is a printer that writes PDF files. It is safe for use by several goroutines and several processes.
type Folder struct{ path string }

// Opener is the folder's entry in the list of transports.
func Opener() printing.Opener {
	return printing.Opener{Scheme: Scheme, Open: func(uri string) (printing.Printer, error) { return Open(uri) }}
}

// Open takes "folder:PATH". The path is absolute: what a relative one is relative to, the caller knows. Nothing is
// created before the first use.
func Open(uri string) (*Folder, error) {
	scheme, path, ok := strings.Cut(uri, ":")
	if !ok || !strings.EqualFold(scheme, Scheme) || path == "" {
		return nil, &printing.Error{Op: "folder", Reason: shipping.Because("printer.uri", "URI", uri),
			Err: fmt.Errorf("%q is not of the form folder:PATH", uri)}
	}
	if !filepath.IsAbs(path) || strings.ContainsRune(path, 0) {
		return nil, &printing.Error{Op: "folder", Reason: shipping.Because("printer.folder_relative", "Path", path),
			Err: fmt.Errorf("path %q is not absolute", path)}
	}
	return &Folder{path: filepath.Clean(path)}, nil
}

// Path is the folder on disk.
func (f *Folder) Path() string { return f.path }

// Begin reserves a file name for the job, J0000042.pdf after its key, and gives it as the device id. When a file of that
// name is there already, from another station or from before the store was made anew, a number is added: J0000042-2.pdf.
func (f *Folder) Begin(ctx context.Context, j printing.JobSpec) (string, error) {
	const op = "folder: begin"
	if err := ctx.Err(); err != nil {
		return "", notSent(op, err)
	}
	if !keyForm.MatchString(string(j.Key)) {
		return "", notSent(op, fmt.Errorf("job key %q is not J and digits", string(j.Key)))
	}
	if j.Pages < 1 {
		return "", notSent(op, fmt.Errorf("a job of %d pages", j.Pages))
	}
	if err := f.prepare(op); err != nil {
		return "", err
	}
	for n := 1; n <= maxNamesakes; n++ {
		device := string(j.Key) + ".pdf"
		if n > 1 {
			device = string(j.Key) + "-" + strconv.Itoa(n) + ".pdf"
		}
		free, err := f.reserve(device)
		if err != nil {
			return "", f.fault(op, err)
		}
		if free {
			return device, nil
		}
	}
	return "", notSent(op, fmt.Errorf("%s holds %d files of the name %s", f.path, maxNamesakes, j.Key))
}

// reserve makes the .part file, unless anything of the name exists.
func (f *Folder) reserve(device string) (bool, error) {
	part, err := os.OpenFile(f.part(device), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if err := part.Close(); err != nil {
		return false, err
	}
	for _, taken := range []string{f.final(device), f.cancelled(device)} {
		there, err := exists(taken)
		if err != nil || there {
			return false, errors.Join(err, os.Remove(f.part(device)))
		}
	}
	return true, syncDir(f.path)
}

// Send writes the document and gives it its name. A document that lies there already with the same bytes is sent.
func (f *Folder) Send(ctx context.Context, device string, d printing.Document) error {
	const op = "folder: send"
	if err := checkDocument(device, d); err != nil {
		return notSent(op, err)
	}
	if there, err := exists(f.final(device)); err != nil {
		return f.fault(op, err)
	} else if there {
		return f.sentBefore(op, device, d)
	}
	if there, err := exists(f.part(device)); err != nil {
		return f.fault(op, err)
	} else if !there {
		return f.gone(op, device)
	}
	if err := f.fill(ctx, device, d.Data); err != nil {
		// What is in the file is no label, and space may be short.
		return errors.Join(f.fault(op, err), ignoreMissing(os.Truncate(f.part(device), 0)))
	}
	if err := rename(f.part(device), f.final(device)); err != nil {
		if there, statErr := exists(f.final(device)); there || statErr != nil {
			return &printing.Error{Op: op, Reason: f.reason("printer.folder_failed"), Err: fmt.Errorf("%s: %w", f.path, err)}
		}
		return f.fault(op, err)
	}
	if err := syncDir(f.path); err != nil { // there, but a power cut may yet take it away: Status syncs again
		return &printing.Error{Op: op, Reason: f.reason("printer.folder_failed"), Err: fmt.Errorf("%s: %w", f.path, err)}
	}
	return nil
}

// fill writes the .part file through to the disk.
func (f *Folder) fill(ctx context.Context, device string, data []byte) error {
	part, err := os.OpenFile(f.part(device), os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	if err := write(ctx, part, data); err != nil {
		return errors.Join(err, part.Close())
	}
	return part.Close()
}

// Status reads off the folder what the job has come to.
func (f *Folder) Status(ctx context.Context, device string) (printing.JobStatus, error) {
	const op = "folder: status"
	if err := ctx.Err(); err != nil {
		return printing.JobStatus{}, fmt.Errorf("%s: %w", op, err)
	}
	if !deviceForm.MatchString(device) {
		return printing.JobStatus{}, fmt.Errorf("%s: %q: %w", op, device, printing.ErrNoJob)
	}
	data, err := os.ReadFile(f.final(device))
	if err == nil {
		return f.printed(op, device, data)
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return printing.JobStatus{}, f.wrap(op, err)
	}
	for _, s := range []struct {
		path  string
		state printing.JobState
	}{{f.part(device), printing.JobHeld}, {f.cancelled(device), printing.JobCancelled}} {
		there, err := exists(s.path)
		if err != nil {
			return printing.JobStatus{}, f.wrap(op, err)
		}
		if there {
			return printing.JobStatus{State: s.state}, nil
		}
	}
	if there, err := exists(f.path); err != nil || !there { // the share is not mounted: it knows, we cannot ask
		return printing.JobStatus{}, f.wrap(op, errors.Join(err, fmt.Errorf("the folder is gone: %w", fs.ErrNotExist)))
	}
	return printing.JobStatus{}, fmt.Errorf("%s: %s in %s: %w", op, device, f.path, printing.ErrNoJob)
}

// printed tells of a file that lies there under its name. The folder is synced first: the process may have died between
// the renaming and its sync, and what is told here is recorded for good.
func (f *Folder) printed(op, device string, data []byte) (printing.JobStatus, error) {
	if err := syncDir(f.path); err != nil {
		return printing.JobStatus{}, f.wrap(op, err)
	}
	pages, err := countPages(data)
	if err != nil { // somebody else's file, or a broken disk
		return printing.JobStatus{}, fmt.Errorf("%s: %s: %w", op, f.final(device), err)
	}
	return printing.JobStatus{State: printing.JobCompleted, Printed: pages, Proof: shipping.ProofFile}, nil
}

// Cancel gives the name up if the document is not there yet; what is printed stays printed.
func (f *Folder) Cancel(ctx context.Context, device string) error {
	const op = "folder: cancel"
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("%s: %w", op, err)
	}
	if !deviceForm.MatchString(device) {
		return fmt.Errorf("%s: %q: %w", op, device, printing.ErrNoJob)
	}
	err := os.Truncate(f.part(device), 0) // first, so that no part of a label stays behind
	if err == nil {
		err = rename(f.part(device), f.cancelled(device))
	}
	if err == nil {
		err = syncDir(f.path)
	}
	if err == nil {
		return nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return f.wrap(op, err)
	}
	_, err = f.Status(ctx, device) // ended already, or unknown
	return err
}

// State tells whether the folder takes files, by writing an empty one.
func (f *Folder) State(ctx context.Context) (printing.PrinterState, error) {
	const op = "folder: state"
	if err := ctx.Err(); err != nil {
		return printing.PrinterState{}, fmt.Errorf("%s: %w", op, err)
	}
	if err := f.prepare(op); err != nil {
		return printing.PrinterState{}, err
	}
	probe, err := os.CreateTemp(f.path, ".probe-*")
	if err != nil {
		return printing.PrinterState{}, f.wrap(op, err)
	}
	_, err = probe.WriteString("probe") // an empty file fits on a full disk
	if err := errors.Join(err, probe.Sync(), probe.Close(), os.Remove(probe.Name())); err != nil {
		return printing.PrinterState{}, f.wrap(op, err)
	}
	return printing.PrinterState{Ready: true, Device: f.path, MediaFit: true}, nil
}

func (f *Folder) final(device string) string { return filepath.Join(f.path, device) }
func (f *Folder) part(device string) string  { return filepath.Join(f.path, "."+device+".part") }
func (f *Folder) cancelled(device string) string {
	return filepath.Join(f.path, "."+device+".cancelled")
}
