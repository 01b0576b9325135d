package doctor

import "printstation/app/shipping"

// Level is how bad a finding is.
type Level string

// The levels.
const (
	OK   Level = "ok"
	Warn Level = "warn" // work goes on, but somebody should look
	Fail Level = "fail" // this hinders the main job
)

// Area is what a finding is about.
type Area string

// The areas, in the order in which they are told.
const (
	AreaSettings Area = "settings"
	AreaSecret   Area = "secret"
	AreaData     Area = "data" // the data folder and its disk
	AreaStore    Area = "store"
	AreaKey      Area = "key"
	AreaFonts    Area = "fonts"
	AreaClock    Area = "clock"
	AreaPrinter  Area = "printer"
	AreaShop     Area = "shop"
)

// Finding is the outcome of one check.
type Finding struct {
	Area  Area
	Name  string // which printer or shop; "" when there is one only
	Level Level
	Line  int // of the settings file; 0 when it is not about a line
	Found shipping.Reason
	Mend  shipping.Reason // ID "" when nothing is to be done, or Found says it all
}

// Report is the outcome of all checks.
type Report struct{ Findings []Finding }

// Worst is the level of the worst finding.
func (r Report) Worst() Level {
	worst := OK
	for _, f := range r.Findings {
		if f.Level == Fail || f.Level == Warn && worst == OK {
			worst = f.Level
		}
	}
	return worst
}

// SettingsAtFault reports whether the settings file or a secret that it names has to be mended first.
func (r Report) SettingsAtFault() bool {
	for _, f := range r.Findings {
		if f.Level == Fail && (f.Area == AreaSettings || f.Area == AreaSecret) {
			return true
		}
	}
	return false
}

// found makes a finding whose sentence is doctor.ID.
func found(area Area, name string, level Level, id string, pairs ...string) Finding {
	return Finding{Area: area, Name: name, Level: level, Found: shipping.Because("doctor."+id, pairs...)}
}

// mended adds the mend doctor.ID_mend, told with the same values.
func (f Finding) mended() Finding {
	f.Mend = shipping.Reason{ID: f.Found.ID + "_mend", Data: f.Found.Data}
	return f
}
