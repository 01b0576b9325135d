package assets

import (
	"strings"
	"testing"

	"printstation/app/shipping"
)

func TestCarriers(t *testing.T) {
	t.Parallel()
	table := Carriers()
	for _, c := range table.All() {
		if !table.Known(c.Code) {
			t.Errorf("%s is not known", c.Code)
		}
		if !hasHan(table.Name(c.Code, "zh-Hans")) || hasHan(table.Name(c.Code, "en")) {
			t.Errorf("%s is called %q and %q", c.Code, table.Name(c.Code, "zh"), table.Name(c.Code, "en"))
		}
		if (c.Sample == "") != (len(c.Numbers) == 0) {
			t.Errorf("%s has forms of numbers without a sample, or a sample without forms", c.Code)
		}
		if code, ok := table.Code(c.Code, "fengchao"); !ok || code == "" || code != strings.TrimSpace(code) {
			t.Errorf("%s has code %q at the gateway", c.Code, code)
		}
	}
	if got := table.Name("nowhere", "zh"); got != "nowhere" || table.Known("nowhere") {
		t.Errorf("an unknown carrier is called %q", got)
	}
	if _, ok := table.Code("zhongtong", "nowhere"); ok {
		t.Error("an unknown platform has a code for zhongtong")
	}
	if _, ok := table.Code("nowhere", "fengchao"); ok {
		t.Error("the gateway has a code for an unknown carrier")
	}
}

func TestFitsNumber(t *testing.T) {
	t.Parallel()
	for _, c := range Carriers().All() {
		if c.Sample == "" {
			if !Carriers().FitsNumber(c.Code, "ANYTHING-1") {
				t.Errorf("%s has no known form and refuses a number", c.Code)
			}
			continue
		}
		for _, number := range []string{c.Sample, strings.ToLower(c.Sample)} {
			if !Carriers().FitsNumber(c.Code, shipping.TrackingNumber(number)) {
				t.Errorf("%s: %s does not fit", c.Code, number)
			}
		}
		for _, number := range []string{"", c.Sample + "0123456", "X" + c.Sample, c.Sample[:len(c.Sample)-4], c.Sample + " "} {
			if Carriers().FitsNumber(c.Code, shipping.TrackingNumber(number)) {
				t.Errorf("%s: %q fits", c.Code, number)
			}
		}
	}
	for number, carrier := range map[shipping.TrackingNumber]shipping.Carrier{
		"76465265417086": "zhongtong", "73144233224145": "zhongtong", "77316523125896": "shentong",
		"JDVA11408814483-1-3-": "jd", "EA123456789CN": "ems", "512345678901": "nowhere",
	} {
		if !Carriers().FitsNumber(carrier, number) {
			t.Errorf("%s does not fit %s", number, carrier)
		}
	}
}

func TestParseCarriersRefusesFaults(t *testing.T) {
	t.Parallel()
	for name, raw := range map[string]string{
		"broken":      `[{"code": "a"`,
		"no name":     `[{"code": "a", "zh": "甲", "short": "甲"}]`,
		"twice":       `[{"code":"a","zh":"甲","short":"甲","en":"A"},{"code":"a","zh":"甲","short":"甲","en":"A"}]`,
		"bad pattern": `[{"code":"a","zh":"甲","short":"甲","en":"A","numbers":["("]}]`,
		"slip":        `[{"code":"a","zh":"甲","short":"甲","en":"A","nubmers":["1"]}]`,
	} {
		if _, err := parseCarriers([]byte(raw)); err == nil || !strings.HasPrefix(err.Error(), "carriers.json: ") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
