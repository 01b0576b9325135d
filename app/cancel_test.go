package app_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"printstation/app"
	"printstation/app/outbox"
	"printstation/app/shipping"
	"printstation/platform/sandbox"
)

// slowCancel is a platform that answers the first cancel only when a second one is asked, or after a while.
type slowCancel struct {
	cutShop
	mu     sync.Mutex
	calls  int
	asked  chan struct{} // closed when the first call has had its effect
	second chan struct{} // closed when there is a second call
}

func (s *slowCancel) CancelWaybill(ctx context.Context, w shipping.Waybill) error {
	err := s.cutShop.CancelWaybill(ctx, w)
	s.mu.Lock()
	s.calls++
	call := s.calls
	s.mu.Unlock()
	switch call {
	case 1:
		close(s.asked)
		select {
		case <-s.second:
		case <-time.After(100 * time.Millisecond): // nobody else comes: that is as it should be
		}
	case 2:
		close(s.second)
	}
	return err
}

// Two people give one number back at the same time. Were both calls made, two answers to one question could drop the
// number that the parcel got in between.
func TestCancelledTwiceAtOnce(t *testing.T) {
	t.Parallel()
	slow := &slowCancel{asked: make(chan struct{}), second: make(chan struct{})}
	album := newAlbum(renderer(t))
	r := newRig(t, rigOptions{wrap: func(o *app.Options) {
		slow.cutShop = cutShop{o.Shops[0].Adapter.(wholeShop), &power{}}
		o.Shops[0].Adapter, o.Renderer = slow, album
	}})
	order := r.add(clean)
	r.load()
	id := r.parcel(order).ID
	r.print(id)
	first := make(chan error, 1)
	go func() { first <- r.CancelNumber(t.Context(), id) }()
	<-slow.asked
	err := r.CancelNumber(t.Context(), id)
	var refused *app.RefusedError
	if !errors.As(err, &refused) || refused.Reason.ID != "station.cancel_nothing" {
		t.Errorf("the second of two: %v; want that there is nothing to cancel any more", err)
	}
	if err := <-first; err != nil {
		t.Errorf("the first of two: %v", err)
	}
	if slow.calls != 1 {
		t.Errorf("the platform was asked %d times to cancel one number", slow.calls)
	}
	r.print(id)
	r.lanes()
	r.audit(album)
	if row := r.parcel(order); row.Confirm != outbox.Confirmed || row.Label != shipping.LabelPrinted {
		t.Errorf("with the new number: label %s, confirmation %q", row.Label, row.Confirm)
	}
}

// The answer to a cancel is lost: nothing is printed or confirmed until it is known, the list says why, the timeline
// tells of it, and asking once more settles it.
func TestCancelAnswerLost(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	order := r.add(clean)
	r.load()
	id := r.parcel(order).ID
	r.print(id)
	r.world.SetFaults(sandbox.Faults{CutAfter: sandbox.Rule{Next: 1, Calls: []string{"order/logistics/cancel"}}})
	if err := r.CancelNumber(t.Context(), id); err == nil {
		t.Fatal("a lost answer was taken for a yes")
	}
	r.lanes()
	row := r.parcel(order)
	if row.Confirm != outbox.Suspended || row.Printable() || !hasReason(row, "station.cancelling") {
		t.Errorf("while the answer is open: confirmation %s, reasons %v", row.Confirm, row.Reasons)
	}
	if !r.told(id, "station.cancelling") {
		t.Error("the timeline does not tell that the number is being given back")
	}
	if err := r.CancelNumber(t.Context(), id); err != nil {
		t.Errorf("asked once more: %v", err)
	}
	if row := r.parcel(order); !row.Printable() || row.Number != "" {
		t.Errorf("afterwards: %s, number %q, reasons %v", row.State, row.Number, row.Reasons)
	}
}

// The platform keeps the number: all is as it was, and the timeline tells of it.
func TestCancelRefused(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	order := r.add(clean)
	r.load()
	id := r.parcel(order).ID
	r.print(id)
	number := r.parcel(order).Number
	r.world.SetFaults(sandbox.Faults{DownFor: []sandbox.RefusedCall{{Call: "order/logistics/cancel", Code: 8038, Text: "快件已揽收,不能取消"}}})
	if err := r.CancelNumber(t.Context(), id); err == nil {
		t.Fatal("a refusal was taken for a yes")
	}
	r.world.SetFaults(sandbox.Faults{})
	r.lanes()
	row := r.parcel(order)
	if row.Number != number || row.Confirm != outbox.Confirmed || len(row.Reasons) > 0 {
		t.Errorf("after a refusal: number %q, confirmation %s, reasons %v", row.Number, row.Confirm, row.Reasons)
	}
	if !r.told(id, "已揽收") {
		t.Error("the timeline does not tell of the refusal")
	}
}
