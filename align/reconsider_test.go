package align

import (
	"math"
	"slices"
	"testing"

	"cuewright/audio"
)

// lookAgain returns what the passes find and what is put back on their path.
func lookAgain(t *testing.T, e *episode) *decoded {
	d, err := e.run(t.Context(), SeedModel().acoustics(e.features, e.tuning), func(float64) {})
	if err != nil {
		t.Fatal(err)
	}
	if err := e.reconsider(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	return d
}

// TestReconsider: where filler and leaving out a sentence are so cheap that the passes lose a
// sentence beside music, it is found again in its place, and nothing else is.
func TestReconsider(t *testing.T) {
	t.Parallel()
	s := readSample(t)
	cheap := DefaultTuning()
	cheap.SkipSentence, cheap.SkipWord, cheap.FillerMargin = 5, 0, 0.4
	e := &episode{frames: s.frames, script: s.script, lang: "en", features: newFeatures(s.frames),
		readings: read(s.script, "en", DefaultCosts().LongPhrase), tuning: cheap}
	d := lookAgain(t, e)
	const lost = 2
	if z, ok := d.putBack[d.graph.sentences[lost]]; len(d.putBack) != 1 || !ok || z < clearContrast {
		t.Errorf("found again, by their contrasts: %v, want sentence %d alone", d.putBack, lost)
	}
	places := wordsIn(d.graph, d.state)
	for k, sentence := range s.truth.Sentences {
		first, _, said := d.graph.extent(k, places)
		if said != (sentence.Start != nil) {
			t.Errorf("sentence %d is said: %v", k, said)
		} else if said && math.Abs(audio.FrameTime(first).Seconds()-*sentence.Start) > 0.1 {
			t.Errorf("sentence %d starts at %v, want %.2f s", k, audio.FrameTime(first), *sentence.Start)
		}
	}
	if d.banded.skipMargin[lost] != 0 {
		t.Errorf("its margin is %g: want 0, since the path is better without it", d.banded.skipMargin[lost])
	}
}

// TestReconsiderUnsaid: a sentence that nobody says is not found in speech that the script
// lacks, though that is of its length.
func TestReconsiderUnsaid(t *testing.T) {
	t.Parallel()
	s := readSample(t)
	own := read(s.script, "en", DefaultCosts().LongPhrase)
	cheap := DefaultTuning()
	cheap.SkipSentence, cheap.SkipWord = 20, 0 // the passes leave it out
	for _, c := range []struct{ place, text int }{{3, 4}, {6, 19}, {8, 16}, {14, 1}, {16, 8}, {19, 6}} {
		readings := slices.Clone(own)
		readings[c.place] = own[c.text]
		e := &episode{frames: s.frames, script: s.script, lang: "en", features: newFeatures(s.frames), readings: readings, tuning: cheap}
		d := lookAgain(t, e)
		if _, _, said := d.graph.extent(c.place, wordsIn(d.graph, d.state)); said {
			t.Errorf("sentence %d is said to be where sentence %d is: found again by %v", c.text, c.place, d.putBack)
		}
	}
}

// TestPutBack: what is taken off the path, with filler in its place, is put back where it was,
// wherever it lies and however near to others.
func TestPutBack(t *testing.T) {
	t.Parallel()
	s := readSample(t)
	e := &episode{frames: s.frames, script: s.script, lang: "en", features: newFeatures(s.frames),
		readings: read(s.script, "en", DefaultCosts().LongPhrase), tuning: DefaultTuning()}
	d, err := e.run(t.Context(), SeedModel().acoustics(e.features, e.tuning), func(float64) {})
	if err != nil {
		t.Fatal(err)
	}
	g := d.graph
	state, want := slices.Clone(d.state), wordsIn(g, d.state)
	for _, sentences := range [][]int{{2}, {0, 3, 4, 6}, {3, 8, 9, 14, 19}} {
		copy(d.state, state)
		for _, k := range sentences {
			first, end, ok := g.extent(k, want)
			if !ok {
				t.Fatalf("sentence %d is not said", k)
			}
			for t := first; t < end; t++ {
				d.state[t] = g.boundaries[k] + 1
			}
		}
		if err := e.reconsider(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		for _, k := range sentences {
			if z, ok := d.putBack[g.sentences[k]]; !ok || z < clearContrast {
				t.Errorf("of %v, sentence %d: contrast %g, put back %v", sentences, k, z, ok)
			}
		}
		got := wordsIn(g, d.state)
		for w, at := range want {
			if got[w] != at {
				t.Errorf("of %v, word %d lies at %v, want %v", sentences, w, got[w], at)
			}
		}
		if len(d.putBack) != len(sentences) || len(got) != len(want) {
			t.Errorf("%v are put back, and %d words said: want %v and %d", d.putBack, len(got), sentences, len(want))
		}
	}
}
