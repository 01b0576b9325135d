package assets

import _ "embed" // for the icon

//go:embed icons/icon.png
var icon []byte

// Icon gives the program's icon as a PNG of 512 by 512 pixels, drawn from icons/icon.svg.
func Icon() []byte { return icon[:len(icon):len(icon)] }
