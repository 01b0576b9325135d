package platform

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"printstation/app/shipping"
)

// Error is a failed call, or one failed item of a call.
type Error struct {
	Op string // "fengchao: issue waybills"
	shipping.Fault
	Err error // what lies beneath, if it is not the platform's word
}

// Error gives "op: code sub-code message: cause", leaving out what is missing.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Op)
	if said := strings.TrimSpace(strings.Join([]string{e.Code, e.SubCode, e.Message}, " ")); said != "" {
		b.WriteString(": " + strings.Join(strings.Fields(said), " "))
	}
	if e.Err != nil && !strings.Contains(b.String(), e.Err.Error()) {
		fmt.Fprintf(&b, ": %v", e.Err)
	}
	return b.String()
}

// Unwrap gives what lies beneath.
func (e *Error) Unwrap() error { return e.Err }

// FaultOf reduces any error to what is kept and shown of it. An error that no adapter made is of class unknown and may
// have had its effect.
func FaultOf(err error, now time.Time) *shipping.Fault {
	if err == nil {
		return nil
	}
	var pe *Error
	if errors.As(err, &pe) {
		f := pe.Fault
		f.At = now
		if f.Message == "" {
			f.Message = err.Error()
		}
		return &f
	}
	return &shipping.Fault{Class: shipping.ClassUnknown, Message: err.Error(), At: now}
}

// OrderError tells that one order of a list could not be read; the list goes on.
type OrderError struct {
	Order shipping.OrderID // "" when not even that could be read
	Err   error
}

func (e *OrderError) Error() string {
	if e.Order == "" {
		return fmt.Sprintf("an order without a readable id: %v", e.Err)
	}
	return fmt.Sprintf("order %s: %v", e.Order, e.Err)
}

// Unwrap gives what was wrong with the order.
func (e *OrderError) Unwrap() error { return e.Err }
