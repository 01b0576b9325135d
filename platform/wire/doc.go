// Package wire is what every adapter needs between its own protocol and net/http: the rules for an address, one guarded
// exchange with a deadline and a size limit, scalars that platforms write in several ways, and masking for the journal.
//
// It knows no platform. A failed exchange says whether the request can have reached the other side (Failure.Sent);
// nothing is ever retried here, and no redirect is followed: a POST that turns into a GET elsewhere is never right.
package wire
