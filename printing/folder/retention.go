package folder

import (
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"time"
)

// ours are the names that this package gives, and no other file of the user's.
var ours = regexp.MustCompile(`^(J[0-9]{1,18}(-[0-9]{1,4})?\.pdf|\.J[0-9]{1,18}(-[0-9]{1,4})?\.pdf\.(part|cancelled)|\.probe-[0-9]+)$`)

// RemoveOlder deletes the label files that were written before the time given, and what was left of jobs that came to
// nothing. It returns how many files it deleted, also when it could not delete all. A folder that is not there holds
// nothing to delete.
func (f *Folder) RemoveOlder(ctx context.Context, before time.Time) (int, error) {
	const op = "folder: remove old labels"
	entries, err := os.ReadDir(f.path)
	if err != nil {
		if ignoreMissing(err) == nil {
			return 0, nil
		}
		return 0, f.wrap(op, err)
	}
	removed := 0
	var failed []error
	for _, e := range entries {
		if err := ctx.Err(); err != nil {
			return removed, fmt.Errorf("%s: %w", op, err)
		}
		if !e.Type().IsRegular() || !ours.MatchString(e.Name()) {
			continue
		}
		info, err := e.Info()
		if err == nil && info.ModTime().Before(before) {
			err = os.Remove(f.final(e.Name()))
			if err == nil {
				removed++
			}
		}
		if ignoreMissing(err) != nil {
			failed = append(failed, err)
		}
	}
	if err := errors.Join(append(failed, syncDir(f.path))...); err != nil {
		return removed, f.wrap(op, err)
	}
	return removed, nil
}
