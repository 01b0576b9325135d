package pdf

import (
	"context"
	"fmt"
	"testing"

	"printstation/app/shipping"
	"printstation/printing/label"
)

func BenchmarkRender(b *testing.B) {
	r := newRenderer(b)
	for _, n := range []int{1, 20, 100} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			labels := make([]shipping.Label, n)
			for i := range labels {
				labels[i] = sample()
				labels[i].Number = shipping.TrackingNumber(fmt.Sprintf("YT%013d", 8800801072305+i*977))
				labels[i].Serial = i + 1
			}
			for b.Loop() {
				if _, err := r.Render(context.Background(), labels); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.N*n)/b.Elapsed().Seconds(), "labels/s")
		})
	}
}

func BenchmarkLay(b *testing.B) {
	r := newRenderer(b)
	l := sample()
	for b.Loop() {
		label.Lay(l, r.fonts, 203)
	}
}
