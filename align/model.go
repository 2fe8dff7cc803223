package align

import (
	"slices"

	"cuewright/align/internal/gmm"
	"cuewright/align/pronounce"
)

// statesPerUnit is how many states a unit of a seed model has: its beginning,
// middle and end. Silence has one.
const statesPerUnit = 3

// Model tells the sounds of speech apart: the likelihood of a frame for each
// state of each unit.
type Model struct {
	mix *gmm.Mixtures
}

func modelStates() int { return 1 + (pronounce.NumPhones-1)*statesPerUnit }

// modelState is the state of a unit's k-th third.
func modelState(u pronounce.Phone, k int) int32 {
	if u == pronounce.Silence {
		return 0
	}
	return 1 + int32(u-1)*statesPerUnit + int32(k)
}

// acoustics is what an episode is searched with: mixtures, what they look at,
// and which of their states a unit goes through.
type acoustics struct {
	mix     *gmm.Mixtures
	x       observations
	factor  float64 // see backgroundFactor
	state   func(u pronounce.Phone, k int) int32
	calm    []calm // of each frame of 10 ms
	adapted bool   // to the episode
}

// layout is how the states of a chain look at the mixtures' states in one pass.
type layout struct {
	topology
	emissions [][]int32
	// strict is the topology's emission where a unit is what it is, whatever
	// stands beside it.
	strict func(units []pronounce.Phone, i, state int) uint16
}

// layout with n states a unit. With two, the first covers the unit's beginning
// and middle and the second its middle and end.
func (a acoustics) layout(n int) layout {
	l := layout{topology: topology{statesPerUnit: n}}
	for u := range pronounce.NumPhones {
		for k := range n {
			var states []int32
			for third := range statesPerUnit {
				if n == statesPerUnit && third == k || n == 2 && (third == k || third == k+1) || n == 1 {
					if s := a.state(pronounce.Phone(u), third); !slices.Contains(states, s) {
						states = append(states, s)
					}
				}
			}
			l.emissions = append(l.emissions, states)
		}
	}
	l.strict = func(units []pronounce.Phone, i, k int) uint16 { return uint16(int(units[i])*n + k) }
	of := func(u pronounce.Phone, k int) []int32 { return l.emissions[int(u)*n+k] }
	l.silence = uint16(pronounce.Silence)
	// A voiceless stop within a word begins with a closure, which can be as silent as
	// a pause: in a geminate, or where a gate was at work.
	closures := map[pronounce.Phone]uint16{}
	for _, u := range []pronounce.Phone{pronounce.P, pronounce.T, pronounce.K, pronounce.CH} {
		closures[u] = uint16(len(l.emissions))
		l.emissions = append(l.emissions, slices.Concat(of(u, 0), of(pronounce.Silence, 0)))
	}
	// The t or d that ends a word is often left out behind a consonant (and, most,
	// kept): then that lasts longer. Guy, "Variation in the group and the individual:
	// the case of final stop deletion", 1980, finds it in all speakers of English. It
	// is looked for behind the sounds that most such words have; elsewhere, as in other
	// languages, the stop's own states are among those looked at.
	finals := map[[2]pronounce.Phone]uint16{}
	for _, before := range []pronounce.Phone{pronounce.N, pronounce.S, pronounce.L, pronounce.K, pronounce.F, pronounce.P} {
		for _, u := range []pronounce.Phone{pronounce.T, pronounce.D} {
			finals[[2]pronounce.Phone{before, u}] = uint16(len(l.emissions))
			for k := range n {
				states := slices.Clone(of(u, k))
				if u == pronounce.T && k == 0 {
					states = append(states, of(pronounce.Silence, 0)...)
				}
				for j := range n {
					states = append(states, of(before, j)...)
				}
				slices.Sort(states)
				l.emissions = append(l.emissions, slices.Compact(states))
			}
		}
	}
	l.emission = func(units []pronounce.Phone, i, k int) uint16 {
		if i > 0 {
			if e, ok := finals[[2]pronounce.Phone{units[i-1], units[i]}]; ok && i == len(units)-1 {
				return e + uint16(k)
			}
			if e, ok := closures[units[i]]; ok && k == 0 {
				return e
			}
		}
		return l.strict(units, i, k)
	}
	l.filler = uint16(len(l.emissions))
	l.emissions = append(l.emissions, make([][]int32, numHints)...)
	return l
}

func (a acoustics) scores(l layout, step int) *mixtureScores {
	s := newMixtureScores(a.mix, a.x, step, l.emissions, a.factor)
	s.calm, s.silence = a.calm, l.silence
	s.filler = [...]float32{noHint: fillerMargin, sound: soundMargin, clipEdge: clipEdgeMargin, clip: clipMargin, phrase: phraseMargin}
	if !a.adapted {
		for i, m := range s.filler {
			s.filler[i] = max(seedMargin, m)
		}
	}
	return s
}

// mapTau is how many frames the seed's mean of a component counts for when it is
// adapted to the episode: tau of MAP adaptation.
const mapTau = 50

// adaptedTo is the acoustics adapted to a path; from the seed each time.
func (a acoustics) adaptedTo(c *chain, l layout, step int, path []int32) acoustics {
	a.mix = a.mix.MAPAdapted(a.gather(c, l, step, path), mapTau)
	a.adapted = true
	return a
}

// gather is the statistics of the frames on the path: those of words and of
// silence, not of filler.
func (a acoustics) gather(c *chain, l layout, step int, path []int32) *gmm.Stats {
	st := gmm.NewStats(a.mix)
	d := a.x.dims()
	rows := make([]float32, batchFrames*d)
	for t0 := 0; t0 < len(path); t0 += batchFrames {
		n := min(batchFrames, len(path)-t0)
		a.x.vectors(t0*step, min((t0+n)*step, a.x.frames()), step, rows, d)
		for i := range n {
			if s := l.emissions[c.emit[path[t0+i]]]; len(s) > 0 {
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
)

// acoustics of the model for a recording: with the recording's own silence.
func (m *Model) acoustics(x *features) acoustics {
	mix := m.mix
	if own := ownSilence(x); own != nil {
		mix = mix.WithComponents(0, own)
	}
	return acoustics{mix: mix, x: x, factor: backgroundFactor, state: modelState, calm: x.calm}
}

// ownSilence is a mixture trained on the frames of x with the least energy, nil
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
	const enough = 20000 // frames
	stride := (n + enough - 1) / enough
	m := gmm.New(numDims, 1)
	for components := 1; ; components *= 2 {
		for range 4 {
			st := gmm.NewStats(m)
			for i := 0; i < n; i += stride {
				st.Accumulate([]int32{0}, rows[i*numDims:][:numDims])
			}
			m = m.Reestimated(st, 10)
		}
		if components == silenceComponents {
			return m
		}
		m = m.Split(nil)
	}
}
