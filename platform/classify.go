package platform

import "printstation/app/shipping"

// Call names one kind of call, the same word for all platforms. Lanes, journal and catalogue use it.
type Call string

// The calls.
const (
	CallOrders    Call = "orders"
	CallOrder     Call = "order"
	CallIssue     Call = "issue"
	CallPrintData Call = "print_data"
	CallCancel    Call = "cancel"
	CallConfirm   Call = "confirm"
)

// Reply is what a platform said when it said no, raw.
type Reply struct {
	Platform string // adapter name: "fengchao"
	Call     Call
	HTTP     int // status, 0 when the transport failed
	Code     string
	SubCode  string
	Message  string
}

// Classifier gives the class of a refusal. There is one for the program: the catalogue of assets.
type Classifier interface {
	Classify(r Reply) shipping.Class
}
