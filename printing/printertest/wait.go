package printertest

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"printstation/app/shipping"
	"printstation/printing"
)

var lastKey atomic.Int64

// Spec announces a document under a key that no other job of this process has.
func Spec(d printing.Document) printing.JobSpec {
	key := shipping.JobID(fmt.Sprintf("J%07d", lastKey.Add(1)))
	return printing.JobSpec{Key: key, Title: "A12 批次", Size: d.Size, Pages: d.Pages}
}

// Begin opens a job, waiting while the printer has another one.
func Begin(t testing.TB, p printing.Printer, spec printing.JobSpec) string {
	t.Helper()
	var device string
	poll(t, "a free printer", func(ctx context.Context) (bool, error) {
		var err error
		device, err = p.Begin(ctx, spec)
		if errors.Is(err, printing.ErrBusy) {
			return false, nil
		}
		return err == nil, err
	})
	if device == "" {
		t.Fatal("Begin gave no device id")
	}
	return device
}

// Await asks for the job's status until its state is as wanted.
func Await(t testing.TB, p printing.Printer, device string, wanted func(printing.JobState) bool) printing.JobStatus {
	t.Helper()
	var st printing.JobStatus
	poll(t, "the job's state", func(ctx context.Context) (bool, error) {
		var err error
		st, err = p.Status(ctx, device)
		return err == nil && wanted(st.State), err
	})
	return st
}

// AwaitStatus is Await for a condition on the whole status.
func AwaitStatus(t testing.TB, p printing.Printer, device string, wanted func(printing.JobStatus) bool) printing.JobStatus {
	t.Helper()
	var st printing.JobStatus
	poll(t, "the job's status", func(ctx context.Context) (bool, error) {
		var err error
		st, err = p.Status(ctx, device)
		return err == nil && wanted(st), err
	})
	return st
}

func poll(t testing.TB, what string, done func(context.Context) (bool, error)) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		ok, err := done(ctx)
		if err != nil {
			t.Fatalf("waiting for %s: %v", what, err)
		}
		if ok {
			return
		}
		select {
		case <-ctx.Done():
			t.Fatalf("waiting for %s: not in %v", what, patience)
		case <-tick.C:
		}
	}
}
