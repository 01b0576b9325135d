package shipping

// ParcelState is where a parcel stands with its number.
type ParcelState string

// The states of a parcel.
const (
	ParcelPending   ParcelState = "pending"   // 待取号
	ParcelInvalid   ParcelState = "invalid"   // 资料不全: Reasons say what is missing
	ParcelHeld      ParcelState = "held"      // 暂缓: refund pending, closed at the platform, no masked form
	ParcelRequested ParcelState = "requested" // the request is on disk; the answer is not
	ParcelIssued    ParcelState = "issued"    // 已取号
	ParcelRefused   ParcelState = "refused"   // the platform gave no number: Fault says why
	ParcelCancelled ParcelState = "cancelled" // 已回收
)

// ParcelStates lists all states in the order people meet them.
func ParcelStates() []ParcelState {
	return []ParcelState{ParcelPending, ParcelInvalid, ParcelHeld, ParcelRequested, ParcelIssued, ParcelRefused, ParcelCancelled}
}

// ParcelEvent is something that happens to a parcel.
type ParcelEvent string

// What can happen to a parcel.
const (
	ParcelAccept  ParcelEvent = "accept"  // validation found nothing
	ParcelReject  ParcelEvent = "reject"  // validation found something to mend
	ParcelHold    ParcelEvent = "hold"    // a person or the platform must decide first
	ParcelRequest ParcelEvent = "request" // request bytes go on disk, then the call is made
	ParcelIssue   ParcelEvent = "issue"   // the number came
	ParcelRefuse  ParcelEvent = "refuse"  // the platform said no, for good
	ParcelRetry   ParcelEvent = "retry"   // a person asks again after a refusal
	ParcelCancel  ParcelEvent = "cancel"  // the number was given back (回收单号)
	ParcelRenew   ParcelEvent = "renew"   // start anew after a cancel, one generation up
)

var parcelMachine = Machine[ParcelState, ParcelEvent]{Name: "parcel", Table: map[ParcelState]map[ParcelEvent]ParcelState{
	"":              {ParcelAccept: ParcelPending, ParcelReject: ParcelInvalid, ParcelHold: ParcelHeld},
	ParcelPending:   {ParcelAccept: ParcelPending, ParcelReject: ParcelInvalid, ParcelHold: ParcelHeld, ParcelRequest: ParcelRequested},
	ParcelInvalid:   {ParcelAccept: ParcelPending, ParcelReject: ParcelInvalid, ParcelHold: ParcelHeld},
	ParcelHeld:      {ParcelAccept: ParcelPending, ParcelReject: ParcelInvalid, ParcelHold: ParcelHeld},
	ParcelRequested: {ParcelRequest: ParcelRequested, ParcelIssue: ParcelIssued, ParcelRefuse: ParcelRefused},
	ParcelRefused:   {ParcelRetry: ParcelPending, ParcelReject: ParcelInvalid, ParcelHold: ParcelHeld},
	ParcelIssued:    {ParcelCancel: ParcelCancelled},
	ParcelCancelled: {ParcelRenew: ParcelPending},
}}

// Next is the parcel machine's transition function; the empty state is a parcel not yet seen.
func (s ParcelState) Next(e ParcelEvent) (ParcelState, error) { return parcelMachine.Next(s, e) }

// LabelState is what is known of one piece of paper.
type LabelState string

// The states of a label copy.
const (
	LabelQueued    LabelState = "queued"    // the intent is on disk; nothing has left
	LabelSpooled   LabelState = "spooled"   // the printer has a job for it
	LabelPrinted   LabelState = "printed"   // there is evidence (Proof)
	LabelVerified  LabelState = "verified"  // scanned
	LabelUncertain LabelState = "uncertain" // it may lie in the tray or not: a person or a scan decides
	LabelFailed    LabelState = "failed"    // surely no paper, for the printer's reason
	LabelVoid      LabelState = "void"      // does not count: given up before it left, lost, or to be destroyed
)

// LabelEvent is something that happens to a label copy.
type LabelEvent string

// What can happen to a label copy.
const (
	LabelIntend LabelEvent = "intend" // the intent to print goes on disk
	LabelSpool  LabelEvent = "spool"  // the printer's job id is on disk
	LabelProve  LabelEvent = "prove"  // evidence of paper
	LabelDoubt  LabelEvent = "doubt"  // no evidence within the time, or the program died
	LabelFail   LabelEvent = "fail"   // surely no paper, the printer said so
	LabelAbort  LabelEvent = "abort"  // surely no paper, ours to say: never sent, or cancelled before it came out
	LabelLose   LabelEvent = "lose"   // a person looked: no such paper
	LabelVerify LabelEvent = "verify" // scanned at the bench
	LabelFind   LabelEvent = "find"   // one that was called lost was scanned
	LabelVoided LabelEvent = "void"   // its number was cancelled: destroy the paper
)

var labelMachine = Machine[LabelState, LabelEvent]{Name: "label", Table: map[LabelState]map[LabelEvent]LabelState{
	"":             {LabelIntend: LabelQueued},
	LabelQueued:    {LabelSpool: LabelSpooled, LabelFail: LabelFailed, LabelAbort: LabelVoid, LabelDoubt: LabelUncertain},
	LabelSpooled:   {LabelProve: LabelPrinted, LabelDoubt: LabelUncertain, LabelFail: LabelFailed, LabelAbort: LabelVoid, LabelVerify: LabelVerified},
	LabelUncertain: {LabelProve: LabelPrinted, LabelVerify: LabelVerified, LabelLose: LabelVoid, LabelFail: LabelFailed, LabelAbort: LabelVoid},
	LabelVoid:      {LabelFind: LabelVerified},
	LabelPrinted:   {LabelVerify: LabelVerified, LabelVoided: LabelVoid, LabelProve: LabelPrinted},
	LabelVerified:  {LabelVerify: LabelVerified, LabelVoided: LabelVoid, LabelProve: LabelVerified},
}}

// Next is the label machine's transition function; the empty state is a copy not yet intended.
func (s LabelState) Next(e LabelEvent) (LabelState, error) { return labelMachine.Next(s, e) }

// Counts reports whether a copy in this state is, or may yet turn out to be, a label on a parcel.
func (s LabelState) Counts() bool {
	switch s {
	case LabelQueued, LabelSpooled, LabelPrinted, LabelVerified, LabelUncertain:
		return true
	}
	return false
}

// MayExist reports whether paper of this copy can lie about: then the next copy is a reprint and bears the mark. A
// lost copy (void after being uncertain) may still turn up; LabelCopy.Doubted remembers it.
func (c LabelCopy) MayExist() bool {
	switch c.State {
	case LabelSpooled, LabelPrinted, LabelVerified, LabelUncertain:
		return true
	}
	return c.Doubted
}
