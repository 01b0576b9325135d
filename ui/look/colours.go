package look

import "image/color"

// The palette. Quiet greys carry the work; amber and red only ever mean that a hand is needed, and each pair of text
// and ground keeps a contrast of at least 4.5 to 1.
var (
	Ink      = rgb(0x1B2230) // text
	Dim      = rgb(0x5A6475) // text of second rank
	Paper    = rgb(0xFFFFFF)
	Ground   = rgb(0xF3F5F8) // around the paper
	Line     = rgb(0xE1E5EB)
	Accent   = rgb(0x0B57D0)
	Deep     = rgb(0x08449F) // Accent under the pointer
	Tint     = rgb(0xEAF1FE) // chosen
	Hover    = rgb(0xE8EBF0)
	Bar      = rgb(0x1B2433) // status line
	BarInk   = rgb(0xE6EAF0)
	BarDim   = rgb(0xA5AFBF)
	Good     = rgb(0x17703A)
	GoodBg   = rgb(0xE2F5E8)
	GoodLamp = rgb(0x4CC071)
	Warn     = rgb(0x855300)
	WarnBg   = rgb(0xFFEFC9)
	WarnRow  = rgb(0xFFF9EA)
	WarnLamp = rgb(0xF2B233)
	Bad      = rgb(0xB3211B)
	BadBg    = rgb(0xFCE4E2)
	BadFill  = rgb(0xD32F27)
	BadLamp  = rgb(0xFF6B61)
	Calm     = rgb(0xECEFF3) // ground of what needs no hand
	Clear    = color.NRGBA{}
)

func rgb(v uint32) color.NRGBA {
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 0xFF}
}

// Tone says how much attention something asks for.
type Tone int

// The tones.
const (
	Quiet Tone = iota // nothing to do
	Fine              // done, for a moment
	Care              // somebody should look
	Alarm             // somebody must act
)

// Ink is the tone's colour of text on its Fill.
func (t Tone) Ink() color.Color {
	return [...]color.Color{Ink, Good, Warn, Bad}[t]
}

// Fill is the tone's ground.
func (t Tone) Fill() color.Color {
	return [...]color.Color{Calm, GoodBg, WarnBg, BadBg}[t]
}

// Lamp is the tone's colour of a small light on the status line.
func (t Tone) Lamp() color.Color {
	return [...]color.Color{BarDim, GoodLamp, WarnLamp, BadLamp}[t]
}
