// Package bench assembles a station from its settings: it opens the store, the shops' adapters and the printers, and in
// the demo the built-in sandbox. It is the one place that knows the concrete packages; the lists of adapters and of ways
// to a printer are main's and are handed in.
package bench
