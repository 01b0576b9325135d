package shipping

import (
	"fmt"
	"strconv"
	"time"
)

// LabelID is "parcel-copy": dy1/17-1 is the first copy of parcel dy1/17.
type LabelID string

// MakeLabelID joins a parcel and the number of a copy, counted from 1 over all generations of the parcel.
func MakeLabelID(p ParcelID, copyNo int) LabelID {
	return LabelID(string(p) + "-" + strconv.Itoa(copyNo))
}

// Split gives back the parcel and the number of the copy.
func (id LabelID) Split() (ParcelID, int, error) {
	parcel, tail, ok := cutLast(string(id), "-")
	n, err := strconv.Atoi(tail)
	if !ok || err != nil || n < 1 {
		return "", 0, fmt.Errorf("label id %q is not of the form SHOP/NUMBER-COPY", string(id))
	}
	if _, _, err := ParcelID(parcel).Split(); err != nil {
		return "", 0, fmt.Errorf("label id %q is not of the form SHOP/NUMBER-COPY", string(id))
	}
	return ParcelID(parcel), n, nil
}

// JobID names one print job of ours, in order of making: "J0000042". The printer's own id of it is PrintJob.Device.
type JobID string

// LabelCopy is the fate of one piece of paper. Every copy after the first that came or may have come out is a reprint
// and says so on its face.
type LabelCopy struct {
	ID       LabelID        `json:"id"`
	Parcel   ParcelID       `json:"parcel"`
	Number   TrackingNumber `json:"number"`
	Carrier  Carrier        `json:"carrier"`
	State    LabelState     `json:"state"`
	Reprint  int            `json:"reprint,omitempty"` // 0 for the first; else the count on its reprint mark
	Job      JobID          `json:"job"`
	Page     int            `json:"page"` // in the job's document, from 1
	Printer  string         `json:"printer"`
	Document string         `json:"document,omitempty"` // file name or printer's job, for people
	Proof    Proof          `json:"proof,omitempty"`
	Reason   string         `json:"reason,omitempty"`  // the printer's words, when failed or uncertain
	Why      *Reason        `json:"why,omitempty"`     // the same as a sentence for people, where there is one
	Doubted  bool           `json:"doubted,omitempty"` // was uncertain or printed once: its paper may turn up
	QueuedAt time.Time      `json:"queued_at"`
	EndedAt  time.Time      `json:"ended_at,omitzero"`
}

// Proof says what "printed" rests on. Each way to a printer states its own (README, "How it is built").
type Proof string

// What can prove a page.
const (
	ProofNone     Proof = ""
	ProofFile     Proof = "file"     // the file lies in the folder, fsynced and renamed
	ProofPaper    Proof = "paper"    // the printer itself counted the impression
	ProofSpooler  Proof = "spooler"  // the spooler completed the job; shown to people as just that
	ProofOperator Proof = "operator" // a person looked
	ProofScan     Proof = "scan"     // the label was scanned
)

// PrintJob is one document on its way to one printer. It is on disk, with its copies queued, before anything leaves.
type PrintJob struct {
	ID        JobID     `json:"id"`
	Printer   string    `json:"printer"`
	Device    string    `json:"device,omitempty"` // the printer's id of the job, on disk before a page can come out
	Batch     string    `json:"batch,omitempty"`
	Labels    []LabelID `json:"labels"` // in page order
	Open      bool      `json:"open"`   // until the fate of every label is recorded
	CreatedAt time.Time `json:"created_at"`
}

// Label is all that is drawn on one page. Persons are masked already; times are China Standard Time.
type Label struct {
	ID           LabelID
	Station      string
	Shop         string // name for people
	Carrier      Carrier
	CarrierName  string
	Number       TrackingNumber
	SortCode     string // 三段码
	Hub          string // 集包地
	HubCode      string
	ShortName    string // 大头笔
	Recipient    MaskedParty
	Sender       MaskedParty
	Orders       []OrderID
	Items        []OrderItem
	BuyerMessage string
	SellerRemark string
	PrintedAt    time.Time
	Piece        int    // 第 Piece 件,
	Pieces       int    // 共 Pieces 件
	Batch        string // A12
	Serial       int    // in the batch, from 1
	BatchSize    int
	Reprint      int  // 0 on a first copy; else its count, drawn as a visible mark
	Demo         bool // 演示 is drawn across the label
}
