package doctor

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"printstation/app/shipping"
	"printstation/printing"
)

// skew is how far this clock may be from a shop's. Platforms refuse signatures that are 5 to 10 minutes off.
const skew = 2 * time.Minute

func (p Printer) check(ctx context.Context) []Finding {
	st, err := p.State(ctx)
	var said *printing.Error
	switch {
	case errors.As(err, &said):
		return []Finding{{Area: AreaPrinter, Name: p.ID, Level: Fail, Found: said.Reason}} // its sentences hold the mend
	case err != nil:
		return []Finding{found(AreaPrinter, p.ID, Fail, "printer_silent", "Detail", shortError(ctx, err)).mended()}
	case !st.Ready:
		return []Finding{found(AreaPrinter, p.ID, Fail, "printer_not_ready", "Device", st.Device, "Detail", keywords(st)).mended()}
	case !st.MediaFit:
		return []Finding{found(AreaPrinter, p.ID, Warn, "printer_media", "Device", st.Device).mended()}
	case len(st.Reasons) > 0:
		return []Finding{found(AreaPrinter, p.ID, Warn, "printer_reasons", "Device", st.Device, "Detail", keywords(st))}
	case st.Spooler:
		return []Finding{found(AreaPrinter, p.ID, OK, "printer_spooler", "Device", st.Device)}
	}
	return []Finding{found(AreaPrinter, p.ID, OK, "printer_ok", "Device", st.Device)}
}

// keywords is what a printer says of itself, "-" when it says nothing.
func keywords(st printing.PrinterState) string {
	parts := slices.Clone(st.Reasons)
	if st.Message != "" {
		parts = append(parts, st.Message)
	}
	if len(parts) == 0 {
		return "-"
	}
	return strings.Join(parts, ", ")
}

func (s Shop) check(ctx context.Context, now func() time.Time) []Finding {
	if s.SecretErr != nil {
		return nil // told as a missing secret; calling the shop could not succeed
	}
	var fs []Finding
	switch {
	case s.Probe == nil:
		fs = append(fs, found(AreaShop, string(s.ID), Warn, "shop_unprobed"))
	default:
		began := now()
		if err := s.Probe(ctx); err != nil {
			fs = append(fs, s.failed(ctx, err))
		} else {
			fs = append(fs, found(AreaShop, string(s.ID), OK, "shop_ok", "Took", now().Sub(began).Round(time.Millisecond).String()))
		}
	}
	return append(fs, s.compareClocks(ctx, now)...)
}

// failed tells a shop that refuses the credentials from one that does not answer: they are mended in different places.
func (s Shop) failed(ctx context.Context, err error) Finding {
	var said *shipping.Fault
	switch {
	case !errors.As(err, &said):
	case said.Class == shipping.ClassUnauthorized:
		return found(AreaShop, string(s.ID), Fail, "shop_refuses", "Detail", said.Error()).mended()
	case said.Reason != nil:
		return Finding{Area: AreaShop, Name: string(s.ID), Level: Fail, Found: *said.Reason} // it holds the mend
	}
	return found(AreaShop, string(s.ID), Fail, "shop_fails", "Detail", shortError(ctx, err)).mended()
}

// compareClocks says nothing when the shop's clock cannot be read: that it cannot be reached is said already.
func (s Shop) compareClocks(ctx context.Context, now func() time.Time) []Finding {
	if s.Clock == nil {
		return nil
	}
	theirs, err := s.Clock(ctx)
	if err != nil {
		return nil
	}
	off := now().Sub(theirs).Round(time.Second)
	if off.Abs() > skew {
		return []Finding{found(AreaClock, string(s.ID), Fail, "clock_off", "Off", off.String()).mended()}
	}
	return []Finding{found(AreaClock, string(s.ID), OK, "clock_agrees", "Off", off.String())}
}

func shortError(ctx context.Context, err error) string {
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() != nil {
		return fmt.Sprintf("no answer within %s", patience)
	}
	return err.Error()
}

// ErrNoDate says that a server answered without telling the time.
var ErrNoDate = errors.New("the server tells no date")

// ServerClock reads the time that an HTTP server states in its answers, to the second. Nothing of the shop's goes along:
// the request is a bare HEAD, any status will do, and a redirect is not followed.
func ServerClock(ctx context.Context, url string) (time.Time, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodHead, url, nil)
	if err != nil {
		return time.Time{}, fmt.Errorf("doctor: %w", err)
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(req)
	if err != nil {
		return time.Time{}, fmt.Errorf("doctor: %w", err)
	}
	defer resp.Body.Close()
	at, err := http.ParseTime(resp.Header.Get("Date"))
	if err != nil {
		return time.Time{}, fmt.Errorf("doctor: %w", ErrNoDate)
	}
	return at, nil
}
