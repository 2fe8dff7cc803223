package audio

import (
	"math"
	"testing"
)

// toneSource is a sine, n samples long.
func tone(n int, hz, amplitude float64) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(amplitude * math.Sin(2*math.Pi*hz*float64(i)/Rate))
	}
	return x
}

func TestLevelAndBandsOfTone(t *testing.T) {
	f, err := Analyze(t.Context(), &memory{samples: tone(Rate, 1000, 0.5)})
	if err != nil {
		t.Fatal(err)
	}
	if f.Len() != 100 || f.Samples != Rate {
		t.Fatalf("%d frames of %d samples", f.Len(), f.Samples)
	}
	for i := 2; i < 98; i++ {
		var sum float64
		for _, p := range f.Bands(i) {
			sum += float64(p)
		}
		if want := -9.03; math.Abs(float64(f.Level[i])-want) > 0.02 || math.Abs(10*math.Log10(sum)-want) > 0.1 {
			t.Fatalf("frame %d: level %v, bands %.2f dB, want %v", i, f.Level[i], 10*math.Log10(sum), want)
		}
	}
}
