package bench_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"printstation/app/shipping"
	"printstation/platform"
	"printstation/platform/fengchao"
	"printstation/platform/sandbox"
)

// TestDemoLabels runs the demo as a newcomer does and reads every page back: its bars say the number that the summary
// gives for that page, and no text on it gives away a phone number or a room.
func TestDemoLabels(t *testing.T) {
	t.Parallel()
	program, data := build(t), t.TempDir()
	cmd := exec.Command(program, "batch", "--demo", "--json", "--data", data, "--wait", "90s")
	cmd.Env = append(os.Environ(), "LANG=zh_CN.UTF-8")
	out, err := cmd.Output()
	var r report
	if jerr := json.Unmarshal(out, &r); jerr != nil {
		t.Fatalf("%v, %v in %s", err, jerr, head(string(out)))
	}
	if r.Orders < 300 || r.Waiting != 0 || r.Uncertain != 0 || r.Invalid == 0 {
		t.Errorf("summary: %d orders, %d invalid, %d waiting, %d uncertain", r.Orders, r.Invalid, r.Waiting, r.Uncertain)
	}
	want := map[string]map[int]string{} // document, page: number
	for _, it := range r.Items {
		switch it.State {
		case "confirmed":
			if want[it.Document] == nil {
				want[it.Document] = map[int]string{}
			}
			want[it.Document][it.Page] = it.TrackingNumber
		case "invalid", "held", "refused":
			if it.Reason == "" {
				t.Errorf("order %v is %s without a reason", it.OrderIDs, it.State)
			}
		default:
			t.Errorf("order %v is %s: %s", it.OrderIDs, it.State, it.Reason)
		}
	}
	if r.Confirmed < 290 || len(want) < 3 {
		t.Errorf("%d confirmed in %d documents", r.Confirmed, len(want))
	}
	secrets := demoSecrets(t)
	for document, numbers := range want {
		t.Run(filepath.Base(document), func(t *testing.T) {
			t.Parallel()
			checkBars(t, document, numbers)
			checkText(t, document, len(numbers), secrets)
		})
	}
}

func checkBars(t *testing.T, document string, numbers map[int]string) {
	dir := t.TempDir()
	if out, err := exec.Command("pdftoppm", "-mono", "-r", "203", document, filepath.Join(dir, "p")).CombinedOutput(); err != nil {
		t.Fatalf("pdftoppm: %v: %s", err, out)
	}
	images, err := filepath.Glob(filepath.Join(dir, "*.pbm"))
	if err != nil || len(images) != len(numbers) {
		t.Fatalf("%d pages, want %d (%v)", len(images), len(numbers), err)
	}
	slices.Sort(images)
	for i, image := range images {
		out, err := exec.Command("zbarimg", "-q", "--raw", "-Sdisable", "-Scode128.enable", image).Output()
		if got := strings.Fields(string(out)); err != nil || len(slices.Compact(got)) != 1 || got[0] != numbers[i+1] {
			t.Errorf("page %d reads %v (%v), want %s", i+1, got, err, numbers[i+1])
		}
	}
}

var mobile = regexp.MustCompile(`(^|\D)1[3-9]\d{9}(\D|$)`)

func checkText(t *testing.T, document string, pages int, secrets []string) {
	out, err := exec.Command("pdftotext", document, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext: %v", err)
	}
	text := string(out)
	if n := strings.Count(text, "演示"); n < pages {
		t.Errorf("演示 stands on the document %d times, %d pages", n, pages)
	}
	if found := mobile.FindString(text); found != "" {
		t.Errorf("a full mobile number is on a label: %q", found)
	}
	packed := strings.Join(strings.Fields(text), "")
	for _, s := range secrets {
		if strings.Contains(packed, s) {
			t.Errorf("%q is on a label", s)
		}
	}
}

// demoSecrets gives what must not be read on the demo's labels: phones, and addresses together with their rooms.
func demoSecrets(t *testing.T) []string {
	t.Helper()
	world, err := sandbox.New(sandbox.Options{Seed: 1111})
	if err != nil {
		t.Fatal(err)
	}
	server, err := sandbox.Serve("127.0.0.1:0", world)
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close(t.Context())
	shop, err := fengchao.New(platform.Config{Account: platform.Account{
		Shop: "demo", BaseURL: server.BaseURL, AppID: sandbox.DemoAppID, Secret: sandbox.DemoSecret, SellerNick: sandbox.DemoSellerNick,
	}})
	if err != nil {
		t.Fatal(err)
	}
	var secrets []string
	for o, err := range shop.PendingOrders(t.Context(), time.Time{}) {
		if err != nil {
			t.Fatal(err)
		}
		r := o.Recipient
		for _, s := range []string{r.Mobile, r.Phone} {
			if s != "" && !shipping.IsCipher(s) {
				secrets = append(secrets, s)
			}
		}
		if d := r.Detail; !shipping.IsCipher(d) && shipping.MaskDetail(d) != d {
			secrets = append(secrets, strings.Join(strings.Fields(d), ""))
		}
	}
	if len(secrets) < 200 {
		t.Fatalf("only %d secrets to look for", len(secrets))
	}
	return secrets
}
