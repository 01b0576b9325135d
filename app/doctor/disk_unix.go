//go:build !windows

package doctor

import "golang.org/x/sys/unix"

// freeSpace is what this user may still write to the disk of a folder, bytes.
func freeSpace(dir string) (uint64, error) {
	var st unix.Statfs_t
	if err := unix.Statfs(dir, &st); err != nil {
		return 0, err
	}
	return uint64(st.Bavail) * uint64(st.Bsize), nil //nolint:unconvert // the fields differ between systems
}
