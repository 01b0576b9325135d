package storage

import (
	"errors"
	"fmt"
	"iter"

	"printstation/app"
	"printstation/app/shipping"
)

// NewJobID gives the store's next job id: J0000001, J0000002, …
func (t *tx) NewJobID() (shipping.JobID, error) {
	if err := t.mayWrite("new job"); err != nil {
		return "", err
	}
	n, err := t.bucket(rowsJobs).NextSequence()
	return shipping.JobID(fmt.Sprintf("J%07d", n)), err
}

// PutJob writes a job, and lists it among the open ones while it is.
func (t *tx) PutJob(j shipping.PrintJob) error {
	if err := t.mayWrite("put job"); err != nil {
		return err
	}
	key, err := jobKey(j.ID)
	if err == nil && j.ID == "" {
		err = errors.New("it has no id")
	}
	if err != nil {
		return fmt.Errorf("storage: put job: %w", err)
	}
	if j.Open {
		err = t.move(jobsOpen, nil, key)
	} else {
		err = t.remove(jobsOpen, key)
	}
	if err != nil {
		return err
	}
	return t.putJSON(rowsJobs, key, j)
}

// Job gives one job.
func (t *tx) Job(id shipping.JobID) (shipping.PrintJob, error) {
	key, err := jobKey(id)
	if err != nil {
		return shipping.PrintJob{}, fmt.Errorf("%w: %w", err, app.ErrNotFound)
	}
	j, err := read[shipping.PrintJob](t, rowsJobs, key)
	if err != nil {
		return j, fmt.Errorf("job %s: %w", id, err)
	}
	return j, nil
}

// OpenJobs yields the jobs whose labels are not all decided, in order. The caller may write between two of them.
func (t *tx) OpenJobs() iter.Seq2[shipping.PrintJob, error] {
	return func(yield func(shipping.PrintJob, error) bool) {
		for key := range t.walk(jobsOpen, nil) {
			j, err := read[shipping.PrintJob](t, rowsJobs, key)
			if err == nil && !j.Open {
				continue
			}
			if !yield(j, err) || err != nil {
				return
			}
		}
	}
}

// NextBatch gives the number of the next batch, from 1.
func (t *tx) NextBatch() (uint64, error) {
	if err := t.mayWrite("next batch"); err != nil {
		return 0, err
	}
	return t.bucket(rowsBatches).NextSequence()
}
