package shipping

import "fmt"

// TransitionError tells that something was to happen to a state in which it cannot. Nothing was changed.
type TransitionError struct {
	Machine string // "parcel", "label", "confirmation"
	From    string
	Event   string
}

func (e *TransitionError) Error() string {
	return fmt.Sprintf("%s: %q cannot happen in state %q", e.Machine, e.Event, e.From)
}

// Machine is a state machine as a table: state, event, next state. What is not in the table cannot happen.
type Machine[S, E ~string] struct {
	Name  string
	Table map[S]map[E]S
}

// Next is the machine's one transition function.
func (m Machine[S, E]) Next(from S, event E) (S, error) {
	to, ok := m.Table[from][event]
	if !ok {
		return from, &TransitionError{Machine: m.Name, From: string(from), Event: string(event)}
	}
	return to, nil
}
