// Package app is the station: the use cases of the packing bench over the contracts of platform, printing and its own
// Store. The window and the commands call it; it calls nobody's concrete package.
package app
