package gmm

import (
	"math"

	"cuewright/audio/portable"
)

// MinVariance keeps a component trained on few frames from becoming a spike.
const MinVariance = 0.02

// Stats are the sufficient statistics of mixtures: for each component the number of
// frames that it won, and the sums of their vectors and of their squares.
type Stats struct {
	m        *Mixtures
	constant []float32 // log-likelihood of each component at its mean
	inverse  []float32 // of m.Var
	count    []float64
	sum      []float64
	square   []float64
}

// NewStats returns statistics of m without any frame.
func NewStats(m *Mixtures) *Stats {
	n, values := m.Components(), m.Components()*m.Dims
	st := &Stats{
		m: m, constant: make([]float32, n), inverse: make([]float32, values),
		count: make([]float64, n), sum: make([]float64, values), square: make([]float64, values),
	}
	for c := range st.constant {
		st.constant[c] = m.constant(c)
	}
	for i, v := range m.Var {
		st.inverse[i] = 1 / v
	}
	return st
}

// Accumulate counts the vector v for the best component of the best of the states.
func (st *Stats) Accumulate(states []int32, v []float32) {
	m := st.m
	best, win := float32(math.Inf(-1)), -1
	for _, s := range states {
		for c := int(m.Offset[s]); c < int(m.Offset[s+1]); c++ {
			if l := st.constant[c] - float32(0.5*st.distance(c, v)); l > best {
				best, win = l, c
			}
		}
	}
	if win < 0 {
		return
	}
	st.count[win]++
	d := m.Dims
	for j, x := range v {
		st.sum[win*d+j] += float64(x)
		st.square[win*d+j] += float64(float64(x) * float64(x))
	}
}

// Merge adds what other accumulated; both are of the same mixtures.
func (st *Stats) Merge(other *Stats) {
	for i, v := range other.count {
		st.count[i] += v
	}
	for i, v := range other.sum {
		st.sum[i] += v
	}
	for i, v := range other.square {
		st.square[i] += v
	}
}

// Frames is the number of frames that the components of a state won.
func (st *Stats) Frames(state int) float64 {
	var n float64
	for c := st.m.Offset[state]; c < st.m.Offset[state+1]; c++ {
		n += st.count[c]
	}
	return n
}

// distance is the squared Mahalanobis distance of v from component c.
func (st *Stats) distance(c int, v []float32) float32 {
	mean, inverse := st.m.Mean[c*len(v):][:len(v)], st.inverse[c*len(v):][:len(v)]
	var q float32
	for j, x := range v {
		d := x - mean[j]
		q += float32(d * d * inverse[j])
	}
	return q
}

// constant is the log-likelihood of component c at its mean.
func (m *Mixtures) constant(c int) float32 {
	var k float64
	for _, v := range m.Var[c*m.Dims:][:m.Dims] {
		k += portable.Log(2 * math.Pi * float64(v))
	}
	return m.Weight[c] - float32(0.5*k)
}

// MAPAdapted returns m with each mean moved towards the mean of the frames that its
// component won: by MAP adaptation (Gauvain and Lee, "Maximum a posteriori estimation
// for multivariate Gaussian mixture observations of Markov chains", IEEE Trans. SAP
// 2(2), 1994), where tau is how many of the frames of st the old mean counts for.
// Weights and variances stay.
func (m *Mixtures) MAPAdapted(st *Stats, tau float64) *Mixtures {
	a := m.clone()
	for i := range a.Mean {
		n := st.count[i/m.Dims]
		a.Mean[i] = float32((float64(tau*float64(m.Mean[i])) + st.sum[i]) / (tau + n))
	}
	return a
}

// Reestimated returns m with the weights, means and variances of the frames that each
// component won (maximum likelihood); components with fewer than minCount frames stay.
func (m *Mixtures) Reestimated(st *Stats, minCount float64) *Mixtures {
	r := m.clone()
	d := m.Dims
	for s := range m.States() {
		total := st.Frames(s)
		for c := int(m.Offset[s]); c < int(m.Offset[s+1]); c++ {
			n := st.count[c]
			if n < minCount {
				continue
			}
			r.Weight[c] = float32(portable.Log(n / total))
			for j := range d {
				mean := st.sum[c*d+j] / n
				r.Mean[c*d+j] = float32(mean)
				r.Var[c*d+j] = float32(max(MinVariance, st.square[c*d+j]/n-float64(mean*mean)))
			}
		}
	}
	return r
}
