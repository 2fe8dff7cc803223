package align

import "math"

// mixtures are Gaussian mixtures with diagonal covariances, one for each state.
// A state's likelihood is that of its best component: as good as the sum here,
// and cheaper.
type mixtures struct {
	dims   int
	offset []int32   // components of state s are [offset[s], offset[s+1])
	weight []float32 // of each component, natural logarithm
	mean   []float32 // dims of each component
	vari   []float32 // dims of each component
}

func (m *mixtures) states() int     { return len(m.offset) - 1 }
func (m *mixtures) components() int { return len(m.weight) }

func (m *mixtures) clone() *mixtures {
	return &mixtures{
		dims:   m.dims,
		offset: append([]int32(nil), m.offset...),
		weight: append([]float32(nil), m.weight...),
		mean:   append([]float32(nil), m.mean...),
		vari:   append([]float32(nil), m.vari...),
	}
}

// observations yields the vectors that mixtures model.
type observations interface {
	frames() int
	dims() int
	// vectors writes those of the frames t0, t0+step, ... below t1 to dst, stride
	// apart; t1-t0 is at most mostFrames.
	vectors(t0, t1, step int, dst []float32, stride int)
}

// newMixtures has one standard normal component a state.
func newMixtures(dims, states int) *mixtures {
	m := &mixtures{dims: dims, offset: make([]int32, states+1), weight: make([]float32, states),
		mean: make([]float32, states*dims), vari: make([]float32, states*dims)}
	for s := range m.offset {
		m.offset[s] = int32(s)
	}
	for i := range m.vari {
		m.vari[i] = 1
	}
	return m
}

// splitOffset is how far, in standard deviations, the halves of a split
// component are moved apart.
const splitOffset = 0.2

// split divides each component of the states that are wanted (all, if wanted is
// nil) in two.
func (m *mixtures) split(wanted func(state, components int) bool) *mixtures {
	s := &mixtures{dims: m.dims, offset: []int32{0}}
	for state := range m.states() {
		divide := wanted == nil || wanted(state, int(m.offset[state+1]-m.offset[state]))
		for c := int(m.offset[state]); c < int(m.offset[state+1]); c++ {
			mean, vari := m.mean[c*m.dims:][:m.dims], m.vari[c*m.dims:][:m.dims]
			if !divide {
				s.add(m.weight[c], mean, vari)
				continue
			}
			for _, sign := range []float32{-splitOffset, splitOffset} {
				moved := make([]float32, m.dims)
				for j := range moved {
					moved[j] = mean[j] + sign*float32(math.Sqrt(float64(vari[j])))
				}
				s.add(m.weight[c]-math.Ln2, moved, vari)
			}
		}
		s.offset = append(s.offset, int32(s.components()))
	}
	return s
}

func (m *mixtures) add(weight float32, mean, vari []float32) {
	m.weight = append(m.weight, weight)
	m.mean = append(m.mean, mean...)
	m.vari = append(m.vari, vari...)
}

// withComponents is m with the components of other's first state added to
// state, each with half the say.
func (m *mixtures) withComponents(state int, other *mixtures) *mixtures {
	s := &mixtures{dims: m.dims, offset: []int32{0}}
	for i := range m.states() {
		half := float32(0)
		if i == state {
			half = math.Ln2
		}
		for c := int(m.offset[i]); c < int(m.offset[i+1]); c++ {
			s.add(m.weight[c]-half, m.mean[c*m.dims:][:m.dims], m.vari[c*m.dims:][:m.dims])
		}
		if i == state {
			for c := range int(other.offset[1]) {
				s.add(other.weight[c]-half, other.mean[c*m.dims:][:m.dims], other.vari[c*m.dims:][:m.dims])
			}
		}
		s.offset = append(s.offset, int32(s.components()))
	}
	return s
}
