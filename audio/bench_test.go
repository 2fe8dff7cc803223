package audio

import (
	"fmt"
	"testing"
)

// reportSpeed adds how many times real time a benchmark runs at, seconds of audio an
// operation.
func reportSpeed(b *testing.B, seconds float64) {
	b.ReportMetric(seconds*float64(b.N)/b.Elapsed().Seconds(), "x-realtime")
}

func BenchmarkResample(b *testing.B) {
	for _, rate := range []int{8000, 22050, 44100, 48000, 47952, 192000} {
		b.Run(fmt.Sprint(rate), func(b *testing.B) {
			x := noise(rate, 0.1, 1)
			out := make([]float32, 0, Rate+1000)
			r := newResampler(rate)
			b.ReportAllocs()
			for b.Loop() {
				out = r.process(out[:0], x)
			}
			reportSpeed(b, 1)
		})
	}
}
