package settings

import (
	"fmt"

	"printstation/app/shipping"
)

// Problem is one fault of the file: where, what, and how to mend it.
type Problem struct {
	Line, Column int    // from 1; 0 when it is about the file as a whole
	Key          string // "shop[0].base_url", "" when it is about no key
	What         shipping.Reason
	Mend         shipping.Reason
}

// String gives the problem in its ids, for logs and tests; people read What and Mend through assets/words.
func (p Problem) String() string {
	return fmt.Sprintf("%d:%d: %s %v", p.Line, p.Column, p.What.ID, p.What.Data)
}

// Sayer turns an id and its values into a sentence: *words.Words.
type Sayer interface {
	T(id string, data map[string]string) string
}

// Say gives fault and mend as sentences. A mend needs no values but those of its fault.
func (p Problem) Say(w Sayer) (what, mend string) {
	return w.T(p.What.ID, p.What.Data), w.T(p.Mend.ID, p.Mend.Data)
}

// problem makes a Problem whose mend is the message of the same name with "_mend" behind it.
func problem(at position, key, id string, pairs ...string) Problem {
	return Problem{
		Line: at.line, Column: at.column, Key: key,
		What: shipping.Because("settings."+id, pairs...),
		Mend: shipping.Because("settings."+id+"_mend", pairs...),
	}
}
