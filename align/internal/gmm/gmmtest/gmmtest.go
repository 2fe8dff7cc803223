// Package gmmtest helps to test what stands on package gmm.
package gmmtest

import (
	"math"
	"math/rand/v2"

	"cuewright/align/internal/gmm"
)

// Random returns mixtures of random components, one to most a state.
func Random(r *rand.Rand, dims, states, most int) *gmm.Mixtures {
	m := gmm.Empty(dims)
	for s := range states {
		for range 1 + (s+most-1)%most {
			mean, variance := make([]float32, dims), make([]float32, dims)
			for j := range dims {
				mean[j], variance[j] = float32(r.NormFloat64()), float32(0.2+r.Float64())
			}
			m.AddComponent(float32(-r.Float64()), mean, variance)
		}
		m.EndState()
	}
	return m
}

// LogLikelihood returns the log-likelihood of a state by its definition; at returns
// the values of the vector.
func LogLikelihood(m *gmm.Mixtures, state int, at func(j int) float32) float64 {
	best := math.Inf(-1)
	for c := int(m.Offset[state]); c < int(m.Offset[state+1]); c++ {
		l := float64(m.Weight[c])
		for j := range m.Dims {
			mean, v := float64(m.Mean[c*m.Dims+j]), float64(m.Var[c*m.Dims+j])
			d := float64(at(j)) - mean
			l -= 0.5 * (math.Log(2*math.Pi*v) + d*d/v)
		}
		best = max(best, l)
	}
	return best
}
