package align

import (
	"cuewright/align/internal/gmm"
	"cuewright/align/pronounce"
)

// statesPerPhone is how many states a phone of a model has: its beginning, middle
// and end. Silence has one.
const statesPerPhone = 3

// Model is an acoustic model: it tells the sounds of speech apart by the likelihood of
// a frame in each state of each phone.
type Model struct {
	mix *gmm.Mixtures
	// letters are the phones of a model of letters, which reads words of any language by these; nil
	// where phones are those of package pronounce.
	letters *pronounce.Alphabet
}

// Letters are the letters of a model of letters, in the order of Unicode, "" of one of phones.
func (m *Model) Letters() string {
	if m.letters == nil {
		return ""
	}
	return m.letters.Letters()
}

// modelStates is how many states a model of phones has, and letterStates one of letters.
func modelStates() int                             { return statesOf(pronounce.NumPhones) }
func letterStates(letters *pronounce.Alphabet) int { return statesOf(letters.NumPhones()) }

// statesOf is how many states so many phones have, of which the first is silence.
func statesOf(phones int) int { return 1 + (phones-1)*statesPerPhone }

// modelState returns the state of a phone's k-th third. The states are in the order of the
// phones, of which pronounce.Silence is the first.
func modelState(p pronounce.Phone, k int) int32 {
	if p == pronounce.Silence {
		return 0
	}
	return 1 + int32(p-pronounce.Silence-1)*statesPerPhone + int32(k)
}
