package settings

import "printstation/app/shipping"

// Settings is station.toml, checked.
type Settings struct {
	Path     string // the file it came from; "" for the demo
	Station  Station
	Shops    []Shop
	Printers []Printer
}

// Station is the bench itself.
type Station struct {
	Name          string // begins the name of its batches: A12 is the twelfth batch of A's bench
	Language      string // "zh" or "en"; "" follows the system
	RetentionDays int    // how long personal data and label files are kept; 90 when not set
}

// Shop is one shop on one platform.
type Shop struct {
	ID         shipping.ShopID
	Name       string // for people; the id when not set
	Platform   string
	BaseURL    string // https, or http on loopback
	AppID      string
	Secret     SecretRef
	SellerNick string
	Channel    int   // order_channel; 0 when not set, which the platform's adapter reads as its usual one
	UserID     int64 // the platform's id of the shop; -1, also when not set, skips its check of order against shop
	Carrier    shipping.Carrier
	Via        shipping.ShopID // "" unless the numbers come from another shop's account
	Sender     shipping.Sender
}

// Printer is one way to paper.
type Printer struct {
	ID      string
	URI     string // the path of a folder is absolute here
	Default bool   // exactly one has it
}

// Shop finds a shop by its id.
func (s Settings) Shop(id shipping.ShopID) (Shop, bool) {
	for _, shop := range s.Shops {
		if shop.ID == id {
			return shop, true
		}
	}
	return Shop{}, false
}
