package check

import (
	"cmp"
	"math"
	"slices"
	"time"

	"cuewright/audio"
	"cuewright/audio/portable"
)

// The timing of captions can be estimated without their words, by the onsets of
// speech: a cue appears when somebody begins to speak, or at least to speak a word, so
// that at the right offset and rate the level rises around the starts of most cues.
//
// The estimate is the best of a grid of offsets and rates, by the sum of the onset
// strengths at the cues' starts (a matched filter, or a Hough transform in which each
// onset votes for the lines through it). The grid is searched coarse to fine: all offsets
// and rates on the first minutes, where a small error of the rate does no harm, then
// ever finer ones around the best of these as more and more of the recording is taken.
// It takes O(rates * offsets * cues of the first minutes), some tenths of a second for an hour.

const (
	// maxOffset and maxDrift bound the grid.
	maxOffset = 60 * time.Second
	maxDrift  = 0.05 // of the rate, from 1
	// coarseStep is the first step of the offset; a rise of the level lasts about so long.
	coarseStep = 50 * time.Millisecond
	// minRateStep is the least first step of the rate, for captions of a few seconds.
	minRateStep = 1e-4
	// coarseSpan is what the first search takes of the captions: long enough for some 60
	// cues, short enough that rates a third of a thousandth apart stay within coarseStep.
	coarseSpan = 4 * time.Minute
	// minCoarseCues and maxCoarseCues bound its cues: captions may be sparse, or of
	// single words.
	minCoarseCues, maxCoarseCues = 12, 400
	// keptCandidates are refined further; they are chosen whenever there are so many
	// that batchCandidates are reached.
	keptCandidates  = 24
	batchCandidates = 4*keptCandidates - 1
	// refinedStep is the step that refinement on a longer span begins with, in frames.
	refinedStep = 4
	// simpleShare is how much of the best score a known rate has to reach to be preferred.
	simpleShare = 0.95
	// peakWidth is how far from the best offset others stop to profit from it, and
	// othersStep how finely these are sampled, both in frames.
	peakWidth, othersStep = 100, 2
	// doubtfulMargin is the margin, in standard deviations, at which a timing is as
	// likely right as wrong. On the bench, 150 pairs of captions and another's recording
	// reached 5.8 at the most, and captions of 50 cues with their own 9 at the least.
	doubtfulMargin = 6.5
	// riseReach is over how many frames to either side the level is compared.
	riseReach = 6
)

// onsetTiming estimates the timing of captions from the onset strength of each frame
// (see onsetStrengths) and the starts of the cues, in any order. Its confidence is a
// logistic function of the margin by which the best offset exceeds all others, in
// standard deviations of these; it is 0 where there is nothing to go by.
func onsetTiming(strength []float32, starts []time.Duration) Timing {
	if len(starts) == 0 || len(strength) == 0 {
		return inSync()
	}
	s := newOnsetSearch(strength, starts)
	s.coarse()
	s.refine()
	best := s.simplest(s.best[0])
	rate := 1 / best.rate
	// Recording = (caption - origin) * best.rate + origin + best.offset.
	offset := s.origin - float64(rate*(s.origin+best.offset))
	return Timing{
		Offset:     time.Duration(offset * float64(audio.FrameTime(1))),
		Rate:       rate,
		Confidence: 1 / (1 + portable.Exp(doubtfulMargin-s.margin(best))),
		Cues:       len(starts),
	}
}

// onsetSearch is the state of a search. Times are in frames. It seeks times of the
// recording by those of captions, the inverse of a Timing, and turns about the first
// cue, so that rate and offset are independent.
type onsetSearch struct {
	strength       []float32
	origin         float64     // the start of the first cue
	cues           []float64   // starts, increasing, from origin
	n              int         // how many of cues are scored
	span           float64     // from the first to the last of these
	step, rateStep float64     // of offset and rate
	best           []candidate // so far, the best first
}

// candidate maps the cue at origin+t to origin + offset + rate*t of the recording.
type candidate struct{ rate, offset, score float64 }

func newOnsetSearch(strength []float32, starts []time.Duration) *onsetSearch {
	s := &onsetSearch{strength: strength, step: inFrames(coarseStep)}
	for _, t := range slices.Sorted(slices.Values(starts)) {
		s.cues = append(s.cues, inFrames(t))
	}
	s.origin = s.cues[0]
	for i := range s.cues {
		s.cues[i] -= s.origin
	}
	s.take(min(max(s.within(inFrames(coarseSpan)), minCoarseCues), maxCoarseCues, len(s.cues)))
	s.rateStep = s.step / s.span
	return s
}

func inFrames(t time.Duration) float64 { return float64(t) / float64(audio.FrameTime(1)) }

// within returns how many cues start within span of the first.
func (s *onsetSearch) within(span float64) int {
	n, _ := slices.BinarySearch(s.cues, span)
	return n
}

// take has the first n cues scored.
func (s *onsetSearch) take(n int) { s.n, s.span = n, max(1, s.cues[n-1]) }

// score returns the sum of the onset strengths at the first n cues.
func (s *onsetSearch) score(c candidate, n int) float64 {
	var sum float64
	at := s.origin + c.offset + 0.5
	for _, f := range s.cues[:n] {
		if t := int(at + float64(f*c.rate)); t >= 0 && t < len(s.strength) {
			sum += float64(s.strength[t])
		}
	}
	return sum
}

// coarse tries all rates and offsets. It is most of the work, so that offsets are whole
// frames here.
func (s *onsetSearch) coarse() {
	var rates []float64
	for r := 0.0; r <= maxDrift; r += max(s.rateStep, minRateStep) {
		rates = append(rates, 1+r, 1-r)
	}
	for _, c := range conversions() {
		rates = append(rates, 1/c.rate)
	}
	reach := inFrames(maxOffset)
	strength := s.strength
	at := make([]int, s.n)
	for _, rate := range rates {
		for i, f := range s.cues[:s.n] {
			at[i] = int(s.origin + float64(f*rate) + 0.5)
		}
		for offset := -reach; offset <= reach; offset += s.step {
			var sum float32
			for _, t := range at {
				if t += int(offset); uint(t) < uint(len(strength)) {
					sum += strength[t]
				}
			}
			if s.best = append(s.best, candidate{rate, offset, float64(sum)}); len(s.best) == batchCandidates {
				s.prune()
			}
		}
	}
	s.prune()
}

// prune keeps the best candidates, one of those that lie within half a step of each
// other.
func (s *onsetSearch) prune() {
	slices.SortStableFunc(s.best, func(x, y candidate) int { return cmp.Compare(y.score, x.score) })
	kept := make([]candidate, 0, batchCandidates)
	for _, c := range s.best {
		if len(kept) == keptCandidates {
			break
		}
		if !slices.ContainsFunc(kept, func(k candidate) bool {
			return math.Abs(k.offset-c.offset) <= s.step/2 && math.Abs(k.rate-c.rate) <= s.rateStep/2
		}) {
			kept = append(kept, c)
		}
	}
	s.best = append(s.best[:0], kept...)
}

// refine halves the steps around the best candidates, twice on each span, and doubles
// the span until it holds all cues.
func (s *onsetSearch) refine() {
	for {
		for range 2 {
			s.step, s.rateStep = max(1, s.step/2), s.rateStep/2
			around := slices.Clone(s.best)
			s.best = s.best[:0]
			for _, c := range around {
				for _, dr := range []float64{-1, 0, 1} {
					for _, do := range []float64{-1, 0, 1} {
						k := candidate{rate: c.rate + float64(dr*s.rateStep), offset: c.offset + float64(do*s.step)}
						k.score = s.score(k, s.n)
						s.best = append(s.best, k)
					}
				}
			}
			s.prune()
		}
		if s.n == len(s.cues) {
			return
		}
		s.take(max(s.within(2*s.span), min(len(s.cues), s.n+1)))
		s.step, s.rateStep = refinedStep, refinedStep/s.span
	}
}

// simplest returns no drift, or else a known conversion, if it scores nearly as well as
// best: these are likelier than a rate that fits a little better.
func (s *onsetSearch) simplest(best candidate) candidate {
	for _, known := range append([]conversion{{rate: 1}}, conversions()...) {
		simple := candidate{rate: 1 / known.rate}
		for offset := best.offset - peakWidth; offset <= best.offset+peakWidth; offset++ {
			c := candidate{rate: 1 / known.rate, offset: offset}
			if c.score = s.score(c, len(s.cues)); c.score > simple.score {
				simple = c
			}
		}
		if simple.score >= simpleShare*best.score {
			return simple
		}
	}
	return best
}

// margin returns by how much best exceeds the best of the other offsets at its rate, in
// standard deviations of their scores: these say what chance can do.
func (s *onsetSearch) margin(best candidate) float64 {
	var sum, squares, other float64
	n := 0
	reach := inFrames(maxOffset)
	for offset := -reach; offset <= reach; offset += othersStep {
		if math.Abs(offset-best.offset) < peakWidth {
			continue
		}
		score := s.score(candidate{rate: best.rate, offset: offset}, len(s.cues))
		sum += score
		squares += float64(score * score)
		other = max(other, score)
		n++
	}
	mean := sum / float64(n)
	deviation := math.Sqrt(max(1e-12, squares/float64(n)-float64(mean*mean)))
	return (best.score - other) / deviation
}

// onsetStrengths returns how much the level rises around each frame: the mean of
// audio.NormalizedEnergy after it less that before it, 0 where it falls (a half-wave
// rectified difference, as in onset detection of music).
func onsetStrengths(f *audio.Frames) []float32 {
	energy := audio.NormalizedEnergy(f)
	sums := make([]float32, len(energy)+1)
	for i, e := range energy {
		sums[i+1] = sums[i] + min(1, max(0, e))
	}
	strength := make([]float32, len(energy))
	for i := range strength {
		before, after := max(0, i-riseReach), min(len(energy), i+riseReach)
		strength[i] = max(0, (sums[after]-sums[i])-(sums[i]-sums[before])) / riseReach
	}
	return strength
}
