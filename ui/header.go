package ui

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"printstation/ui/look"
)

// flashTime is how long the field's frame shows what a scan was.
const flashTime = 1500 * time.Millisecond

// header is the top of the window: the station, the field that a scanner types into, and the one big button.
type header struct {
	speech  *speech
	back    *backstage
	station *canvas.Text
	field   *scanField
	frame   *canvas.Rectangle
	mode    *look.Button
	button  *look.Button
	flashes int
}

func newHeader(s *speech, b *backstage, k *keyboard, print, toggle func()) *header {
	h := &header{
		speech: s, back: b, station: look.Bold("", look.TextLead, look.Accent), field: newScanField(k), frame: canvas.NewRectangle(look.Clear),
		mode: look.NewButton("", look.Bare, toggle), button: look.NewBigButton("", "F9", print),
	}
	h.frame.CornerRadius, h.frame.StrokeWidth, h.frame.StrokeColor = 10, 2, look.Accent
	h.setMode(false)
	return h
}

func (h *header) content(th *look.Theme) fyne.CanvasObject {
	big := container.NewThemeOverride(h.field, th.With(map[fyne.ThemeSizeName]float32{
		theme.SizeNameText: look.TextScan, theme.SizeNameInputBorder: 0, theme.SizeNameInnerPadding: 11, theme.SizeNameInputRadius: 10,
	}))
	inner := container.NewBorder(nil, nil, nil, look.Pad(0, 8, 0, 4, look.Middle(h.mode)), big)
	field := container.NewStack(look.Pad(2, 2, 2, 2, inner), h.frame)
	name := look.Wide(filterWidth-20, look.Middle(h.station))
	return look.On(look.Paper, look.Pad(12, 16, 12, 16, container.NewBorder(nil, nil, name, look.Pad(0, 0, 0, 14, h.button), field)))
}

// setStation names the station.
func (h *header) setStation(name string) {
	look.Fit(h.station, h.speech.say("station", "Name", name), filterWidth-28)
	h.station.Refresh()
}

// setMode shows whether the field scans or searches.
func (h *header) setMode(search bool) {
	if search {
		h.field.SetPlaceHolder(h.speech.say("scan.search_hint"))
		h.mode.SetText(h.speech.say("scan.leave_search"))
		return
	}
	h.field.SetPlaceHolder(h.speech.say("scan.hint"))
	h.mode.SetText(h.speech.say("scan.enter_search"))
}

// setButton says what the big button would print, or how far the batch is.
func (h *header) setButton(n int, here bool, running bool, printed, total int) {
	s := h.speech
	switch {
	case running:
		h.button.SetText(s.say("print.running", "Printed", strconv.Itoa(printed), "Total", strconv.Itoa(total)))
	case n > 0 && here:
		h.button.SetText(s.say("print.here"))
	case n == 0:
		h.button.SetText(s.say("print.none"))
	default:
		h.button.SetText(s.say("print.count", "N", count(n)))
	}
	h.button.SetEnabled(!running && n > 0)
}

// flash shows for a moment in the field's frame how a scan went.
func (h *header) flash(tone look.Tone) {
	h.flashes++
	this := h.flashes
	h.frame.StrokeColor, h.frame.StrokeWidth = tone.Lamp(), 5
	h.frame.FillColor = look.Clear
	h.frame.Refresh()
	h.back.later(flashTime, func() {
		if this != h.flashes {
			return
		}
		h.frame.StrokeColor, h.frame.StrokeWidth = look.Accent, 2
		h.frame.Refresh()
	})
}
