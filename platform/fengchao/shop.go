package fengchao

import (
	"errors"
	"fmt"
	"log/slog"
	"time"

	"printstation/platform"
	"printstation/platform/wire"
)

// Name is the word that settings use for this platform.
const Name = "fengchao"

// What one call takes, by document 004 and the vendor's demos.
const (
	waybillBatch   = 100
	printDataBatch = 100
	confirmBatch   = 100
	pageSize       = 100
)

// Shop is one shop behind the gateway. It is safe for use by several goroutines.
type Shop struct {
	account  platform.Account
	own      access // orders and confirmations
	via      access // waybills: the account that the numbers come from, mostly own
	foreign  bool   // via is another account
	client   *wire.Client
	classify platform.Classifier
	journal  platform.Journal
	clock    func() time.Time
	log      *slog.Logger
}

var (
	_ platform.OrderSource       = (*Shop)(nil)
	_ platform.OrderReader       = (*Shop)(nil)
	_ platform.WaybillIssuer     = (*Shop)(nil)
	_ platform.PrintDataReader   = (*Shop)(nil)
	_ platform.WaybillCanceler   = (*Shop)(nil)
	_ platform.ShipmentConfirmer = (*Shop)(nil)
	_ platform.Prober            = (*Shop)(nil)
)

// Opener is this adapter's entry in the list of adapters.
func Opener() platform.Opener {
	return platform.Opener{Name: Name, Open: func(c platform.Config) (platform.Shop, error) {
		s, err := New(c)
		if err != nil {
			return nil, err // not a nil *Shop in a non-nil interface
		}
		return s, nil
	}}
}

// New opens a shop. It calls nobody; the error names the setting that is wrong. Channel 0 means 1 (抖音) and UserID 0
// means -1 (the gateway does not check order against shop). With Via set, waybill calls carry the credentials of that
// account and this shop's channel and user id (document 004, sections 4.1 and 4.2).
func New(c platform.Config) (*Shop, error) {
	s := &Shop{account: c.Account, client: wire.NewClient(c.Timeout, 0), classify: c.Classifier, journal: c.Journal,
		clock: c.Clock, log: c.Log}
	if s.account.Channel == 0 {
		s.account.Channel = Douyin
	}
	if s.account.UserID == 0 {
		s.account.UserID = -1
	}
	s.account.Secret = "" // kept in access alone
	if s.clock == nil {
		s.clock = time.Now
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if _, ok := ChannelName(s.account.Channel); !ok {
		return nil, fmt.Errorf("fengchao: shop %s: channel %d is not in the gateway's table (1 to 53, 55, 56, 101, 102)",
			c.Account.Shop, c.Account.Channel)
	}
	var err error
	if s.own, err = credentials(c.Account); err != nil {
		return nil, fmt.Errorf("fengchao: shop %s: %w", c.Account.Shop, err)
	}
	s.via = s.own
	if c.Via == nil {
		return s, nil
	}
	if s.via, err = credentials(*c.Via); err != nil {
		return nil, fmt.Errorf("fengchao: shop %s: the account for its waybills, %s: %w", c.Account.Shop, c.Via.Shop, err)
	}
	s.foreign = true
	return s, nil
}

func credentials(a platform.Account) (access, error) {
	base, err := wire.ParseBase(a.BaseURL)
	switch {
	case err != nil:
		return access{}, fmt.Errorf("base_url: %w", err)
	case a.AppID == "":
		return access{}, errors.New("app_id is empty")
	case a.Secret == "":
		return access{}, errors.New("secret is empty")
	case a.SellerNick == "":
		return access{}, errors.New("seller_nick is empty")
	}
	return access{base: base, appID: a.AppID, secret: a.Secret, nick: a.SellerNick}, nil
}
