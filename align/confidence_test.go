package align

import "testing"

// The evidence that a hook is given is that of the words, and their confidence is
// computed from it; and tuning replaces the constants: where no sentence can be left out,
// none is.
func TestEvidenceAndTuning(t *testing.T) {
	s := readSample(t)
	all := DefaultTuning()
	all.SkipSentence = 5000
	for name, test := range map[string]struct {
		tuning   *Tuning
		unspoken int // sentences
	}{"default": {nil, 1}, "nothing left out": {&all, 0}} {
		var evidence []Evidence
		o := DefaultOptions()
		o.Hooks = &Hooks{
			Evidence: func(words []Evidence) { evidence = append(evidence, words...) },
			Tuning:   test.tuning,
		}
		a, err := Align(t.Context(), s.frames, s.script, o)
		if err != nil {
			t.Fatal(err)
		}
		i, unspoken := 0, 0
		for _, turn := range a.Turns {
			for _, sentence := range turn.Sentences {
				if !sentence.Spoken {
					unspoken++
				}
				for _, w := range sentence.Words {
					if i == len(evidence) {
						t.Fatalf("%s: evidence of %d words alone", name, i)
					}
					e := evidence[i]
					if (e.Spoken != nil) != w.Spoken || (e.Unspoken != nil) == w.Spoken || e.confidence() != w.Confidence {
						t.Errorf("%s: %q, spoken %v, confidence %g: evidence %+v", name, w.Text, w.Spoken, w.Confidence, e)
					}
					i++
				}
			}
		}
		if i != len(evidence) || unspoken != test.unspoken {
			t.Errorf("%s: evidence of %d words of %d; %d sentences are unspoken, want %d", name, len(evidence), i, unspoken, test.unspoken)
		}
	}
}

// The chance is 1/2 where nothing is known, and the weights count field by field.
func TestConfidence(t *testing.T) {
	for _, test := range []struct {
		values, weights []float64
		want            float64
	}{
		{nil, nil, 0.5},
		{[]float64{1, 2}, []float64{0, 0}, 0.5},
		{[]float64{1, 2}, []float64{-4, 2}, 0.5},
		{[]float64{1}, []float64{30}, 1},
		{[]float64{1, 3}, []float64{0, -20}, 0},
	} {
		if got := Logistic(test.values, test.weights); got < test.want-1e-9 || got > test.want+1e-9 {
			t.Errorf("%v by %v: %g, want %g", test.values, test.weights, got, test.want)
		}
	}
	for i, v := range (SpokenEvidence{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}).Values() {
		if v != float64(i) {
			t.Errorf("value %d of spoken evidence is %g", i, v)
		}
	}
	for i, v := range (UnspokenEvidence{0, 1, 2}).Values() {
		if v != float64(i) {
			t.Errorf("value %d of unspoken evidence is %g", i, v)
		}
	}
}
