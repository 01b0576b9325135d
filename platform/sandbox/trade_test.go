package sandbox

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// since asks for everything that was created in the last thirty days.
func since(extra map[string]string) map[string]string {
	q := map[string]string{
		"create_time_start": strconv.FormatInt(noon.Add(-30*24*time.Hour).Unix(), 10),
		"create_time_end":   strconv.FormatInt(noon.Add(time.Hour).Unix(), 10),
		"page":              "0", "size": "100", "is_searchable": "true",
	}
	for name, value := range extra {
		q[name] = value
	}
	return q
}

func (b *bench) list(extra map[string]string) tradePage {
	b.t.Helper()
	var p tradePage
	b.must("trade/list", since(extra), &p)
	return p
}

func TestPagesAreStable(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{})
	read := func(order, asc string) []string {
		var ids []string
		for page := 0; ; page++ {
			p := b.list(map[string]string{"page": strconv.Itoa(page), "size": "37", "order_by": order, "order_asc": asc})
			if p.Total != 328 || p.Page != page || p.Size != 37 {
				t.Fatalf("page %d: total %d, page %d, size %d", page, p.Total, p.Page, p.Size)
			}
			for _, o := range p.List {
				ids = append(ids, o.OrderID)
			}
			if len(p.List) < 37 {
				return ids
			}
		}
	}
	for _, by := range []string{"", "create_time", "update_time"} {
		falling, again, rising := read(by, ""), read(by, "false"), read(by, "true")
		if !slices.Equal(falling, again) {
			t.Errorf("order_by %q: two readings differ", by)
		}
		slices.Reverse(rising)
		if !slices.Equal(falling, rising) {
			t.Errorf("order_by %q: rising is not falling turned around", by)
		}
		distinct := slices.Compact(slices.Sorted(slices.Values(falling)))
		if len(falling) != 328 || len(distinct) != 328 {
			t.Errorf("order_by %q: %d orders, %d distinct, want 328", by, len(falling), len(distinct))
		}
	}
}

func TestListFilters(t *testing.T) {
	t.Parallel()
	now := noon
	b := newBench(t, Options{Clock: func() time.Time { return now }})
	if p := b.list(map[string]string{"combine_status": `[{"order_status":"2,101"}]`}); p.Total != 320 {
		t.Errorf("to ship: %d, want 320", p.Total)
	}
	if p := b.list(map[string]string{"combine_status": `[{"order_status":"4"},{"order_status":"1"}]`}); p.Total != 4 {
		t.Errorf("closed and unpaid: %d, want 4", p.Total)
	}
	id := b.pickOrder(plainOrder)
	now = noon.Add(5 * time.Minute)
	if err := b.world.RefundOrder(id); err != nil {
		t.Fatal(err)
	}
	var p tradePage
	b.must("trade/list", map[string]string{
		"update_time_start": strconv.FormatInt(noon.Add(time.Minute).Unix(), 10), "page": "0", "size": "10",
	}, &p)
	if p.Total != 1 || p.List[0].OrderID != id || p.List[0].SkuOrders[0].AfterSale != (wireAfterSale{6, 2, 1}) {
		t.Errorf("changed since: %+v", p)
	}
	edge := b.world.byID[id].CreatedAt.Unix()
	b.must("trade/list", map[string]string{
		"create_time_start": fmt.Sprint(edge), "create_time_end": fmt.Sprint(edge + 1), "page": "0", "size": "10",
	}, &p)
	if p.Total != 1 || p.List[0].OrderID != id {
		t.Errorf("the second of creation: %+v", p)
	}
	b.must("trade/list", map[string]string{
		"create_time_start": fmt.Sprint(edge - 1), "create_time_end": fmt.Sprint(edge), "page": "0", "size": "10",
	}, &p)
	if p.Total != 0 {
		t.Errorf("the second before creation: %+v", p)
	}
}

func TestListRefusals(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{Orders: 1})
	cases := []struct {
		name   string
		fields map[string]string
		want   int
	}{
		{"no window", map[string]string{"page": "0", "size": "10"}, noMissing.Code},
		{"no page", since(map[string]string{"page": ""}), noMissing.Code},
		{"size 101", since(map[string]string{"size": "101"}), noFormat.Code},
		{"too far in", since(map[string]string{"page": "500"}), noFormat.Code},
		{"window of 91 days", since(map[string]string{"create_time_start": fmt.Sprint(noon.Add(-91 * 24 * time.Hour).Unix())}), noFormat.Code},
		{"window turned around", since(map[string]string{"create_time_start": fmt.Sprint(noon.Add(2 * time.Hour).Unix())}), noFormat.Code},
		{"strange state", since(map[string]string{"combine_status": `[{"order_status":"x"}]`}), noFormat.Code},
		{"strange order", since(map[string]string{"order_by": "price"}), noFormat.Code},
	}
	for _, c := range cases {
		if got := b.ask("trade/list", c.fields); got.Code != c.want {
			t.Errorf("%s: %d %s, want %d", c.name, got.Code, got.Message, c.want)
		}
	}
	if got := b.ask("trade/detail", map[string]string{"shop_order_id": "1"}); got.Code != noOrderQuery.Code {
		t.Errorf("unknown detail: %+v", got)
	}
}

// The list shows either the receiver in clear or ciphertext, never both.
func TestReceiversOnTheWire(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{})
	sealed, unmasked := 0, 0
	for page := range 4 {
		for _, o := range b.list(map[string]string{"page": strconv.Itoa(page), "combine_status": `[{"order_status":"2"}]`}).List {
			if o.EncryptPostReceiver == "" {
				if o.MaskPostReceiver != "" || o.PostReceiver == "" {
					t.Errorf("clear order %s: %+v", o.OrderID, o)
				}
				continue
			}
			sealed++
			if o.PostReceiver+o.PostTel+o.PostAddr.Detail != "" {
				t.Errorf("order %s shows its receiver in clear", o.OrderID)
			}
			for _, c := range []string{o.EncryptPostReceiver, o.EncryptPostTel, o.PostAddr.EncryptDetail} {
				if !isCipher(c) {
					t.Errorf("order %s: %q is not of the form of ciphertext", o.OrderID, c)
				}
			}
			if o.MaskPostReceiver == "" {
				unmasked++
			} else if !strings.Contains(o.MaskPostReceiver+o.MaskPostTel, "*") {
				t.Errorf("order %s: %q %q is not masked", o.OrderID, o.MaskPostReceiver, o.MaskPostTel)
			}
		}
	}
	if share := sealed * 100 / 320; share < 25 || share > 45 || unmasked != 2 {
		t.Errorf("%d sealed orders of 320, %d unmasked", sealed, unmasked)
	}
}

func TestDecrypt(t *testing.T) {
	t.Parallel()
	ask := func(b *bench) map[string]string {
		o := b.world.byID[b.pickOrder(func(o *order) bool { return o.Cipher != nil })]
		return map[string]string{"cipher_infos": fmt.Sprintf(`[{"auth_id":%q,"cipher_text":%q},{"auth_id":"1","cipher_text":"x"}]`,
			o.ID, o.Cipher.Name)}
	}
	closed := newBench(t, Options{})
	if a := closed.ask("order/decrypt", ask(closed)); a.Code != noPermission.Code {
		t.Errorf("without permission: %+v", a)
	}
	open := newBench(t, Options{AllowDecrypt: true})
	var got struct {
		Infos []decryptInfo `json:"decrypt_infos"`
	}
	open.must("order/decrypt", ask(open), &got)
	if len(got.Infos) != 2 || got.Infos[0].DecryptText == "" || got.Infos[1].ErrNo == 0 {
		t.Errorf("decrypted: %+v", got)
	}
}

func TestShopCalls(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{})
	b.number(b.pickOrder(plainOrder), "p")
	var sites struct {
		Netsites []netsite `json:"netsites"`
	}
	b.must("logistics/shopnetsite/list", map[string]string{"logistics_code": "zhongtong"}, &sites)
	if len(sites.Netsites) != 1 || sites.Netsites[0].Amount != "99999" {
		t.Errorf("netsites: %+v", sites)
	}
	b.must("logistics/shopnetsite/list", map[string]string{"logistics_code": ""}, &sites)
	if len(sites.Netsites) != len(couriers) {
		t.Errorf("%d netsites, want %d", len(sites.Netsites), len(couriers))
	}
	var list []company
	b.must("logistics/company/list", nil, &list)
	if len(list) != len(couriers) {
		t.Errorf("%d companies, want %d", len(list), len(couriers))
	}
	b.must("address/list", map[string]string{"page_size": "10", "page_no": "1"}, nil)
}
