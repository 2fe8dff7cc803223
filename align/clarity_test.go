package align

import (
	"math/rand/v2"
	"slices"
	"testing"

	"cuewright/align/pronounce"
	"cuewright/audio"
	"cuewright/testdata/race"
)

// The sounds of the sample are clear, in noise they are not, and what holds no words is not noisy.
func TestTooNoisy(t *testing.T) {
	race.Skip(t, race.Slow)
	t.Parallel()
	sample := readSample(t).samples[:20*audio.Rate]
	inNoise := func(samples []float32, amplitude float64) []float32 {
		samples = slices.Clone(samples)
		random := rand.New(rand.NewPCG(1, 1))
		for i := range samples {
			samples[i] += float32(amplitude * random.NormFloat64())
		}
		return samples
	}
	for _, test := range []struct {
		name    string
		samples []float32
		least   float64 // clarity
		most    float64
		want    bool
	}{
		{"speech", sample, 0.3, 0.7, false},
		{"in noise 20 dB below", inNoise(sample, noiseAmplitude(sample, 20)), 0.2, 0.5, false},
		{"in noise 5 dB below", inNoise(sample, noiseAmplitude(sample, 5)), -0.1, 0.2, true},
		{"silence", make([]float32, 20*audio.Rate), 0, 0, false},
		{"noise", inNoise(make([]float32, 20*audio.Rate), 0.1), -4, 0.2, false},
	} {
		f := framesOf(t, test.samples)
		e := &episode{frames: f, features: newFeatures(f), tuning: DefaultTuning()}
		got, err := e.clarity(t.Context(), SeedModel().acoustics(e.features, e.tuning))
		if err != nil {
			t.Fatal(err)
		}
		speechRange := audio.SpeechRange(f)
		if noisy := e.tooNoisy(got, speechRange); got < test.least || got > test.most || noisy != test.want {
			t.Errorf("%s: clarity %.3f, range %.1f dB, too noisy %v; want %g to %g, %v", test.name, got, speechRange, noisy,
				test.least, test.most, test.want)
		}
	}
}

// clarity is what its definition says, computed from all scores.
func TestClarity(t *testing.T) {
	e, _ := sampleEpisode(t, false)
	e.tuning = e.tuning.rounded()
	seed := SeedModel().acoustics(e.features, e.tuning)
	sc := seed.scorer(seed.topology(statesPerPhone), fineStep)
	var rows [][]float32
	if err := sc.batch(t.Context(), func(_ int, row []float32) error {
		rows = append(rows, slices.Clone(row))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	sum, n := 0.0, 0
	for at := 2; at < len(rows)-2; at++ {
		if e.features.activity[at] != speech {
			continue
		}
		best := -10.0
		for i, states := range sc.emissions {
			if len(states) == 0 || i == int(sc.silence) {
				continue
			}
			mean := 0.0
			for _, row := range rows[at-2 : at+3] {
				mean += float64(row[i]) / 5
			}
			best = max(best, mean)
		}
		sum += best
		n++
	}
	got, err := e.clarity(t.Context(), seed)
	if err != nil {
		t.Fatal(err)
	}
	if want := sum / float64(n); n < 100 || !near(got, want) {
		t.Errorf("%g over %d frames, want %g", got, n, want)
	}
}

// The letters of a model are about as clear as phones of the same sounds: what may be any letter fits all speech, and isn't
// counted.
func TestLetterClarity(t *testing.T) {
	e, _ := sampleEpisode(t, false)
	e.tuning = e.tuning.rounded()
	seed := SeedModel().acoustics(e.features, e.tuning)
	phones, err := e.clarity(t.Context(), seed)
	if err != nil {
		t.Fatal(err)
	}
	var named []rune // as many letters as a model has at most, with the sounds of phones
	for i := range pronounce.NumPhones - 2 {
		named = append(named, 'а'+rune(i))
	}
	letters, ok := pronounce.ReadAlphabet(string(named), false)
	if !ok {
		t.Fatal("no alphabet")
	}
	seed.letters = letters
	got, err := e.clarity(t.Context(), seed)
	if err != nil {
		t.Fatal(err)
	}
	// Of their two states, where a phone has three, each looks at two thirds: 0.5 for 0.34, with any letter 0.93.
	if got < phones || got > phones+0.25 {
		t.Errorf("letters %.3f, phones %.3f", got, phones)
	}
}

func TestLeastContrast(t *testing.T) {
	e := &episode{tuning: DefaultTuning()}
	for _, test := range []struct{ mean, clarity, want float64 }{
		{0, 0, 0.3},
		{-0.3, 0.3, 0.3}, // falls short as the worst true pairs do
		{0.2, 0.1, 0.3},
		{-0.4, 0.3, 0.5},
		{-0.6, 0.3, 0.9},
		{-2, 0.3, 1}, // a contrast of 1 is enough for any
	} {
		if got := e.leastContrast(test.mean, test.clarity); !near(got, test.want) {
			t.Errorf("mean %g, clarity %g: %g, want %g", test.mean, test.clarity, got, test.want)
		}
	}
}
