// Package doctor looks at everything a bench needs and says what to mend: settings, secrets, store, key, disk, fonts,
// clock, printers, shops.
//
// It changes nothing but for a file of no bytes that it writes to the data folder and removes. What it cannot do by
// itself comes in as functions of Probes; a function that is nil is a check that does not apply. Every check has a
// deadline of its own, and those that wait for others run side by side, so that one dead printer does not hide the rest.
package doctor
