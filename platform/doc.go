// Package platform is the contract between the station and a shop platform. One package below it speaks one platform's
// wire protocol; all of them pass the suite in platformtest.
//
// What an adapter does and does not do:
//   - it never retries, save one token refresh where the platform has tokens: the lanes of the station retry;
//   - it reports every failure as *Error with the platform's raw code, sub-code and message, and whether the call surely
//     had no effect (NotDone); the class comes from the Catalogue it was given, never from itself;
//   - one bad order, line or answer never spoils the rest of a batch: results are one for each request, in order;
//   - it has a deadline on every call, even when the context has none, and obeys the context when that is shorter;
//   - it is safe for use by several goroutines.
package platform
