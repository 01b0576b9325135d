package ui

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"printstation/app"
	"printstation/ui/look"
)

// Columns of a parcel's row, in Fyne's units.
const (
	rowHeight     = 60
	carrierColumn = 124
	chipColumn    = 104
	phoneColumn   = 88 // where the phone begins; a longer name pushes it
)

// parcelBody draws one parcel in two lines: who and where, then what is in it or what hinders it. Name, phone, carrier
// and state are never cut; address and contents end in an ellipsis where they must.
type parcelBody struct {
	widget.BaseWidget
	speech *speech
	row    app.Row
	number bool // the second line begins with the tracking number

	name, phone, address *canvas.Text
	second               *canvas.Text
	carrier, shop        *canvas.Text
	chip, merged         *look.Chip
}

func newParcelBody(s *speech, number bool) *parcelBody {
	b := &parcelBody{
		speech: s, number: number,
		name: look.Bold("", look.TextLead, look.Ink), phone: look.Text("", look.TextLead, look.Ink),
		address: look.Text("", look.TextLead-1, look.Ink), second: look.Text("", look.TextSmall+1, look.Dim),
		carrier: look.Text("", look.TextLead-1, look.Ink), shop: look.Text("", look.TextSmall, look.Dim),
		chip: look.NewChip(), merged: look.NewChip(),
	}
	b.ExtendBaseWidget(b)
	return b
}

func (b *parcelBody) show(r app.Row) look.Tone {
	b.row = r
	word, tone := b.speech.state(r)
	b.chip.Set(word, tone)
	b.merged.Set("", look.Quiet)
	if len(r.Orders) > 1 {
		b.merged.Set(b.speech.say("row.merged", "N", strconv.Itoa(len(r.Orders))), look.Quiet)
	}
	b.name.Text, b.phone.Text = r.Recipient.Name, r.Recipient.Phone
	if r.Recipient.Name == "" {
		b.name.Text = "—"
	}
	b.carrier.Text, b.shop.Text = carrierName(r), r.ShopName
	b.second.Color = look.Dim
	if b.speech.hindrance(r) != "" {
		b.second.Color = tone.Ink()
	}
	b.Refresh()
	if tone == look.Care {
		return look.Care
	}
	return look.Quiet
}

func carrierName(r app.Row) string {
	if r.CarrierName != "" {
		return r.CarrierName
	}
	return string(r.Carrier)
}

// line is the second line, uncut.
func (b *parcelBody) line() string {
	if why := b.speech.hindrance(b.row); why != "" {
		return why
	}
	if b.number && b.row.Number != "" {
		return string(b.row.Number) + " · " + b.speech.contents(b.row)
	}
	return b.speech.contents(b.row)
}

// CreateRenderer makes the row drawable.
func (b *parcelBody) CreateRenderer() fyne.WidgetRenderer {
	parts := []fyne.CanvasObject{b.name, b.phone, b.address, b.merged, b.second, b.carrier, b.shop, b.chip}
	return look.Drawn(b, parts, func() fyne.Size { return fyne.NewSize(480, rowHeight) }, b.place)
}

func (b *parcelBody) place(size fyne.Size) {
	const upper, lower = 20, 42
	chip := b.chip.MinSize()
	b.chip.Resize(chip)
	b.chip.Move(fyne.NewPos(size.Width-16-chip.Width, (size.Height-chip.Height)/2))

	left := size.Width - chipColumn - carrierColumn
	look.Put(b.carrier, left, upper)
	look.Fit(b.shop, b.row.ShopName, min(carrierColumn+chipColumn-24-chip.Width, carrierColumn)-8)
	look.Put(b.shop, left, lower)

	right := left - 16
	if b.merged.Visible() {
		m := b.merged.MinSize()
		b.merged.Resize(m)
		b.merged.Move(fyne.NewPos(right-m.Width, upper-m.Height/2))
		right -= m.Width + 10
	}
	look.Put(b.name, 0, upper)
	x := max(phoneColumn, look.Width(b.name, b.name.Text)+12)
	look.Put(b.phone, x, upper)
	x += max(112, look.Width(b.phone, b.phone.Text)) + 16
	look.Fit(b.address, strings.TrimSpace(b.row.Recipient.Region+" "+b.row.Recipient.Address), right-x)
	look.Put(b.address, x, upper)
	look.Fit(b.second, b.line(), left-16)
	look.Put(b.second, 0, lower)
}
