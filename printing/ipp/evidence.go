package ipp

import (
	"printstation/app/shipping"
	"printstation/printing"
)

// States of a job, RFC 8011 section 5.3.7.
const (
	ippPending   = 3
	ippHeld      = 4
	ippPrinting  = 5
	ippStopped   = 6
	ippCancelled = 7
	ippAborted   = 8
	ippCompleted = 9
)

// jobFacts is what the printer says of a job.
type jobFacts struct {
	state   int
	reasons []string
	message string
	done    int  // job-impressions-completed
	counted bool // the printer says how many pages are out, and is known to count
	began   bool // may have been processed at all; a job that never was has surely put out nothing
}

func factsOf(job attrs) jobFacts {
	f := jobFacts{reasons: job.words("job-state-reasons"), message: job.word("job-state-message")}
	f.state, _ = job.number("job-state")
	f.done, f.counted = job.number("job-impressions-completed")
	f.done = max(f.done, 0)
	if total, _ := job.number("job-impressions"); total <= 0 && f.done == 0 {
		f.counted = false // nought may mean that it does not count
	}
	f.began = true
	for _, name := range []string{"time-at-processing", "date-time-at-processing"} {
		if job.named(name) && !job.has(name) { // no-value
			f.began = false
		}
	}
	f.began = f.began || f.done > 0
	return f
}

// judge says what the facts prove of a job of that many pages. It is the one place where this is decided; see the
// package comment for the rules.
func judge(f jobFacts, p printerFacts, pages int) printing.JobStatus {
	st := printing.JobStatus{State: stateOf(f), Reasons: plainReasons(f.reasons), Message: f.message}
	if !st.State.Ended() {
		st.Reasons = append(st.Reasons, plainReasons(p.reasons)...)
		if p.message != "" {
			st.Message = p.message
		}
		if p.halted() && (st.State == printing.JobPrinting || st.State == printing.JobPending) {
			st.State = printing.JobStopped
		}
	}
	if !f.began && st.State != printing.JobCompleted {
		return st
	}
	if st.State == printing.JobHeld {
		return st
	}
	out, sure := 0, false
	if !p.spooler {
		out, sure = min(f.done, pages), f.counted
		st.Proof = shipping.ProofPaper
	} else {
		st.Proof = shipping.ProofSpooler
	}
	switch {
	case f.state != ippCompleted || spoils(f.reasons):
		st.Printed, st.InDoubt = out, pages-out
		if sure && f.state != ippCompleted {
			st.InDoubt = min(1, pages-out) // the page that was on its way
		}
	case sure && out > 0: // completed, and it counted fewer pages than there are: believe the count
		st.Printed, st.InDoubt = out, pages-out
	default:
		st.Printed = pages
	}
	if st.Printed == 0 {
		st.Proof = shipping.ProofNone
	}
	return st
}

func stateOf(f jobFacts) printing.JobState {
	if anyOf(f.reasons, "processing-to-stop-point") && f.state >= ippCancelled {
		return printing.JobPrinting // called cancelled already, but pages are still on their way
	}
	switch f.state {
	case ippHeld:
		if anyOf(f.reasons, "job-data-insufficient", "job-incoming") || !f.began && len(plainReasons(f.reasons)) == 0 {
			return printing.JobHeld
		}
		return printing.JobPending // held by a person at the spooler, with its document
	case ippPrinting:
		return printing.JobPrinting
	case ippStopped:
		return printing.JobStopped
	case ippCancelled:
		return printing.JobCancelled
	case ippAborted:
		return printing.JobAborted
	case ippCompleted:
		return printing.JobCompleted
	}
	return printing.JobPending
}
