package gmm

import (
	"math"
	"slices"
)

// Mixtures are Gaussian mixtures with diagonal covariances, one for each state.
// A state's likelihood is taken to be that of its best component: it aligns as
// well as the sum and is cheaper.
type Mixtures struct {
	Dims   int
	Offset []int32   // the components of state s are [Offset[s], Offset[s+1])
	Weight []float32 // of each component: the natural logarithm of its prior
	Mean   []float32 // Dims of each component
	Var    []float32 // Dims of each component: variances
}

// New returns mixtures of one standard normal component a state.
func New(dims, states int) *Mixtures {
	m := &Mixtures{
		Dims: dims, Offset: make([]int32, states+1), Weight: make([]float32, states),
		Mean: make([]float32, states*dims), Var: make([]float32, states*dims),
	}
	for s := range m.Offset {
		m.Offset[s] = int32(s)
	}
	for i := range m.Var {
		m.Var[i] = 1
	}
	return m
}

// Empty returns mixtures without any state, for [Mixtures.AddComponent] and
// [Mixtures.EndState].
func Empty(dims int) *Mixtures { return &Mixtures{Dims: dims, Offset: []int32{0}} }

// AddComponent adds a component to the state that is being built.
func (m *Mixtures) AddComponent(weight float32, mean, variance []float32) {
	m.Weight = append(m.Weight, weight)
	m.Mean = append(m.Mean, mean...)
	m.Var = append(m.Var, variance...)
}

// EndState ends the state that is being built; the next component begins another.
func (m *Mixtures) EndState() { m.Offset = append(m.Offset, int32(m.Components())) }

// States is the number of states.
func (m *Mixtures) States() int { return len(m.Offset) - 1 }

// Components is the number of components of all states.
func (m *Mixtures) Components() int { return len(m.Weight) }

func (m *Mixtures) clone() *Mixtures {
	return &Mixtures{
		Dims: m.Dims, Offset: slices.Clone(m.Offset), Weight: slices.Clone(m.Weight),
		Mean: slices.Clone(m.Mean), Var: slices.Clone(m.Var),
	}
}

// component returns the mean and the variance of component c.
func (m *Mixtures) component(c int) (mean, variance []float32) {
	return m.Mean[c*m.Dims:][:m.Dims], m.Var[c*m.Dims:][:m.Dims]
}

// splitOffset is how far, in standard deviations, the halves of a split
// component are moved apart.
const splitOffset = 0.2

// Split returns m with each component of the wanted states divided in two; of all
// states if wanted is nil.
func (m *Mixtures) Split(wanted func(state, components int) bool) *Mixtures {
	s := Empty(m.Dims)
	for state := range m.States() {
		divide := wanted == nil || wanted(state, int(m.Offset[state+1]-m.Offset[state]))
		for c := int(m.Offset[state]); c < int(m.Offset[state+1]); c++ {
			mean, variance := m.component(c)
			if !divide {
				s.AddComponent(m.Weight[c], mean, variance)
				continue
			}
			for _, sign := range []float32{-splitOffset, splitOffset} {
				moved := make([]float32, m.Dims)
				for j := range moved {
					moved[j] = mean[j] + float32(sign*float32(math.Sqrt(float64(variance[j]))))
				}
				s.AddComponent(m.Weight[c]-math.Ln2, moved, variance)
			}
		}
		s.EndState()
	}
	return s
}

// WithComponents returns m with the components of other's first state added to
// state; the old ones and the new ones have half of the weight each.
func (m *Mixtures) WithComponents(state int, other *Mixtures) *Mixtures {
	s := Empty(m.Dims)
	for i := range m.States() {
		half := float32(0)
		if i == state {
			half = math.Ln2
		}
		for c := int(m.Offset[i]); c < int(m.Offset[i+1]); c++ {
			mean, variance := m.component(c)
			s.AddComponent(m.Weight[c]-half, mean, variance)
		}
		if i == state {
			for c := range int(other.Offset[1]) {
				mean, variance := other.component(c)
				s.AddComponent(other.Weight[c]-half, mean, variance)
			}
		}
		s.EndState()
	}
	return s
}
