package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"math/big"
	"strconv"
	"strings"
	"time"
)

// Text is a JSON string, or a number or boolean that stands where a string was promised; null is "". A number keeps its
// digits to the letter, so that ids beyond 2^53 survive.
type Text string

// UnmarshalJSON reads any scalar. The error never quotes the value: it may be personal.
func (t *Text) UnmarshalJSON(b []byte) error {
	b = bytes.TrimSpace(b)
	switch {
	case len(b) == 0 || b[0] == '{' || b[0] == '[':
		return errors.New("a list or object stands where a text was expected")
	case bytes.Equal(b, []byte("null")):
		*t = ""
	case b[0] == '"':
		var s string
		if err := json.Unmarshal(b, &s); err != nil {
			return errors.New("a text is malformed")
		}
		*t = Text(s)
	default:
		*t = Text(b)
	}
	return nil
}

// Int is a whole JSON number, also as a text; null and "" are 0.
type Int int64

// UnmarshalJSON reads 12, "12", 12.0 and 1.2e1. The error never quotes the value.
func (n *Int) UnmarshalJSON(b []byte) error {
	var t Text
	if err := t.UnmarshalJSON(b); err != nil {
		return errors.New("a list or object stands where a number was expected")
	}
	s := strings.TrimSpace(string(t))
	if s == "" {
		*n = 0
		return nil
	}
	if v, err := strconv.ParseInt(s, 10, 64); err == nil {
		*n = Int(v)
		return nil
	}
	// Rat would happily build 1e999999999; nothing that long is a number of ours.
	if len(s) > 32 || strings.ContainsAny(s, "/_xXpPbBoO") || exponent(s) > 18 {
		return errors.New("not a whole number")
	}
	r, ok := new(big.Rat).SetString(s)
	if !ok || !r.IsInt() || !r.Num().IsInt64() {
		return errors.New("not a whole number")
	}
	*n = Int(r.Num().Int64())
	return nil
}

// exponent is the size of the decimal exponent in s, 0 without one, and too large when it cannot be read.
func exponent(s string) int {
	i := strings.IndexAny(s, "eE")
	if i < 0 {
		return 0
	}
	e, err := strconv.Atoi(s[i+1:])
	if err != nil {
		return 1 << 20
	}
	return max(e, -e)
}

// Bool is true for true, "true", "1", 1 and "Y"; anything else that is a scalar is false.
type Bool bool

// UnmarshalJSON reads any scalar.
func (v *Bool) UnmarshalJSON(b []byte) error {
	var t Text
	if err := t.UnmarshalJSON(b); err != nil {
		return errors.New("a list or object stands where yes or no was expected")
	}
	switch strings.ToLower(strings.TrimSpace(string(t))) {
	case "true", "1", "y", "yes":
		*v = true
	default:
		*v = false
	}
	return nil
}

// China is China Standard Time, the zone that Chinese platforms write local times in. It has had no summer time since
// 1991, so a fixed zone needs no time zone data on the bench.
var China = time.FixedZone("CST", 8*60*60)

// Time is a moment: unix seconds, unix milliseconds (13 digits), or "2006-01-02 15:04:05" in China Standard Time, as
// number or text. null, "", 0 and "0" are the zero time.
type Time struct{ time.Time }

// UnmarshalJSON reads the forms above. The error never quotes the value.
func (t *Time) UnmarshalJSON(b []byte) error {
	var s Text
	if err := s.UnmarshalJSON(b); err != nil {
		return errors.New("a list or object stands where a time was expected")
	}
	text := strings.TrimSpace(string(s))
	if text == "" {
		t.Time = time.Time{}
		return nil
	}
	if at, err := time.ParseInLocation(time.DateTime, text, China); err == nil {
		t.Time = at
		return nil
	}
	var n Int
	if err := n.UnmarshalJSON([]byte(strconv.Quote(text))); err != nil || n < 0 {
		return errors.New("not a time")
	}
	t.Time = fromUnix(int64(n))
	return nil
}

// fromUnix takes seconds or milliseconds: what would lie beyond the year 5138 in seconds is milliseconds.
func fromUnix(n int64) time.Time {
	switch {
	case n == 0:
		return time.Time{}
	case n >= 1e11:
		return time.UnixMilli(n)
	}
	return time.Unix(n, 0)
}
