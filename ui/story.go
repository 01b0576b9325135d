package ui

import (
	"strings"

	"printstation/app"
	"printstation/app/shipping"
)

// event is one line of a timeline.
func (s *speech) event(e shipping.Event) string {
	id := map[shipping.EventKind]string{
		shipping.EventParcel: "parcel.", shipping.EventLabel: "label.", shipping.EventEntry: "confirm.",
	}[e.Kind] + e.To
	return strings.TrimSpace(s.moment(e.At) + "  " + s.say(id) + "  " + s.evidence(e))
}

// evidence is an event's detail, with what a printed label rests on said in words: "completed" by a spooler must not
// read like paper.
func (s *speech) evidence(e shipping.Event) string {
	if e.Why != nil {
		return s.words.T(e.Why.ID, e.Why.Data)
	}
	if e.Kind != shipping.EventLabel {
		return e.Detail
	}
	proof, rest, _ := strings.Cut(e.Detail, " / ")
	switch shipping.Proof(proof) {
	case shipping.ProofFile, shipping.ProofPaper, shipping.ProofSpooler, shipping.ProofOperator, shipping.ProofScan:
		return strings.TrimSpace(s.say("proof."+proof) + "  " + rest)
	}
	return e.Detail
}

// outline tells what is in the box and where it goes, for a parcel whose label cannot be drawn yet.
func (s *speech) outline(r app.Row, why string) string {
	to := r.Recipient
	lines := []string{s.say(why), " ", strings.TrimSpace(to.Name + "  " + to.Phone), strings.TrimSpace(to.Region + to.Address), " "}
	for _, it := range r.Items {
		lines = append(lines, s.items([]shipping.OrderItem{it}))
	}
	return strings.Join(lines, "\n")
}
