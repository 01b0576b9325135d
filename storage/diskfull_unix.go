//go:build !windows

package storage

import "syscall"

// fullDisk lists the system's words for "there is no more room": on the disk, for this user, for one file.
var fullDisk = []syscall.Errno{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG}
