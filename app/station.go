package app

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"time"

	"printstation/app/outbox"
	"printstation/app/shipping"
	"printstation/platform"
	"printstation/printing"
)

// Options is all that a station is made of. main fills it in.
type Options struct {
	Name     string // of the bench; begins the name of its batches
	Store    Store
	Outbox   outbox.Store
	Shops    []Shop
	Printers []printing.Target
	Renderer printing.Renderer
	// CarrierName gives the name that stands in lists, in the user's language; LabelCarrier the one on labels, which
	// are read in China whatever the bench speaks. Nil: the code.
	CarrierName  func(shipping.Carrier) string
	LabelCarrier func(shipping.Carrier) string
	Clock        func() time.Time // nil: time.Now
	Log          *slog.Logger     // nil: discarded
	Demo         bool             // 演示 is drawn across every label
	Pace         Pace
}

// Shop is one configured shop with its opened adapter.
type Shop struct {
	ID      shipping.ShopID
	Name    string
	Carrier shipping.Carrier
	Sender  shipping.Sender
	Adapter platform.Shop
}

// Pace holds the station's waits. The zero value of each means the one in DefaultPace.
type Pace struct {
	Poll       time.Duration // between two polls of a shop
	JobPoll    time.Duration // between two looks at a print job
	JobSilence time.Duration // no news of a job for so long: its labels are uncertain
	IssueTries int           // calls for a number within one batch
	IssueWait  time.Duration // before the second one; doubled after that
	Outbox     outbox.Policy
}

// DefaultPace is what a bench works at.
func DefaultPace() Pace {
	return Pace{
		Poll: 10 * time.Second, JobPoll: time.Second, JobSilence: printing.SettleTime,
		IssueTries: 5, IssueWait: time.Second, Outbox: outbox.DefaultPolicy(),
	}
}

func (p Pace) orDefault() Pace {
	d := DefaultPace()
	if p.Poll == 0 {
		p.Poll = d.Poll
	}
	if p.JobPoll == 0 {
		p.JobPoll = d.JobPoll
	}
	if p.JobSilence == 0 {
		p.JobSilence = d.JobSilence
	}
	if p.IssueTries == 0 {
		p.IssueTries = d.IssueTries
	}
	if p.IssueWait == 0 {
		p.IssueWait = d.IssueWait
	}
	if p.Outbox == (outbox.Policy{}) {
		p.Outbox = d.Outbox
	}
	return p
}

// Station is the bench. Its methods are safe for use by several goroutines, and none waits for another's network or
// printer, save that batches take their turn at each printer.
type Station struct {
	name        string
	store       Store
	shops       []*shop
	byID        map[shipping.ShopID]*shop
	printers    []*printer
	renderer    printing.Renderer
	carrierName func(shipping.Carrier) string
	onLabel     func(shipping.Carrier) string
	now         func() time.Time
	log         *slog.Logger
	demo        bool
	pace        Pace
	hub         hub
	today       tally
}

// shop is a configured shop, its abilities sorted out once. An ability that its platform lacks is nil.
type shop struct {
	Shop
	orders    platform.OrderSource
	reader    platform.OrderReader
	issuer    platform.WaybillIssuer
	canceler  platform.WaybillCanceler
	confirmer platform.ShipmentConfirmer
	lane      *outbox.Lane // nil when nothing is ever confirmed

	issuing    sync.Mutex // one call for numbers at a time
	tiredUntil time.Time  // under issuing: the platform did not answer, ask only once until then
	loading    sync.Mutex
	cancelling sync.Mutex // one number is given back at a time: two answers to one question could differ

	mu     sync.Mutex
	polled time.Time
	fault  *shipping.Fault
}

// printer is a configured printer and the turn at it.
type printer struct {
	printing.Target
	turn chan struct{} // held by the one batch, or the one recovery, that works at it

	mu    sync.Mutex
	state printing.PrinterState
	err   string
	asked time.Time
}

// New makes a station. It starts nothing and touches neither disk nor network.
func New(o Options) (*Station, error) {
	if o.Store == nil || o.Outbox == nil || o.Renderer == nil {
		return nil, errors.New("station: store, outbox and renderer are needed")
	}
	s := &Station{
		name: o.Name, store: o.Store, renderer: o.Renderer, carrierName: o.CarrierName, onLabel: o.LabelCarrier,
		now: o.Clock, log: o.Log, demo: o.Demo, pace: o.Pace.orDefault(),
		byID: make(map[shipping.ShopID]*shop, len(o.Shops)),
	}
	if s.now == nil {
		s.now = time.Now
	}
	if s.log == nil {
		s.log = slog.New(slog.NewTextHandler(io.Discard, nil))
	}
	code := func(c shipping.Carrier) string { return string(c) }
	if s.carrierName == nil {
		s.carrierName = code
	}
	if s.onLabel == nil {
		s.onLabel = code
	}
	for _, conf := range o.Shops {
		if _, twice := s.byID[conf.ID]; twice {
			return nil, fmt.Errorf("station: shop %q is given twice", conf.ID)
		}
		sh := s.openShop(conf, o.Outbox)
		if sh.confirmer != nil && sh.reader == nil {
			return nil, fmt.Errorf("station: shop %q: its adapter confirms shipments but cannot read an order's state", conf.ID)
		}
		s.shops = append(s.shops, sh)
		s.byID[conf.ID] = sh
	}
	for _, t := range o.Printers {
		s.printers = append(s.printers, &printer{Target: t, turn: make(chan struct{}, 1)})
	}
	return s, nil
}

func (s *Station) openShop(conf Shop, store outbox.Store) *shop {
	sh := &shop{Shop: conf}
	sh.orders, _ = conf.Adapter.(platform.OrderSource)
	sh.reader, _ = conf.Adapter.(platform.OrderReader)
	sh.issuer, _ = conf.Adapter.(platform.WaybillIssuer)
	sh.canceler, _ = conf.Adapter.(platform.WaybillCanceler)
	sh.confirmer, _ = conf.Adapter.(platform.ShipmentConfirmer)
	if sh.confirmer != nil && sh.reader != nil {
		sh.lane = outbox.NewLane(outbox.Lane{
			Shop: conf.ID, Store: store, Confirmer: confirmer{sh, s.now}, Policy: s.pace.Outbox,
			Clock: s.now, Log: s.log, Changed: s.entriesSettled,
		})
	}
	return sh
}

// chosen gives the shops of those ids, all for none. Unknown ids are an error.
func (s *Station) chosen(ids []shipping.ShopID) ([]*shop, error) {
	if len(ids) == 0 {
		return s.shops, nil
	}
	var found []*shop
	for _, id := range ids {
		sh, ok := s.byID[id]
		if !ok {
			return nil, fmt.Errorf("station: no shop %q is configured", id)
		}
		found = append(found, sh)
	}
	return found, nil
}

func (s *Station) shopIDs() []shipping.ShopID {
	ids := make([]shipping.ShopID, len(s.shops))
	for i, sh := range s.shops {
		ids[i] = sh.ID
	}
	return ids
}

// printer finds a printer by id, the default one for "".
func (s *Station) printer(id string) (*printer, error) {
	for _, p := range s.printers {
		if p.ID == id || (id == "" && (p.Default || len(s.printers) == 1)) {
			return p, nil
		}
	}
	if id == "" {
		return nil, errors.New("station: no default printer is configured")
	}
	return nil, fmt.Errorf("station: no printer %q is configured", id)
}
