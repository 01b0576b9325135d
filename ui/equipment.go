package ui

import (
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"printstation/app"
	"printstation/ui/look"
)

// cardWidth is the width of the text on the cards of printers and shops.
const cardWidth = 520

// equipmentPage tells how printers, shops and the queue are, and what to do about what is not well.
type equipmentPage struct {
	*shell
	chosen   func() string   // the printer that prints, "" for the default one
	choose   func(id string) // prints with another one from now on
	language func()          // speaks the other language; nil: there is none
	status   app.Status
	box      *fyne.Container
}

func newEquipmentPage(sh *shell, chosen func() string, choose func(string), language func()) *equipmentPage {
	return &equipmentPage{shell: sh, chosen: chosen, choose: choose, language: language, box: look.Column(10)}
}

func (p *equipmentPage) content() fyne.CanvasObject {
	return look.On(look.Ground, container.NewVScroll(look.Pad(16, 24, 16, 24, p.box)))
}

// show takes the status that the window reads for all its parts.
func (p *equipmentPage) show(st app.Status) {
	p.status = st
	p.draw()
}

func (p *equipmentPage) draw() {
	s := p.speech
	printers, shops := look.Column(10, heading(s.say("equipment.printers"))), look.Column(10, heading(s.say("equipment.shops")))
	for _, pr := range p.status.Printers {
		printers.Add(p.printerCard(pr))
	}
	for _, sh := range p.status.Shops {
		shops.Add(p.shopCard(sh))
	}
	keys := look.Column(6, heading(s.say("equipment.keys")))
	for _, id := range []string{"f9", "esc", "search", "all", "space", "arrows", "pages", "f5"} {
		keys.Add(look.Row(12, look.Wide(110, look.Bold(s.say("key."+id), look.TextBody, look.Ink)), look.Text(s.say("key."+id+"_text"), look.TextBody, look.Dim)))
	}
	if p.language != nil {
		keys.Add(look.Pad(10, 0, 0, 0, look.Row(0, look.NewButton(s.say("equipment.language"), look.Plain, p.language))))
	}
	p.box.Objects = []fyne.CanvasObject{look.Row(28, look.Column(24, printers, shops), keys)}
	p.box.Refresh()
}

func heading(text string) fyne.CanvasObject { return look.Bold(text, look.TextLead, look.Ink) }

// card is a white box with a lamp, a title, lines, and perhaps a button.
func card(tone look.Tone, title string, lines []string, buttons ...*look.Button) fyne.CanvasObject {
	lamp := canvas.NewCircle(tone.Lamp())
	if tone == look.Quiet {
		lamp.FillColor = look.Line
	}
	head := look.Row(10, look.Middle(container.NewGridWrap(fyne.NewSquareSize(12), lamp)), look.Bold(title, look.TextLead, look.Ink))
	box := look.Column(4, head)
	for i, line := range lines {
		ink := look.Dim
		if i == 0 && tone != look.Quiet {
			ink = look.Ink
		}
		p := look.NewParagraph(cardWidth, 0, look.TextBody, ink)
		p.Set(line, ink)
		box.Add(p)
	}
	if len(buttons) > 0 {
		row := look.Row(8)
		for _, b := range buttons {
			row.Add(b)
		}
		box.Add(look.Pad(6, 0, 0, 0, row))
	}
	ground := canvas.NewRectangle(look.Paper)
	ground.CornerRadius, ground.StrokeColor, ground.StrokeWidth = 10, look.Line, 1
	return container.NewStack(ground, look.Pad(14, 18, 14, 18, box))
}

func (p *equipmentPage) printerCard(pr app.PrinterStatus) fyne.CanvasObject {
	s := p.speech
	tone, word := s.printer(pr)
	lines := []string{word}
	if pr.State.Device != "" {
		lines = append(lines, s.say("printer.device", "Device", pr.State.Device))
	}
	if pr.State.Spooler {
		lines = append(lines, s.say("printer.spooler"))
	}
	if !pr.Asked.IsZero() {
		lines = append(lines, s.say("equipment.asked", "Time", s.moment(pr.Asked)))
	}
	var buttons []*look.Button
	inUse := pr.ID == p.chosen() || (p.chosen() == "" && pr.Default)
	title := pr.ID
	if inUse {
		title = s.say("printer.in_use", "Printer", pr.ID)
	} else {
		buttons = append(buttons, look.NewButton(s.say("printer.use"), look.Plain, func() {
			p.choose(pr.ID)
			p.keys.refocus()
		}))
	}
	if filepath.IsAbs(pr.State.Device) && p.open != nil {
		buttons = append(buttons, look.NewButton(s.say("printer.open_folder"), look.Plain, func() { p.openFolder(pr.State.Device) }))
	}
	return card(tone, title, lines, buttons...)
}

func (p *equipmentPage) openFolder(path string) {
	p.keys.refocus()
	p.back.flying.Go(func() {
		if err := p.open(path); err != nil {
			p.back.post(func() { p.notices.failed(err) })
		}
	})
}

func (p *equipmentPage) shopCard(sh app.ShopStatus) fyne.CanvasObject {
	s := p.speech
	title := sh.Name
	if title == "" {
		title = string(sh.ID)
	}
	polled := s.say("shop.polled", "Time", s.moment(sh.Polled))
	if sh.Fault == nil {
		return card(shopTone(sh), title, []string{polled})
	}
	lines := []string{s.mend(sh.ID, sh.Fault), s.say("shop.raw", "Words", s.raw(sh.Fault)), polled}
	return card(shopTone(sh), title, lines)
}

// printer says in a few words how a printer is.
func (s *speech) printer(pr app.PrinterStatus) (look.Tone, string) {
	switch {
	case pr.Err != "":
		return look.Alarm, s.say("printer.silent", "Error", pr.Err)
	case pr.Asked.IsZero():
		return look.Quiet, s.say("printer.unknown")
	case !pr.State.Ready:
		return look.Alarm, s.say("printer.not_ready", "Why", s.printerReasons(pr))
	case !pr.State.MediaFit:
		return look.Care, s.say("printer.wrong_media")
	case len(pr.State.Reasons) > 0:
		return look.Care, s.say("printer.ready_but", "Why", s.printerReasons(pr))
	}
	return look.Fine, s.say("printer.ready")
}

// printerReasons puts the printer's keywords into words; those we have none for stay as they are.
func (s *speech) printerReasons(pr app.PrinterStatus) string {
	known := []string{"media-empty", "media-needed", "media-jam", "cover-open", "door-open", "paused", "offline", "toner-empty", "connecting-to-device"}
	var out []string
	for _, r := range pr.State.Reasons {
		word := r
		for _, k := range known {
			if strings.HasPrefix(r, k) {
				word = s.say("printer_reason." + k)
			}
		}
		if r != "none" {
			out = append(out, word)
		}
	}
	if pr.State.Message != "" {
		out = append(out, pr.State.Message)
	}
	return strings.Join(out, s.say("sentence.join"))
}

func shopTone(sh app.ShopStatus) look.Tone {
	switch {
	case sh.Fault != nil && sh.Fault.Class.Retryable():
		return look.Care
	case sh.Fault != nil:
		return look.Alarm
	case sh.Polled.IsZero():
		return look.Quiet
	}
	return look.Fine
}

func (p *equipmentPage) reload()                     {}
func (p *equipmentPage) search(string)               {}
func (p *equipmentPage) key(fyne.KeyName, bool) bool { return false }
func (p *equipmentPage) all()                        {}
