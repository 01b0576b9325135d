package sandbox

import (
	_ "embed"
	"fmt"
	"hash/fnv"
	"strings"
)

//go:embed data/places.tsv
var placesTSV string

// place is where a receiver lives, down to the street. District is empty in the few cities that have none.
type place struct {
	Province string `json:"province"`
	City     string `json:"city"`
	District string `json:"district,omitempty"`
	Street   string `json:"street"`
}

func loadPlaces() ([]place, error) {
	var ps []place
	for n, line := range strings.Split(strings.TrimSpace(placesTSV), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(strings.TrimSuffix(line, "\r"), "\t")
		if len(f) != 4 {
			return nil, fmt.Errorf("sandbox: places.tsv line %d: %d columns, want 4", n+1, len(f))
		}
		ps = append(ps, place{f[0], f[1], f[2], f[3]})
	}
	return ps, nil
}

// placesIn gives the places of one province.
func (w *World) placesIn(province string) []place {
	var in []place
	for _, p := range w.places {
		if p.Province == province {
			in = append(in, p)
		}
	}
	return in
}

// citiesWithoutDistricts have streets and towns directly below them; an address there needs no district.
var citiesWithoutDistricts = map[string]bool{"东莞市": true, "中山市": true, "儋州市": true, "嘉峪关市": true, "三沙市": true}

// plainCity is a city's name as it stands on labels: 杭州 for 杭州市, 喀什 for 喀什地区.
func plainCity(city string) string {
	for _, tail := range []string{"土家族苗族自治州", "哈萨克自治州", "蒙古自治州", "自治州", "地区", "市", "盟"} {
		if short := strings.TrimSuffix(city, tail); short != city && len([]rune(short)) >= 2 {
			return short
		}
	}
	return city
}

// sorting gives what a courier answers beside the number: the sort code in its three segments, the hub and the short
// address. All three follow from the address, as they do in life: the same street gives the same code.
func sorting(carrier, province, city, district, street string) (code, hub, short string) {
	region := hash64("hub", carrier, province, city)
	area := hash64("site", carrier, province, city, district)
	route := hash64("route", carrier, city, district, street)
	code = fmt.Sprintf("%03d-%02d %03d", 100+region%900, 1+area%60, 1+route%400)
	hub = plainCity(city)
	short = strings.TrimSpace(hub + " " + strings.TrimRight(district, "区县"))
	return code, hub, short
}

// hash64 is a stable hash of its parts; everything that must not depend on the order of calls is drawn from it.
func hash64(parts ...string) uint64 {
	h := fnv.New64a()
	for _, p := range parts {
		_, _ = h.Write([]byte(p))
		_, _ = h.Write([]byte{0})
	}
	// FNV's last bytes mix poorly into the high bits; one round of a finalizer evens that out.
	x := h.Sum64()
	x ^= x >> 33
	x *= 0xff51afd7ed558ccd
	x ^= x >> 33
	return x
}
