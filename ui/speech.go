package ui

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"printstation/app"
	"printstation/app/outbox"
	"printstation/app/shipping"
	"printstation/assets/words"
	"printstation/ui/look"
)

// Explain gives cause and remedy of a failure in the user's language, "" for what is not known.
type Explain func(shop shipping.ShopID, f shipping.Fault) (cause, remedy string)

// speech turns what the station knows into what people read.
type speech struct {
	words   *words.Words
	explain Explain
	clock   func() time.Time
	shops   map[shipping.ShopID]string // names for people, as the status tells them
}

// shop names a shop for people.
func (s *speech) shop(id shipping.ShopID) string {
	if name := s.shops[id]; name != "" {
		return name
	}
	return string(id)
}

// say is the window's own message of that id.
func (s *speech) say(id string, pairs ...string) string { return s.words.With("ui."+id, pairs...) }

// count writes a number with separators: 1,204.
func count(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// items names what is in the box: 加绒卫衣 黑 XL ×1 · 儿童绘本 ×2.
func (s *speech) items(items []shipping.OrderItem) string {
	parts := make([]string, len(items))
	for i, it := range items {
		name := strings.TrimSpace(it.Name + " " + it.Spec)
		if it.Gift {
			name = s.say("item.gift") + " " + name
		}
		parts[i] = name + " ×" + strconv.Itoa(it.Quantity)
	}
	return strings.Join(parts, " · ")
}

// contents is the second line of a parcel: the message first, for it can change what is packed.
func (s *speech) contents(r app.Row) string {
	line := s.items(r.Items)
	if r.Message != "" {
		line = s.say("row.message", "Text", strings.Join(strings.Fields(r.Message), " ")) + " · " + line
	}
	return line
}

// hindrance says why a parcel cannot be printed, "" when nothing hinders it.
func (s *speech) hindrance(r app.Row) string {
	switch {
	case len(r.Reasons) > 0:
		return s.reasons(r.Reasons)
	case r.State == shipping.ParcelRefused && r.Fault != nil:
		return s.mend(r.Shop, r.Fault)
	case r.Label == shipping.LabelFailed:
		return s.say("row.print_failed")
	case r.Sealed != shipping.SealOpen:
		return s.say("row.sealed_" + string(r.Sealed))
	}
	return ""
}

func (s *speech) reasons(rs []shipping.Reason) string {
	parts := make([]string, len(rs))
	for i, r := range rs {
		parts[i] = s.words.T(r.ID, r.Data)
	}
	return strings.Join(parts, s.say("sentence.join"))
}

// fault gives cause and remedy; a failure that the catalogue does not know is told in the platform's words.
func (s *speech) fault(shop shipping.ShopID, f *shipping.Fault) (cause, remedy string) {
	if f == nil {
		return "", ""
	}
	if s.explain != nil {
		cause, remedy = s.explain(shop, *f)
	}
	if cause == "" {
		cause = s.say("class." + string(f.Class))
	}
	return cause, remedy
}

// mend is cause and remedy in one line.
func (s *speech) mend(shop shipping.ShopID, f *shipping.Fault) string {
	cause, remedy := s.fault(shop, f)
	if remedy == "" {
		return cause
	}
	return s.say("sentence.mend", "Cause", cause, "Remedy", remedy)
}

// raw is what the platform itself said.
func (s *speech) raw(f *shipping.Fault) string {
	if f == nil {
		return ""
	}
	return strings.Join(strings.Fields(strings.Join([]string{f.Code, f.SubCode, f.Message}, " ")), " ")
}

// state is the word on a parcel's chip. Only what needs a hand is coloured.
func (s *speech) state(r app.Row) (string, look.Tone) {
	switch r.Label {
	case shipping.LabelUncertain, shipping.LabelQueued, shipping.LabelSpooled:
		return s.say("label." + string(r.Label)), labelTone(r.Label)
	case shipping.LabelPrinted, shipping.LabelVerified:
		if r.Confirm == "" || r.Confirm == outbox.NotRequired {
			return s.say("label." + string(r.Label)), look.Quiet
		}
		return s.say("confirm." + string(r.Confirm)), confirmTone(r.Confirm)
	case shipping.LabelFailed:
		return s.say("label.failed"), look.Alarm
	}
	if len(r.Reasons) > 0 && r.State != shipping.ParcelInvalid {
		return s.say("parcel.held"), look.Care
	}
	return s.say("parcel." + string(r.State)), parcelTone(r.State)
}

func labelTone(l shipping.LabelState) look.Tone {
	if l == shipping.LabelUncertain {
		return look.Care
	}
	return look.Quiet
}

func confirmTone(c outbox.State) look.Tone {
	switch c {
	case outbox.Failed:
		return look.Alarm
	case outbox.Parked:
		return look.Care
	}
	return look.Quiet
}

func parcelTone(p shipping.ParcelState) look.Tone {
	switch p {
	case shipping.ParcelInvalid, shipping.ParcelRefused:
		return look.Alarm
	case shipping.ParcelHeld:
		return look.Care
	}
	return look.Quiet
}

// failure tells of an error of a call to the station.
func (s *speech) failure(err error) string {
	var fault *shipping.Fault
	var refused *app.RefusedError
	switch {
	case errors.As(err, &refused):
		return s.words.T(refused.Reason.ID, refused.Reason.Data)
	case errors.Is(err, context.DeadlineExceeded):
		return s.say("error.timeout")
	case errors.Is(err, app.ErrNotFound):
		return s.say("error.not_found")
	case errors.As(err, &fault):
		cause, remedy := s.fault("", fault)
		return s.say("error.fault", "Cause", cause, "Remedy", remedy, "Raw", s.raw(fault))
	}
	return s.say("error.other", "Error", err.Error())
}

// moment writes a time of day, with the date when it is not today.
func (s *speech) moment(t time.Time) string {
	if t.IsZero() {
		return s.say("time.never")
	}
	t, now := t.Local(), s.clock().Local()
	if t.YearDay() == now.YearDay() && t.Year() == now.Year() {
		return t.Format("15:04:05")
	}
	return t.Format("01-02 15:04")
}

// span writes a stretch of time in its largest unit.
func (s *speech) span(d time.Duration) string {
	switch {
	case d < time.Minute:
		return s.say("time.seconds", "N", strconv.Itoa(max(1, int(d.Seconds()))))
	case d < time.Hour:
		return s.say("time.minutes", "N", strconv.Itoa(int(d.Minutes())))
	case d < 48*time.Hour:
		return s.say("time.hours", "N", strconv.Itoa(int(d.Hours())))
	}
	return s.say("time.days", "N", strconv.Itoa(int(d.Hours()/24)))
}

// shipBy tells of a shipping deadline that is near or past, "" otherwise.
func (s *speech) shipBy(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	left := t.Sub(s.clock())
	switch {
	case left < 0:
		return s.say("time.overdue", "Span", s.span(-left))
	case left < 24*time.Hour:
		return s.say("time.left", "Span", s.span(left))
	}
	return ""
}
