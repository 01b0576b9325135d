package fengchao_test

import (
	"context"
	"testing"
	"time"

	"printstation/app/shipping"
	"printstation/assets"
	"printstation/platform"
	"printstation/platform/fengchao"
	"printstation/platform/platformtest"
	"printstation/platform/sandbox"
)

// Without a catalogue, as the contract allows, and with the one that the program has.
func TestConformance(t *testing.T) {
	t.Parallel()
	for name, known := range map[string]platform.Classifier{"bare": nil, "catalogue": assets.Catalogue()} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			platformtest.Run(t, platformtest.Harness{
				Open: func(c platform.Config) (platform.Shop, error) {
					c.Classifier = known
					return fengchao.New(c)
				},
				Start: func(t testing.TB) platformtest.Peer { return startSandbox(t, sandbox.Options{Orders: 1, Plain: true}) },
			})
		})
	}
}

// peer is a sandbox as the suite sees it.
type peer struct {
	world  *sandbox.World
	server *sandbox.Server
}

func startSandbox(t testing.TB, o sandbox.Options) *peer {
	t.Helper()
	w, err := sandbox.New(o)
	if err != nil {
		t.Fatal(err)
	}
	s, err := sandbox.Serve("127.0.0.1:0", w)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		if err := s.Close(ctx); err != nil {
			t.Errorf("close the sandbox: %v", err)
		}
		if err := w.Close(); err != nil {
			t.Errorf("close the world: %v", err)
		}
	})
	return &peer{w, s}
}

func (p *peer) Account() platform.Account {
	return platform.Account{Shop: "s", BaseURL: p.server.BaseURL, AppID: sandbox.DemoAppID, Secret: sandbox.DemoSecret,
		SellerNick: sandbox.DemoSellerNick, UserID: -1}
}

func (p *peer) AddOrder(t testing.TB, o platformtest.Order) shipping.OrderID {
	t.Helper()
	r := o.Recipient
	n := sandbox.NewOrder{
		Name: r.Name, Phone: r.Mobile, Province: r.Province, City: r.City, District: r.District, Street: r.Street,
		Detail: r.Detail, Encrypted: o.Encrypted, BuyerWords: o.BuyerMessage, SellerWords: o.SellerRemark,
	}
	for _, it := range o.Items {
		n.Items = append(n.Items, sandbox.NewItem{Name: it.Name, Spec: it.Spec, Code: it.SKU, Count: it.Quantity, Gift: it.Gift})
	}
	id, err := p.world.AddOrder(n)
	if err != nil {
		t.Fatal(err)
	}
	return shipping.OrderID(id)
}

func (p *peer) Refund(t testing.TB, id shipping.OrderID) {
	t.Helper()
	if err := p.world.RefundOrder(string(id)); err != nil {
		t.Fatal(err)
	}
}

func (p *peer) RefuseNext(c platform.Call) {
	f, once := p.world.Faults(), sandbox.RefuseOrder{Rule: sandbox.Rule{Next: 1}}
	if c == platform.CallIssue {
		f.Waybills = once
	} else {
		f.Shipments = once
	}
	p.world.SetFaults(f)
}

func (p *peer) LimitNext(c platform.Call, wait time.Duration) {
	path := map[platform.Call]string{
		platform.CallIssue: "logistics/newcreateorder", platform.CallConfirm: "order/logistics/add",
	}[c]
	f := p.world.Faults()
	f.RateLimit = sandbox.RateLimit{Rule: sandbox.Rule{Next: 1, Calls: []string{path}}, WaitSeconds: int(wait / time.Second)}
	p.world.SetFaults(f)
}

func (p *peer) Live(id shipping.OrderID) []shipping.TrackingNumber {
	var live []shipping.TrackingNumber
	for _, n := range p.world.Snapshot().Numbers(string(id)) {
		live = append(live, shipping.TrackingNumber(n))
	}
	return live
}

func (p *peer) Shipped(id shipping.OrderID) (int, shipping.TrackingNumber) {
	r := p.world.Snapshot().Shipment(string(id))
	return r.Accepted, shipping.TrackingNumber(r.Number)
}
