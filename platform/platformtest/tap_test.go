package platformtest

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// Each fault must do to an exchange what it says: the suite is worth no more than that.
func TestFaults(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		fault  Fault
		worked bool // the platform did the work
		whole  string
		status int
	}{
		{name: "none", worked: true, whole: "answer of 20 bytes!!", status: 200},
		{name: "cut before", fault: CutBefore},
		{name: "cut after", fault: CutAfter, worked: true},
		{name: "half", fault: HalfReply, worked: true},
		{name: "short", fault: ShortReply, worked: true, whole: "answer of ", status: 200},
		{name: "500", fault: ServerError, whole: "<html>Internal Server Error</html>\n", status: 500},
		{name: "502", fault: ServerErrorAfter, worked: true, whole: "<html>Bad Gateway</html>\n", status: 502},
		{name: "other", fault: Answer([]byte("[]")), worked: true, whole: "[]", status: 200},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			worked := make(chan string, 1)
			peer := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				worked <- r.URL.Path + " " + r.PostFormValue("name")
				_, _ = io.WriteString(w, "answer of 20 bytes!!")
			}))
			defer peer.Close()
			tap := NewTap(t, peer.URL+"/gateway")
			if tt.fault != nil {
				tap.Next(tt.fault)
			}
			status, body, err := post(tap.URL+"/dd/x", "name=%E9%BE%98+%26")
			if (err != nil) == (tt.whole != "") || body != tt.whole && err == nil || status != tt.status && err == nil {
				t.Errorf("got %d %q, %v", status, body, err)
			}
			if got := len(worked) == 1; got != tt.worked {
				t.Errorf("worked %v, want %v", got, tt.worked)
			}
			if tt.worked {
				if got := <-worked; got != "/gateway/dd/x 龘 &" {
					t.Errorf("the platform got %q", got)
				}
			}
			if tap.Exchanges() != 1 || !strings.Contains(tap.Sent(), "name=龘 &") {
				t.Errorf("%d exchanges, sent %q", tap.Exchanges(), tap.Sent())
			}
		})
	}
}

func post(url, form string) (int, string, error) {
	resp, err := http.Post(url, "application/x-www-form-urlencoded", strings.NewReader(form))
	if err != nil {
		return 0, "", err
	}
	body, err := io.ReadAll(resp.Body)
	return resp.StatusCode, string(body), errors.Join(err, resp.Body.Close())
}
