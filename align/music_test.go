package align

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"cuewright/audio"
	"cuewright/testdata/race"
)

// wave returns seconds of sound with six harmonics, of which the first has the frequency that a
// function says for each moment, 0 for silence.
func wave(seconds float64, hz func(at float64) float64) []float32 {
	samples := make([]float32, int(seconds*audio.Rate))
	phase := 0.0
	for i := range samples {
		f := hz(float64(i) / audio.Rate)
		phase += f / audio.Rate
		for h := 1.0; h <= 6 && f > 0; h++ {
			samples[i] += float32(0.1 / h * math.Sin(2*math.Pi*h*phase))
		}
	}
	return samples
}

// Notes are music, in noise, too; what has tones of another kind isn't.
func TestMelodic(t *testing.T) {
	race.Skip(t, race.Slow)
	random := rand.New(rand.NewPCG(5, 5))
	scale := []float64{262, 294, 330, 349, 392, 440, 494}
	tune := make([]float64, 50)
	for i := range tune {
		tune[i] = scale[random.IntN(len(scale))]
	}
	melody := func(at float64) float64 { return tune[int(at/0.4)] }
	noise := func(seconds, amplitude float64) []float32 {
		samples := make([]float32, int(seconds*audio.Rate))
		for i := range samples {
			samples[i] = float32(amplitude * random.NormFloat64())
		}
		return samples
	}
	mixed := func(x, y []float32) []float32 {
		for i := range x {
			x[i] += y[i]
		}
		return x
	}
	everyOther := func(on, off, hz float64) func(at float64) float64 {
		return func(at float64) float64 {
			if math.Mod(at, on+off) < on {
				return hz
			}
			return 0
		}
	}
	for _, test := range []struct {
		name    string
		samples []float32
		music   bool
	}{
		{"a melody", wave(8, melody), true},
		{"a short one", wave(3.2, melody), true},
		{"in noise", mixed(wave(8, melody), noise(8, 0.02)), true},
		{"chords", mixed(wave(8, melody), wave(8, func(at float64) float64 { return tune[30+int(at)] * 1.5 })), true},
		{"noise", noise(8, 0.1), false},
		{"silence", make([]float32, 8*audio.Rate), false},
		{"hum", wave(8, func(float64) float64 { return 100 }), false},
		{"hum that a noise interrupts", mixed(wave(8, everyOther(2, 0.5, 100)), noise(8, 0.02)), false},
		{"a motor that turns faster", wave(8, func(at float64) float64 { return 100 + 20*at }), false},
		{"a siren", wave(8, func(at float64) float64 { return 600 + 300*math.Sin(2*at) }), false},
		{"a telephone that rings", mixed(wave(8, everyOther(1, 1, 440)), wave(8, everyOther(1, 1, 480))), false},
		{"beeps", wave(8, everyOther(0.3, 0.5, 1000)), false},
		{"two tones in turn", wave(8, func(at float64) float64 { return 440 + 100*math.Mod(math.Floor(at/0.5), 2) }), false},
		{"an intonation", wave(8, func(at float64) float64 { return 140 + 30*math.Sin(7*at) + 15*math.Sin(23*at) }), false},
		{"hardly anything", wave(0.2, melody), false},
		{"nothing", nil, false},
	} {
		f := framesOf(t, slices.Concat(noise(1, 0.001), test.samples))
		if got := melodic(f, 100, f.Len()); got != test.music {
			t.Errorf("%s: %v", test.name, got)
		}
	}
}
