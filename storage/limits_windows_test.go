package storage_test

import "errors"

// These parts are played on Unix only.
func fillUp(string) error       { return errors.ErrUnsupported }
func openReadOnly(string) error { return errors.ErrUnsupported }
