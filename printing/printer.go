package printing

import (
	"context"
	"errors"
	"time"

	"printstation/app/shipping"
)

// Printer is one way to paper. Printing takes two steps, so that the printer's id of the job is on disk before a page
// can come out: Begin, then Send. Every method has a deadline of its own and obeys its context.
type Printer interface {
	// Begin opens a job and gives the printer's id of it. Nothing can come out yet.
	Begin(ctx context.Context, j JobSpec) (device string, err error)
	// Send hands over the document. An error leaves the job's fate open unless it is ErrNotSent: ask Status.
	Send(ctx context.Context, device string, d Document) error
	// Status tells what the printer knows of the job, ErrNoJob when it knows none by that id.
	Status(ctx context.Context, device string) (JobStatus, error)
	// Cancel asks to stop the job; Status then tells what came of it.
	Cancel(ctx context.Context, device string) error
	// State tells whether the printer can be reached and is ready, without printing.
	State(ctx context.Context) (PrinterState, error)
}

// Errors that the station branches on.
var (
	ErrNoJob   = errors.New("the printer knows no such job")
	ErrNotSent = errors.New("nothing was sent to the printer")
	ErrBusy    = errors.New("the printer is busy with another job")
)

// JobSpec announces a document.
type JobSpec struct {
	Key   shipping.JobID // ours; a folder names the file after it
	Title string         // for people: batch and count
	Size  Size
	Pages int
}

// JobState is where the printer says the job is.
type JobState string

// The states of a job.
const (
	JobHeld      JobState = "held"      // opened, nothing sent
	JobPending   JobState = "pending"   // waiting in the printer
	JobPrinting  JobState = "printing"  // pages come out
	JobStopped   JobState = "stopped"   // a hand is needed: Reasons say why
	JobCompleted JobState = "completed" // to the printer's knowledge all is out
	JobCancelled JobState = "cancelled"
	JobAborted   JobState = "aborted" // given up by the printer
)

// Ended reports whether the printer will do no more about the job.
func (s JobState) Ended() bool { return s == JobCompleted || s == JobCancelled || s == JobAborted }

// JobStatus is what a printer knows of a job.
type JobStatus struct {
	State JobState
	// Printed counts the pages that surely came out, from the first; Proof says what that rests on.
	Printed int
	Proof   shipping.Proof
	// InDoubt counts the pages after those that may have come out. The rest surely did not, once State has ended.
	InDoubt int
	Reasons []string // printer's keywords, as "media-empty"
	Message string
}

// PrinterState is a printer's health.
type PrinterState struct {
	Ready    bool
	Device   string // make and model, or the folder
	Spooler  bool   // a spooler stands between us and the paper: its "completed" is no proof of paper
	DPI      int    // 0 when it does not say
	Reasons  []string
	Message  string
	MediaFit bool // it takes the label's size; true when it does not say
}

// SettleTime is how long a job may go without news before its labels are called uncertain.
const SettleTime = 60 * time.Second
