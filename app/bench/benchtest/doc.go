// Package benchtest sets the scene for tests of the whole program: it builds the program, runs a simulated platform as a
// process of its own that outlives whatever happens to the bench, and reads the labels that come out.
package benchtest
