package storage

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"syscall"

	berrors "go.etcd.io/bbolt/errors"

	"printstation/app/shipping"
)

// What can hinder a store. All come wrapped; Explain turns them into a sentence for people with the mend.
var (
	ErrRunning     = errors.New("another instance has the store open")
	ErrMode        = errors.New("the store is of the other mode")  // as *ModeError
	ErrNewer       = errors.New("the store is of a newer version") // as *VersionError
	ErrDamaged     = errors.New("the store is damaged")
	ErrNotStore    = errors.New("this is no store of ours")
	ErrNotFile     = errors.New("this is a folder, not a file")
	ErrNotWritable = errors.New("the store may not be written")
	ErrNoFolder    = errors.New("the folder of the store does not exist")
	ErrDiskFull    = errors.New("the disk is full")
	ErrClosed      = errors.New("the store is closed")
	ErrView        = errors.New("nothing can be written in a view")

	// ErrKeyLost stands for personal data that can be neither read nor written; everything else goes on.
	ErrKeyLost = errors.New("the key of the personal data is not to be had")
	// ErrNoKey is the key ring's word that it surely has no such key.
	ErrNoKey = errors.New("no such key in the key ring")
	// ErrWrongKey tells that a recovery key is well written, but not the one of this store.
	ErrWrongKey = errors.New("this is the recovery key of another store")
	// ErrKeysOpen refuses to put another key in the place of one that works.
	ErrKeysOpen = errors.New("the key of the personal data is in order")
)

// PathError tells which file an error of Open or of a write is about. It matches Kind, one of the sentinels.
type PathError struct {
	Path string
	Kind error
	Err  error // what lies beneath; may be nil
}

func (e *PathError) Error() string {
	if e.Err == nil {
		return fmt.Sprintf("storage: %s: %v", e.Path, e.Kind)
	}
	return fmt.Sprintf("storage: %s: %v: %v", e.Path, e.Kind, e.Err)
}

// Unwrap gives the kind and what lies beneath.
func (e *PathError) Unwrap() []error { return []error{e.Kind, e.Err} }

// ModeError tells that a demo store was to be opened as a live one, or the other way round.
type ModeError struct{ Have, Want Mode }

func (e *ModeError) Error() string {
	return fmt.Sprintf("storage: the store is a %s store, not a %s one", e.Have, e.Want)
}

// Is makes the error match ErrMode.
func (e *ModeError) Is(target error) bool { return target == ErrMode }

// VersionError tells that a newer program made the store.
type VersionError struct{ Have, Can int }

func (e *VersionError) Error() string {
	return fmt.Sprintf("storage: the store has schema version %d, this program knows %d", e.Have, e.Can)
}

// Is makes the error match ErrNewer.
func (e *VersionError) Is(target error) bool { return target == ErrNewer }

// GroupError tells which group of a recovery key, counted from 1, is not as it was written out; 0 when groups are
// missing or too many.
type GroupError struct{ Group int }

func (e *GroupError) Error() string {
	if e.Group == 0 {
		return fmt.Sprintf("a recovery key has %d groups of %d characters", recoveryGroups, recoveryGroup)
	}
	return fmt.Sprintf("group %d of the recovery key has a mistake", e.Group)
}

// named gives an error of bbolt or of the system below it a name of ours, with the store's path.
func (db *DB) named(err error) error { return nameError(db.path, err) }

func nameError(path string, err error) error {
	if err == nil {
		return nil
	}
	var named *PathError
	if errors.As(err, &named) {
		return err
	}
	kind := kindOf(err)
	if kind == nil {
		return err
	}
	return &PathError{Path: path, Kind: kind, Err: err}
}

func kindOf(err error) error {
	switch {
	case errors.Is(err, berrors.ErrTimeout):
		return ErrRunning
	case errors.Is(err, berrors.ErrDatabaseNotOpen):
		return ErrClosed
	case errors.Is(err, berrors.ErrInvalid), errors.Is(err, berrors.ErrVersionMismatch), errors.Is(err, berrors.ErrChecksum):
		return ErrDamaged
	case errors.Is(err, berrors.ErrMaxSizeReached), isDiskFull(err):
		return ErrDiskFull
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return ErrNotWritable
	case errors.Is(err, fs.ErrNotExist):
		return ErrNoFolder
	}
	return nil
}

// isDiskFull also reads the words of the error: bbolt passes on what growing the file met as text alone.
func isDiskFull(err error) bool {
	return slices.ContainsFunc(fullDisk, func(full syscall.Errno) bool {
		text := err.Error()
		return errors.Is(err, full) || strings.HasPrefix(text, "file resize error") && strings.HasSuffix(text, full.Error())
	})
}

// checkPath finds what bbolt would report in words that help nobody.
func checkPath(path string) error {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return nameError(path, err)
	case info.IsDir():
		return &PathError{Path: path, Kind: ErrNotFile}
	case !info.Mode().IsRegular():
		return &PathError{Path: path, Kind: ErrNotStore}
	}
	return nil
}

// Explain gives the sentence for people, cause and mend, for any error of this package; false when there is none.
func Explain(err error) (shipping.Reason, bool) {
	var (
		path    string
		pathErr *PathError
		mode    *ModeError
		version *VersionError
		group   *GroupError
	)
	if errors.As(err, &pathErr) {
		path = pathErr.Path
	}
	switch {
	case errors.As(err, &mode):
		return shipping.Because("store.mode_"+string(mode.Have), "Path", path), true
	case errors.As(err, &version):
		return shipping.Because("store.newer", "Path", path, "Have", fmt.Sprint(version.Have), "Can", fmt.Sprint(version.Can)), true
	case errors.As(err, &group) && group.Group > 0:
		return shipping.Because("store.recovery_group", "Group", fmt.Sprint(group.Group)), true
	case errors.As(err, &group):
		return shipping.Because("store.recovery_length", "Groups", fmt.Sprint(recoveryGroups)), true
	}
	for _, w := range sentences {
		if errors.Is(err, w.kind) {
			return shipping.Because(w.id, "Path", path), true
		}
	}
	return shipping.Reason{}, false
}

var sentences = []struct {
	kind error
	id   string
}{
	{ErrRunning, "store.running"},
	{ErrWrongKey, "store.wrong_key"},
	{ErrKeysOpen, "store.keys_open"},
	{ErrNoKey, "store.key_lost"},
	{ErrKeyLost, "store.key_locked"},
	{ErrNotFile, "store.not_a_file"},
	{ErrNotStore, "store.not_a_store"},
	{ErrNoFolder, "store.no_folder"},
	{ErrDiskFull, "store.disk_full"},
	{ErrNotWritable, "store.not_writable"},
	{ErrDamaged, "store.damaged"},
	{ErrClosed, "store.closed"},
}
