package align

import (
	"context"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"cuewright/align/internal/gmm/gmmtest"
)

// randomAcoustics are mixtures of about the size of a seed model's, and seconds of
// features without sense.
func randomAcoustics(seconds int) acoustics {
	r := rand.New(rand.NewPCG(1, 1))
	x := &features{n: seconds * 100}
	for range x.n * numCepstra {
		x.mfcc = append(x.mfcc, float32(r.NormFloat64()))
	}
	return acoustics{mix: gmmtest.Random(r, numDims, modelStates(), 8), x: x, tuning: tuning, background: tuning.Background,
		state: modelState}
}

func allScores(t testing.TB, s *gmmScorer) []float32 {
	rows := make([]float32, 0, s.frames()*len(s.emissions))
	err := s.batch(context.Background(), func(at int, row []float32) error {
		if at*len(row) != len(rows) {
			t.Fatalf("frame %d comes after %d others", at, len(rows)/len(row))
		}
		rows = append(rows, row...)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestScoresAreThoseOfTheDefinition(t *testing.T) {
	ac := randomAcoustics(3)
	ac.x.(*features).n -= 7 // no whole number of tiles
	for i := range ac.x.frames() {
		ac.activity = append(ac.activity, activity(i%5))
	}
	for _, step := range []int{1, 2} {
		top := ac.topology(statesPerPhone - step + 1)
		ac.adapted = step == 2
		margins := []float64{tuning.SeedMargin, tuning.SeedMargin, tuning.SeedMargin, tuning.SeedMargin, tuning.ClipMargin}
		if ac.adapted {
			margins = []float64{
				plainFiller: tuning.FillerMargin, announcedFiller: tuning.AnnouncedMargin, hesitationFiller: tuning.HesitationMargin,
				clipEdgeFiller: tuning.ClipEdgeMargin, clipFiller: tuning.ClipMargin,
			}
		}
		s := ac.scorer(top, step)
		rows := allScores(t, s)
		vector := make([]float32, numDims)
		for at := 0; at < s.frames(); at += 13 {
			ac.x.vectors(at*step, at*step+1, 1, vector, numDims)
			var state []float64
			var sum float64
			for i := range ac.mix.States() {
				state = append(state, gmmtest.LogLikelihood(ac.mix, i, func(j int) float32 { return vector[j] }))
				sum += math.Exp(state[i])
			}
			background := math.Log(tuning.Background * sum / float64(len(state)))
			var best float64 // of silence
			for e, states := range top.emissions {
				var want float64
				if len(states) > 0 {
					likeliest := math.Inf(-1)
					for _, i := range states {
						likeliest = max(likeliest, state[i])
					}
					want = max(tuning.ScoreScale*(likeliest-background), tuning.ScoreFloor)
				} else {
					want = -tuning.ScoreScale * margins[e-int(top.filler)]
				}
				isSilence := e == int(top.silence) // the first of them
				switch a := ac.activity[at*step]; {
				case a == speech && isSilence:
					want = min(want, 0)
				case a == weak && isSilence:
					want = max(want, tuning.WeakSilence)
				case a == fading && isSilence:
					want = max(want, tuning.FadingSilence)
				case a == silence && isSilence:
					want = max(want, 0)
					best = want
				case a == silence && len(states) > 0:
					want = min(want, best-tuning.SilenceMargin)
				}
				want *= float64(step)
				if got := float64(rows[at*len(top.emissions)+e]); math.Abs(got-want) > 0.001+scoreQuantum/2 {
					t.Errorf("step %d, frame %d: emission %d scores %g, want %g", step, at, e, got, want)
				}
			}
		}
	}
}

// Each letter is 50 ms: a vowel (V), 10 dB less (w) or 25 dB less (b), and a pause (_).
// A sound fades where the level falls behind it before the next vowel.
func TestFadingFrames(t *testing.T) {
	for _, c := range []struct{ sounds, want string }{
		{"_VVV_", "s...s"},
		{"_wVVw_", "sw..fs"},   // one sound before the vowel and one behind it
		{"VwbbV", ".fbb."},     // an echo; the closure that ends it
		{"bwbbwV", "bfbbw."},   // a breath apart from the weak consonant
		{"_wwwVVV", "swww..."}, // a long nasal
		{"VVwwVV", "..ww.."},   // a consonant between vowels
	} {
		const letter = 5
		var level, energy []float32
		var a []activity
		for _, s := range c.sounds {
			at := map[rune]struct {
				level, energy float32
				activity      activity
			}{'V': {-20, 1, speech}, 'w': {-30, 0.5, speech}, 'b': {-45, 0.3, weak}, '_': {-60, 0, silence}}[s]
			for range letter {
				level, energy, a = append(level, at.level), append(energy, at.energy), append(a, at.activity)
			}
		}
		markFading(a, level, energy)
		got := ""
		for i, s := range c.sounds {
			switch middle := a[letter*i+letter/2]; {
			case s == 'V':
				got += "."
			case middle == fading:
				got += "f"
			case middle == silence:
				got += "s"
			default:
				got += string(s)
			}
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.sounds, got, c.want)
		}
	}
}

func TestScoresDoNotDependOnProcessors(t *testing.T) {
	ac := randomAcoustics(10)
	s := ac.scorer(ac.topology(2), coarseStep)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	one := allScores(t, s)
	runtime.GOMAXPROCS(4)
	if !slices.Equal(one, allScores(t, s)) {
		t.Error("four processors score otherwise than one")
	}
}

func TestExp32(t *testing.T) {
	for x := float32(0); x > -25; x -= 0.01 {
		want := math.Exp(float64(x))
		if got := float64(exp32(x)); math.Abs(got-want) > 2e-4*want && x > -20 {
			t.Errorf("exp32(%g) = %g, want %g", x, got, want)
		}
	}
}

// BenchmarkScores scores a minute.
func BenchmarkScores(b *testing.B) {
	ac := randomAcoustics(60)
	s := ac.scorer(ac.topology(statesPerPhone), 1)
	b.ReportAllocs()
	for b.Loop() {
		if err := s.batch(context.Background(), func(int, []float32) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(60*float64(b.N)/b.Elapsed().Seconds(), "×realtime")
}
