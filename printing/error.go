package printing

import "printstation/app/shipping"

// Error is a failure of a printer with what a person can do about it. Err says the same to the log and carries what
// callers branch on: ErrNotSent, ErrNoJob, ErrBusy, errors of the system.
type Error struct {
	Op     string          // "ipp: create job"
	Reason shipping.Reason // an id of the words "printer.…" with the values it speaks of
	Err    error
}

func (e *Error) Error() string { return e.Op + ": " + e.Err.Error() }

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }
