package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"printstation/app"
	"printstation/ui/look"
)

// statusLine is the dark line at the foot: printer, shops, queue, batch, and whether this is the demo.
type statusLine struct {
	speech  *speech
	printer *statusItem
	shops   *statusItem
	queue   *statusItem
	batch   *statusItem
	meter   *look.Meter
	demo    *look.Chip
}

// statusItem is a lamp and a few words.
type statusItem struct {
	lamp *canvas.Circle
	text *canvas.Text
	box  *fyne.Container
}

func newStatusItem() *statusItem {
	i := &statusItem{lamp: canvas.NewCircle(look.BarDim), text: look.Text("", look.TextSmall+1, look.BarInk)}
	i.box = look.Row(8, look.Middle(container.NewGridWrap(fyne.NewSquareSize(10), i.lamp)), i.text)
	return i
}

// set shows words; a long one is cut at width.
func (i *statusItem) set(tone look.Tone, text string, width float32) {
	i.lamp.FillColor = tone.Lamp()
	i.text.Color = look.BarInk
	if tone == look.Care || tone == look.Alarm {
		i.text.Color = tone.Lamp()
	}
	look.Fit(i.text, text, width)
	i.box.Hidden = text == ""
	i.box.Refresh()
}

func newStatusLine(s *speech) *statusLine {
	l := &statusLine{
		speech: s, printer: newStatusItem(), shops: newStatusItem(), queue: newStatusItem(), batch: newStatusItem(),
		meter: look.NewMeter(), demo: look.NewChip(),
	}
	l.meter.Hide()
	l.batch.box.Hide()
	return l
}

func (l *statusLine) content() fyne.CanvasObject {
	left := look.Row(26, l.printer.box, l.shops.box, l.queue.box, look.Middle(l.meter), l.batch.box, layout.NewSpacer(), look.Middle(l.demo))
	return look.On(look.Bar, look.Pad(10, 16, 10, 16, look.Wide(0, left)))
}

func (l *statusLine) show(st app.Status, printerID string) {
	l.showPrinter(st, printerID)
	l.showShops(st)
	l.showQueue(st)
	if st.Demo {
		l.demo.Set(l.speech.say("status.demo"), look.Care)
	} else {
		l.demo.Set("", look.Quiet)
	}
}

func (l *statusLine) showPrinter(st app.Status, id string) {
	for _, pr := range st.Printers {
		if pr.ID != id && (id != "" || !pr.Default) {
			continue
		}
		tone, word := l.speech.printer(pr)
		l.printer.set(tone, l.speech.say("status.printer", "Printer", pr.ID, "State", word), 300)
		return
	}
	l.printer.set(look.Alarm, l.speech.say("status.no_printer"), 300)
}

// showShops tells of the shop that is worst off; when all are well, when they were last asked.
func (l *statusLine) showShops(st app.Status) {
	s := l.speech
	if len(st.Shops) == 0 {
		l.shops.set(look.Alarm, s.say("status.no_shop"), 300)
		return
	}
	worst, faults := st.Shops[0], 0
	for _, sh := range st.Shops {
		if sh.Fault != nil {
			faults++
		}
		if shopTone(sh) > shopTone(worst) || (shopTone(sh) == shopTone(worst) && sh.Polled.Before(worst.Polled)) {
			worst = sh
		}
	}
	switch {
	case faults > 0:
		cause, _ := s.fault(worst.ID, worst.Fault)
		l.shops.set(shopTone(worst), s.say("status.shop_fault", "Shop", worst.Name, "Cause", cause), 300)
	case worst.Polled.IsZero():
		l.shops.set(look.Quiet, s.say("status.shops_waiting", "N", count(len(st.Shops))), 300)
	default:
		l.shops.set(look.Fine, s.say("status.shops", "N", count(len(st.Shops)), "Time", s.moment(worst.Polled)), 300)
	}
}

func (l *statusLine) showQueue(st app.Status) {
	q, s := st.Queue, l.speech
	text := s.say("status.queue", "Waiting", count(q.Waiting), "Today", count(q.ConfirmedToday))
	tone := look.Fine
	if q.Parked > 0 {
		tone, text = look.Care, text+" · "+s.say("status.parked", "N", count(q.Parked))
	}
	if q.Failed > 0 {
		tone, text = look.Alarm, text+" · "+s.say("status.failed", "N", count(q.Failed))
	}
	l.queue.set(tone, text, 420)
}

// showBatch shows how far the batch is; a total of 0 means that none runs.
func (l *statusLine) showBatch(p app.Progress) {
	l.meter.Hidden = p.Total == 0
	if p.Total == 0 {
		l.batch.set(look.Quiet, "", 0)
		return
	}
	l.meter.Set(float32(p.Printed+p.Troubled) / float32(p.Total))
	l.batch.set(look.Quiet, count(p.Printed)+"/"+count(p.Total), 120)
}
