// Package printertest is the conformance suite of printing.Printer: every way to paper runs it in a short test of its
// own, so that the station can rely on the same answers from all.
package printertest
