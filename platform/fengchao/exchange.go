package fengchao

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"sync"
	"time"

	"printstation/platform"
	"printstation/platform/wire"
)

// call is one kind of exchange.
type call struct {
	kind  platform.Call
	op    string // "issue waybills"
	path  string
	items int // how many things are asked for, for the journal
}

// answer is what came of an exchange. data can be there beside an error: some refusals list the orders they are about.
type answer struct {
	status   int
	code     string
	data     json.RawMessage
	header   http.Header
	personal func() []string // what to take out of messages
}

// ask makes one exchange: signs, sends, reads the envelope and leaves a line in the journal.
func (s *Shop) ask(ctx context.Context, at access, c call, fields map[string]string) (answer, *platform.Error) {
	started := s.clock()
	personal := sync.OnceValue(func() []string { return fieldMask.Hidden([]byte(fields["request_data"])) })
	got, err := s.client.PostForm(ctx, at.base.JoinPath("dd", c.path), at.form(fields, started))
	var (
		a    answer
		fail *platform.Error
	)
	if err != nil {
		a, fail = s.undelivered(c, err)
	} else {
		a, fail = s.open(c, got, personal)
	}
	a.personal = personal
	s.record(ctx, c, fields, got.Body, a, fail, started)
	return a, fail
}

// askJSON is ask with the business fields as one JSON text.
func (s *Shop) askJSON(ctx context.Context, at access, c call, data []byte) (answer, *platform.Error) {
	return s.ask(ctx, at, c, map[string]string{"request_data": string(data)})
}

// envelope is what every reply is wrapped in. The native interface says msg where the gateway says message.
type envelope struct {
	Code    *wire.Text      `json:"code"`
	Message wire.Text       `json:"message"`
	Msg     wire.Text       `json:"msg"`
	SubCode wire.Text       `json:"sub_code"`
	SubMsg  wire.Text       `json:"sub_msg"`
	Data    json.RawMessage `json:"data"`
}

// open reads the envelope.
func (s *Shop) open(c call, got wire.Answer, personal func() []string) (answer, *platform.Error) {
	a := answer{status: got.Status, header: got.Header, personal: personal}
	var e envelope
	problem := decode(got.Body, &e)
	good := got.Status >= 200 && got.Status < 300
	switch {
	case problem != "" && good:
		return a, s.unreadable(c, problem)
	case problem != "" || e.Code == nil && !good:
		return a, s.refuse(c, a, platform.Reply{Message: "HTTP " + strconv.Itoa(got.Status) + " " + http.StatusText(got.Status)})
	case e.Code == nil:
		return a, s.unreadable(c, "the reply has no code")
	}
	a.code, a.data = string(*e.Code), unwrap(e.Data)
	if a.code == "0" && good {
		return a, nil
	}
	message := first(string(e.Message), string(e.Msg), string(e.SubMsg))
	return a, s.refuse(c, a, platform.Reply{Code: a.code, SubCode: string(e.SubCode), Message: message})
}

// record leaves the line in the journal, also when the caller has gone.
func (s *Shop) record(ctx context.Context, c call, fields map[string]string, body []byte, a answer, fail *platform.Error, started time.Time) {
	r := platform.CallRecord{At: started, Shop: s.account.Shop, Call: c.kind, Path: "dd/" + c.path,
		Took: s.clock().Sub(started), HTTP: a.status, Code: a.code, Items: c.items}
	if fail != nil {
		r.Error = fail.Error()
	}
	s.log.Debug("platform call", "shop", r.Shop, "path", r.Path, "http", r.HTTP, "code", r.Code, "took", r.Took, "items", r.Items)
	if s.journal == nil {
		return
	}
	r.Request = maskFields(fields)
	if len(body) > 0 {
		r.Reply = fieldMask.JSON(body, a.personal)
	}
	s.journal.RecordCall(context.WithoutCancel(ctx), r)
}
