package wire

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// longestWait bounds a stated wait: a wrong number in a message must not park a shop for weeks.
const longestWait = 24 * time.Hour

var statedWaits = []*regexp.Regexp{
	regexp.MustCompile(`(\d{1,7})\s*(毫秒|秒钟?|分钟?|小时)\s*(?:之?后|以后|再)`),
	regexp.MustCompile(`(?i)(?:after|in|for)\s+(\d{1,7})\s*(ms|milliseconds?|seconds?|secs?|s|minutes?|mins?|m|hours?|h)\b`),
	regexp.MustCompile(`(?i)ban(?:ned)?\s+(?:will last\s+)?(?:for\s+)?(\d{1,7})\s*(?:more\s+)?(seconds?)\b`),
}

// Wait gives the time that a reply says to wait before the next call: a Retry-After header (seconds or a date), else
// the words of the message ("请120秒后重试", "retry after 3 seconds"). It is 0 when nothing is stated, at most a day.
func Wait(h http.Header, message string, now time.Time) time.Duration {
	if w := headerWait(h.Get("Retry-After"), now); w > 0 {
		return min(w, longestWait)
	}
	for _, re := range statedWaits {
		m := re.FindStringSubmatch(message)
		if m == nil {
			continue
		}
		n, err := strconv.Atoi(m[1])
		if err != nil {
			continue
		}
		return min(time.Duration(n)*unit(m[2]), longestWait)
	}
	return 0
}

func headerWait(v string, now time.Time) time.Duration {
	if n, err := strconv.Atoi(strings.TrimSpace(v)); err == nil {
		if n < 0 {
			return 0
		}
		return time.Duration(min(n, int(longestWait/time.Second))) * time.Second
	}
	if at, err := http.ParseTime(v); err == nil {
		return at.Sub(now)
	}
	return 0
}

func unit(word string) time.Duration {
	w := strings.ToLower(word)
	switch {
	case w == "毫秒", strings.HasPrefix(w, "ms"), strings.HasPrefix(w, "milli"):
		return time.Millisecond
	case strings.HasPrefix(w, "分"), strings.HasPrefix(w, "m"):
		return time.Minute
	case w == "小时", strings.HasPrefix(w, "h"):
		return time.Hour
	}
	return time.Second
}
