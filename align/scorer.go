package align

import (
	"context"
	"math"
	"runtime"
	"slices"

	"cuewright/align/internal/gmm"
	"cuewright/audio/portable"
)

// gmmScorer scores frames by mixtures: the score of emission e at frame x is
//
//	Tuning.ScoreScale * (log p(x|e) - log p(x|speech at large))
//
// where p(x|e) is the likelihood of the best of the emission's GMM states, and speech at
// large is the mean of all states, times Tuning.Background. Filler scores a constant
// below that, so that it wins where no phone of the script fits.
type gmmScorer struct {
	x          observations
	stepFrames int // frames of 10 ms a step

	packed    *gmm.Packed
	emissions [][]int32  // states of each emission; the last ones, of filler, have none
	activity  []activity // of each frame of 10 ms; nil where that isn't known
	silence   uint16     // the emission of silence
	wordless  []place    // frames in which no word is said, see Known
	// filler is how much worse than speech at large a frame of filler scores, by
	// fillerClass, before scaling.
	filler [numFillerClasses]float32
	// logBackground is the logarithm of how much likelier than the sum of all
	// states speech at large is.
	logBackground float32
	tuning        Tuning
}

// observations yields the vectors that mixtures model.
type observations interface {
	frames() int
	dims() int
	// vectors writes those of the frames t0, t0+step, ... below t1 to dst, stride
	// apart; t1-t0 is at most mostFrames.
	vectors(t0, t1, step int, dst []float32, stride int)
}

func newGMMScorer(m *gmm.Mixtures, x observations, step int, emissions [][]int32, t Tuning, background float64) *gmmScorer {
	s := &gmmScorer{x: x, stepFrames: step, packed: gmm.Pack(m), emissions: emissions, tuning: t}
	s.logBackground = float32(portable.Log(background / float64(m.States())))
	s.filler = [numFillerClasses]float32{
		plainFiller:      float32(t.FillerMargin),
		announcedFiller:  float32(t.AnnouncedMargin),
		hesitationFiller: float32(t.HesitationMargin),
		clipEdgeFiller:   float32(t.ClipEdgeMargin),
		clipFiller:       float32(t.ClipMargin),
	}
	return s
}

func (s *gmmScorer) frames() int { return (s.x.frames() + s.stepFrames - 1) / s.stepFrames }
func (s *gmmScorer) step() int   { return s.stepFrames }

// batchFrames is how many frames are scored at a time: enough that handing
// them to another goroutine does not matter.
const batchFrames = 4 * gmm.TileFrames

// scratch is what one worker needs to score a batch.
type scratch struct {
	vectors []float32 // of batchFrames frames
	x       gmm.Tile
	best    []float32 // of each state, TileFrames frames
}

func (s *gmmScorer) scratch() *scratch {
	return &scratch{
		vectors: make([]float32, batchFrames*s.x.dims()),
		x:       s.packed.NewTile(),
		best:    make([]float32, s.packed.States()*gmm.TileFrames),
	}
}

// fill writes the scores of the steps t0 to t1, at most batchFrames, to rows.
func (s *gmmScorer) fill(w *scratch, t0, t1 int, rows []float32) {
	d, width := s.x.dims(), len(s.emissions)
	s.x.vectors(t0*s.stepFrames, min(t1*s.stepFrames, s.x.frames()), s.stepFrames, w.vectors, d)
	for t := 0; t < t1-t0; t += gmm.TileFrames {
		n := min(gmm.TileFrames, t1-t0-t)
		for i := range n {
			w.x.Set(i, w.vectors[(t+i)*d:][:d])
		}
		s.packed.LogLikelihoods(w.best, w.x)
		background := s.background(w.best)
		for i := range n {
			row := rows[(t+i)*width:][:width]
			s.row(w.best[i:], background[i], row)
			if at := (t0 + t + i) * s.stepFrames; at < len(s.activity) {
				s.applyActivity(row, s.activity[at])
			}
			s.applyWordless(row, (t0+t+i)*s.stepFrames)
		}
	}
}

// background returns the log-likelihood of speech at large at each frame.
func (s *gmmScorer) background(best []float32) (background [gmm.TileFrames]float32) {
	top := *(*[gmm.TileFrames]float32)(best)
	for at := gmm.TileFrames; at < len(best); at += gmm.TileFrames {
		for i, v := range (*[gmm.TileFrames]float32)(best[at:]) {
			top[i] = max(top[i], v)
		}
	}
	var sum [gmm.TileFrames]float32
	for at := 0; at < len(best); at += gmm.TileFrames {
		for i, v := range (*[gmm.TileFrames]float32)(best[at:]) {
			sum[i] += exp32(v - top[i])
		}
	}
	for i := range background {
		background[i] = s.logBackground + top[i] + float32(portable.Log(float64(sum[i])))
	}
	return background
}

// row turns the log-likelihoods of the states at a frame, TileFrames apart, into the
// scores of the emissions.
func (s *gmmScorer) row(best []float32, background float32, row []float32) {
	scale := float32(s.tuning.ScoreScale * float64(s.stepFrames))
	floor := float32(s.tuning.ScoreFloor) * float32(s.stepFrames)
	for e, states := range s.emissions {
		if len(states) == 0 {
			class := e - (len(s.emissions) - numFillerClasses)
			row[e] = roundScore(-scale * s.filler[class])
			continue
		}
		top := best[int(states[0])*gmm.TileFrames]
		for _, i := range states[1:] {
			top = max(top, best[int(i)*gmm.TileFrames])
		}
		row[e] = max(roundScore(scale*(top-background)), floor)
	}
}

// applyActivity moves the scores of silence and of sounds by what the energy says of a
// frame. In speech, silence is no better than speech at large: a burst of noise with a
// pause in it would teach it otherwise. In a weak or fading frame silence can't score
// badly, in a silent one no sound can score as well as silence.
func (s *gmmScorer) applyActivity(row []float32, a activity) {
	step := float32(s.stepFrames)
	switch a {
	case unjudged:
		return
	case speech:
		row[s.silence] = min(row[s.silence], 0)
		return
	case weak:
		row[s.silence] = max(row[s.silence], float32(s.tuning.WeakSilence)*step)
		return
	case fading:
		row[s.silence] = max(row[s.silence], float32(s.tuning.FadingSilence)*step)
		return
	}
	best := max(row[s.silence], 0)
	for e, states := range s.emissions {
		if len(states) > 0 {
			row[e] = min(row[e], best-float32(float32(s.tuning.SilenceMargin)*step))
		}
	}
	row[s.silence] = best
}

// applyWordless makes the scores of all words as bad as can be where none is said.
func (s *gmmScorer) applyWordless(row []float32, at int) {
	within := func(p place) bool { return at >= p.start && at < p.end }
	if !slices.ContainsFunc(s.wordless, within) {
		return
	}
	for e, states := range s.emissions {
		if len(states) > 0 && e != int(s.silence) {
			row[e] = -costNever
		}
	}
}

// scoreQuantum divides all scores (roundScore) and costs (Tuning.rounded), so that their
// sums (below 131072) are exact in single precision. Many paths score alike, as where the frames are at
// Tuning.ScoreFloor; which of them is taken must not depend on rounding, and so on the
// processor or on what a path began with.
const scoreQuantum = 1.0 / 128

// roundScore returns the multiple of scoreQuantum next to x, for x within 32768: where
// neighbouring numbers lie scoreQuantum apart, the sum is rounded to one.
func roundScore(x float32) float32 {
	const shift = 3 << 15
	return float32(float32(x)+shift) - shift
}

// exp32 returns e to the x, to 1e-4, for x <= 0; 0 below -20.
func exp32(x float32) float32 {
	if x < -20 {
		return 0
	}
	// 2^(x/ln 2) = 2^i * 2^f, the second by a polynomial within 3e-6 of it on [0, 1].
	y := float32(x * (1 / math.Ln2))
	i := int32(y) - 1 // y <= 0: f in [0, 1]
	f := y - float32(i)
	p := 0.0520114 + float32(f*0.0135341)
	p = 0.24144275 + float32(f*p)
	p = 0.69300383 + float32(f*p)
	p = 1.0000026 + float32(f*p)
	return float32(math.Float32frombits(uint32(i+127)<<23) * p)
}

// batch scores all frames in order. The batches are worked on by as many
// goroutines as there are processors, ahead of the caller; their results do not
// depend on how many.
func (s *gmmScorer) batch(ctx context.Context, each func(t int, row []float32) error) error {
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
				s.fill(w, j.t0, j.t0+j.n, j.rows)
				close(j.done)
			}
		}()
	}
	go func() {
		defer close(order)
		defer close(todo)
		for t0 := 0; t0 < s.frames(); t0 += batchFrames {
			j := &job{t0: t0, n: min(batchFrames, s.frames()-t0), done: make(chan struct{})}
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
