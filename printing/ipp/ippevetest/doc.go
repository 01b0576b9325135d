// Package ippevetest runs a real IPP printer for tests: ippeveprinter of the CUPS project, with 100x180 mm labels in its
// tray and a print engine that does as the test says: takes its time for each page, runs out of paper, gives up, loses
// its power.
//
// ippeveprinter looks for Avahi on the system's D-Bus even when it is to announce nothing. Each test process therefore
// runs a bus of its own with just enough of Avahi on it; neither root nor a system daemon is needed, nothing is left
// behind, and packages can be tested side by side.
//
// What is needed is Debian's cups-ipp-utils and dbus-daemon (package dbus). Without them tests are skipped, but they
// fail when the environment says CI=true.
package ippevetest
