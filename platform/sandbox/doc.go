// Package sandbox is a simulated shop platform: a real HTTP server that speaks the 蜂巢 (fw199) gateway's protocol from
// the other side, with a shop full of orders, numbers that are issued and shipments that are counted, and with faults
// that can be switched on. The demo, training and the tests of everything above run against it. It shares no type and
// no constant with the adapter: where both err alike, nobody would notice.
//
// # The wire
//
// POST forms below /gateway/dd/ with the public fields appid, timestamp (10 or 13 digits, within ten minutes),
// seller_nick and sign (lowercase hex MD5 over secret, sorted fields, secret). The answer is {code, message, data};
// code 0 is success. Business fields are form fields of their own (flat) or the JSON text request_data:
//
//	trade/list                 flat: page from 0, size up to 100, create_time_start/_end or update_time_start/_end in
//	                           unix seconds (start inclusive, end exclusive, one pair required, at most 90 days apart),
//	                           combine_status [{"order_status":"2,101"}], order_by create_time (default) or update_time,
//	                           order_asc true or false (default) -> {page, size, total, shop_order_list[]}
//	trade/detail               flat: shop_order_id -> {shop_order_detail}
//	order/decrypt              flat: cipher_infos; refused unless the world allows it
//	logistics/newcreateorder   request_data object, up to 100 orders -> {ebill_infos[], err_infos[]}
//	logistics/waybill/get      the same, up to 50, with print_data and sign
//	logistics/getwaybill       request_data [{logistics_code, track_no}] up to 100 -> {waybill_infos[], err_infos[]}
//	order/logistics/add        request_data [{order_id, company_code, logistics_code}] up to 100 -> a list, one
//	                           {order_id, logistics_code, is_success, err_code, err_msg} for each order, in order
//	order/logistics/cancel     flat: logistics_code, track_no -> {cancel_result{success}}
//	logistics/shopnetsite/list flat: logistics_code, "" for all -> {netsites[]}
//	logistics/company/list     -> [{id, code, name}]
//	address/list               -> {total, address_list[]}
//
// err_code is a number for some orders and text for others; which is a matter of the order's id.
//
// # What is sure and what is modelled
//
// Read in documents of the gateway or its vendor: transport, signature, paths, names and limits of the requests, the
// answer of newcreateorder with its example, the rule of old and new numbers, the table of channels, the 200
// characters of an address, "查询订单失败" and "该运单不存在或已删除". Read in the vendor's native interface, whose names the
// gateway is believed to keep: order_id, order_status, sku_order_list[order_id, parent_order_id, product_name, spec,
// item_num, code], post_addr, encrypt_post_receiver, encrypt_post_tel, mask_post_receiver, mask_post_tel,
// mask_post_addr, the shapes of ciphertext, print data, netsites, and the codes of refused numbers and shipments.
//
// Modelled, for want of a document: the gateway's own codes (file codes.go), the answer of order/logistics/add,
// update_time_start/_end, order_by and order_asc at trade/list, after_sale_info with its numbers, given_product_type
// "FREE" for gifts, logistics_info[tracking_no, company], states 1, 3, 4 and 5, that asking for a pack whose number was
// cancelled gives the old number still, and that asking for it with another courier is refused.
//
// # Beside the gateway
//
// Trainers and tests use what no platform has:
//
//	GET  /sandbox/state             the Snapshot
//	GET  /sandbox/faults            the Faults, counted down
//	PUT  /sandbox/faults            replaces all of them; an unknown name is refused
//	POST /sandbox/order             a new order comes in
//	POST /sandbox/refund?order=ID   its buyer asks for the money back
//	POST /sandbox/close?order=ID    the order is cancelled and paid back
//	POST /sandbox/mend?order=ID     what made the platform refuse its number or shipment is mended
//
// # The world
//
// Everything is drawn from the seed: the same seed makes the same orders and gives the same numbers, in whatever order
// they are asked for. A share of the orders has trouble in store: refunds pending, missing phone, district or address,
// ciphertext without its masked form, refused numbers, refused shipments. An order that was shipped can never ship
// again; every try is counted. With a state file the world survives a restart, a kill included.
package sandbox
