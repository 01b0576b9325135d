package doctor

import (
	"context"
	"errors"
	"time"

	"printstation/app/settings"
	"printstation/app/shipping"
	"printstation/printing"
)

// Probes is what there is to look at. main fills it in.
type Probes struct {
	// Of the settings: where they are and what is wrong with them. SettingsErr is set when they cannot be read.
	Config      string
	Demo        bool
	Problems    []settings.Problem
	SettingsErr error

	DataDir string // "" when it is not known
	// Store opens the store, looks and closes it again. It gives ErrRunning when the station itself has it open.
	Store func(ctx context.Context) (StoreFacts, error)
	// Reason gives the sentence for an error of the store; false when it has none.
	Reason func(error) (shipping.Reason, bool)
	// Fonts tries the embedded fonts; the names of those that work.
	Fonts    func() ([]string, error)
	Printers []Printer
	Shops    []Shop
	Now      func() time.Time // nil: time.Now
}

// ErrRunning says that the station runs beside the doctor: nothing is wrong, but its store cannot be looked at.
var ErrRunning = errors.New("the station is running")

// StoreFacts is what an open store tells of itself.
type StoreFacts struct {
	Path   string
	Demo   bool
	Schema int
	Size   int64 // bytes
	// KeyErr says why personal data is locked; nil when it can be read.
	KeyErr error
	// KeyInSystem tells that the key lies in the system's keyring, not in a file beside the store.
	KeyInSystem bool
}

// Printer is one configured printer.
type Printer struct {
	ID    string
	State func(ctx context.Context) (printing.PrinterState, error)
}

// Shop is one configured shop.
type Shop struct {
	ID shipping.ShopID
	// SecretErr is a *settings.SecretError when the shop's secret is not to be had; the shop is not called then.
	SecretErr error
	// Probe reaches the shop with its credentials and changes nothing; nil when its platform offers no such call. What the
	// platform or its adapter said comes as a *shipping.Fault.
	Probe func(ctx context.Context) error
	// Clock reads the shop's clock; nil when there is nothing to read it from. See ServerClock.
	Clock func(ctx context.Context) (time.Time, error)
}
