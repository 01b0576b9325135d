package app

import (
	"context"
	"errors"
	"fmt"
	"time"

	"printstation/app/shipping"
	"printstation/printing"
)

// send brings a job that is on disk to the printer and follows it until the fate of every label is recorded. What the
// printer has to say against it is recorded with the labels; the error is the store's.
func (s *Station) send(ctx context.Context, pr *printer, job shipping.PrintJob, doc printing.Document, seen func(printed int)) error {
	device, err := s.begin(ctx, pr, job, doc)
	if err != nil {
		return s.abandon(ctx, job, pr, err)
	}
	// The printer's id is on disk before a page can come out.
	job.Device = device
	if err := s.spooled(ctx, job); err != nil {
		return err
	}
	sendErr := pr.Printer.Send(ctx, device, doc)
	if errors.Is(sendErr, printing.ErrNotSent) {
		return s.abandon(ctx, job, pr, sendErr)
	}
	if sendErr != nil {
		s.log.Warn("station: document not known to have arrived", "printer", pr.ID, "job", job.ID, "err", sendErr)
	}
	return s.follow(ctx, pr, job, seen)
}

// begin opens the job at the printer, waiting for one that is busy with another.
func (s *Station) begin(ctx context.Context, pr *printer, job shipping.PrintJob, doc printing.Document) (string, error) {
	spec := printing.JobSpec{
		Key: job.ID, Title: fmt.Sprintf("%s %s (%d)", job.Batch, job.ID, len(job.Labels)), Size: doc.Size, Pages: doc.Pages,
	}
	for {
		device, err := pr.Printer.Begin(ctx, spec)
		if !errors.Is(err, printing.ErrBusy) || !pause(ctx, s.pace.JobPoll) {
			return device, err
		}
	}
}

// spooled records the printer's job id and that its labels are under way.
func (s *Station) spooled(ctx context.Context, job shipping.PrintJob) error {
	return s.store.Update(context.WithoutCancel(ctx), func(tx Tx) error {
		if err := tx.PutJob(job); err != nil {
			return err
		}
		for _, id := range job.Labels {
			c, err := tx.Label(id)
			if err != nil {
				return err
			}
			c.Document = job.Device
			if err := s.moveLabel(tx, c, shipping.LabelSpool, job.Device); err != nil {
				return err
			}
		}
		return nil
	})
}

// abandon records that surely nothing of the job came to paper.
func (s *Station) abandon(ctx context.Context, job shipping.PrintJob, pr *printer, cause error) error {
	v := verdict{event: shipping.LabelFail, reason: cause.Error(), why: reasonOf(cause)}
	if errors.Is(cause, context.Canceled) {
		v = because(shipping.LabelAbort, "station.print_stopped")
	}
	s.log.Warn("station: nothing printed", "printer", pr.ID, "job", job.ID, "err", cause)
	return s.decide(ctx, job, func(shipping.LabelCopy) verdict { return v })
}

// reasonOf gives the sentence for people of a printer's error, nil when it has none.
func reasonOf(err error) *shipping.Reason {
	var pe *printing.Error
	if errors.As(err, &pe) && pe.Reason.ID != "" {
		return &pe.Reason
	}
	return nil
}

// follow watches a job until it has ended and every label is decided. When nothing is heard of it for the pace's
// JobSilence, or the batch is cancelled, the printer is asked to stop; what may have come out by then is uncertain.
func (s *Station) follow(ctx context.Context, pr *printer, job shipping.PrintJob, seen func(printed int)) error {
	quiet := context.WithoutCancel(ctx) // what is on the printer must be recorded, whoever lost interest
	heard, cancelled := s.now(), false
	last := printing.JobStatus{Printed: -1}
	for {
		status, err := pr.Printer.Status(quiet, job.Device)
		switch {
		case errors.Is(err, printing.ErrNoJob):
			return s.vanished(quiet, job)
		case err != nil:
			last.Message = err.Error()
		default:
			if status.State != last.State || status.Printed != last.Printed {
				heard = s.now()
				if err := s.advance(quiet, job, status); err != nil {
					return err
				}
				seen(min(status.Printed, len(job.Labels)))
			}
			if last = status; status.State.Ended() {
				return s.conclude(quiet, job, status)
			}
		}
		silent := s.now().Sub(heard) > s.pace.JobSilence
		// Nothing is on its way to a job that still waits for its document: Send has returned, or its process died.
		if (ctx.Err() != nil || silent || last.State == printing.JobHeld) && !cancelled {
			cancelled, heard = true, s.now()
			if err := pr.Printer.Cancel(quiet, job.Device); err != nil {
				s.log.Warn("station: job not cancelled", "printer", pr.ID, "job", job.ID, "err", err)
			}
			continue
		}
		if silent {
			return s.doubt(quiet, job, shipping.Because("station.printer_silent", "Printer", pr.ID, "Words", last.Message))
		}
		s.rest(s.pace.JobPoll)
	}
}

// rest waits a moment whatever the context says: it paces the last looks at a job that is being cancelled.
func (s *Station) rest(d time.Duration) { pause(context.Background(), d) }

// advance records the pages that surely came out so far.
func (s *Station) advance(ctx context.Context, job shipping.PrintJob, st printing.JobStatus) error {
	if st.Printed <= 0 || st.Proof == shipping.ProofNone {
		return nil
	}
	return s.decide(ctx, job, func(c shipping.LabelCopy) verdict {
		if c.Page > st.Printed {
			return verdict{}
		}
		return verdict{event: shipping.LabelProve, proof: st.Proof}
	})
}

// conclude records the fate of every label of a job that has ended.
func (s *Station) conclude(ctx context.Context, job shipping.PrintJob, st printing.JobStatus) error {
	why := st.Message
	for _, r := range st.Reasons {
		why = joinWords(why, r)
	}
	return s.decide(ctx, job, func(c shipping.LabelCopy) verdict {
		switch {
		case c.Page <= st.Printed && st.Proof != shipping.ProofNone:
			return verdict{event: shipping.LabelProve, proof: st.Proof}
		case c.Page <= st.Printed+st.InDoubt, st.State == printing.JobCompleted:
			return verdict{event: shipping.LabelDoubt, reason: why}
		case st.State == printing.JobAborted:
			return verdict{event: shipping.LabelFail, reason: why}
		}
		return verdict{event: shipping.LabelAbort, reason: why}
	})
}

// vanished records a job that the printer does not know (any more): a printer forgets jobs that it printed, and out of a
// folder somebody may have taken the file.
func (s *Station) vanished(ctx context.Context, job shipping.PrintJob) error {
	return s.doubt(ctx, job, shipping.Because("station.job_unknown"))
}

func (s *Station) doubt(ctx context.Context, job shipping.PrintJob, why shipping.Reason) error {
	return s.decide(ctx, job, func(shipping.LabelCopy) verdict {
		return verdict{event: shipping.LabelDoubt, reason: why.ID, why: &why}
	})
}
