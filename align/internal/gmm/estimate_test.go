package gmm_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"cuewright/align/internal/gmm"
	"cuewright/align/internal/gmm/gmmtest"
)

// tau is the weight of the old means in the tests.
const tau = 50

// gaussians draws n vectors of each of the components, in turns.
func gaussians(random *rand.Rand, n int, means, deviations [][]float32) (rows [][]float32) {
	for range n {
		for c, mean := range means {
			v := make([]float32, len(mean))
			for j := range v {
				v[j] = mean[j] + deviations[c][j]*float32(random.NormFloat64())
			}
			rows = append(rows, v)
		}
	}
	return rows
}

func TestReestimateFindsGaussians(t *testing.T) {
	means := [][]float32{{-3, 1}, {2, 4}}
	deviations := [][]float32{{0.5, 1}, {1.5, 0.3}}
	rows := gaussians(rand.New(rand.NewPCG(1, 1)), 4000, means, deviations)
	m := gmm.New(2, 1)
	for range 2 {
		for range 8 {
			st := gmm.NewStats(m)
			for _, v := range rows {
				st.Accumulate([]int32{0}, v)
			}
			m = m.Reestimated(st, 10)
		}
		if m.Components() == 1 {
			for j, want := range []float64{-0.5, 2.5} {
				if off := math.Abs(float64(m.Mean[j]) - want); off > 0.05 {
					t.Errorf("one component: mean %v", m.Mean)
				}
			}
			m = m.Split(nil)
		}
	}
	first, second := 0, 1
	if m.Mean[0] > m.Mean[2] {
		first, second = 1, 0
	}
	for i, c := range []int{first, second} {
		if w := math.Exp(float64(m.Weight[c])); math.Abs(w-0.5) > 0.03 {
			t.Errorf("component %d weighs %g", i, w)
		}
		for j := range 2 {
			mean, deviation := float64(m.Mean[2*c+j]), math.Sqrt(float64(m.Var[2*c+j]))
			if math.Abs(mean-float64(means[i][j])) > 0.1 || math.Abs(deviation-float64(deviations[i][j])) > 0.1 {
				t.Errorf("component %d, value %d: mean %g, deviation %g, want %g and %g", i, j, mean, deviation, means[i][j],
					deviations[i][j])
			}
		}
	}
}

func TestReestimateKeepsWhatIsRare(t *testing.T) {
	m := gmm.New(1, 2)
	st := gmm.NewStats(m)
	for range 9 {
		st.Accumulate([]int32{0}, []float32{5})
	}
	for range 10 {
		st.Accumulate([]int32{1}, []float32{5})
	}
	r := m.Reestimated(st, 10)
	if r.Mean[0] != 0 || r.Var[0] != 1 || r.Mean[1] != 5 || r.Var[1] != float32(gmm.MinVariance) {
		t.Errorf("means %v, variances %v", r.Mean, r.Var)
	}
	if m.Mean[1] != 0 {
		t.Error("the mixtures themselves were changed")
	}
}

func TestStatistics(t *testing.T) {
	m := gmm.New(1, 3)
	copy(m.Mean, []float32{0, 10, 20})
	a, b := gmm.NewStats(m), gmm.NewStats(m)
	a.Accumulate([]int32{0, 1}, []float32{9})  // the best of its states, the second
	a.Accumulate([]int32{0, 1}, []float32{19}) // not the best of all
	b.Accumulate([]int32{2}, []float32{-3})    // the only one
	b.Accumulate(nil, []float32{5})            // none
	a.Merge(b)
	if !slices.Equal(a.Counts(), []float64{0, 2, 1}) || !slices.Equal(a.Sums(), []float64{0, 28, -3}) ||
		!slices.Equal(a.Squares(), []float64{0, 81 + 361, 9}) {
		t.Errorf("counts %v, sums %v, squares %v", a.Counts(), a.Sums(), a.Squares())
	}
}

func TestMAPAdapted(t *testing.T) {
	for _, test := range []struct {
		frames int
		want   float64 // of 0 on the way to 1
	}{{0, 0}, {tau, 0.5}, {9 * tau, 0.9}} {
		m := gmm.New(2, 1)
		st := gmm.NewStats(m)
		for range test.frames {
			st.Accumulate([]int32{0}, []float32{1, 1})
		}
		a := m.MAPAdapted(st, tau)
		for _, mean := range a.Mean {
			if math.Abs(float64(mean)-test.want) > 1e-6 {
				t.Errorf("mean %g after %d frames, want %g", mean, test.frames, test.want)
			}
		}
		if !slices.Equal(a.Var, m.Var) || !slices.Equal(a.Weight, m.Weight) || m.Mean[0] != 0 {
			t.Errorf("more than the means was adapted: %+v of %+v", a, m)
		}
	}
}

func TestSplit(t *testing.T) {
	m := gmmtest.Random(rand.New(rand.NewPCG(5, 1)), 3, 4, 3)
	s := m.Split(func(state, components int) bool {
		if want := int(m.Offset[state+1] - m.Offset[state]); components != want {
			t.Errorf("asked about %d components of state %d, it has %d", components, state, want)
		}
		return state%2 == 0
	})
	if s.States() != m.States() {
		t.Fatalf("%d states, want %d", s.States(), m.States())
	}
	for state := range m.States() {
		before, after := m.Offset[state+1]-m.Offset[state], s.Offset[state+1]-s.Offset[state]
		times := int32(1 + (state+1)%2)
		if after != times*before {
			t.Fatalf("state %d has %d components of %d", state, after, before)
		}
		for i := range before {
			c, d := int(m.Offset[state]+i), int(s.Offset[state]+times*i)
			for j := range m.Dims {
				var mean, weight float32
				for k := range int(times) {
					mean += s.Mean[(d+k)*m.Dims+j] / float32(times)
					weight += exp(s.Weight[d+k])
				}
				if math.Abs(float64(mean-m.Mean[c*m.Dims+j])) > 1e-4 || math.Abs(float64(weight-exp(m.Weight[c]))) > 1e-3 {
					t.Errorf("component %d: mean %g and weight %g of %g and %g", c, mean, weight, m.Mean[c*m.Dims+j], exp(m.Weight[c]))
				}
				deviation := math.Sqrt(float64(m.Var[c*m.Dims+j]))
				apart := float64(s.Mean[(d+int(times)-1)*m.Dims+j] - s.Mean[d*m.Dims+j])
				if math.Abs(apart-float64(times-1)*2*gmm.SplitOffset*deviation) > 1e-4 {
					t.Errorf("the halves of component %d are %g apart", c, apart)
				}
			}
		}
	}
}

func TestWithComponents(t *testing.T) {
	random := rand.New(rand.NewPCG(6, 1))
	m, other := gmmtest.Random(random, 2, 3, 2), gmmtest.Random(random, 2, 1, 4)
	s := m.WithComponents(1, other)
	for state := range 3 {
		a, b := m.Offset[state+1]-m.Offset[state], s.Offset[state+1]-s.Offset[state]
		want, half := a, float32(0)
		if state == 1 {
			want, half = a+int32(other.Components()), math.Ln2
		}
		if b != want {
			t.Errorf("state %d has %d components, want %d", state, b, want)
		}
		if got := s.Weight[s.Offset[state]]; got != m.Weight[m.Offset[state]]-half {
			t.Errorf("state %d weighs %g of %g", state, got, m.Weight[m.Offset[state]])
		}
	}
	if got, want := s.Mean[2*(s.Offset[2]-1)], other.Mean[2*(other.Components()-1)]; got != want {
		t.Errorf("the last component added has the mean %g, want %g", got, want)
	}
}

// exp is e to the x.
func exp(x float32) float32 { return float32(math.Exp(float64(x))) }
