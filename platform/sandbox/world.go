package sandbox

import (
	"fmt"
	"log/slog"
	"sync"
	"time"
)

// The credentials of the demo shop. They open nothing but a sandbox.
const (
	DemoAppID      = "demo-app"
	DemoSecret     = "demo-secret"
	DemoSellerNick = "demo-shop"
)

// DemoShopID is the platform's own id of the demo shop: what a caller sends as user_id when it does not send -1.
const DemoShopID = 63740001

// DefaultOrders is how many orders wait in a world whose Options name no number.
const DefaultOrders = 320

// Options say which world is made. The zero value is the demo.
type Options struct {
	Seed   uint64 // same seed, same world
	Orders int    // orders that wait to be shipped; 0: DefaultOrders
	Plain  bool   // only orders that go through: no refunds, no faulty data, nothing that is refused
	// Training lets a few shipments be refused until somebody mends what the platform misses, so that the failed list
	// has something to practise on. Without it every shipment of a good order goes through in the end.
	Training bool
	Clock    func() time.Time // nil: time.Now
	Log      *slog.Logger     // nil: discarded

	// StateFile keeps what changed the world (numbers, shipments, cancellations, new orders) as JSON lines, so that a
	// restarted demo agrees with the station's store. "": in memory only.
	StateFile string
	// Trickle above zero makes a new order appear that often.
	Trickle time.Duration
	// AllowDecrypt lets order/decrypt answer; without it the shop has no permission, as most have not.
	AllowDecrypt bool

	AppID, Secret, SellerNick string // "": DemoAppID, DemoSecret, DemoSellerNick
}

// World is one simulated shop with its orders, its numbers and its shipments. It is safe for concurrent use.
type World struct {
	opt    Options
	born   time.Time // when the world was first made; a replayed world keeps the date
	places []place
	faults faultBox
	meter  meter

	mu       sync.Mutex
	orders   []*order // by creation, the example's order left out
	byID     map[string]*order
	subs     map[string]string // sub-order id to its order
	waybills []*waybill        // in the order of issue
	byPack   map[packKey]*waybill
	byNumber map[string]*waybill
	ledger   map[string]*shipLedger // by order id
	rejects  int                    // shipments that asked to reject a refund
	made     int                    // orders made so far, the seed of the next one
	state    *stateFile             // nil: in memory only

	stop    chan struct{}
	stopped sync.Once
	trickle sync.WaitGroup
}

// New makes a world and, with a state file, brings it to where it was left. It fails when the file cannot be used or
// belongs to a world of another seed or size.
func New(opt Options) (*World, error) {
	w := &World{
		opt:      withDefaults(opt),
		byID:     map[string]*order{},
		subs:     map[string]string{},
		byPack:   map[packKey]*waybill{},
		byNumber: map[string]*waybill{},
		ledger:   map[string]*shipLedger{},
		stop:     make(chan struct{}),
	}
	var err error
	if w.places, err = loadPlaces(); err != nil {
		return nil, err
	}
	w.faults.seed(w.opt.Seed)
	w.born = w.opt.Clock().Truncate(time.Second)
	if err := w.restore(); err != nil {
		return nil, err
	}
	if w.opt.Trickle > 0 {
		w.trickle.Go(w.keepOrdering)
	}
	return w, nil
}

func withDefaults(opt Options) Options {
	if opt.Orders <= 0 {
		opt.Orders = DefaultOrders
	}
	if opt.Clock == nil {
		opt.Clock = time.Now
	}
	if opt.Log == nil {
		opt.Log = slog.New(slog.DiscardHandler)
	}
	for _, f := range []struct {
		value    *string
		standard string
	}{{&opt.AppID, DemoAppID}, {&opt.Secret, DemoSecret}, {&opt.SellerNick, DemoSellerNick}} {
		if *f.value == "" {
			*f.value = f.standard
		}
	}
	return opt
}

// restore makes the orders of the seed and replays the state file over them.
func (w *World) restore() error {
	if w.opt.StateFile == "" {
		w.populate()
		return nil
	}
	state, past, err := openStateFile(w.opt.StateFile)
	if err != nil {
		return err
	}
	w.state = state
	if err := w.replay(past); err != nil {
		_ = state.close()
		return fmt.Errorf("sandbox: state file %s: %w", w.opt.StateFile, err)
	}
	return nil
}

func (w *World) replay(past []event) error {
	if len(past) == 0 {
		w.populate()
		w.state.add(event{Op: opWorld, At: w.born, World: w.stamp()})
		return w.state.flush()
	}
	first := past[0]
	if first.Op != opWorld || first.World == nil {
		return fmt.Errorf("the first line does not name its world")
	}
	if *first.World != *w.stamp() {
		return fmt.Errorf("it belongs to another world (%+v, not %+v): use another file", *first.World, *w.stamp())
	}
	w.born = first.At
	w.populate()
	for i, ev := range past[1:] {
		if err := w.apply(ev); err != nil {
			return fmt.Errorf("line %d: %w", i+2, err)
		}
	}
	return nil
}

func (w *World) stamp() *worldStamp {
	return &worldStamp{Seed: w.opt.Seed, Orders: w.opt.Orders, Plain: w.opt.Plain}
}

// now is the world's clock in whole seconds, which is all that the wire carries.
func (w *World) now() time.Time { return w.opt.Clock().Truncate(time.Second) }

// Close stops new orders from coming and closes the state file. A second Close does nothing.
func (w *World) Close() error {
	var err error
	w.stopped.Do(func() {
		close(w.stop)
		w.trickle.Wait()
		w.mu.Lock()
		defer w.mu.Unlock()
		if w.state != nil {
			err = w.state.close()
		}
	})
	return err
}

func (w *World) keepOrdering() {
	tick := time.NewTicker(w.opt.Trickle)
	defer tick.Stop()
	for {
		select {
		case <-w.stop:
			return
		case <-tick.C:
			if id, err := w.AddOrder(NewOrder{}); err != nil {
				w.opt.Log.Error("sandbox: new order", "err", err)
			} else {
				w.opt.Log.Debug("sandbox: new order", "order", id)
			}
		}
	}
}
