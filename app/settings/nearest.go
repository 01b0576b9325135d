package settings

import "strings"

// nearest gives the candidate that a mistyped word probably meant, "" when none is near: at most a third of the letters
// differ, or one contains the other.
func nearest(word string, candidates []string) string {
	best, least := "", 0
	w := flat(word)
	for _, c := range candidates {
		d := distance(w, flat(c))
		near := d*3 <= max(len(w), len(c))
		if len(w) > 3 && len(c) > 3 && (strings.Contains(w, flat(c)) || strings.Contains(flat(c), w)) {
			near = true
		}
		if near && (best == "" || d < least) {
			best, least = c, d
		}
	}
	return best
}

// flat takes away what people vary in a key: case, dashes, underscores.
func flat(s string) string {
	return strings.NewReplacer("_", "", "-", "", " ", "").Replace(strings.ToLower(s))
}

// distance is how many bytes must be put in, taken out or changed to make b of a.
func distance(a, b string) int {
	if len(a) > 64 || len(b) > 64 { // nothing that long is a mistyped key
		return max(len(a), len(b))
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			above := row[j]
			if a[i-1] == b[j-1] {
				row[j] = diagonal
			} else {
				row[j] = 1 + min(diagonal, above, row[j-1])
			}
			diagonal = above
		}
	}
	return row[len(b)]
}
