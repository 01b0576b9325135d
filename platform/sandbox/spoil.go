package sandbox

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// foreignOrder is the id that takes the place of another when an answer names an order that nobody asked for.
const foreignOrder = "6999999999999999999"

// wrongShapes are answers that are JSON and yet of no use.
var wrongShapes = []string{
	`{"code":0,"message":"ok","data":"[]"}`,
	`{"code":0,"message":"ok","data":[[1,2],{"x":null}]}`,
	`{"code":"0","message":{"text":"ok"},"data":null}`,
	`{"code":0,"message":"ok"}`,
	`[]`,
	`null`,
}

// spoil gives the bytes of the answer, damaged as planned.
func (p plan) spoil(r reply) []byte {
	switch {
	case p.wrongShape:
		return []byte(wrongShapes[p.shape])
	case p.foreign, p.mixed:
		return rewrite(encode(r), p)
	}
	return encode(r)
}

// rewrite works on the finished JSON, so that no call must know of these faults.
func rewrite(body []byte, p plan) []byte {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	var tree any
	if err := d.Decode(&tree); err != nil {
		panic(err) // it was encoded just now
	}
	if p.foreign {
		misname(tree)
	}
	if p.mixed {
		mix(tree)
	}
	out, err := json.Marshal(tree)
	if err != nil {
		panic(err)
	}
	return out
}

// misname changes the first order id that it finds.
func misname(v any) bool {
	switch v := v.(type) {
	case map[string]any:
		if _, is := v["order_id"].(string); is {
			v["order_id"] = foreignOrder
			return true
		}
		names := make([]string, 0, len(v))
		for name := range v {
			names = append(names, name)
		}
		slices.Sort(names)
		for _, name := range names {
			if misname(v[name]) {
				return true
			}
		}
	case []any:
		return slices.ContainsFunc(v, misname)
	}
	return false
}

// mix turns every list of objects around.
func mix(v any) {
	switch v := v.(type) {
	case map[string]any:
		for _, sub := range v {
			mix(sub)
		}
	case []any:
		slices.Reverse(v)
	}
}

// deliver sends the answer, whole or as planned.
func (p plan) deliver(rw http.ResponseWriter, r *http.Request, body []byte) {
	switch {
	case p.notJSON:
		writePage(rw, http.StatusOK, "系统维护中,请稍后访问")
	case p.cut:
		rw.Header().Set("Content-Type", "application/json;charset=utf-8")
		rw.Header().Set("Content-Length", strconv.Itoa(len(body)))
		_, _ = rw.Write(body[:len(body)/2])
		_ = http.NewResponseController(rw).Flush()
		panic(http.ErrAbortHandler)
	case p.drip != nil:
		p.drip.send(rw, r, body)
	default:
		writeReply(rw, http.StatusOK, body)
	}
}

func (d Drip) send(rw http.ResponseWriter, r *http.Request, body []byte) {
	wait := time.Duration(cmp.Or(d.PauseMS, 20)) * time.Millisecond
	rw.Header().Set("Content-Type", "application/json;charset=utf-8")
	for piece := range slices.Chunk(body, max(1, cmp.Or(d.Bytes, 64))) {
		if _, err := rw.Write(piece); err != nil {
			return
		}
		_ = http.NewResponseController(rw).Flush()
		if !pause(r.Context(), wait) {
			return
		}
	}
}

// pause waits and reports whether the caller is still there.
func pause(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return true
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}

func writeReply(rw http.ResponseWriter, status int, body []byte) {
	rw.Header().Set("Content-Type", "application/json;charset=utf-8")
	rw.Header().Set("Content-Length", strconv.Itoa(len(body)))
	rw.WriteHeader(status)
	_, _ = rw.Write(body)
}

func writePage(rw http.ResponseWriter, status int, words string) {
	rw.Header().Set("Content-Type", "text/html;charset=utf-8")
	rw.WriteHeader(status)
	_, _ = rw.Write([]byte("<!DOCTYPE html><html><head><title>" + words + "</title></head><body><h1>" + words + "</h1></body></html>"))
}
