package audio

import (
	"math"
	"slices"
	"testing"

	"cuewright/testdata/race"
)

// A sine is one tone, in a step of 7.8 Hz that is right to one and the same in all frames; what lies
// beyond the tones is none.
func TestTones(t *testing.T) {
	race.Skip(t, race.Slow)
	for hz := 190.0; hz < 2120; hz += 7.3 {
		f := analyze(t, tone(Rate/2, hz, 0.5))
		want := int(math.Round((hz - 187.5) / (31.25 / toneSteps)))
		for i := 5; i < 45; i++ {
			if got := f.Tones(i); len(got) == 0 || math.Abs(float64(int(got[0])-3-want)) > 1 || got[0] != f.Tones(5)[0] {
				t.Fatalf("a sine of %.1f Hz: frame %d has the tones %d, want %d", hz, i, got, want+3)
			}
		}
	}
	for _, hz := range []float64{100, 3000} {
		if got := analyze(t, tone(Rate/2, hz, 0.5)).Tones(20); len(got) > 0 {
			t.Errorf("a sine of %.0f Hz: the tones %d", hz, got)
		}
	}
	if got := analyze(t, make([]float32, Rate)).Tones(20); len(got) > 0 {
		t.Errorf("silence: the tones %d", got)
	}
}

// The greatest peaks come first, as many as are kept and none far below the greatest.
func TestTonesAreTheGreatestPeaks(t *testing.T) {
	for _, test := range []struct {
		power map[int]float32 // of bins; 1e-9 elsewhere
		want  []Tone
	}{
		{map[int]float32{}, nil},
		{map[int]float32{toneFirst: 1, toneLast: 2}, []Tone{3 + 4*(toneLast-toneFirst), 3}},
		{map[int]float32{10: 1, 20: 3, 30: 2, 40: 5, 50: 4, 60: 6}, []Tone{219, 139, 179, 59}},
		{map[int]float32{10: 1, 20: 2e-3, 30: 5e-4}, []Tone{19, 59}},
		{map[int]float32{10: 1, 12: 1, 14: 1}, []Tone{19, 27, 35}},
		{map[int]float32{10: 1, 11: 1}, []Tone{21}},
		{map[int]float32{10: 1, 11: 0.5}, []Tone{20}},
		{map[int]float32{5: 1, 4: 2, 69: 1, 70: 2}, nil},
	} {
		var power [fftBins]float32
		for k := range power {
			power[k] = 1e-9
		}
		for k, p := range test.power {
			power[k] = p
		}
		f := Frames{tones: make([]Tone, FrameTones)}
		pickTones(f.tones, &power)
		if got := f.Tones(0); !slices.Equal(got, test.want) {
			t.Errorf("%v: %d, want %d", test.power, got, test.want)
		}
	}
}

// A part has the tones of its frames, and frames without tones have parts without.
func TestTonesOfParts(t *testing.T) {
	f := analyze(t, slices.Concat(tone(Rate, 500, 0.5), tone(Rate, 800, 0.5)))
	if part := f.Part(110, 150); !slices.Equal(part.Tones(3), f.Tones(113)) || slices.Equal(part.Tones(3), f.Tones(3)) {
		t.Errorf("%d, want %d", part.Tones(3), f.Tones(113))
	}
	if got := NewFrames(make([]float32, 9), make([]float32, 9*MelBands), 9*HopSamples).Part(2, 4).Tones(1); got != nil {
		t.Errorf("%d of frames that have none", got)
	}
}
