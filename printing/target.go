package printing

// Target is one configured printer.
type Target struct {
	ID      string
	URI     string // "folder:PATH", "ipp://HOST[:PORT]/PATH", "ipps://…"
	Default bool
	Printer Printer
}

// Opener is one entry of the explicit list of transports in main.
type Opener struct {
	Scheme string // "folder", "ipp", "ipps"
	Open   func(uri string) (Printer, error)
}
