package align

import (
	"slices"

	"cuewright/align/pronounce"
)

// topology is how phones become states of a decoding graph, left to right without
// skips, and which GMM states those look at. A state of the graph emits by an
// emission: a set of tied GMM states, of which the best one counts.
type topology struct {
	statesPerPhone int
	// sounds is how many phones have states of their own, silence among them; these come first.
	sounds int
	// emissions are the GMM states of each emission. The last ones, of filler, have
	// none.
	emissions [][]int32
	// emission returns the emission of a state of phone i of a word.
	emission func(phones []pronounce.Phone, i, state int) uint16
	// strict is the same where a phone is what it is, whatever stands beside it.
	strict func(phones []pronounce.Phone, i, state int) uint16
	// silence is the emission of silence and filler the first one of filler, after
	// which come the others by their fillerClass.
	silence, filler uint16
}

// newTopology returns the topology with n states a phone, 1 to statesPerPhone; state
// returns the GMM state of a phone's k-th third. With two states, the first covers a
// phone's beginning and middle and the second its middle and end. An open phone looks at
// the states of all phones that it may be; open says that there are such.
func newTopology(n int, open bool, state func(p pronounce.Phone, k int) int32) topology {
	phones := pronounce.NumPhones
	if open {
		phones = pronounce.AllPhones
	}
	sounds := make([][]pronounce.Phone, phones)
	for p := range sounds {
		sounds[p] = pronounce.Phone(p).Sounds()
	}
	top := untied(n, pronounce.NumPhones, sounds, state)
	closures, finals := top.addClosures(), top.addFinalStops()
	top.emission = func(phones []pronounce.Phone, i, k int) uint16 {
		if i > 0 {
			if e, ok := finals[[2]pronounce.Phone{phones[i-1], phones[i]}]; ok && i == len(phones)-1 {
				return e + uint16(k)
			}
			if e, ok := closures[phones[i]]; ok && k == 0 {
				return e
			}
		}
		return top.strict(phones, i, k)
	}
	top.addFiller()
	return top
}

// newLetterTopology is newTopology for letters in the place of phones: nobody knows which of
// them are stops.
func newLetterTopology(n int, letters *pronounce.Alphabet, state func(p pronounce.Phone, k int) int32) topology {
	top := untied(n, letters.NumPhones(), letters.Sounds(), state)
	top.emission = top.strict
	top.addFiller()
	return top
}

// untied returns a topology whose emissions are those of each phone by itself, given the phones
// that each may be, the first own of which have states of their own.
func untied(n, own int, sounds [][]pronounce.Phone, state func(p pronounce.Phone, k int) int32) topology {
	top := topology{statesPerPhone: n, sounds: own}
	for _, some := range sounds {
		for k := range n {
			var states []int32
			for third := range statesPerPhone {
				if n == statesPerPhone && third == k || n == 2 && (third == k || third == k+1) || n == 1 {
					for _, sound := range some {
						if s := state(sound, third); !slices.Contains(states, s) {
							states = append(states, s)
						}
					}
				}
			}
			top.emissions = append(top.emissions, states)
		}
	}
	top.silence = top.own(pronounce.Silence, 0)
	top.strict = func(phones []pronounce.Phone, i, k int) uint16 { return top.own(phones[i], k) }
	return top
}

// addFiller adds the emissions of filler, the last ones.
func (top *topology) addFiller() {
	top.filler = uint16(len(top.emissions))
	top.emissions = append(top.emissions, make([][]int32, numFillerClasses)...)
}

// own returns the emission of a state of a phone by itself; those of all phones come
// first, in the order of the phones.
func (top *topology) own(p pronounce.Phone, k int) uint16 {
	return uint16(int(p.Always())*top.statesPerPhone + k)
}

// of returns the GMM states that a state of a phone looks at by itself.
func (top *topology) of(p pronounce.Phone, k int) []int32 { return top.emissions[top.own(p, k)] }

// add adds an emission and returns it.
func (top *topology) add(states []int32) uint16 {
	top.emissions = append(top.emissions, states)
	return uint16(len(top.emissions) - 1)
}

// addClosures adds emissions for the first state of voiceless stops within a word:
// these begin with a closure, which can be as silent as a pause, in a geminate or where
// a noise gate was at work.
func (top *topology) addClosures() map[pronounce.Phone]uint16 {
	closures := map[pronounce.Phone]uint16{}
	for _, p := range []pronounce.Phone{pronounce.P, pronounce.T, pronounce.K, pronounce.CH} {
		closures[p] = top.add(slices.Concat(top.of(p, 0), top.of(pronounce.Silence, 0)))
	}
	return closures
}

// addFinalStops adds emissions, one for each state, for the t or d that ends a word
// behind a consonant. It is often left out (and, most, kept): then the consonant lasts
// longer. Guy, "Variation in the group and the individual: the case of final stop
// deletion", 1980, finds it in all speakers of English. It is looked for behind the
// phones that most such words have; elsewhere, as in other languages, the stop's own
// states are among those looked at.
func (top *topology) addFinalStops() map[[2]pronounce.Phone]uint16 {
	finals := map[[2]pronounce.Phone]uint16{}
	for _, before := range []pronounce.Phone{pronounce.N, pronounce.S, pronounce.L, pronounce.K, pronounce.F, pronounce.P} {
		for _, p := range []pronounce.Phone{pronounce.T, pronounce.D} {
			finals[[2]pronounce.Phone{before, p}] = uint16(len(top.emissions))
			for k := range top.statesPerPhone {
				states := slices.Clone(top.of(p, k))
				if p == pronounce.T && k == 0 {
					states = append(states, top.of(pronounce.Silence, 0)...)
				}
				for j := range top.statesPerPhone {
					states = append(states, top.of(before, j)...)
				}
				slices.Sort(states)
				top.add(slices.Compact(states))
			}
		}
	}
	return finals
}
