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
}

// modelStates is how many states a model has.
func modelStates() int { return 1 + (pronounce.NumPhones-1)*statesPerPhone }

// modelState returns the state of a phone's k-th third. The states are in the order of the
// phones, of which pronounce.Silence is the first.
func modelState(p pronounce.Phone, k int) int32 {
	if p == pronounce.Silence {
		return 0
	}
	return 1 + int32(p-pronounce.Silence-1)*statesPerPhone + int32(k)
}
