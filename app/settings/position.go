package settings

import (
	"slices"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// position is a place in the file, both from 1.
type position struct{ line, column int }

// lineText is the line as it is said to people.
func (p position) lineText() string { return strconv.Itoa(p.line) }

// index knows where each key and each table header stands. A key is found by its path: "shop[0].sender.name".
type index struct {
	at     map[string]position
	tables map[string]int // how many [[…]] of that path were seen
	lines  []int          // the offset at which each line begins
	parser unstable.Parser
}

// newIndex reads a file that is known to be correct TOML; of any other it indexes what stands before the fault.
func newIndex(data []byte) *index {
	ix := &index{at: map[string]position{}, tables: map[string]int{}, lines: []int{0}}
	for i, c := range data {
		if c == '\n' {
			ix.lines = append(ix.lines, i+1)
		}
	}
	ix.parser.Reset(data)
	table := ""
	for ix.parser.NextExpression() {
		e := ix.parser.Expression()
		switch e.Kind {
		case unstable.Table, unstable.ArrayTable:
			table = ix.header(e)
		case unstable.KeyValue:
			ix.keyValue(table, e)
		}
	}
	return ix
}

// find gives the place of a key, or of the nearest table around it that is written down.
func (ix *index) find(path string) position {
	for path != "" {
		if p, ok := ix.at[path]; ok {
			return p
		}
		cut := strings.LastIndexAny(path, ".[")
		if cut < 0 {
			break
		}
		path = path[:cut]
	}
	return position{}
}

// header enters a [table] or [[table]] and gives its path.
func (ix *index) header(e *unstable.Node) string {
	keys := e.Key()
	path := ""
	var first *unstable.Node
	for keys.Next() {
		n := keys.Node()
		if first == nil {
			first = n
		}
		path = join(path, string(n.Data))
		if keys.IsLast() && e.Kind == unstable.ArrayTable {
			ix.tables[path]++
		}
		if n := ix.tables[path]; n > 0 {
			path += "[" + strconv.Itoa(n-1) + "]"
		}
	}
	ix.enter(path, first)
	return path
}

func (ix *index) keyValue(table string, e *unstable.Node) {
	keys := e.Key()
	path := table
	for keys.Next() {
		path = join(path, string(keys.Node().Data))
		ix.enter(path, keys.Node())
	}
	ix.value(path, e.Value())
}

// value enters what stands inside an inline table, or an array of them.
func (ix *index) value(path string, v *unstable.Node) {
	children := v.Children()
	switch v.Kind {
	case unstable.InlineTable:
		for children.Next() {
			ix.keyValue(path, children.Node())
		}
	case unstable.Array:
		for i := 0; children.Next(); i++ {
			ix.value(path+"["+strconv.Itoa(i)+"]", children.Node())
		}
	}
}

func (ix *index) enter(path string, n *unstable.Node) {
	if _, known := ix.at[path]; known || n == nil {
		return
	}
	offset := int(n.Raw.Offset)
	line, exact := slices.BinarySearch(ix.lines, offset)
	if !exact {
		line--
	}
	ix.at[path] = position{line: line + 1, column: offset - ix.lines[line] + 1}
}

// join adds a key to a path; a key that would read as a path is quoted.
func join(path, key string) string {
	if strings.ContainsAny(key, ".[]\"") {
		key = strconv.Quote(key)
	}
	if path == "" {
		return key
	}
	return path + "." + key
}

// element gives the path of a key in the i-th table of a list.
func element(list string, i int, key string) string {
	return list + "[" + strconv.Itoa(i) + "]." + key
}
