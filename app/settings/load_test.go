package settings

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"printstation/app/shipping"
	"printstation/assets/words"
)

// sample is the file of the README, with a second shop and a second printer.
const sample = `[station]
name = "A1"

[[shop]]
id = "dy1"
name = "抖店一号"
platform = "fengchao"
base_url = "https://kf.fw199.com/gateway"
app_id = "app"
secret = "env:DY1_SECRET"
seller_nick = "oms38173182"
channel = 1
user_id = -1
carrier = "zhongtong"
[shop.sender]
name = "仓库小王"
mobile = "13800000000"
phone = ""
province = "上海市"
city = "上海市"
district = "青浦区"
detail = "测试路1号"

[[shop]]
id = "dy2"
platform = "fengchao"
base_url = "http://127.0.0.1:8790/gateway/"
app_id = "app2"
secret = "keyring:dy2"
seller_nick = "oms2"
carrier = "yuantong"
sender = { name = "小李", mobile = "13900000000", province = "浙江省", city = "杭州市", district = "西湖区", detail = "二路2号" }
waybill.via = "dy1"

[[printer]]
id = "bench"
uri = "ipp://localhost:631/printers/Label"
default = true

[[printer]]
id = "files"
uri = "folder:labels"
`

var known = Known{
	Platforms: []string{"fengchao", "kdniao"},
	Needs:     map[string][]string{"fengchao": {"seller_nick"}},
	Schemes:   []string{"folder", "ipp", "ipps"},
	Carrier:   func(c shipping.Carrier) bool { return c == "zhongtong" || c == "yuantong" },
	Channel:   func(_ string, n int) bool { return n >= 1 && n <= 56 },
}

func TestLoadSample(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "station.toml")
	if err := os.WriteFile(path, []byte("\xef\xbb\xbf"+strings.ReplaceAll(sample, "\n", "\r\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	got, problems, err := Load(path, known)
	if err != nil || len(problems) > 0 {
		t.Fatalf("problems %v, error %v", problems, err)
	}
	want := Settings{
		Path:    path,
		Station: Station{Name: "A1", RetentionDays: 90},
		Shops: []Shop{{
			ID: "dy1", Name: "抖店一号", Platform: "fengchao", BaseURL: "https://kf.fw199.com/gateway", AppID: "app",
			Secret: "env:DY1_SECRET", SellerNick: "oms38173182", Channel: 1, UserID: -1, Carrier: "zhongtong",
			Sender: shipping.Sender{
				Contact: shipping.Contact{Name: "仓库小王", Mobile: "13800000000"},
				Address: shipping.Address{Province: "上海市", City: "上海市", District: "青浦区", Detail: "测试路1号"},
			},
		}, {
			ID: "dy2", Name: "dy2", Platform: "fengchao", BaseURL: "http://127.0.0.1:8790/gateway", AppID: "app2",
			Secret: "keyring:dy2", SellerNick: "oms2", UserID: -1, Carrier: "yuantong", Via: "dy1",
			Sender: shipping.Sender{
				Contact: shipping.Contact{Name: "小李", Mobile: "13900000000"},
				Address: shipping.Address{Province: "浙江省", City: "杭州市", District: "西湖区", Detail: "二路2号"},
			},
		}},
		Printers: []Printer{
			{ID: "bench", URI: "ipp://localhost:631/printers/Label", Default: true},
			{ID: "files", URI: "folder:" + filepath.Join(dir, "labels")},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("settings (-want +got):\n%s", diff)
	}
}

// Each case changes the sample in one place and must be told exactly one fault, at the line of that place.
func TestEveryFaultHasItsLine(t *testing.T) {
	t.Parallel()
	const never = "NEVER-SHOW-ME"
	for name, c := range map[string]struct{ old, new, id, at string }{
		"station name":        {`name = "A1"`, `name = "A 1"`, "station_name", `name = "A 1"`},
		"language":            {`name = "A1"`, `language = "fr"`, "language", `language = "fr"`},
		"retention":           {`name = "A1"`, `retention_days = 0`, "out_of_range", `retention_days`},
		"shop id missing":     {`id = "dy2"`, ``, "missing", "[[shop]]\n\nplatform"},
		"shop id with slash":  {`id = "dy2"`, `id = "d/1"`, "bad_id", `id = "d/1"`},
		"duplicate shop":      {`id = "dy2"`, `id = "DY1"`, "duplicate_id", `id = "DY1"`},
		"unknown platform":    {`platform = "fengchao"`, `platform = "fengcao"`, "platform_near", `fengcao`},
		"foreign platform":    {`platform = "fengchao"`, `platform = "ebay"`, "platform", `ebay`},
		"no platform":         {`platform = "fengchao"`, ``, "missing", `[[shop]]`},
		"url not https":       {`"https://kf.fw199.com/gateway"`, `"http://kf.fw199.com/gateway"`, "url_not_https", `base_url`},
		"url without host":    {`"https://kf.fw199.com/gateway"`, `"kf.fw199.com/gateway"`, "bad_url", `base_url`},
		"url with password":   {`"https://kf.fw199.com/gateway"`, `"https://a:` + never + `@h/g"`, "url_parts", `base_url`},
		"url with query":      {`"https://kf.fw199.com/gateway"`, `"https://h/g?token=` + never + `"`, "url_parts", `base_url`},
		"ftp":                 {`"https://kf.fw199.com/gateway"`, `"ftp://h/g"`, "bad_url", `base_url`},
		"app id empty":        {`app_id = "app"`, `app_id = ""`, "missing", `app_id = ""`},
		"secret in clear":     {`"env:DY1_SECRET"`, `"` + never + `"`, "secret_form", never},
		"secret empty":        {`"env:DY1_SECRET"`, `""`, "missing", `secret = ""`},
		"secret as number":    {`"env:DY1_SECRET"`, `31415926`, "not_text", `31415926`},
		"secret misspelled":   {`secret = "env:DY1_SECRET"`, "secret = \"env:X\"\napp_secret = \"" + never + `"`, "unknown_key_near", never},
		"secret unquoted":     {`"env:DY1_SECRET"`, never, "syntax_secret", never},
		"seller missing":      {`seller_nick = "oms38173182"`, ``, "missing", `[[shop]]`},
		"channel":             {`channel = 1`, `channel = 99`, "channel", `channel = 99`},
		"channel negative":    {`channel = 1`, `channel = -1`, "out_of_range", `channel = -1`},
		"channel text":        {`channel = 1`, `channel = "1"`, "not_integer", `channel = "1"`},
		"user id":             {`user_id = -1`, `user_id = -2`, "out_of_range", `user_id`},
		"carrier":             {`carrier = "zhongtong"`, `carrier = "zto"`, "carrier", `"zto"`},
		"via nobody":          {`via = "dy1"`, `via = "dy3"`, "via_missing", `via = "dy3"`},
		"via itself":          {`via = "dy1"`, `via = "dy2"`, "via_self", `via = "dy2"`},
		"via no text":         {`via = "dy1"`, `via = 3`, "not_text", `via = 3`},
		"waybill key":         {`via = "dy1"`, `vias = "dy1"`, "unknown_key_near", `vias = "dy1"`},
		"sender no table":     {`sender = { name = "小李", mobile = "13900000000", province = "浙江省", city = "杭州市", district = "西湖区", detail = "二路2号" }`, `sender = "小李"`, "not_table", `sender = "小李"`},
		"no sender":           {`sender = { name = "小李", mobile = "13900000000", province = "浙江省", city = "杭州市", district = "西湖区", detail = "二路2号" }`, ``, "no_sender", `id = "dy2"`},
		"sender key":          {`phone = ""`, `phon = ""`, "unknown_key_near", `phon = ""`},
		"printer id":          {`id = "bench"`, ``, "missing", `[[printer]]`},
		"duplicate printer":   {`id = "files"`, `id = "bench"`, "duplicate_id", `id = "bench"` + "\n" + `uri = "folder`},
		"printer scheme":      {`"folder:labels"`, `"fax:1"`, "printer_scheme", `"fax:1"`},
		"printer no host":     {`"ipp://localhost:631/printers/Label"`, `"ipp:///x"`, "printer_uri", `"ipp:///x"`},
		"folder empty":        {`"folder:labels"`, `"folder:"`, "printer_folder", `"folder:"`},
		"folder of windows":   {`"folder:labels"`, `"folder:C:\Labels"`, "backslash", `C:\Labels`},
		"two defaults":        {`uri = "folder:labels"`, "uri = \"folder:labels\"\ndefault = true", "two_defaults", "default = true\n#end"},
		"no default":          {"\ndefault = true", ``, "no_default", `[[printer]]`},
		"default text":        {`uri = "folder:labels"`, "uri = \"folder:labels\"\ndefault = \"yes\"", "not_flag", `default = "yes"`},
		"unknown key":         {`channel = 1`, `colour = 1`, "unknown_key", `colour`},
		"key with a capital":  {`channel = 1`, `Channel = 1`, "unknown_key_near", `Channel`},
		"unknown section":     {`[station]`, "[weather]\nrain = true\n[station]", "unknown_key", `[weather]`},
		"mistyped section":    {`[station]`, `[statoin]`, "unknown_key_near", `[statoin]`},
		"shop as one table":   {sample[:strings.Index(sample, "[[printer]]")], "shop = 3\n", "not_list", `shop = 3`},
		"full-width quotes":   {`id = "dy1"`, `id = “dy1”`, "full_width", `“dy1”`},
		"full-width equals":   {`id = "dy1"`, "id \uff1d \"dy1\"", "full_width", "\uff1d"},
		"line cut off":        {`id = "dy1"`, `id = "dy1`, "syntax", `id = "dy1`},
		"key twice":           {`id = "dy1"`, "id = \"dy1\"\nid = \"dy1\"", "syntax", "id = \"dy1\"\nname = \"抖"},
		"file of an old host": {`"抖店一号"`, "\"\xb6\xb6\xb5\xea\"", "not_utf8", "name = \"\xb6"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := strings.Replace(sample+"#end\n", c.old, c.new, 1)
			at := strings.Index(text, c.at)
			if text == sample+"#end\n" || at < 0 {
				t.Fatalf("the case does not fit the sample")
			}
			line := 1 + strings.Count(text[:at], "\n")
			_, problems := Parse([]byte(text), "/etc", known)
			if len(problems) != 1 {
				t.Fatalf("want one problem, got %v", problems)
			}
			p := problems[0]
			if p.What.ID != "settings."+c.id || p.Line != line && c.id != "no_sender" && c.id != "no_default" || p.Column < 1 {
				t.Errorf("got %v, want settings.%s in line %d", p, c.id, line)
			}
			if p.Line < 1 || p.Line > line {
				t.Errorf("line %d is not at or before line %d", p.Line, line)
			}
			speaks(t, p, never)
		})
	}
}

// speaks checks that both sentences are there in both languages, with every value filled in and nothing secret.
func speaks(t *testing.T, p Problem, never string) {
	t.Helper()
	for _, lang := range []string{"zh", "en"} {
		w, err := words.For(lang)
		if err != nil {
			t.Fatal(err)
		}
		what, mend := p.Say(w)
		for _, said := range []string{what, mend} {
			if strings.Contains(said, "settings.") || strings.Contains(said, "<no value>") || said == "" {
				t.Errorf("%s: not a sentence: %q", lang, said)
			}
			if strings.Contains(said, never) {
				t.Errorf("%s: a secret is repeated: %q", lang, said)
			}
		}
	}
}

// All faults of a file are told at once, in the order of their lines.
func TestAllFaultsAtOnce(t *testing.T) {
	t.Parallel()
	text := sample
	for _, r := range [][2]string{{`name = "A1"`, `name = "!"`}, {`"env:DY1_SECRET"`, `"clear"`}, {`channel = 1`, `chanel = 1`}, {`folder:labels`, `fax:1`}} {
		text = strings.Replace(text, r[0], r[1], 1)
	}
	_, problems := Parse([]byte(text), "", known)
	var ids []string
	for i, p := range problems {
		ids = append(ids, strings.TrimPrefix(p.What.ID, "settings."))
		if i > 0 && p.Line < problems[i-1].Line {
			t.Errorf("line %d comes after line %d", p.Line, problems[i-1].Line)
		}
	}
	if diff := cmp.Diff([]string{"station_name", "secret_form", "unknown_key_near", "printer_scheme"}, ids); diff != "" {
		t.Error(diff)
	}
}

func TestViaLoopAndChain(t *testing.T) {
	t.Parallel()
	loop := strings.Replace(sample, `carrier = "zhongtong"`, "carrier = \"zhongtong\"\nwaybill = { via = \"dy2\" }", 1)
	_, problems := Parse([]byte(loop), "", known)
	if len(problems) != 2 || problems[0].What.ID != "settings.via_loop" || problems[1].What.ID != "settings.via_loop" {
		t.Errorf("loop: %v", problems)
	}
	third := sample[strings.Index(sample, "[[shop]]\nid = \"dy2\""):strings.Index(sample, "[[printer]]")]
	third = strings.NewReplacer(`id = "dy2"`, `id = "dy3"`, `via = "dy1"`, `via = "dy2"`).Replace(third)
	_, problems = Parse([]byte(sample+third), "", known)
	if len(problems) != 1 || problems[0].What.ID != "settings.via_chain" || problems[0].What.Data["Next"] != "dy1" {
		t.Errorf("chain: %v", problems)
	}
	other := strings.Replace(sample, "id = \"dy2\"\nplatform = \"fengchao\"", "id = \"dy2\"\nplatform = \"kdniao\"", 1)
	_, problems = Parse([]byte(other), "", known)
	if len(problems) != 1 || problems[0].What.ID != "settings.via_platform" {
		t.Errorf("platform: %v", problems)
	}
}

func TestEmptyFile(t *testing.T) {
	t.Parallel()
	_, problems := Parse(nil, "", known)
	if len(problems) != 2 || problems[0].What.ID != "settings.no_shop" || problems[1].What.ID != "settings.no_printer" {
		t.Errorf("got %v", problems)
	}
}

func TestLoadUnreadable(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if _, _, err := Load(filepath.Join(dir, "none.toml"), known); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("missing file: %v", err)
	}
	if _, _, err := Load(dir, known); !errors.Is(err, ErrNotSettings) {
		t.Errorf("folder: %v", err)
	}
	big := filepath.Join(dir, "big.toml")
	if err := os.WriteFile(big, make([]byte, maxSize+1), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := Load(big, known); !errors.Is(err, ErrNotSettings) {
		t.Errorf("large file: %v", err)
	}
}
