package sandbox

import (
	"net/url"
	"strconv"
)

// bought is how many numbers the demo shop has of each courier, used ones included.
const bought = 100_000

type netsite struct {
	Code          string       `json:"netsite_code"`
	Name          string       `json:"netsite_name"`
	Amount        string       `json:"amount"` // what is left, as text
	SenderAddress []wirePostal `json:"sender_address"`
	Allocated     int          `json:"allocated_quantity"`
	Cancelled     int          `json:"cancelled_quantity"`
	Recycled      int          `json:"recycled_quantity"`
	Company       string       `json:"company"`
	CompanyType   int          `json:"company_type"`
}

// demoSender is the address that the demo shop's contracts and its address book name.
var demoSender = wirePostal{
	Country: "CHN", Province: "上海市", City: "上海市", District: "青浦区", Street: "徐泾镇", Detail: "测试路1号",
}

// listNetsites is logistics/shopnetsite/list: the courier's site and the numbers left. An empty courier asks for all.
func (w *World) listNetsites(_ string, form url.Values) (any, *refusal) {
	wanted := form.Get("logistics_code")
	if _, known := courierByCode(wanted); wanted != "" && !known {
		return nil, noCarrier.about(wanted)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	used, cancelled := map[string]int{}, map[string]int{}
	for _, b := range w.waybills {
		used[b.Carrier]++
		if !b.Cancelled.IsZero() {
			cancelled[b.Carrier]++
		}
	}
	sites := []netsite{}
	for i, c := range couriers {
		if wanted != "" && wanted != c.Code {
			continue
		}
		left := bought - used[c.Code] + cancelled[c.Code]
		sites = append(sites, netsite{
			Code: strconv.Itoa(21000 + 7*i), Name: c.Name + "青浦徐泾网点", Amount: strconv.Itoa(left),
			SenderAddress: []wirePostal{demoSender}, Allocated: used[c.Code], Cancelled: cancelled[c.Code],
			Company: c.Code, CompanyType: 2,
		})
	}
	return map[string]any{"netsites": sites}, nil
}

type company struct {
	ID   int    `json:"id"`
	Code string `json:"code"`
	Name string `json:"name"`
}

// listCompanies is logistics/company/list.
func (w *World) listCompanies(string, url.Values) (any, *refusal) {
	list := make([]company, 0, len(couriers))
	for i, c := range couriers {
		list = append(list, company{i + 1, c.Code, c.Name})
	}
	return list, nil
}

type shopAddress struct {
	ID       int    `json:"address_id"`
	User     string `json:"user_name"`
	Mobile   string `json:"mobile"`
	Province string `json:"province_name"`
	City     string `json:"city_name"`
	Town     string `json:"town_name"`
	Street   string `json:"street_name"`
	Detail   string `json:"detail"`
	Default  int    `json:"is_default"`
}

// listAddresses is address/list: the demo shop has one.
func (w *World) listAddresses(string, url.Values) (any, *refusal) {
	a := shopAddress{
		1, "仓库小王", "13800000000", demoSender.Province, demoSender.City, demoSender.District, demoSender.Street,
		demoSender.Detail, 1,
	}
	return map[string]any{"total": 1, "address_list": []shopAddress{a}}, nil
}
