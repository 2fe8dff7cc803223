package audio

import (
	"math"
	"testing"
)

// tone returns n samples of a sine.
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

// A power is kept to 0.2 % and 0 exactly.
func TestPower16(t *testing.T) {
	for p := float32(1e-30); p < 1e30; p *= 1.001 {
		if got := toPower16(p).float32(); math.Abs(float64(got/p-1)) > 0.002 {
			t.Fatalf("%g is kept as %g", p, got)
		}
	}
	powers := make([]float32, 2*MelBands)
	powers[MelBands] = 1
	f := NewFrames(make([]float32, 2), powers, 2*HopSamples)
	if f.Power(0, 3) != 0 || f.Power(1, 0) != 1 || f.Bands(0) != [MelBands]float32{} {
		t.Errorf("frames hold %v", f.mel)
	}
}

func TestKeepBands(t *testing.T) {
	power := make([]float32, 2*MelBands)
	for i := range power {
		power[i] = 1
	}
	f := NewFrames(make([]float32, 2), power, 2*HopSamples)
	f.KeepBands(3, 5)
	for i := range f.Len() {
		for b := range MelBands {
			want := float32(0)
			if b == 3 || b == 4 {
				want = 1
			}
			if got := f.Power(i, b); got != want {
				t.Errorf("frame %d, band %d: %g, want %g", i, b, got, want)
			}
		}
	}
}
