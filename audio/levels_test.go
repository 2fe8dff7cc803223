package audio

import (
	"math/rand/v2"
	"testing"
)

// TestSpeechRange: the range is that of speech over its noise, within the limits of levels.
func TestSpeechRange(t *testing.T) {
	for _, c := range []struct {
		name        string
		quiet, loud float64 // amplitudes of half seconds in turn
		least, most float64
	}{
		{"20 dB", 0.01, 0.1, 18, 22},
		{"10 dB", 0.03, 0.1, 9, 12},
		{"the same", 0.1, 0.1, 8, 8},
		{"beyond what counts", 3e-4, 0.5, 55, 55},
	} {
		samples := make([]float32, 20*Rate)
		random := rand.New(rand.NewPCG(1, 2))
		for i := range samples {
			amplitude := c.quiet
			if i/(Rate/2)%2 == 1 {
				amplitude = c.loud
			}
			samples[i] = float32(amplitude * random.NormFloat64())
		}
		f, err := Analyze(t.Context(), &memory{samples: samples})
		if err != nil {
			t.Fatal(err)
		}
		if got := SpeechRange(f); got < c.least || got > c.most {
			t.Errorf("%s: %.1f dB, want %g to %g", c.name, got, c.least, c.most)
		}
	}
	if got := SpeechRange(&Frames{}); got != 8 {
		t.Errorf("of nothing: %g dB", got)
	}
}
