// Package printing is the contract between the station and paper: a Renderer makes a Document of labels, a Printer
// brings it to paper (or to a file) and tells what it knows of its fate. Implementations stand in the packages below.
package printing
