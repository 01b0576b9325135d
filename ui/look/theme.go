package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Sizes of text, in Fyne's units.
const (
	TextSmall = 13
	TextBody  = 15
	TextLead  = 17
	TextScan  = 22
)

// Theme is the program's own theme: one light look, for benches are bright, in Noto Sans SC, so that Chinese never
// depends on what fonts the machine happens to have.
type Theme struct {
	base          fyne.Theme
	regular, bold fyne.Resource
	sizes         map[fyne.ThemeSizeName]float32
}

// NewTheme makes the theme from the two TrueType fonts given.
func NewTheme(regular, bold []byte) *Theme {
	return &Theme{
		base:    theme.DefaultTheme(),
		regular: fyne.NewStaticResource("regular.ttf", regular),
		bold:    fyne.NewStaticResource("bold.ttf", bold),
		sizes: map[fyne.ThemeSizeName]float32{
			theme.SizeNameText:            TextBody,
			theme.SizeNameCaptionText:     TextSmall,
			theme.SizeNamePadding:         0, // distances are given where they are wanted
			theme.SizeNameInputBorder:     1,
			theme.SizeNameInputRadius:     8,
			theme.SizeNameSelectionRadius: 0,
			theme.SizeNameScrollBar:       14,
			theme.SizeNameScrollBarSmall:  6,
		},
	}
}

// With is the same theme with other sizes, for one part of the window.
func (t *Theme) With(sizes map[fyne.ThemeSizeName]float32) *Theme {
	other := *t
	other.sizes = make(map[fyne.ThemeSizeName]float32, len(t.sizes)+len(sizes))
	for name, size := range t.sizes {
		other.sizes[name] = size
	}
	for name, size := range sizes {
		other.sizes[name] = size
	}
	return &other
}

// Font gives the two embedded weights; symbols that Fyne itself draws keep its own font.
func (t *Theme) Font(s fyne.TextStyle) fyne.Resource {
	switch {
	case s.Symbol:
		return t.base.Font(s)
	case s.Bold:
		return t.bold
	}
	return t.regular
}

// Icon is Fyne's own.
func (t *Theme) Icon(n fyne.ThemeIconName) fyne.Resource { return t.base.Icon(n) }

// Size is ours where we have one, else Fyne's.
func (t *Theme) Size(n fyne.ThemeSizeName) float32 {
	if size, ok := t.sizes[n]; ok {
		return size
	}
	return t.base.Size(n)
}

// Color is from the palette. The variant that the desktop asks for is ignored: there is one look.
func (t *Theme) Color(n fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	switch n {
	case theme.ColorNameBackground, theme.ColorNameInputBackground, theme.ColorNameOverlayBackground, theme.ColorNameMenuBackground:
		return Paper
	case theme.ColorNameForeground:
		return Ink
	case theme.ColorNamePrimary, theme.ColorNameFocus, theme.ColorNameHyperlink:
		return Accent
	case theme.ColorNameForegroundOnPrimary:
		return Paper
	case theme.ColorNamePlaceHolder, theme.ColorNameDisabled:
		return Dim
	case theme.ColorNameInputBorder, theme.ColorNameSeparator:
		return Line
	case theme.ColorNameHover:
		return Clear // rows draw their own
	case theme.ColorNameSelection:
		return color.NRGBA{R: 0x0B, G: 0x57, B: 0xD0, A: 0x40}
	case theme.ColorNameScrollBar:
		return color.NRGBA{R: 0x5A, G: 0x64, B: 0x75, A: 0x90}
	case theme.ColorNameScrollBarBackground, theme.ColorNameShadow:
		return Clear
	}
	return t.base.Color(n, theme.VariantLight)
}
