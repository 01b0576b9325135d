// Package look is the face of the window: its colours, sizes, fonts and the few widgets that Fyne lacks. Nothing here
// knows what a parcel is, and nothing here takes the keyboard focus: that stays in the scan field.
//
// All of it belongs to Fyne's own goroutine.
package look
