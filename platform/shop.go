package platform

import (
	"log/slog"
	"time"

	"printstation/app/shipping"
)

// Account is what an adapter needs to know of one shop's access to its platform.
type Account struct {
	Shop       shipping.ShopID
	BaseURL    string // https, or http on loopback only
	AppID      string
	Secret     string // the secret itself, resolved by main; never logged
	SellerNick string
	Channel    int   // order_channel, the table of document 004; 0 means 1 (抖音)
	UserID     int64 // platform shop id; -1 lets the platform skip its check of order against shop
}

// Config is what an adapter is opened with.
type Config struct {
	Account Account
	// Via, when set, is the account that this shop's numbers come from (document 004, 4.1 and 4.2). Everything but the
	// waybill calls still goes through Account.
	Via        *Account
	Classifier Classifier
	Journal    Journal          // nil: none is kept
	Clock      func() time.Time // nil: time.Now
	Timeout    time.Duration    // of one call; 0: the adapter's own
	Log        *slog.Logger     // nil: discarded
}

// Shop is an opened adapter: what it can do beside loading orders is found by type assertion.
type Shop any

// Opener is one entry of the explicit list of adapters in main.
type Opener struct {
	Name string // "fengchao", the word that settings use
	Open func(Config) (Shop, error)
}
