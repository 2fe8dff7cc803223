package align

import (
	"math"
	"math/rand/v2"
	"testing"
)

// randomMixtures have one to most components a state.
func randomMixtures(r *rand.Rand, dims, states, most int) *mixtures {
	m := &mixtures{dims: dims, offset: []int32{0}}
	for s := range states {
		for range 1 + (s+most-1)%most {
			mean, vari := make([]float32, dims), make([]float32, dims)
			for j := range dims {
				mean[j], vari[j] = float32(r.NormFloat64()), float32(0.2+r.Float64())
			}
			m.add(float32(-r.Float64()), mean, vari)
		}
		m.offset = append(m.offset, int32(m.components()))
	}
	return m
}

// noiseRows are x and x*x of lanes frames.
func noiseRows(r *rand.Rand, dims int) []float32 {
	x := make([]float32, 2*dims*lanes)
	for i := range dims * lanes {
		x[i] = float32(r.NormFloat64())
		x[dims*lanes+i] = x[i] * x[i]
	}
	return x
}

// plainLikelihood is the log-likelihood of a state by its definition.
func plainLikelihood(m *mixtures, state int, at func(j int) float32) float64 {
	best := math.Inf(-1)
	for c := int(m.offset[state]); c < int(m.offset[state+1]); c++ {
		l := float64(m.weight[c])
		for j := range m.dims {
			mean, v := float64(m.mean[c*m.dims+j]), float64(m.vari[c*m.dims+j])
			d := float64(at(j)) - mean
			l -= 0.5 * (math.Log(2*math.Pi*v) + d*d/v)
		}
		best = max(best, l)
	}
	return best
}

func TestLikelihoodsAreThoseOfTheDefinition(t *testing.T) {
	kernels := map[string]func(*[lanes]float32, []float32, []float32){"this processor's": bestOfQuads, "portable": bestOfQuadsPortable}
	for _, dims := range []int{1, classDims, numDims} {
		r := rand.New(rand.NewPCG(1, 1))
		m := randomMixtures(r, dims, 20, 13)
		x := noiseRows(r, dims)
		p := pack(m)
		for s := range m.states() {
			for name, kernel := range kernels {
				var best [lanes]float32
				fill(best[:], float32(math.Inf(-1)))
				kernel(&best, x, p.weight[p.offset[s]:p.offset[s+1]])
				for i, got := range best {
					want := plainLikelihood(m, s, func(j int) float32 { return x[j*lanes+i] })
					if math.Abs(float64(got)-want) > 1e-5*(50+math.Abs(want)) {
						t.Errorf("%d dimensions, %s kernel: state %d at frame %d has %g, want %g", dims, name, s, i, got, want)
					}
				}
			}
		}
	}
}

func BenchmarkLikelihoods(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	m := randomMixtures(r, numDims, 136, 8)
	x := noiseRows(r, numDims)
	p := pack(m)
	best := make([]float32, m.states()*lanes)
	perSecond := func(b *testing.B) {
		b.ReportMetric(float64(lanes*2*numDims*m.components())*float64(b.N)/b.Elapsed().Seconds()/1e9, "GMAC/s")
	}
	b.Run("kernel", func(b *testing.B) {
		for b.Loop() {
			p.likelihoods(best, x)
		}
		perSecond(b)
	})
	b.Run("portable", func(b *testing.B) {
		for b.Loop() {
			for s := range m.states() {
				bestOfQuadsPortable((*[lanes]float32)(best[s*lanes:]), x, p.weight[p.offset[s]:p.offset[s+1]])
			}
		}
		perSecond(b)
	})
}
