package align

import "math"

const (
	// mapWeight is how many frames the seed's mean of a component counts for
	// when it is adapted to the episode (tau of MAP adaptation; Gauvain and Lee,
	// IEEE Trans. SAP 2(2), 1994).
	mapWeight = 50
	// minVariance keeps a component trained on few frames from becoming a spike.
	minVariance = 0.02
)

// statistics are the sufficient statistics of mixtures: for each component the
// frames it won, and the sums of their vectors and squares.
type statistics struct {
	m        *mixtures
	constant []float32 // log-likelihood of each component at its mean
	inverse  []float32 // of m.vari
	count    []float64
	sum      []float64
	square   []float64
}

func newStatistics(m *mixtures) *statistics {
	g := m.components()
	st := &statistics{m: m, constant: make([]float32, g), inverse: make([]float32, g*m.dims), count: make([]float64, g), sum: make([]float64, g*m.dims), square: make([]float64, g*m.dims)}
	for c := range st.constant {
		st.constant[c] = m.constant(c)
	}
	for i, v := range m.vari {
		st.inverse[i] = 1 / v
	}
	return st
}

// add counts a vector for the best component of the best of the states.
func (st *statistics) add(states []int32, v []float32) {
	m := st.m
	best, win := float32(math.Inf(-1)), -1
	for _, s := range states {
		for c := int(m.offset[s]); c < int(m.offset[s+1]); c++ {
			if l := st.constant[c] - 0.5*st.distance(c, v); l > best {
				best, win = l, c
			}
		}
	}
	if win < 0 {
		return
	}
	st.count[win]++
	d := m.dims
	for j, x := range v {
		st.sum[win*d+j] += float64(x)
		st.square[win*d+j] += float64(x) * float64(x)
	}
}

// merge adds the counts of other.
func (st *statistics) merge(other *statistics) {
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

// distance is the squared Mahalanobis distance of v from component c.
func (st *statistics) distance(c int, v []float32) float32 {
	mean, inverse := st.m.mean[c*len(v):][:len(v)], st.inverse[c*len(v):][:len(v)]
	var q float32
	for j, x := range v {
		d := x - mean[j]
		q += d * d * inverse[j]
	}
	return q
}

// constant is the log-likelihood of component c at its mean.
func (m *mixtures) constant(c int) float32 {
	var k float64
	for _, v := range m.vari[c*m.dims:][:m.dims] {
		k += math.Log(2 * math.Pi * float64(v))
	}
	return m.weight[c] - float32(0.5*k)
}

// adapted is m with each mean drawn to the frames that its component won.
func (m *mixtures) adapted(st *statistics) *mixtures {
	a := m.clone()
	for i := range a.mean {
		n := st.count[i/m.dims]
		a.mean[i] = float32((mapWeight*float64(m.mean[i]) + st.sum[i]) / (mapWeight + n))
	}
	return a
}

// reestimated is m with weights, means and variances of the frames that each
// component won; components with fewer than minCount keep what they were.
func (m *mixtures) reestimated(st *statistics, minCount float64) *mixtures {
	r := m.clone()
	d := m.dims
	for s := range m.states() {
		var total float64
		for c := m.offset[s]; c < m.offset[s+1]; c++ {
			total += st.count[c]
		}
		for c := int(m.offset[s]); c < int(m.offset[s+1]); c++ {
			n := st.count[c]
			if n < minCount {
				continue
			}
			r.weight[c] = float32(math.Log(n / total))
			for j := range d {
				mean := st.sum[c*d+j] / n
				r.mean[c*d+j] = float32(mean)
				r.vari[c*d+j] = float32(max(minVariance, st.square[c*d+j]/n-mean*mean))
			}
		}
	}
	return r
}
