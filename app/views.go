package app

import (
	"time"

	"printstation/app/outbox"
	"printstation/app/shipping"
	"printstation/printing"
)

// Row is one parcel as a list shows it. Persons are masked; nothing in it needs the store again.
type Row struct {
	ID          shipping.ParcelID
	Shop        shipping.ShopID
	ShopName    string
	Orders      []shipping.OrderID
	Recipient   shipping.MaskedParty
	Sealed      shipping.SealState // not open: Recipient is empty, and this says why
	Items       []shipping.OrderItem
	Message     string // buyer's words and seller's remark
	Carrier     shipping.Carrier
	CarrierName string
	State       shipping.ParcelState
	Reasons     []shipping.Reason // why invalid or held; an issued parcel with reasons must not be printed
	Fault       *shipping.Fault
	Number      shipping.TrackingNumber
	Request     shipping.RequestID
	Label       shipping.LabelState // of the newest copy; "" when none was made
	LabelID     shipping.LabelID
	Document    string
	Page        int
	Confirm     outbox.State // of all its entries: the one that needs most attention; "" when none is queued
	PaidAt      time.Time
	ShipBy      time.Time
}

// Printable reports whether Print would take the parcel: it has or can get a number, and no copy counts.
func (r Row) Printable() bool {
	if len(r.Reasons) > 0 || r.Label.Counts() {
		return false
	}
	switch r.State {
	case shipping.ParcelPending, shipping.ParcelRequested, shipping.ParcelIssued:
		return true
	}
	return false
}

// Filter chooses rows.
type Filter struct {
	Shops []shipping.ShopID // none: all
	View  View
	Text  string // part of an order id, a number, a masked name, a product, a message
	Limit int    // 0: all
}

// View is one of the lists people know.
type View string

// The lists.
const (
	ViewToPrint View = "to_print" // 待打印: everything that has no label yet, with what hinders it
	ViewPrinted View = "printed"  // 已打印, newest first
	ViewAll     View = "all"
)

// Trouble is one line of the failed list: a refused number, a failed label or a failed confirmation.
type Trouble struct {
	ID     string // what Retry takes
	Kind   TroubleKind
	Shop   shipping.ShopID
	Parcel shipping.ParcelID
	Orders []shipping.OrderID
	Number shipping.TrackingNumber
	Fault  *shipping.Fault
	Tries  int
	Since  time.Time
	ShipBy time.Time
}

// TroubleKind says which step failed.
type TroubleKind string

// The steps that can fail for good.
const (
	TroubleWaybill TroubleKind = "waybill"
	TroublePrint   TroubleKind = "print"
	TroubleConfirm TroubleKind = "confirm"
)

// Doubt is a label of unknown fate, with what a person needs to find it.
type Doubt struct {
	Label  shipping.LabelCopy
	Row    Row
	Pages  int // of its document
	Age    time.Duration
	ShipBy time.Time
}

// Progress tells how far a batch is. Steps overlap; each count only grows.
type Progress struct {
	Total     int // parcels in the batch
	Issued    int // have a number
	Printed   int // are on paper, or of unknown fate
	Confirmed int
	Troubled  int // refused, rejected, failed, uncertain
}

// PrintRequest says what to print.
type PrintRequest struct {
	Parcels  []shipping.ParcelID
	Printer  string         // "" for the default one
	Progress func(Progress) // nil: nobody watches; called from one goroutine
}

// PrintResult tells what became of a batch. What is not in it was not touched and is still listed as before.
type PrintResult struct {
	Batch     string
	Items     []PrintItem // one for each parcel asked for, in that order
	Cancelled bool        // stopped by the context: the rest is still to print
}

// PrintItem is one parcel's way through a batch.
type PrintItem struct {
	Parcel   shipping.ParcelID
	State    shipping.ParcelState
	Label    shipping.LabelState
	Number   shipping.TrackingNumber
	Document string
	Page     int
	Reasons  []shipping.Reason
	Fault    *shipping.Fault
}

// Status is what the status line tells.
type Status struct {
	Printers  []PrinterStatus
	Shops     []ShopStatus
	Queue     QueueStatus
	Uncertain int
	Failed    int
	Demo      bool
	Station   string
}

// PrinterStatus is a printer and how it was when last asked.
type PrinterStatus struct {
	ID      string
	Default bool
	State   printing.PrinterState
	Err     string // "" when it answered
	Asked   time.Time
}

// ShopStatus is a shop and how its last poll went.
type ShopStatus struct {
	ID     shipping.ShopID
	Name   string
	Polled time.Time // zero: not yet
	Fault  *shipping.Fault
}

// QueueStatus counts the confirmations.
type QueueStatus struct {
	Waiting        int
	Parked         int
	Failed         int
	ConfirmedToday int
	Oldest         time.Time // of those waiting
}

// Scan tells what a scanned code is. Scanning alone never prints a second copy.
type Scan struct {
	Code   string
	Result ScanResult
	Rows   []Row // the parcels it names: several when an order has several
}

// ScanResult is what scanning did.
type ScanResult string

// What a scan can find.
const (
	ScanUnknown   ScanResult = "unknown"
	ScanToPrint   ScanResult = "to_print"  // an order to print: select it
	ScanVerified  ScanResult = "verified"  // a label that was printed or uncertain: now verified
	ScanAlready   ScanResult = "already"   // a label verified before
	ScanTroubled  ScanResult = "troubled"  // invalid, held, refused: the row says why
	ScanAmbiguous ScanResult = "ambiguous" // several parcels: a person chooses
)

// Change tells listeners what to read again. It is a hint: several may be folded into one.
type Change struct {
	Parcels  bool
	Queue    bool
	Printers bool
	Shops    bool
}
