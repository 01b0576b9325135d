package ui

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"printstation/app"
	"printstation/app/outbox"
	"printstation/app/shipping"
	"printstation/assets/words"
	"printstation/ui/look"
)

func newSpeech(t *testing.T) *speech {
	return &speech{words: speak(t, words.Chinese), clock: func() time.Time { return testTime }}
}

// A parcel's chip tells what is next, in colour only where a hand is needed.
func TestState(t *testing.T) {
	t.Parallel()
	reason := []shipping.Reason{shipping.Because("order.refund_pending")}
	cases := []struct {
		row  app.Row
		word string
		tone look.Tone
	}{
		{app.Row{State: shipping.ParcelPending}, "待取号", look.Quiet},
		{app.Row{State: shipping.ParcelInvalid, Reasons: reason}, "资料不全", look.Alarm},
		{app.Row{State: shipping.ParcelHeld, Reasons: reason}, "暂缓", look.Care},
		{app.Row{State: shipping.ParcelIssued, Reasons: reason}, "暂缓", look.Care},
		{app.Row{State: shipping.ParcelRefused}, "取号被拒", look.Alarm},
		{app.Row{State: shipping.ParcelIssued, Label: shipping.LabelFailed}, "打印失败", look.Alarm},
		{app.Row{State: shipping.ParcelIssued, Label: shipping.LabelSpooled}, "打印中", look.Quiet},
		{app.Row{State: shipping.ParcelIssued, Label: shipping.LabelUncertain}, "待确认", look.Care},
		{app.Row{State: shipping.ParcelIssued, Label: shipping.LabelVerified}, "已核对", look.Quiet},
		{app.Row{State: shipping.ParcelIssued, Label: shipping.LabelPrinted, Confirm: outbox.Failed}, "回传失败", look.Alarm},
		{app.Row{State: shipping.ParcelIssued, Label: shipping.LabelPrinted, Confirm: outbox.Confirmed}, "已回传", look.Quiet},
		{app.Row{State: shipping.ParcelIssued, Label: shipping.LabelVoid}, "已取号", look.Quiet},
	}
	s := newSpeech(t)
	for _, c := range cases {
		if word, tone := s.state(c.row); word != c.word || tone != c.tone {
			t.Errorf("%+v: %s in tone %d, want %s in %d", c.row, word, tone, c.word, c.tone)
		}
	}
}

// Every state that can be stored has a word in both languages: an id on the screen would be the sign that not.
func TestEveryStateHasAWord(t *testing.T) {
	t.Parallel()
	var ids []string
	for _, p := range shipping.ParcelStates() {
		ids = append(ids, "parcel."+string(p))
	}
	for _, l := range []shipping.LabelState{shipping.LabelQueued, shipping.LabelSpooled, shipping.LabelPrinted, shipping.LabelVerified,
		shipping.LabelUncertain, shipping.LabelFailed, shipping.LabelVoid} {
		ids = append(ids, "label."+string(l))
	}
	for _, c := range []outbox.State{outbox.Waiting, outbox.Suspended, outbox.Parked, outbox.Confirmed, outbox.Failed, outbox.NotRequired, outbox.Closed} {
		ids = append(ids, "confirm."+string(c))
	}
	for _, c := range []shipping.Class{shipping.ClassTransient, shipping.ClassRateLimited, shipping.ClassUnauthorized, shipping.ClassMapping,
		shipping.ClassData, shipping.ClassNumber, shipping.ClassBusiness, shipping.ClassAlreadyDone, shipping.ClassQuota,
		shipping.ClassUnsupported, shipping.ClassUnknown} {
		ids = append(ids, "class."+string(c))
	}
	for _, k := range []app.TroubleKind{app.TroubleWaybill, app.TroublePrint, app.TroubleConfirm} {
		ids = append(ids, "trouble."+string(k), "trouble.press_"+string(k))
	}
	for _, k := range parcelKinds() {
		ids = append(ids, "kind."+k)
	}
	s := newSpeech(t)
	for _, id := range ids {
		if said := s.say(id); said == "ui."+id {
			t.Errorf("%s has no word", id)
		}
	}
}

func TestFailure(t *testing.T) {
	t.Parallel()
	fault := &shipping.Fault{Class: shipping.ClassMapping, Code: "20034", Message: "物流代码不存在"}
	s := newSpeech(t)
	s.explain = func(_ shipping.ShopID, f shipping.Fault) (string, string) { return "代码不对", "改映射" }
	for want, err := range map[string]error{
		"等了太久":     fmt.Errorf("rows: %w", context.DeadlineExceeded),
		"找不到了":     fmt.Errorf("row: %w", app.ErrNotFound),
		"代码不对 改映射": fmt.Errorf("confirm: %w", fault),
		"退款":       &app.RefusedError{Reason: shipping.Because("order.refund_pending")},
		"boom":     errors.New("boom"),
	} {
		if got := s.failure(err); !strings.Contains(got, want) {
			t.Errorf("%v is told as %q, want %q in it", err, got, want)
		}
	}
}

// What a printed label rests on is said as what it is.
func TestEvidence(t *testing.T) {
	t.Parallel()
	s := newSpeech(t)
	for detail, want := range map[string]string{"spooler": "打印队列报告完成", "paper": "打印机计数确认出纸", "J0000001.pdf": "J0000001.pdf"} {
		e := shipping.Event{Kind: shipping.EventLabel, To: "printed", Detail: detail, At: testTime}
		if got := s.event(e); !strings.HasSuffix(got, want) || !strings.Contains(got, "已打印") {
			t.Errorf("%q is told as %q", detail, got)
		}
	}
}

func TestCountAndSpan(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567"} {
		if got := count(n); got != want {
			t.Errorf("count(%d) = %s, want %s", n, got, want)
		}
	}
	s := newSpeech(t)
	for left, want := range map[time.Duration]string{-2 * time.Hour: "发货超时 2 小时", 30 * time.Minute: "30 分钟内须发货", 30 * time.Hour: ""} {
		if got := s.shipBy(testTime.Add(left)); got != want {
			t.Errorf("a deadline in %v is told as %q, want %q", left, got, want)
		}
	}
}

func TestKindsAndSearch(t *testing.T) {
	t.Parallel()
	r := row(1)
	r.Orders = append(r.Orders, "9")
	r.Items[0].Quantity = 2
	r.Message = "不要放驿站"
	if got := fmt.Sprint(kindsOf(r)); got != "[multi merged message]" {
		t.Errorf("kinds %s", got)
	}
	for text, want := range map[string]bool{"保温": true, "500ML": true, "驿站": true, "693500000001": true, "文一": true, "毛毯": false} {
		if got := rowHas(r, strings.ToLower(text)); got != want {
			t.Errorf("search for %q: %v", text, got)
		}
	}
}
