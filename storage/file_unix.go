//go:build !windows

package storage

import (
	"errors"
	"os"
)

// syncFolder makes renames in path's folder outlast a power cut.
func syncFolder(path string) error {
	folder, err := os.Open(folderOf(path))
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// restrict takes a file that existed before with wider rights back to its user.
func restrict(path string) error { return os.Chmod(path, 0o600) }
