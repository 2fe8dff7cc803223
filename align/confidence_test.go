package align

import (
	"math"
	"testing"

	"cuewright/testdata/race"
)

// The evidence that a hook is given is that of the words, and their confidence is
// computed from it; and tuning replaces the constants: where no sentence can be left out,
// none is.
func TestEvidenceAndTuning(t *testing.T) {
	race.Skip(t, race.Slow)
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

// The chance is 1/2 where nothing is known, the weights count field by field, and what is unlikely
// is less so than they have it.
func TestConfidence(t *testing.T) {
	for _, test := range []struct {
		values, weights []float64
		unlikely        float64
		want            float64
	}{
		{nil, nil, 1, 0.5},
		{[]float64{1, 2}, []float64{0, 0}, 1, 0.5},
		{[]float64{1, 2}, []float64{-4, 2}, 1, 0.5},
		{[]float64{1}, []float64{30}, 1, 1},
		{[]float64{1, 3}, []float64{0, -20}, 1, 0},
		{[]float64{1, 1}, []float64{-5, 5 + math.Log(3)}, 0.5, 0.75},
		{[]float64{1, 1}, []float64{5, -5 - 2*math.Log(3)}, 0.5, 0.25},
	} {
		got := Regression{test.weights, test.unlikely}.Chance(test.values)
		if got < test.want-1e-9 || got > test.want+1e-9 {
			t.Errorf("%v by %v, unlikely %v: %g, want %g", test.values, test.weights, test.unlikely, got, test.want)
		}
	}
	for i, v := range (SpokenEvidence{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}).Values() {
		if v != float64(i) {
			t.Errorf("value %d of spoken evidence is %g", i, v)
		}
	}
	for i, v := range (UnspokenEvidence{0, 1, 2, 3}).Values() {
		if v != float64(i) {
			t.Errorf("value %d of unspoken evidence is %g", i, v)
		}
	}
}

// What is counted around a word is what the path has there: here each letter is a tenth of
// a second of silence (.), sound that is nobody's word (F), and of the two words of the second
// sentence (a, b), the first of which is quieter.
func TestSpokenEvidence(t *testing.T) {
	const path = "zz....aa.bbbF"
	states := map[rune]int32{'.': 0, 'F': 1, 'z': 2, 'a': 3, 'b': 4}
	g := &graph{
		emit: []uint16{0, 9, 1, 2, 3}, word: []int32{none, none, 0, 1, 2}, filler: 9,
		lengths: []int32{3, 3, 3}, sentences: []span{{0, 1}, {1, 3}},
		words: []span{{2, 3}, {3, 4}, {4, 5}},
	}
	w := &witness{graph: g, result: &bandResult{startMargin: []float32{0, 10, 1}}, features: &features{}, pace: 10}
	for _, r := range path {
		for range 10 {
			w.result.state = append(w.result.state, states[r])
			score, energy := float32(-0.5), float32(1)
			if r == 'a' {
				score, energy = -1, 0.5
			}
			w.result.score = append(w.result.score, score)
			w.features.energy = append(w.features.energy, energy)
		}
	}
	w.words, w.sums = wordsIn(g, w.result.state), make([]float64, len(path)*10+1)
	for i, v := range w.result.score {
		w.sums[i+1] = w.sums[i] + float64(v)
	}
	w.typical, w.said, w.heard = -0.5, 1, 0.8
	near := func(got, want float64) bool { return math.Abs(got-want) < 1e-6 }
	for word, want := range map[int32]SpokenEvidence{
		1: {
			Constant: 1, StartMargin: math.Log(11), TossUp: 1, NextMargin: math.Log(2), Attack: -0.5, Rise: -1. / 3,
			Pace: math.Log(1.5), Length: math.Log(3), SentenceFit: -0.2, Pauses: 1. / 6,
			TypicalFit: -0.5, Said: 1, Heard: 0.8,
		},
		2: {
			Constant: 1, StartMargin: math.Log(2), TossUp: math.Log(2), NextMargin: math.Log(2), Attack: -0.5, Rise: -1. / 3,
			Length: math.Log(3), SentenceFit: -0.2, Pauses: 1. / 6, TypicalFit: -0.5, Said: 1, Heard: 0.8,
		},
	} {
		got := w.spoken(word, g.sentences[1], w.sentence(1)).Values()
		for i, v := range want.Values() {
			if !near(got[i], v) {
				t.Errorf("word %d, value %d: %g, want %g", word, i, got[i], v)
			}
		}
	}
	// At the start of the recording nothing is before it.
	w.words[1] = place{0, 10}
	if got := w.spoken(1, g.sentences[1], w.sentence(1)); !near(got.Attack, 1) || !near(got.Rise, 1) {
		t.Errorf("at the start: %+v", got)
	}
}

// What isn't trusted is not known to be said, and may be if it is not.
func TestTrust(t *testing.T) {
	spoken := Evidence{Spoken: &SpokenEvidence{Constant: 1}, Trust: 0.25}
	if got := spoken.ConfidenceBy(Regression{make([]float64, len(spoken.Values())), 1}); got != 0.125 {
		t.Errorf("spoken: %g, want 0.125", got)
	}
	unspoken := Evidence{Unspoken: &UnspokenEvidence{Constant: 1}, Trust: 0.25}
	if got := unspoken.ConfidenceBy(Regression{[]float64{1000, 0, 0, 0}, 1}); got != 0.625 {
		t.Errorf("unspoken: %g, want 0.625", got)
	}
}
