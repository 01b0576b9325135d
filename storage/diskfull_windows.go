package storage

import "syscall"

// fullDisk lists the system's codes for "there is no more room", which package syscall has no names for:
// ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL, ERROR_DISK_QUOTA_EXCEEDED, ERROR_FILE_TOO_LARGE.
var fullDisk = []syscall.Errno{39, 112, 1295, 223}
