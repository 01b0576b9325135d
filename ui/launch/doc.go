// Package launch joins the commands, the window and the bench into the program. main hands in what only main may know:
// the adapters, the ways to a printer, and how a window system is started.
package launch
