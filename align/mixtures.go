package align

import (
	"context"
	"math"
	"runtime"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"
)

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

const (
	// scoreScale tempers the likelihood ratios: neighbouring frames tell much
	// the same, so that their product claims too much.
	scoreScale = 0.4
	// scoreFloor keeps one odd frame from ruling out a path.
	scoreFloor = -10
	// backgroundFactor is how many times likelier than the average state
	// "speech at large" is.
	backgroundFactor = 6
	// fillerMargin is how much worse than speech at large a frame of filler
	// scores before scaling. Between 0.6 and 1.5 all of panel-hard's unscripted
	// speech and unsaid sentences come out; from 2 on speech that the script lacks
	// is swallowed by the sentences beside it.
	fillerMargin = 1
)

// mixtureScores scores frames by mixtures; see scores.
type mixtureScores struct {
	m    *mixtures
	x    observations
	skip int // frames of 10 ms a step

	emissions [][]int32 // states of each emission; the last one, empty, is the filler
	// The log-likelihoods of all components are one matrix product: of the rows
	// (x, x*x, 1) with this matrix, one column a component.
	matrix blas32.General
	// background is the states whose average is speech at large.
	backgroundFactor float64
}

func newMixtureScores(m *mixtures, x observations, step int, emissions [][]int32, factor float64) *mixtureScores {
	d, g := m.dims, m.components()
	rows := 2*d + 1
	mat := blas32.General{Rows: rows, Cols: g, Stride: g, Data: make([]float32, rows*g)}
	for c := range g {
		k := float64(m.weight[c])
		for j := range d {
			mean, v := float64(m.mean[c*d+j]), float64(m.vari[c*d+j])
			mat.Data[j*g+c] = float32(mean / v)
			mat.Data[(d+j)*g+c] = float32(-0.5 / v)
			k -= 0.5 * (math.Log(2*math.Pi*v) + mean*mean/v)
		}
		mat.Data[2*d*g+c] = float32(k)
	}
	return &mixtureScores{m: m, x: x, skip: step, emissions: emissions, matrix: mat, backgroundFactor: factor}
}

func (s *mixtureScores) frames() int { return (s.x.frames() + s.skip - 1) / s.skip }
func (s *mixtureScores) step() int   { return s.skip }

// batchFrames is how many frames are scored at a time: enough to amortise the
// product's overhead, few enough to stay in the cache.
const batchFrames = 64

// scratch is what one worker needs to score a batch.
type scratch struct {
	in, ll blas32.General
	state  []float32
}

func (s *mixtureScores) scratch() *scratch {
	rows, g := s.matrix.Rows, s.m.components()
	return &scratch{
		in:    blas32.General{Rows: batchFrames, Cols: rows, Stride: rows, Data: make([]float32, batchFrames*rows)},
		ll:    blas32.General{Rows: batchFrames, Cols: g, Stride: g, Data: make([]float32, batchFrames*g)},
		state: make([]float32, s.m.states()),
	}
}

// likelihoods fills w.ll with the log-likelihoods of all components for up to
// batchFrames steps from step t0 on, and returns how many those are.
func (s *mixtureScores) likelihoods(w *scratch, t0 int) int {
	n := min(batchFrames, s.frames()-t0)
	d := s.m.dims
	from := t0 * s.skip
	s.x.vectors(from, min(from+n*s.skip, s.x.frames()), s.skip, w.in.Data, w.in.Stride)
	for i := range n {
		row := w.in.Data[i*w.in.Stride:][:2*d+1]
		for j, v := range row[:d] {
			row[d+j] = v * v
		}
		row[2*d] = 1
	}
	in, ll := w.in, w.ll
	in.Rows, ll.Rows = n, n
	blas32.Gemm(blas.NoTrans, blas.NoTrans, 1, in, s.matrix, 0, ll)
	return n
}

// row turns the log-likelihoods of a frame's components into the scores of the
// emissions.
func (s *mixtureScores) row(ll []float32, state, out []float32) {
	top := float32(math.Inf(-1))
	for i := range state {
		best := float32(math.Inf(-1))
		for _, v := range ll[s.m.offset[i]:s.m.offset[i+1]] {
			best = max(best, v)
		}
		state[i] = best
		top = max(top, best)
	}
	var sum float32
	for _, v := range state {
		sum += exp32(v - top)
	}
	background := top + float32(math.Log(s.backgroundFactor*float64(sum)/float64(len(state))))
	scale := float32(scoreScale * float64(s.skip))
	for e, states := range s.emissions {
		if len(states) == 0 {
			out[e] = -scale * fillerMargin
			continue
		}
		best := float32(math.Inf(-1))
		for _, i := range states {
			best = max(best, state[i])
		}
		out[e] = max(scale*(best-background), scoreFloor*float32(s.skip))
	}
}

// exp32 is e to the x, to about 1e-4, for x <= 0; 0 below -20.
func exp32(x float32) float32 {
	if x < -20 {
		return 0
	}
	// 2^(x/ln 2) = 2^i * 2^f, the second by its Taylor series around 1/2.
	y := x * (1 / math.Ln2)
	i := int32(y) - 1 // y <= 0: f in [0, 1]
	f := y - float32(i)
	p := 1.0000026 + f*(0.69300383+f*(0.24144275+f*(0.0520114+f*0.0135341)))
	return math.Float32frombits(uint32(i+127)<<23) * p
}

// batch scores all frames in order. The batches are worked on by as many
// goroutines as there are processors, ahead of the caller; their results do not
// depend on how many.
func (s *mixtureScores) batch(ctx context.Context, each func(t int, row []float32) error) error {
	type job struct {
		t0, n int
		rows  []float32
		done  chan struct{}
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	workers := runtime.GOMAXPROCS(0)
	todo := make(chan *job)
	order := make(chan *job, 2*workers)
	free := make(chan []float32, 4*workers+4)
	for range workers {
		go func() {
			w := s.scratch()
			for j := range todo {
				j.n = s.likelihoods(w, j.t0)
				for i := range j.n {
					s.row(w.ll.Data[i*w.ll.Stride:][:w.ll.Cols], w.state, j.rows[i*len(s.emissions):][:len(s.emissions)])
				}
				close(j.done)
			}
		}()
	}
	go func() {
		defer close(order)
		defer close(todo)
		for t0 := 0; t0 < s.frames(); t0 += batchFrames {
			j := &job{t0: t0, done: make(chan struct{})}
			select {
			case j.rows = <-free:
			default:
				j.rows = make([]float32, batchFrames*len(s.emissions))
			}
			select {
			case order <- j:
			case <-ctx.Done():
				return
			}
			select {
			case todo <- j:
			case <-ctx.Done():
				return
			}
		}
	}()
	for j := range order {
		select {
		case <-j.done:
		case <-ctx.Done():
			return ctx.Err()
		}
		for i := range j.n {
			if err := each(j.t0+i, j.rows[i*len(s.emissions):][:len(s.emissions)]); err != nil {
				return err
			}
		}
		select {
		case free <- j.rows:
		default:
		}
	}
	return ctx.Err()
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

// split divides each component of the states for which wanted returns more than
// they have (all, if it is nil) in two.
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
