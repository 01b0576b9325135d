// Package fengchao is the adapter for the 蜂巢 (fw199) gateway to 抖店: orders, waybills, shipment confirmation.
//
// Calls are form posts to BASE/dd/PATH with appid, timestamp (unix seconds), seller_nick and sign; the business fields
// are form fields of their own ("flat"), or one JSON text in request_data. The reply is {code, message, data}; code 0
// is good. Sources: document 004 of the project's domain documents (newcreateorder to the letter), the vendor's demos
// for paths and fields, and the native 抖店 interface for what stands inside data, which the gateway hands through.
//
// # What a failed call means
//
//   - Nothing was sent, or the gateway refused: NotDone is true, nothing happened. A refusal of class transient (busy, timed
//     out) and any status 5xx are no such refusals: they may have had their effect.
//   - Sent, but no whole and readable answer came back (cut off, too late, not JSON, another shape, other orders'
//     answers): the class is transient and NotDone is false, for the answer is lost, not the work. Repeating the bytes
//     of a waybill request gives the number it already has; before repeating a confirmation, read Order.
//   - An answer that contradicts itself (two numbers for one parcel, one number for two) is of class unknown: a person
//     looks at it, and the number is not used.
//   - Refusals get their class from the Classifier alone. It is asked with the raw code, sub-code and message.
//
// # What nobody has seen on the wire
//
// The replies of the live gateway, newcreateorder aside, were not to be had; these are the assumptions, and what the
// adapter does so that a wrong one shows instead of doing harm:
//
//   - trade/list takes update_time_start, update_time_end, order_by and order_asc as the native interface does (the
//     vendor's demo shows create_time_*). Rows that come back in another order are read in a slower, safe way
//     (pages.go).
//   - Rows are native: shop_order_list[] with post_addr, encrypt_post_*, mask_post_*. Bare lists, wrapped lists, numbers
//     as text and text as numbers are all taken (order_json.go).
//   - after_sale_info: refund_status 3 is paid back; after_sale_status 12 is done, 28 failed, 51 taken back by the
//     buyer, anything else open. What is not known counts as open: better held than shipped (order_state.go).
//   - order_status 105 (paid, perhaps not yet released for shipping) is yielded as to ship; the platform refuses the
//     confirmation of what it does not want shipped.
//   - order/logistics/add answers with a list that has a row for each order. An order without a row, also in a good
//     reply without any list, counts as unanswered and is read before it is asked again: code 0 alone does not prove that
//     each order was accepted. A refusal without rows, of a call for several orders, may have had an effect on some
//     (confirm.go).
//   - getwaybill answers with waybill_infos[] and err_infos[]; cancel with cancel_result.success.
//   - The codes of the gateway itself (signature, clock, authorization, rate) are unknown: the Classifier goes by words.
package fengchao
