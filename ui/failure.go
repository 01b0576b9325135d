package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"printstation/assets"
	"printstation/assets/words"
	"printstation/ui/look"
)

// failureWidth is the width of the text of the window that ShowFailure opens.
const failureWidth = 680

// ShowFailure opens a window that says why the program cannot start and what to mend, a line for each fault, and
// returns when it is closed. It stands in for the real window on benches that show no terminal.
func ShowFailure(a fyne.App, w *words.Words, title string, lines []string) {
	newFailure(a, w, title, lines).ShowAndRun()
}

func newFailure(a fyne.App, w *words.Words, title string, lines []string) fyne.Window {
	a.Settings().SetTheme(look.NewTheme(assets.FontRegular(), assets.FontBold()))
	win := a.NewWindow(w.T("ui.title", nil))
	win.SetIcon(fyne.NewStaticResource("icon.png", assets.Icon()))
	win.SetPadded(false)

	head := look.NewParagraph(failureWidth, 0, look.TextLead+3, look.Bad).SetBold()
	head.Set(title, look.Bad)
	body := look.Column(10)
	for _, line := range lines {
		p := look.NewParagraph(failureWidth, 0, look.TextBody, look.Ink)
		p.Set(line, look.Ink)
		body.Add(p)
	}
	closing := look.Row(0, look.NewButton(w.T("ui.failure.close", nil), look.Primary, win.Close))
	page := container.NewBorder(look.Pad(0, 0, 16, 0, head), look.Pad(16, 0, 0, 0, closing), nil, nil, container.NewVScroll(body))
	win.SetContent(look.On(look.Paper, look.Pad(28, 32, 28, 32, page)))
	win.Resize(fyne.NewSize(failureWidth+64, 420))
	win.CenterOnScreen()
	return win
}
