// Package settings reads station.toml: which bench this is, its shops, its printers.
//
// A file is read whole and every fault in it is told at once, each with its line and how to mend it, so that nobody has
// to correct it fault by fault. Sentences are ids of assets/words. Nothing here ever repeats the value of a secret: a
// secret that was written into the file is refused without being shown.
//
// Caveats: a file that is named and missing is an error and never a reason to start the demonstration; relative folders
// of printers are relative to the file, not to where the program was started.
package settings
