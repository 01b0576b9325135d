// Package shipping is the vocabulary of the packing bench and its pure rules: orders (订单), parcels (包裹), waybills
// (电子面单), labels and shipments (发货), with validation, masking and the three state machines.
//
// Nothing here reads a clock, a disk or a network. A value of this package can be stored as JSON as it is; what is
// personal data in it (Sender aside: Recipient, BuyerMessage, SellerRemark, Parcel.Request) is sealed by the store.
package shipping
