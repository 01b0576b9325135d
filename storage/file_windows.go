package storage

import "golang.org/x/sys/windows"

// syncFolder does nothing: NTFS journals renames, and folders cannot be flushed by a program.
func syncFolder(string) error { return nil }

// restrict replaces the rights that a file inherits from its folder by full access for its owner and the system alone.
func restrict(path string) error {
	sd, err := windows.SecurityDescriptorFromString("D:P(A;;FA;;;OW)(A;;FA;;;SY)")
	if err != nil {
		return err
	}
	dacl, _, err := sd.DACL()
	if err != nil {
		return err
	}
	what := windows.SECURITY_INFORMATION(windows.DACL_SECURITY_INFORMATION | windows.PROTECTED_DACL_SECURITY_INFORMATION)
	return windows.SetNamedSecurityInfo(path, windows.SE_FILE_OBJECT, what, nil, nil, dacl, nil)
}
