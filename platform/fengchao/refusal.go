package fengchao

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"printstation/app/shipping"
	"printstation/platform"
	"printstation/platform/wire"
)

// class asks the classifier; without one every refusal is unknown.
func (s *Shop) class(r platform.Reply) shipping.Class {
	if s.classify == nil {
		return shipping.ClassUnknown
	}
	return s.classify.Classify(r)
}

// refuse makes the error of a no from the platform, to a whole call or to one item of it; r holds code, sub-code and
// message. Where the classifier knows nothing the HTTP status speaks: 5xx is transient, 429 is a limit.
func (s *Shop) refuse(c call, a answer, r platform.Reply) *platform.Error {
	r.Platform, r.Call, r.HTTP = Name, c.kind, a.status
	raw := r.Message
	if raw != "" {
		personal := a.personal()
		r.Code, r.SubCode, r.Message = wire.Scrub(r.Code, personal), wire.Scrub(r.SubCode, personal), wire.Scrub(raw, personal)
	}
	class := s.class(r)
	if class == shipping.ClassUnknown {
		switch {
		case a.status == http.StatusTooManyRequests:
			class = shipping.ClassRateLimited
		case a.status >= 500:
			class = shipping.ClassTransient
		}
	}
	return &platform.Error{Op: Name + ": " + c.op, Fault: shipping.Fault{
		Class: class, Code: r.Code, SubCode: r.SubCode,
		Message:    said(r.Message) + s.clockHint(r.Message, a.header),
		RetryAfter: wire.Wait(a.header, raw, s.clock()),
		// A server error and what the platform calls a time-out or a busy system may have had its effect.
		NotDone: a.status < 500 && class != shipping.ClassTransient,
	}}
}

func said(message string) string {
	if strings.TrimSpace(message) == "" {
		return "refused without a word"
	}
	return message
}

// clockHint adds to a complaint about the timestamp how far this machine's clock is off, by the gateway's Date header.
func (s *Shop) clockHint(message string, h http.Header) string {
	lower := strings.ToLower(message)
	if !strings.Contains(message, "时间戳") && !strings.Contains(lower, "timestamp") {
		return ""
	}
	at, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		return " (check this machine's clock)"
	}
	off := s.clock().Sub(at).Round(time.Second)
	if off < 0 {
		return fmt.Sprintf(" (this machine's clock is %s behind the gateway's)", -off)
	}
	return fmt.Sprintf(" (this machine's clock is %s ahead of the gateway's)", off)
}

// unreadable is an answer that cannot be read: as good as lost, so asking again may help.
func (s *Shop) unreadable(c call, problem string) *platform.Error {
	return ours(c.op, shipping.ClassTransient, "exchange.unreadable", problem)
}

// contradictory is an answer that cannot be true: asking again would not help, a person must look.
func (s *Shop) contradictory(c call, problem string) *platform.Error {
	return ours(c.op, shipping.ClassUnknown, "exchange.contradictory", problem)
}

// unasked is a request that is refused here, before anything is sent. What is wrong then is its data, by definition.
func unasked(op, problem string) *platform.Error {
	e := ours(op, shipping.ClassData, "exchange.unasked", problem)
	e.NotDone = true
	return e
}

// ours is a failure in our own words: a sentence for people by its id, and the detail for logs.
func ours(op string, class shipping.Class, id, detail string) *platform.Error {
	why := shipping.Because(id, "Detail", detail)
	return &platform.Error{Op: Name + ": " + op, Fault: shipping.Fault{Class: class, Message: detail, Reason: &why}}
}

// undelivered is an exchange without a whole reply.
func (s *Shop) undelivered(c call, err error) (answer, *platform.Error) {
	var f *wire.Failure
	if !errors.As(err, &f) {
		f = &wire.Failure{Sent: true, Reason: "the exchange failed", Err: err}
	}
	redirect := f.Status >= 300 && f.Status < 400
	id := "exchange.no_answer"
	switch {
	case !f.Sent:
		id = "exchange.unreachable"
	case redirect:
		id = "exchange.redirect"
	case errors.Is(f, context.DeadlineExceeded):
		id = "exchange.late"
	case f.Status != 0:
		id = "exchange.cut"
	}
	fail := ours(c.op, shipping.ClassTransient, id, f.Error())
	fail.Err, fail.NotDone = err, !f.Sent
	if redirect { // waiting does not mend a wrong address
		fail.Class = s.class(platform.Reply{Platform: Name, Call: c.kind, HTTP: f.Status, Message: f.Reason})
	}
	return answer{status: f.Status}, fail
}
