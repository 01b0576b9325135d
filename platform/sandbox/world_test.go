package sandbox

import (
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func newWorld(t testing.TB, opt Options) *World {
	t.Helper()
	if opt.Clock == nil {
		opt.Clock = func() time.Time { return noon }
	}
	w, err := New(opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

func TestOneSeedOneWorld(t *testing.T) {
	t.Parallel()
	a, b, c := newWorld(t, Options{Seed: 3}), newWorld(t, Options{Seed: 3}), newWorld(t, Options{Seed: 4})
	if !reflect.DeepEqual(a.orders, b.orders) {
		t.Error("one seed made two shops")
	}
	if reflect.DeepEqual(a.orders, c.orders) {
		t.Error("two seeds made one shop")
	}
	zto, _ := courierByCode("zhongtong")
	k := packKey{"1", a.orders[0].ID, "p"}
	if a.nextNumber(zto, k) != b.nextNumber(zto, k) || a.nextNumber(zto, k) == c.nextNumber(zto, k) {
		t.Error("numbers do not follow the seed")
	}
	idA, errA := a.AddOrder(NewOrder{})
	idB, errB := b.AddOrder(NewOrder{})
	if idA != idB || errA != nil || errB != nil {
		t.Errorf("new orders %s (%v) and %s (%v)", idA, errA, idB, errB)
	}
}

// The shop is what a real one is: this is the list of what label programs stumble over.
func TestPopulation(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Options{})
	count := map[string]int{}
	buyers, ids := map[receiver]int{}, map[string]bool{}
	wired := regexp.MustCompile(`^\d{19}$`)
	for _, o := range w.orders {
		if ids[o.ID] || !wired.MatchString(o.ID) {
			t.Errorf("order id %s comes twice or has another form", o.ID)
		}
		ids[o.ID] = true
		if o.Status != statusToShip {
			continue
		}
		count["waiting"]++
		p := o.Receiver
		buyers[p]++
		note := func(name string, is bool) {
			if is {
				count[name]++
			}
		}
		note("refund", o.Refund == refundPending)
		note("fated", o.Fate != fateNone)
		note("no phone", p.Phone == "")
		note("no detail", p.Detail == "")
		note("no district where one is needed", p.Place.District == "" && !citiesWithoutDistricts[p.Place.City])
		note("city without districts", p.Place.District == "" && citiesWithoutDistricts[p.Place.City])
		note("municipality", p.Place.Province == p.Place.City)
		for _, rare := range "龘䶮㛃堃𠮷" {
			note("in clear: "+string(rare), o.Cipher == nil && strings.ContainsRune(p.Name, rare))
		}
		note("above U+FFFF", strings.Contains(p.Name, "𠮷"))
		note("dotted", strings.Contains(p.Name, "·"))
		note("compound", strings.HasPrefix(p.Name, "欧阳"))
		note("long address", utf8.RuneCountInString(p.Detail) >= 95)
		note("landline", strings.HasPrefix(p.Phone, "0"))
		note("virtual with dash", strings.HasPrefix(p.Phone, "184") && strings.Contains(p.Phone, "-"))
		note("virtual with comma", strings.Contains(p.Phone, ","))
		note("ciphertext", o.Cipher != nil)
		note("ciphertext unmasked", o.Cipher != nil && o.Unmasked)
		note("buyer's words", o.BuyerWords != "")
		note("seller's words", o.SellerWords != "")
		note("one line", len(o.Items) == 1)
		note("eight lines and more", len(o.Items) >= 8)
		for _, it := range o.Items {
			note("gift", it.Gift)
		}
		if len(o.Items) > 12 || len(o.Items) == 0 {
			t.Errorf("order %s has %d lines", o.ID, len(o.Items))
		}
		if utf8.RuneCountInString(p.Detail) > 150 {
			t.Errorf("order %s has an address of %d characters", o.ID, utf8.RuneCountInString(p.Detail))
		}
	}
	for _, n := range buyers {
		if n > 1 {
			count["buyers of several orders"]++
		}
	}
	for name, want := range map[string][2]int{
		"waiting": {320, 320}, "refund": {5, 8}, "fated": {8, 10}, "no phone": {2, 2}, "no detail": {2, 2},
		"no district where one is needed": {2, 2}, "city without districts": {3, 40}, "municipality": {10, 80},
		"in clear: 龘": {1, 9}, "in clear: 䶮": {1, 9}, "in clear: 㛃": {1, 9}, "in clear: 堃": {1, 9}, "in clear: 𠮷": {1, 9},
		"above U+FFFF": {1, 5}, "dotted": {2, 10}, "compound": {1, 10}, "long address": {4, 12},
		"landline": {2, 40}, "virtual with dash": {4, 40}, "virtual with comma": {1, 20}, "ciphertext": {80, 144},
		"ciphertext unmasked": {2, 2}, "buyer's words": {20, 80}, "seller's words": {12, 60}, "one line": {130, 240},
		"eight lines and more": {2, 25}, "gift": {8, 50}, "buyers of several orders": {20, 40},
	} {
		if n := count[name]; n < want[0] || n > want[1] {
			t.Errorf("%s: %d orders, want %d to %d", name, n, want[0], want[1])
		}
	}
}

func TestPlainWorldGoesThrough(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Options{Plain: true, Orders: 500})
	for _, o := range w.orders {
		in := receiverInfo{
			Address: wirePostal{Province: o.Receiver.Place.Province, City: o.Receiver.Place.City,
				District: o.Receiver.Place.District, Detail: o.Receiver.Detail},
			Contact: wireContact{Name: o.Receiver.Name, Mobile: o.Receiver.Phone},
		}
		if words := in.fault("收件人"); words != "" || o.Refund != refundNone || o.Fate != fateNone {
			t.Errorf("order %s: %s %s %s", o.ID, words, o.Refund, o.Fate)
		}
	}
}

func TestPlaces(t *testing.T) {
	t.Parallel()
	ps, err := loadPlaces()
	if err != nil {
		t.Fatal(err)
	}
	provinces := map[string]bool{}
	for _, p := range ps {
		provinces[p.Province] = true
		if p.Province == "" || p.City == "" || p.Street == "" || p.District == "" && !citiesWithoutDistricts[p.City] {
			t.Errorf("incomplete place %+v", p)
		}
		if strings.Contains(p.City+p.District, "市辖区") {
			t.Errorf("%+v is not how people write it", p)
		}
	}
	if len(ps) < 150 || len(provinces) != 31 {
		t.Errorf("%d places in %d provinces, want 150 and more in 31", len(ps), len(provinces))
	}
}

func TestSorting(t *testing.T) {
	t.Parallel()
	form := regexp.MustCompile(`^\d{3}-\d{2} \d{3}$`)
	code, hub, short := sorting("zhongtong", "浙江省", "杭州市", "西湖区", "北山街道")
	if !form.MatchString(code) || hub != "杭州" || short != "杭州 西湖" {
		t.Errorf("sorting: %q %q %q", code, hub, short)
	}
	if again, _, _ := sorting("zhongtong", "浙江省", "杭州市", "西湖区", "北山街道"); again != code {
		t.Errorf("one address, two codes: %s and %s", code, again)
	}
	for city, want := range map[string]string{"喀什地区": "喀什", "伊犁哈萨克自治州": "伊犁", "锡林郭勒盟": "锡林郭勒", "上海市": "上海"} {
		if got := plainCity(city); got != want {
			t.Errorf("plainCity(%s) = %s, want %s", city, got, want)
		}
	}
}

func TestMasksHideEnough(t *testing.T) {
	t.Parallel()
	digit := regexp.MustCompile(`\d`)
	w := newWorld(t, Options{Orders: 2000})
	for _, o := range w.orders {
		p := o.Receiver
		if p.Phone != "" && len(digit.FindAllString(p.Phone, -1))-len(digit.FindAllString(maskPhone(p.Phone), -1)) < 6 {
			t.Errorf("%s masked as %s hides less than six digits", p.Phone, maskPhone(p.Phone))
		}
		if maskName(p.Name) == p.Name || !strings.Contains(maskName(p.Name), "*") {
			t.Errorf("%s masked as %s", p.Name, maskName(p.Name))
		}
		if m := maskDetail(p.Detail); p.Detail != "" && (strings.Contains(m, "室") || len([]rune(m)) > 16) {
			t.Errorf("%s masked as %s", p.Detail, m)
		}
	}
}

func TestAddedOrder(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{Orders: 10})
	id, err := b.world.AddOrder(NewOrder{
		ID: "6999999999999999998", Name: "陈堃", Phone: "13800001234", Province: "广东省", City: "东莞市", Street: "长安镇",
		Detail: "建设路1号", Items: []NewItem{{Name: "茶", Spec: "250g", Count: 2}, {Name: "杯", Gift: true}}, BuyerWords: "快",
	})
	if err != nil || id != "6999999999999999998" {
		t.Fatal(id, err)
	}
	var detail struct {
		Order wireOrder `json:"shop_order_detail"`
	}
	b.must("trade/detail", map[string]string{"shop_order_id": id}, &detail)
	o := detail.Order
	if o.PostReceiver != "陈堃" || o.PostTel != "13800001234" || o.PostAddr.City.Name != "东莞市" || o.BuyerWords != "快" ||
		len(o.SkuOrders) != 2 || o.SkuOrders[0].ItemNum != 2 || o.SkuOrders[1].GivenProductType != "FREE" {
		t.Errorf("added order: %+v", o)
	}
	if r := b.ship(id, b.number(id, "p")); !r.OK {
		t.Errorf("its shipment: %+v", r)
	}
	if _, err := b.world.AddOrder(NewOrder{ID: id}); err == nil {
		t.Error("the same id was taken twice")
	}
	for _, err := range []error{b.world.RefundOrder("1"), b.world.CloseOrder("1"), b.world.MendOrder("1")} {
		if err == nil {
			t.Error("an unknown order was changed")
		}
	}
}

func TestTrickle(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Options{Orders: 5, Plain: true, Trickle: time.Millisecond})
	deadline := time.After(10 * time.Second)
	poll := time.NewTicker(2 * time.Millisecond)
	defer poll.Stop()
	for w.Snapshot().Waiting < 8 {
		select {
		case <-deadline:
			t.Fatal("no new orders came")
		case <-poll.C:
		}
	}
}

func TestSnapshotIsACopy(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{})
	id := b.pickOrder(func(o *order) bool { return o.Refund == refundPending })
	b.ship(id, b.number(id, "p"))
	s := b.world.Snapshot()
	s.Shipments[0].Refused["60040"] = 99
	s.Waybills[0].Number = "x"
	s.Calls["trade/list"] = CallCount{Total: 99}
	again := b.world.Snapshot()
	if again.Shipments[0].Refused["60040"] != 1 || again.Waybills[0].Number == "x" || again.Calls["trade/list"].Total == 99 {
		t.Errorf("the world changed with its snapshot: %+v", again)
	}
	if _, err := json.Marshal(s); err != nil {
		t.Error(err)
	}
}

func BenchmarkIssue100Of10000(b *testing.B) {
	w, err := New(Options{Orders: 10_000, Plain: true})
	if err != nil {
		b.Fatal(err)
	}
	n := 0
	for b.Loop() {
		packs := make([]pack, 100)
		for i := range packs {
			packs[i] = pack{w.orders[n%10_000].ID, fmt.Sprint("p", n/10_000)}
			n++
		}
		form := signed(map[string]string{"request_data": issueText("1", packs...)})
		if _, no := w.issue(issuePath, form); no != nil {
			b.Fatal(no.Text)
		}
	}
}

func BenchmarkPageOf10000(b *testing.B) {
	w, err := New(Options{Orders: 10_000, Clock: func() time.Time { return noon }})
	if err != nil {
		b.Fatal(err)
	}
	form := signed(since(map[string]string{"page": "50"}))
	for b.Loop() {
		if _, no := w.listTrades("trade/list", form); no != nil {
			b.Fatal(no.Text)
		}
	}
}
