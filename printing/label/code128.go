package label

import (
	"errors"
	"image/color"
	"strings"

	"github.com/boombuler/barcode/code128"
)

// patterns are the symbol characters of Code 128 (ISO/IEC 15417, table 1): the widths of three bars and three spaces by
// turns for the values 0 to 105. The stop character has a bar more.
var patterns = strings.Fields(`
	212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222
	123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321
	232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121
	313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224
	111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111
	111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113
	114311 411113 411311 113141 114131 311141 411131 211412 211214 211232`)

const (
	stopPattern = "2331112"
	codeC       = 99 // in set B: go on in set C
	codeB       = 100
	startB      = 104
	startC      = 105
	checkPrime  = 103
)

var (
	errNoData  = errors.New("nothing to encode")
	errCharset = errors.New("only printable ASCII can be encoded")
)

// code128Runs gives the runs of bars and spaces of the text, by turns, in modules. The library's symbol is taken wherever
// it is as short as a symbol can be. It is not for letters before an odd number of digits, as carriers' numbers have
// them (YT and 13 digits: 156 modules, where 145 will do); there ours is.
func code128Runs(data string) ([]uint8, error) {
	short, err := encode128(data)
	if err != nil {
		return nil, err
	}
	if runs := libraryRuns(data); runs != nil && modules(runs) <= modules(short) {
		return runs, nil
	}
	return short, nil
}

// libraryRuns gives nil for what the library does not encode.
func libraryRuns(data string) []uint8 {
	code, err := code128.Encode(data)
	if err != nil {
		return nil
	}
	var runs []uint8
	dark := false
	for x := range code.Bounds().Dx() {
		if ink := isBlack(code.At(x, 0)); ink != dark || len(runs) == 0 {
			runs, dark = append(runs, 0), ink
		}
		runs[len(runs)-1]++
	}
	return runs
}

func isBlack(c color.Color) bool {
	r, g, b, _ := c.RGBA()
	return r+g+b == 0
}

func modules(runs []uint8) int {
	n := 0
	for _, r := range runs {
		n += int(r)
	}
	return n
}

// encode128 gives the runs of the shortest Code 128 symbol for printable ASCII text. It is the shortest because at
// every character both sets are tried: two digits a symbol character in set C, one character in set B. Set A, for
// control characters, is never needed.
func encode128(data string) ([]uint8, error) {
	if data == "" {
		return nil, errNoData
	}
	for i := range len(data) {
		if data[i] < ' ' || data[i] > '~' {
			return nil, errCharset
		}
	}
	values := shortest(data)
	sum := values[0]
	for i, v := range values[1:] {
		sum += (i + 1) * v
	}
	values = append(values, sum%checkPrime)
	runs := make([]uint8, 0, 6*len(values)+7)
	for _, v := range values {
		runs = appendRuns(runs, patterns[v])
	}
	return appendRuns(runs, stopPattern), nil
}

func appendRuns(runs []uint8, widths string) []uint8 {
	for i := range len(widths) {
		runs = append(runs, widths[i]-'0')
	}
	return runs
}

// shortest gives the values from the start character to the last of the data, without check and stop. It works from the
// end: costB[i] and costC[i] are the fewest characters for data[i:] when set B or C is on.
func shortest(data string) []int {
	n := len(data)
	const never = 1 << 20
	costB, costC := make([]int, n+1), make([]int, n+1)
	for i := n - 1; i >= 0; i-- {
		stayB, stayC := 1+costB[i+1], never
		if pair(data, i) {
			stayC = 1 + costC[i+2]
		}
		costB[i], costC[i] = min(stayB, 1+stayC), min(stayC, 1+stayB)
	}
	inC := costC[0] < costB[0]
	values := []int{startB}
	if inC {
		values[0] = startC
	}
	for i := 0; i < n; {
		switch {
		case inC && pair(data, i) && costC[i] == 1+costC[i+2]:
			values = append(values, int(data[i]-'0')*10+int(data[i+1]-'0'))
			i += 2
		case inC:
			values, inC = append(values, codeB), false
		case costB[i] == 1+costB[i+1]:
			values = append(values, int(data[i]-' '))
			i++
		default:
			values, inC = append(values, codeC), true
		}
	}
	return values
}

func pair(data string, i int) bool {
	return i+1 < len(data) && digit(data[i]) && digit(data[i+1])
}

func digit(c byte) bool { return c >= '0' && c <= '9' }
