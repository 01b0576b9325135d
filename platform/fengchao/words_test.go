package fengchao_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"printstation/app/shipping"
	"printstation/assets/words"
	"printstation/platform"
	"printstation/platform/fengchao"
	"printstation/platform/platformtest"
	"printstation/platform/sandbox"
)

// What the adapter says in its own words can be said to people in both languages; what the platform says is left to it.
func TestOwnWordsAreSentences(t *testing.T) {
	t.Parallel()
	p := startSandbox(t, sandbox.Options{Orders: 1, Plain: true})
	tap := platformtest.NewTap(t, p.Account().BaseURL)
	c := platform.Config{Account: p.Account()}
	c.Account.BaseURL = tap.URL
	s, err := fengchao.New(c)
	if err != nil {
		t.Fatal(err)
	}
	over, cancel := context.WithCancel(t.Context())
	cancel()
	for _, tt := range []struct {
		id    string
		ctx   context.Context
		fault platformtest.Fault
		order shipping.OrderID
	}{
		{"exchange.unreachable", over, nil, "1"},
		{"exchange.no_answer", t.Context(), platformtest.CutAfter, "1"},
		{"exchange.cut", t.Context(), platformtest.HalfReply, "1"},
		{"exchange.redirect", t.Context(), platformtest.Redirect, "1"},
		{"exchange.unreadable", t.Context(), platformtest.Answer([]byte("<html>")), "1"},
		{"exchange.unasked", t.Context(), nil, ""},
		{"", t.Context(), nil, "4999999999999999999"},
	} {
		if tt.fault != nil {
			tap.Next(tt.fault)
		}
		_, err := s.Order(tt.ctx, tt.order)
		var pe *platform.Error
		switch {
		case !errors.As(err, &pe):
			t.Errorf("%s: error %v", tt.id, err)
		case tt.id == "" && pe.Reason != nil:
			t.Errorf("the platform's own words are talked over: %+v", pe.Reason)
		case tt.id != "" && (pe.Reason == nil || pe.Reason.ID != tt.id):
			t.Errorf("reason %+v, want %s", pe.Reason, tt.id)
		}
		if pe == nil || pe.Reason == nil {
			continue
		}
		for _, lang := range []string{words.Chinese, words.English} {
			w, err := words.For(lang)
			if err != nil {
				t.Fatal(err)
			}
			if said := w.T(pe.Reason.ID, pe.Reason.Data); strings.Contains(said, tt.id) || !strings.Contains(said, pe.Reason.Data["Detail"]) {
				t.Errorf("%s in %s: %q", tt.id, lang, said)
			}
		}
	}
}
