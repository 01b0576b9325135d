// Package storage keeps on one bench's disk all that must survive a power cut: orders, parcels, label copies, print
// jobs, confirmations, timelines and the call journal. It implements app.Store, app.CallLog, outbox.Store and
// platform.Journal on one bbolt file, which one process at a time may have open.
//
// # Rows and indexes
//
// Rows are JSON under keys that begin with the shop and go on with a sequence number, so that writing is mostly
// appending and reading is in order of first writing. Indexes are kept by the Put that changes their row, in the same
// transaction; (*DB).Check holds them against the rows. What a transaction yields are copies; a caller may write, or
// stop, between two of them. No View may be opened within an Update, and no Update within either.
//
// # Personal data
//
// Recipient, buyer's words, seller's remark and the exact bytes of a number request are sealed with AES-256-GCM, each
// bound to its row, under random data keys of one month each. The data keys lie beside the store in PATH.keys, wrapped
// by a master key that the system's keyring holds, or else PATH.master, a file that only its user can read. The first
// protects a copied disk, the second only a copied store without its folder.
//
// The data keys are not rows of bbolt, because destroying a key has to destroy it: bbolt never overwrites a freed page,
// so that a deleted row stays in the file until chance writes over it. The key file is small, is rewritten as a whole,
// and the bytes of the old one are overwritten. Disks that keep old blocks of their own keep only wrapped keys.
//
// Without its keys a store opens and works: numbers, ids, states and confirmations are in clear. Orders then come with
// Sealed set and empty personal fields, and only writing personal data fails, with ErrKeyLost. A key is never made anew
// while sealed data exists: a person imports the recovery key, or decides on RenewKeys.
//
// # Caveats
//
// The journal is written in batches: a crash may lose its last 200 ms. The file never shrinks; freed pages are used
// again. A store file that is damaged is found before bbolt touches it, because bbolt would panic, partly on goroutines
// of its own that no caller can guard.
package storage
