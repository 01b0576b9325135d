package fengchao

import (
	"maps"
	"slices"
	"strings"

	"printstation/platform/wire"
)

// fieldMask lists the fields of this protocol that may stand in the journal. Everything else is hidden: names, phones,
// addresses, remarks, goods, print data and what the platform may add tomorrow.
var fieldMask = wire.NewMask([]string{
	"appid", "timestamp", "seller_nick", "code", "sub_code", "err_code", "err_no", "trace_id", "log_id",
	"order_id", "pack_id", "track_no", "tracking_no", "logistics_code", "company_code", "company", "user_id", "order_channel",
	"shop_order_id", "page", "size", "total", "order_by", "order_asc", "is_searchable",
	"create_time_start", "create_time_end", "update_time_start", "update_time_end",
	"order_status", "create_time", "update_time", "pay_time", "exp_ship_time", "after_sale_status", "after_sale_type",
	"refund_status", "item_count", "item_num", "is_gift", "success", "is_success", "status", "country_code",
	"sort_code", "package_center_code", "package_center_name", "short_address_code", "short_address_name",
	"sub_waybill_codes", "shipping_code", "netsite_code",
}, []string{"message", "msg", "sub_msg", "err_msg", "error_msg"})

// maskFields renders the business fields of a call for the journal; the public ones say nothing that the line does not.
func maskFields(fields map[string]string) string {
	var b strings.Builder
	b.WriteByte('{')
	for i, k := range slices.Sorted(maps.Keys(fields)) {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(wire.Quote(k) + ":")
		if k == "request_data" {
			b.WriteString(fieldMask.JSON([]byte(fields[k]), nobody))
			continue
		}
		b.WriteString(fieldMask.Value(k, fields[k]))
	}
	b.WriteByte('}')
	return wire.Cut(b.String(), wire.JournalLimit)
}

func nobody() []string { return nil }
