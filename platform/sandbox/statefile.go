package sandbox

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"
)

// What can happen to a world. Each is a line of the state file.
const (
	opWorld  = "world" // the first line: which world it is, and since when
	opIssue  = "issue"
	opShip   = "ship"
	opCancel = "cancel"
	opOrder  = "order"
	opRefund = "refund"
	opClose  = "close"
	opMend   = "mend"
)

// event is one change of the world.
type event struct {
	Op      string      `json:"op"`
	At      time.Time   `json:"at"`
	World   *worldStamp `json:"world,omitempty"`
	Waybill *waybill    `json:"waybill,omitempty"`
	Made    *order      `json:"made,omitempty"`
	Order   string      `json:"order,omitempty"`
	Number  string      `json:"number,omitempty"`
	Carrier string      `json:"carrier,omitempty"`
}

// worldStamp is what two runs must share for the lines of one to make sense to the other.
type worldStamp struct {
	Seed   uint64 `json:"seed"`
	Orders int    `json:"orders"`
	Plain  bool   `json:"plain,omitempty"`
}

// change does what the event says and notes it for the state file; flush must follow before anybody is answered.
// The caller holds the lock.
func (w *World) change(ev event) {
	if err := w.apply(ev); err != nil {
		// Only a line from outside can name what does not exist; here it would be a fault of this package.
		panic(err)
	}
	if w.state != nil {
		w.state.add(ev)
	}
}

func (w *World) flush() error {
	if w.state == nil {
		return nil
	}
	return w.state.flush()
}

// apply is the one place where the world changes, alike for a call that just came and for a line of the past.
func (w *World) apply(ev event) error {
	switch ev.Op {
	case opIssue:
		if ev.Waybill == nil {
			return errors.New("an issue without its number")
		}
		b := *ev.Waybill
		b.asked = 1
		w.waybills = append(w.waybills, &b)
		w.byPack[b.key()], w.byNumber[b.Number] = &b, &b
		return nil
	case opCancel:
		b := w.byNumber[ev.Number]
		if b == nil {
			return fmt.Errorf("cancel: number %q was never issued", ev.Number)
		}
		b.Cancelled = ev.At
		return nil
	case opOrder:
		if ev.Made == nil {
			return errors.New("a new order without its order")
		}
		w.keep(ev.Made)
		w.made++
		return nil
	}
	return w.applyToOrder(ev)
}

func (w *World) applyToOrder(ev event) error {
	o := w.byID[ev.Order]
	if o == nil {
		return fmt.Errorf("%s: order %q is not of this world", ev.Op, ev.Order)
	}
	o.UpdatedAt = ev.At
	switch ev.Op {
	case opShip:
		o.Status, o.Number, o.Carrier, o.ShippedAt = statusShipped, ev.Number, ev.Carrier, ev.At
		l := w.ledgerOf(o)
		l.accepted++
		l.numbers = append(l.numbers, ev.Number)
		if b := w.byNumber[ev.Number]; b != nil {
			b.shipped = true
		}
	case opRefund:
		o.Refund = refundPending
	case opClose:
		o.Status, o.Refund = statusClosed, refundDone
	case opMend:
		o.Fate = fateNone
	default:
		return fmt.Errorf("unknown line %q", ev.Op)
	}
	return nil
}

// stateFile appends events as JSON lines. It is not forced to the disk: it must outlive a killed process, not a power
// cut, and what the operating system took from a process survives that process.
type stateFile struct {
	f       *os.File
	pending bytes.Buffer
}

// openStateFile reads the lines of the past and makes the file ready for more. A last line without its end is the
// trace of a kill in the middle of a write, before anybody was answered: it is cut off.
func openStateFile(name string) (*stateFile, []event, error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, nil, fmt.Errorf("sandbox: open state file: %w", err)
	}
	past, whole, err := readEvents(f)
	if err == nil {
		err = f.Truncate(whole)
	}
	if err == nil {
		_, err = f.Seek(whole, io.SeekStart)
	}
	if err != nil {
		_ = f.Close()
		return nil, nil, fmt.Errorf("sandbox: read state file %s: %w", name, err)
	}
	return &stateFile{f: f}, past, nil
}

// readEvents gives the events and the length of the whole lines that hold them.
func readEvents(r io.Reader) ([]event, int64, error) {
	all, err := io.ReadAll(r)
	if err != nil {
		return nil, 0, err
	}
	whole := all[:bytes.LastIndexByte(all, '\n')+1]
	var past []event
	for n, line := range bytes.Split(bytes.TrimSuffix(whole, []byte("\n")), []byte("\n")) {
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		var ev event
		if err := json.Unmarshal(line, &ev); err != nil {
			return nil, 0, fmt.Errorf("line %d: %w", n+1, err)
		}
		past = append(past, ev)
	}
	return past, int64(len(whole)), nil
}

func (s *stateFile) add(ev event) {
	line, err := json.Marshal(ev)
	if err != nil {
		panic(err) // plain data of our own
	}
	s.pending.Write(line)
	s.pending.WriteByte('\n')
}

// flush writes what is pending. What a failed write left over stays pending, so that the file never loses a line
// that the world already stands on.
func (s *stateFile) flush() error {
	if s.pending.Len() == 0 {
		return nil
	}
	if _, err := s.pending.WriteTo(s.f); err != nil {
		return fmt.Errorf("sandbox: write state file: %w", err)
	}
	return nil
}

func (s *stateFile) close() error {
	return errors.Join(s.flush(), s.f.Close())
}
