package align

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"cuewright/align/transcript"
	"cuewright/testdata/race"
)

// sampleEpisode returns the sample as Align takes it, with the acoustics that it starts from:
// those of the embedded model, or the broad classes.
func sampleEpisode(t testing.TB, classes bool) (*episode, acoustics) {
	s := readSample(t)
	e := &episode{
		frames: s.frames, script: s.script, spoken: languages{tag: "en", read: "en"}, features: newFeatures(s.frames),
		readings: read(s.script, "en", DefaultCosts().LongPhrase),
		tuning:   DefaultTuning(),
	}
	if classes {
		return e, classAcoustics(s.frames, e.features.activity, e.tuning)
	}
	return e, SeedModel().acoustics(e.features, e.tuning)
}

// A stretch that is the whole episode is searched as the episode is.
func TestSearchWholeAsStretch(t *testing.T) {
	race.Skip(t, race.Slow)
	t.Parallel()
	for _, classes := range []bool{false, true} {
		e, seed := sampleEpisode(t, classes)
		whole, err := e.run(t.Context(), seed, func(float64) {})
		if err != nil {
			t.Fatal(err)
		}
		got, err := e.searchStretch(t.Context(), seed, place{0, e.features.n}, e.readings)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got.state, whole.state) {
			t.Errorf("classes %v: another path than that of the episode", classes)
		}
	}
}

// Sentences that are looked for in a stretch around them lie where the truth has them, with
// the frames counted from the stretch, though other sentences are said there too. What
// nobody says there is not found.
func TestSearchStretch(t *testing.T) {
	const margin, tolerance = 150, 100 * time.Millisecond // frames to either side
	s := readSample(t)
	e, seed := sampleEpisode(t, false)
	var sentences []transcript.Sentence
	for _, turn := range s.script.Turns {
		sentences = append(sentences, turn.Sentences...)
	}
	for _, test := range []struct {
		first, last int // sentences of the sample
	}{
		{0, 0}, {2, 4}, {11, 13}, {17, 20},
	} {
		truth := s.truth.Sentences[test.first : test.last+1]
		var from, to time.Duration
		for _, want := range truth {
			if want.Start != nil {
				if from == 0 {
					from = seconds(*want.Start)
				}
				to = seconds(*want.End)
			}
		}
		at := place{max(0, int(from/frameTime)-margin), min(e.features.n, int(to/frameTime)+margin)}
		found, err := e.searchStretch(t.Context(), seed, at, e.readings[test.first:test.last+1])
		if err != nil {
			t.Fatal(err)
		}
		if len(found.state) != at.end-at.start {
			t.Errorf("a path of %d frames, want %d", len(found.state), at.end-at.start)
		}
		words := wordsIn(found.graph, found.state)
		for i, want := range truth {
			text := sentences[test.first+i].Text()
			at0, said := words[found.graph.sentences[i].first]
			switch {
			case said != (want.Start != nil):
				t.Errorf("%q is said: %v", text, said)
			case said:
				start := time.Duration(at.start+at0.start) * frameTime
				if off := start - seconds(*want.Start); off.Abs() > tolerance {
					t.Errorf("%q starts at %v, off by %v", text, start, off)
				}
			}
		}
	}
}

// The scores of a stretch are those of its frames in the whole recording, to its edges.
func TestStretchIsScoredAsTheWhole(t *testing.T) {
	e, seed := sampleEpisode(t, false)
	top := seed.topology(statesPerPhone)
	whole := allScores(t, seed.scorer(top, 1))
	at := place{1234, 2345}
	part := seed
	part.x, part.activity = stretchOf{seed.x, at}, e.features.stretch(at).activity
	width := len(top.emissions)
	if got, want := allScores(t, part.scorer(top, 1)), whole[at.start*width:at.end*width]; !slices.Equal(got, want) {
		t.Error("the scores of a stretch are others than those of the whole")
	}
}

func TestSearchStretchStops(t *testing.T) {
	e, seed := sampleEpisode(t, false)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := e.searchStretch(ctx, seed, place{0, 1000}, e.readings[:2]); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v, want that of the context", err)
	}
}
