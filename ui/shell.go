package ui

import (
	"log/slog"
	"time"

	"fyne.io/fyne/v2"

	"printstation/app/shipping"
	"printstation/ui/look"
)

// shell is what every page gets of the window around it.
type shell struct {
	back    *backstage
	speech  *speech
	keys    *keyboard
	notices *notices
	preview Preview
	open    func(path string) error
	clock   func() time.Time
	log     *slog.Logger

	reprint    func(id shipping.ParcelID)
	front      func(page int)             // brings a page to the front
	showParcel func(id shipping.ParcelID) // finds a parcel in the list of those to print
}

// page is one of the window's pages.
type page interface {
	content() fyne.CanvasObject
	// reload wants fresh data. Pages that are not in front may wait until they are.
	reload()
	// search shows only what has the text, "" shows all again.
	search(text string)
	// key and all act on keys for the list in front; key reports whether it means something there.
	key(name fyne.KeyName, shift bool) bool
	all()
}

// The pages, in the order of their tabs.
const (
	pagePending = iota
	pagePrinted
	pageTroubles
	pageDoubts
	pageEquipment
)

// did handles the end of a small decision: what failed is told, what went well speaks for itself once the list is new.
func (sh *shell) did(reload func(), well string) func(error) {
	return func(err error) {
		if err != nil {
			sh.log.Warn("ui: decision failed", "err", err)
			sh.notices.failed(err)
		} else if well != "" {
			sh.notices.news(well, look.Fine)
		}
		reload()
	}
}
