package align

import "math"

// The likelihoods of a thousand components are most of the work of a search.
// log N(x) of a diagonal Gaussian is a constant, a sum of weights times x and a
// sum of weights times x squared, so that the components' likelihoods are one
// matrix product of the rows (x, x*x) with the weights. Only the best component
// of each state is wanted: the product is made in tiles of a quad of components
// by as many frames as fit the registers, of which the maximum is kept.

const (
	// lanes is how many frames a tile has: three registers of eight.
	lanes = 24
	// quad is how many components a tile has.
	quad = 4
)

// packed are the weights of mixtures in the order in which bestOfQuads reads
// them: for each quad of a state's components four constants, then four weights
// for each x, then four for each x*x. A quad that a state does not fill repeats
// its last component.
type packed struct {
	rows   int // of x and x*x
	weight []float32
	offset []int // of each state in weight, and the end
}

func (p *packed) states() int { return len(p.offset) - 1 }

func pack(m *mixtures) packed {
	d := m.dims
	p := packed{rows: 2 * d, offset: make([]int, 0, len(m.offset))}
	constants := make([]float64, m.components())
	for c := range constants {
		constants[c] = float64(m.weight[c])
		for j := range d {
			mean, v := float64(m.mean[c*d+j]), float64(m.vari[c*d+j])
			constants[c] -= 0.5 * (math.Log(2*math.Pi*v) + mean*mean/v)
		}
	}
	for s := range m.states() {
		p.offset = append(p.offset, len(p.weight))
		first, last := int(m.offset[s]), int(m.offset[s+1])-1
		for ; first <= last; first += quad {
			var cs [quad]int
			for i := range cs {
				cs[i] = min(first+i, last)
				p.weight = append(p.weight, float32(constants[cs[i]]))
			}
			for j := range d {
				for _, c := range cs {
					p.weight = append(p.weight, m.mean[c*d+j]/m.vari[c*d+j])
				}
			}
			for j := range d {
				for _, c := range cs {
					p.weight = append(p.weight, -0.5/m.vari[c*d+j])
				}
			}
		}
	}
	p.offset = append(p.offset, len(p.weight))
	return p
}

// likelihoods fills best[s*lanes+i] with the log-likelihood of state s at frame i;
// x[j*lanes+i] is row j of frame i.
func (p *packed) likelihoods(best, x []float32) {
	for s := range p.states() {
		b := (*[lanes]float32)(best[s*lanes:])
		fill(b[:], float32(math.Inf(-1)))
		bestOfQuads(b, x, p.weight[p.offset[s]:p.offset[s+1]])
	}
}

// bestOfQuads raises best, of each of the frames of x, to that of the components
// whose weights are w. bestOfQuadsPortable is the same in plain Go; they
// differ by rounding, as there are processors that multiply and add in one.
func bestOfQuadsPortable(best *[lanes]float32, x, w []float32) {
	for len(w) > 0 {
		constants := w[:quad]
		w = w[quad:]
		weights := w[:quad*(len(x)/lanes)]
		w = w[len(weights):]
		for i := 0; i < lanes; i += 2 {
			a0, a1, a2, a3 := constants[0], constants[1], constants[2], constants[3]
			b0, b1, b2, b3 := a0, a1, a2, a3
			for j, k := i, 0; k+quad <= len(weights) && j+1 < len(x); j, k = j+lanes, k+quad {
				ws := (*[quad]float32)(weights[k:])
				a, b := x[j], x[j+1]
				a0 += a * ws[0]
				a1 += a * ws[1]
				a2 += a * ws[2]
				a3 += a * ws[3]
				b0 += b * ws[0]
				b1 += b * ws[1]
				b2 += b * ws[2]
				b3 += b * ws[3]
			}
			best[i] = max(best[i], a0, a1, a2, a3)
			best[i+1] = max(best[i+1], b0, b1, b2, b3)
		}
	}
}
