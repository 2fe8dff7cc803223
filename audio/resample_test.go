package audio

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"
)

// toneAt is a sine of amplitude 1 at a rate.
func toneAt(rate, n int, hz float64) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(math.Sin(2 * math.Pi * hz * float64(i) / float64(rate)))
	}
	return x
}

func resampleAll(rate int, x []float32) []float32 {
	r := newResampler(rate)
	return r.flush(r.process(nil, x))
}

// decibelsOf is the power of x in dB of a sine of amplitude 1.
func decibelsOf(x []float32) float64 {
	var sum float64
	for _, v := range x {
		sum += float64(v) * float64(v)
	}
	return 10 * math.Log10(2*sum/float64(len(x))+1e-15)
}

// middle leaves out what the ends of a recording disturb.
func middle(x []float32) []float32 { return x[len(x)/10 : len(x)*9/10] }

func TestResamplerResponse(t *testing.T) {
	for _, rate := range []int{8000, 11025, 22050, 44100, 47952, 48000, 192000} {
		pass := min(float64(rate)/2, Rate/2) * (1 - resampleEdge)
		for hz := 50.0; hz <= pass; hz += pass / 11 {
			got := resampleAll(rate, toneAt(rate, rate/8, hz))
			if gain := decibelsOf(middle(got)); math.Abs(gain) > 0.02 {
				t.Errorf("%d Hz: a tone of %.0f Hz comes out at %.3f dB", rate, hz, gain)
			}
			// The time and the shape are kept as well.
			want := toneAt(Rate, len(got), hz)
			for i := range got {
				got[i] -= want[i]
			}
			if diff := decibelsOf(middle(got)); diff > -56 {
				t.Errorf("%d Hz: a tone of %.0f Hz is off by %.1f dB", rate, hz, diff)
			}
		}
		stop := Rate / 2 * (1 + resampleEdge)
		for hz := stop; hz < float64(rate)/2; hz += (float64(rate)/2 - stop) / 13 {
			if gain := decibelsOf(middle(resampleAll(rate, toneAt(rate, rate/8, hz)))); gain > -62 {
				// What folds to above the pass band may be louder, not what falls into it.
				if folded(rate, hz) < resamplePass {
					t.Errorf("%d Hz: a tone of %.0f Hz comes out at %.1f dB", rate, hz, gain)
				}
			}
		}
	}
}

// folded is where a tone lands that the filters let through.
func folded(rate int, hz float64) float64 {
	for rate%2 == 0 && rate/2 >= leastDecimated {
		rate /= 2
		hz = math.Abs(hz - float64(rate)*math.Round(hz/float64(rate)))
	}
	return math.Abs(hz - Rate*math.Round(hz/Rate))
}

func TestResamplerInPieces(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rate := rapid.SampledFrom([]int{8000, 11025, 22050, 44100, 48000, 47952, 96000}).Draw(t, "rate")
		x := noise(rapid.IntRange(1, 5000).Draw(t, "samples"), 1, 1)
		want := resampleAll(rate, x)
		if n := (len(x)*Rate + rate - 1) / rate; len(want) != n {
			t.Fatalf("%d samples at %d Hz make %d, want %d", len(x), rate, len(want), n)
		}
		r := newResampler(rate)
		var got []float32
		for rest := x; len(rest) > 0; {
			n := rapid.IntRange(1, len(rest)).Draw(t, "piece")
			got = r.process(got, rest[:n])
			rest = rest[n:]
		}
		got = r.flush(got)
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatal("pieces give another result than the whole")
		}
	})
}
