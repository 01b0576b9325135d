// Package cli is the command line: the main job without a window, and what a supervisor or whoever sets the bench up
// needs beside it.
//
// Everything that touches a store, a platform or a printer comes in through Deps, so that the commands are tested
// without any of them. Exit codes are part of the interface: 0 when all is well, 1 when something failed, is uncertain
// or waits, 2 for wrong use or wrong settings. With --json exactly one JSON value goes to standard output; sentences for
// people then go to standard error.
package cli
