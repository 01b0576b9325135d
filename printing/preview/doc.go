// Package preview draws a laid-out label as an image, for the window. Type is set from the same fonts and advances as
// in the PDF, so lines end where they will on paper; bars are drawn on whole pixels, so that they stay crisp at any
// scale.
package preview
