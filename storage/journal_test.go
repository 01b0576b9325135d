package storage

import (
	"path/filepath"
	"testing"
	"time"

	"printstation/platform"
)

func TestJournalIsTrimmed(t *testing.T) {
	t.Parallel()
	const keep, n = 300, 3000
	db := openNew(t, Options{JournalKeep: keep})
	for i := range n {
		db.Journal().RecordCall(t.Context(), platform.CallRecord{At: noon.Add(time.Duration(i) * time.Minute), Shop: "dy1", Items: i})
		if i%journalBatch == 0 { // the queue is not this test's subject
			if err := db.journal.settle(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
	}
	calls, err := db.Calls(t.Context(), "dy1", 0)
	if err != nil || len(calls) < keep || len(calls) > keep+journalExcess+journalBatch || calls[0].Items != n-1 {
		t.Fatalf("%d lines, %v", len(calls), err)
	}
	before := noon.Add((n - 100) * time.Minute)
	if gone, err := db.TrimJournal(t.Context(), before); err != nil || gone != len(calls)-100 {
		t.Errorf("%d of %d lines are gone, %v", gone, len(calls), err)
	}
	calls, err = db.Calls(t.Context(), "", 0)
	if err != nil || len(calls) != 100 || calls[99].At.Before(before) {
		t.Errorf("%d lines are left, %v", len(calls), err)
	}
	if err := db.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

// A journal that is closed has written what it was given, and takes nothing more.
func TestJournalIsWrittenOnClose(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "station.db")
	o := Options{Keys: KeyFile{Path: path + ".master"}}
	for round := range 2 {
		db, err := Open(path, o)
		if err != nil {
			t.Fatal(err)
		}
		calls, err := db.Calls(t.Context(), "", 0)
		if err != nil || len(calls) != round*3 {
			t.Errorf("round %d: %d lines, %v", round, len(calls), err)
		}
		for range 3 {
			db.Journal().RecordCall(t.Context(), platform.CallRecord{Shop: "dy1"})
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
		db.Journal().RecordCall(t.Context(), platform.CallRecord{Shop: "dy1"})
	}
}
