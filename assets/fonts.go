package assets

import _ "embed" // for the two fonts

//go:embed fonts/NotoSansSC-Regular.ttf
var fontRegular []byte

//go:embed fonts/NotoSansSC-Bold.ttf
var fontBold []byte

// FontRegular gives Noto Sans SC Regular as a TrueType file (licence: fonts/OFL.txt). The slice is shared by all
// callers and read-only.
func FontRegular() []byte { return fontRegular[:len(fontRegular):len(fontRegular)] }

// FontBold gives Noto Sans SC Bold as a TrueType file (licence: fonts/OFL.txt). The slice is shared by all callers and
// read-only.
func FontBold() []byte { return fontBold[:len(fontBold):len(fontBold)] }
