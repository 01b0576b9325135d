package pdf

import (
	"bytes"
	"context"
	"errors"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"printstation/app/shipping"
	"printstation/printing"
	"printstation/printing/label"
)

func render(tb testing.TB, labels ...shipping.Label) printing.Rendered {
	tb.Helper()
	out, err := newRenderer(tb).Render(context.Background(), labels)
	if err != nil {
		tb.Fatal(err)
	}
	return out
}

// The same labels give the same bytes, whoever renders them, and other labels give others.
func TestRenderIsRepeatable(t *testing.T) {
	t.Parallel()
	first := render(t, carriers()...).Document.Data
	shared := newRenderer(t)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			again, err := shared.Render(context.Background(), carriers())
			if err != nil || !bytes.Equal(first, again.Document.Data) {
				t.Errorf("the same labels gave another document (%v)", err)
			}
		})
	}
	wg.Wait()
	changed := carriers()
	changed[0].Serial++
	if bytes.Equal(first, render(t, changed...).Document.Data) {
		t.Error("a changed label gave the same document")
	}
}

// A rejected label has a reason and no page; its neighbours have theirs, in order.
func TestRenderRejectsOneByOne(t *testing.T) {
	t.Parallel()
	labels := carriers()[:5]
	labels[1].Number = ""
	labels[3].Recipient.Address = strings.Repeat("很长", 500)
	out := render(t, labels...)
	if out.Document.Pages != 3 || out.Document.MIME != "application/pdf" || out.Document.Size != printing.Label100x180 {
		t.Errorf("the document is %d pages of %s, %v", out.Document.Pages, out.Document.MIME, out.Document.Size)
	}
	if n := len(regexp.MustCompile(`/Type /Page\n`).FindAll(out.Document.Data, -1)); n != 3 {
		t.Errorf("%d pages are in the file", n)
	}
	for i, want := range []int{1, 0, 2, 0, 3} {
		got := out.Labels[i]
		if got.ID != labels[i].ID || got.Page != want || (got.Rejected != nil) != (want == 0) {
			t.Errorf("label %d: id %s, page %d, rejected %v; want page %d", i, got.ID, got.Page, got.Rejected, want)
		}
	}
}

func TestRenderNothing(t *testing.T) {
	t.Parallel()
	bad := sample()
	bad.Number = "运单"
	for name, labels := range map[string][]shipping.Label{"no labels": nil, "all rejected": {bad, bad}} {
		out := render(t, labels...)
		if out.Document.Pages != 0 || len(out.Document.Data) != 0 || len(out.Labels) != len(labels) {
			t.Errorf("%s: %d pages, %d bytes, %d labels", name, out.Document.Pages, len(out.Document.Data), len(out.Labels))
		}
	}
}

func TestRenderLimits(t *testing.T) {
	t.Parallel()
	r := newRenderer(t)
	labels := slices.Repeat([]shipping.Label{sample()}, MaxLabels)
	if out, err := r.Render(context.Background(), labels); err != nil || out.Document.Pages != MaxLabels {
		t.Errorf("%d labels: %d pages, %v", MaxLabels, out.Document.Pages, err)
	}
	if _, err := r.Render(context.Background(), append(labels, sample())); err == nil {
		t.Errorf("%d labels were taken", MaxLabels+1)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := r.Render(ctx, labels); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled context gave %v", err)
	}
	for _, dpi := range []int{-203, 72, 5000} {
		if _, err := New(r.fonts, Options{DPI: dpi}); err == nil {
			t.Errorf("%d dpi was taken", dpi)
		}
	}
}

// The file is dated by its newest label, in China's time, and never by the clock.
func TestRenderDates(t *testing.T) {
	t.Parallel()
	newer, undated := sample(), sample()
	newer.PrintedAt = newer.PrintedAt.Add(time.Hour)
	undated.PrintedAt = time.Time{}
	for want, labels := range map[string][]shipping.Label{
		"(D:20261111010836)": {sample(), newer, undated},
		"(D:19700101000000)": {undated},
	} {
		data := render(t, labels...).Document.Data
		for _, key := range []string{"/CreationDate ", "/ModDate "} {
			if !bytes.Contains(data, []byte(key+want)) {
				t.Errorf("no %s%s in the file: %s", key, want, regexp.MustCompile(key+`\S+`).FindAll(data, -1))
			}
		}
	}
}

// Only what is shown is embedded: a page stays small beside its fonts of 20 MB.
func TestRenderIsSmall(t *testing.T) {
	t.Parallel()
	one := len(render(t, sample()).Document.Data)
	hundred := len(render(t, slices.Repeat([]shipping.Label{sample()}, 100)...).Document.Data)
	if one > 80_000 || (hundred-one)/99 > 5_000 {
		t.Errorf("one label takes %d bytes, a hundred %d", one, hundred)
	}
}

func TestRenderAtAnotherResolution(t *testing.T) {
	t.Parallel()
	at300, err := New(newRenderer(t).fonts, Options{DPI: 300, Author: "仓库", Producer: "Other"})
	if err != nil {
		t.Fatal(err)
	}
	out, err := at300.Render(context.Background(), []shipping.Label{sample()})
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(out.Document.Data, render(t, sample()).Document.Data) {
		t.Error("300 dpi gives the document of 203 dpi")
	}
}

// FuzzRender: no text at all makes the PDF library panic, and a page that has no problems is always written.
func FuzzRender(f *testing.F) {
	for _, s := range []string{"", "𠮷", "\\(){}\r\n", "\x00\xff", "😀", "{nb}", "\ud7ff\uffff"} {
		f.Add(s)
	}
	r := newRenderer(f)
	f.Fuzz(func(t *testing.T, s string) {
		l := sample()
		l.Recipient = shipping.MaskedParty{Name: s, Phone: s, Region: "上海市", Address: s}
		l.BuyerMessage, l.Hub, l.CarrierName, l.Items[0].Name, l.Orders[0] = s, s, s, s, shipping.OrderID(s)
		out, err := r.Render(context.Background(), []shipping.Label{l})
		if err != nil {
			t.Fatal(err)
		}
		if (out.Labels[0].Rejected == nil) != bytes.HasPrefix(out.Document.Data, []byte("%PDF-")) {
			t.Errorf("rejected %v with a document of %d bytes", out.Labels[0].Rejected, len(out.Document.Data))
		}
	})
}

// pageOf is the layout that a label's page was drawn from.
func pageOf(tb testing.TB, r *Renderer, l shipping.Label) label.Page {
	tb.Helper()
	page, _, rejected := label.Lay(l, r.fonts, r.options.DPI)
	if rejected != nil {
		tb.Fatalf("%s: %v", l.ID, rejected)
	}
	return page
}
