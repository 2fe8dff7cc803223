package align

import (
	"slices"

	"cuewright/align/internal/gmm"
	"cuewright/align/pronounce"
)

// acoustics is the acoustic model that an episode is searched with: mixtures, what
// they look at, and which of their states a phone goes through.
type acoustics struct {
	mix        *gmm.Mixtures
	x          observations
	tuning     Tuning
	background float64                              // see Tuning.Background
	state      func(p pronounce.Phone, k int) int32 // the GMM state of a phone's k-th third
	activity   []activity                           // of each frame of 10 ms
	wordless   []place                              // frames in which no word is said, see Known
	adapted    bool                                 // to the episode
	open       bool                                 // the words have open phones, see opens
	letters    *pronounce.Alphabet                  // see Model
}

// topology returns that of the acoustics with n states a phone.
func (a acoustics) topology(n int) topology {
	if a.letters != nil {
		return newLetterTopology(max(1, n-1), a.letters, a.state)
	}
	return newTopology(n, a.open, a.state)
}

// opens reports whether any word of the readings has an open phone.
func opens(readings []reading) bool {
	open := func(p pronounce.Phone) bool { return p.Open() }
	for _, r := range readings {
		for _, w := range r.said {
			if slices.ContainsFunc(w.Ways(), func(way []pronounce.Phone) bool { return slices.ContainsFunc(way, open) }) {
				return true
			}
		}
	}
	return false
}

// scorer returns the scores of frames of step times 10 ms.
func (a acoustics) scorer(top topology, step int) *gmmScorer {
	s := newGMMScorer(a.mix, a.x, step, top.emissions, a.tuning, a.background)
	s.activity, s.wordless, s.silence = a.activity, a.wordless, top.silence
	if !a.adapted {
		for i, m := range s.filler {
			s.filler[i] = max(float32(a.tuning.SeedMargin), m)
		}
	}
	return s
}

// adaptedTo returns the acoustics MAP-adapted to a path through g, a state for each
// step times 10 ms, or none.
func (a acoustics) adaptedTo(g *graph, top topology, step int, path []int32) acoustics {
	a.mix = a.mix.MAPAdapted(a.accumulate(g, top, step, path), a.tuning.MAPTau)
	a.adapted = true
	return a
}

// accumulate returns the statistics of the frames on the path: those of words and of
// silence, not of filler, nor where the path is none.
func (a acoustics) accumulate(g *graph, top topology, step int, path []int32) *gmm.Stats {
	st := gmm.NewStats(a.mix)
	d := a.x.dims()
	rows := make([]float32, batchFrames*d)
	for t0 := 0; t0 < len(path); t0 += batchFrames {
		n := min(batchFrames, len(path)-t0)
		a.x.vectors(t0*step, min((t0+n)*step, a.x.frames()), step, rows, d)
		for i := range n {
			state := path[t0+i]
			if state == none {
				continue
			}
			if s := top.emissions[g.emit[state]]; len(s) > 0 {
				st.Accumulate(s, rows[i*d:][:d])
			}
		}
	}
	return st
}

const (
	// silenceEnergy is the normalised energy below which a frame is taken to be
	// the episode's own silence.
	silenceEnergy = 0.12
	// silenceComponents model it, beside those of the seed.
	silenceComponents = 4
	// minSilence is the fewest frames that they are trained on.
	minSilence = 50
	// enoughSilence is about how many of these frames they are trained on, evenly
	// spread.
	enoughSilence = 20000
)

// acoustics returns the model for a recording: with the recording's own silence.
func (m *Model) acoustics(x *features, tuning Tuning) acoustics {
	mix := m.mix
	if own := ownSilence(x); own != nil {
		mix = mix.WithComponents(int(modelState(pronounce.Silence, 0)), own)
	}
	return acoustics{mix: mix, x: x, tuning: tuning, background: m.background(tuning), state: modelState, activity: x.activity,
		letters: m.letters}
}

// background returns Tuning.Background for the model, which a scorer divides by the number of its states:
// in any model speech at large is the same multiple of their sum. A mean would be higher where a model of
// letters has fewer states.
func (m *Model) background(tuning Tuning) float64 {
	return tuning.Background * float64(m.mix.States()) / float64(modelStates())
}

// ownSilence returns a mixture trained on the frames of x with the least energy, nil
// when there are too few of them.
func ownSilence(x *features) *gmm.Mixtures {
	var rows []float32
	batch := make([]float32, batchFrames*numDims)
	for t0 := 0; t0 < x.n; t0 += batchFrames {
		n := min(batchFrames, x.n-t0)
		if slices.Min(x.energy[t0:t0+n]) >= silenceEnergy {
			continue
		}
		x.vectors(t0, t0+n, 1, batch, numDims)
		for i, e := range x.energy[t0 : t0+n] {
			if e < silenceEnergy {
				rows = append(rows, batch[i*numDims:][:numDims]...)
			}
		}
	}
	n := len(rows) / numDims
	if n < minSilence {
		return nil
	}
	stride := (n + enoughSilence - 1) / enoughSilence
	m := gmm.New(numDims, 1)
	for components := 1; ; components *= 2 {
		for range 4 {
			st := gmm.NewStats(m)
			for i := 0; i < n; i += stride {
				st.Accumulate([]int32{0}, rows[i*numDims:][:numDims])
			}
			m = m.Reestimated(st, minStateFrames)
		}
		if components == silenceComponents {
			return m
		}
		m = m.Split(nil)
	}
}
