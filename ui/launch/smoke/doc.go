// Package smoke holds no code of the program: its test starts the real one on a screen of its own and works it as a
// packer does, with a scanner, a few keys and the mouse, against a sandbox that runs as a process beside it.
//
// What it sees is what a person sees: pixels, files in the folder of the labels, and what the platform has counted.
// It needs an X server without hardware (Xvfb), xdotool, scrot and pdftotext, and a software OpenGL driver.
package smoke
