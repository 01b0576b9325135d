// Package outbox is the durable queue of shipment confirmations (物流同步): what is in it was printed, and stays until the
// platform has it or a person closes it.
//
// The life of an entry: queued in the transaction that records its label as printed; begun (an Attempt without an end
// is on disk before the call leaves); settled. A process that dies in between leaves the open attempt behind, and the
// next worker reads the order's state at the platform before it calls again, because confirming twice is not harmless
// everywhere. There is no "running" state: one process holds the store.
package outbox
