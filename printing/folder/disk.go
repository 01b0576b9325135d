package folder

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"

	"printstation/app/shipping"
	"printstation/printing"
)

// chunk is how much is written between two looks at the context.
const chunk = 1 << 20

func write(ctx context.Context, file *os.File, data []byte) error {
	for len(data) > 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		n := min(len(data), chunk)
		if _, err := file.Write(data[:n]); err != nil {
			return err
		}
		data = data[n:]
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return file.Sync()
}

func exists(path string) (bool, error) {
	_, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// prepare makes the folder if it is missing.
func (f *Folder) prepare(op string) error {
	info, err := os.Stat(f.path)
	if err == nil && !info.IsDir() {
		return f.fault(op, syscall.ENOTDIR)
	}
	if err == nil {
		return nil
	}
	if err := os.MkdirAll(f.path, 0o700); err != nil {
		return f.fault(op, err)
	}
	return nil
}

// gone is the answer to a Send for which nothing is reserved.
func (f *Folder) gone(op, device string) error {
	cancelled, err := exists(f.cancelled(device))
	if err != nil {
		return f.fault(op, err)
	}
	if cancelled {
		return notSent(op, fmt.Errorf("%s was cancelled", device))
	}
	return notSent(op, fmt.Errorf("%s in %s: %w", device, f.path, printing.ErrNoJob))
}

// notSent is an error after which the folder surely holds no label of the job.
func notSent(op string, err error) error {
	return fmt.Errorf("%s: %w: %w", op, printing.ErrNotSent, err)
}

// fault is wrap for a failure that left no label behind.
func (f *Folder) fault(op string, err error) error {
	return f.wrap(op, fmt.Errorf("%w: %w", printing.ErrNotSent, err))
}

// wrap names the folder and the mend.
func (f *Folder) wrap(op string, err error) error {
	id := "printer.folder_failed"
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("%s: %s: %w", op, f.path, err)
	case errors.Is(err, syscall.ENOTDIR):
		id = "printer.folder_is_file"
	case isFull(err):
		id = "printer.folder_full"
	case isReadOnly(err):
		id = "printer.folder_read_only"
	case errors.Is(err, fs.ErrPermission):
		id = "printer.folder_denied"
	case errors.Is(err, fs.ErrNotExist):
		id = "printer.folder_gone"
	}
	return &printing.Error{Op: op, Reason: f.reason(id), Err: fmt.Errorf("%s: %w", f.path, err)}
}

func (f *Folder) reason(id string) shipping.Reason { return shipping.Because(id, "Path", f.path) }
