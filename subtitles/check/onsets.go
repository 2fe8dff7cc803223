package check

import (
	"cmp"
	"math"
	"slices"
	"time"

	"cuewright/audio"
)

// Timing is how the times of captions run against those of the recording: a
// caption's time is Offset + Rate * the recording's.
type Timing struct {
	Offset     time.Duration // at the start of the recording; positive: late
	Rate       float64       // 1: no drift
	Confidence float64       // in [0, 1], that Offset and Rate are right
	Cues       int           // that it is judged by
}

// NoShift is the timing of captions that fit.
var NoShift = Timing{Rate: 1}

// Caption is when captions show what is heard at t.
func (g Timing) Caption(t time.Duration) time.Duration {
	return g.Offset + time.Duration(g.Rate*float64(t))
}

// Recording is when what captions show at t is heard.
func (g Timing) Recording(t time.Duration) time.Duration {
	return time.Duration(float64(t-g.Offset) / g.Rate)
}

// rates are by what film and video are sped up and slowed down: from 24 to 25
// frames a second, from 23.976, and by a thousandth.
var rates = []struct {
	name string
	rate float64
}{
	{"25/23.976", 25 / (24 / 1.001)}, {"23.976/25", 24 / 1.001 / 25},
	{"25/24", 25.0 / 24}, {"24/25", 24.0 / 25},
	{"24/23.976", 1.001}, {"23.976/24", 1 / 1.001},
}

// simpleRates are none and the known ones.
func simpleRates() []float64 {
	all := []float64{1}
	for _, r := range rates {
		all = append(all, r.rate)
	}
	return all
}

// RateTolerance is how far a rate that was measured may lie from the known conversion
// it is named after.
const RateTolerance = 2e-5

// RateName is the known conversion that a rate is within error of, or "".
func RateName(rate, error float64) string {
	name, nearest := "", error
	for _, r := range rates {
		if d := math.Abs(rate - r.rate); d <= nearest {
			name, nearest = r.name, d
		}
	}
	return name
}

const (
	// mostOffset and mostRate bound what is looked for without words.
	mostOffset = 60 * time.Second
	mostRate   = 0.05
	// onsetStep is how fine the first search is; a rise lasts about so long.
	onsetStep = 50 * time.Millisecond
	// firstSpan is what the first search takes of the recording: long enough for
	// some 60 cues, short enough that rates a third of a thousandth apart stay
	// within onsetStep.
	firstSpan = 4 * time.Minute
	// mostFirst bounds its cues, for captions of single words.
	mostFirst = 400
	// keptTimings are refined further.
	keptTimings = 24
	// simpleShare is how close a simpler rate must come to the best.
	simpleShare = 0.95
	// doubtfulMargin is the margin at which a timing is as likely right as wrong.
	// On the bench, 150 pairs of captions and another's recording reached 5.8 at
	// the most, and captions of 50 cues with their own 9 at the least.
	doubtfulMargin = 6.5
)

// onsetTiming judges the timing by the onsets of speech alone: captions appear
// when somebody begins to speak, or at least to speak a word, so that at the right
// offset and rate the level rises around the starts of most cues. rise is
// how much at each frame.
//
// All offsets and rates are tried on the first minutes, where a small error of
// the rate does no harm; the best ones are refined as more and more of the
// recording is taken. The confidence says how far the best lies above the best of
// other offsets, in standard deviations.
func onsetTiming(rise []float32, starts []time.Duration) Timing {
	starts = slices.Sorted(slices.Values(starts))
	if len(starts) == 0 || len(rise) == 0 {
		return NoShift
	}
	type candidate struct {
		rate   float64
		offset float64 // in frames, of the recording against the captions
		score  float64
	}
	frames := make([]float64, len(starts))
	for i, s := range starts {
		frames[i] = float64(s) / float64(audio.FrameTime(1))
	}
	// Rates and offsets turn about the first cue, so that they are independent.
	origin := frames[0]
	for i := range frames {
		frames[i] -= origin
	}
	score := func(c candidate, n int) float64 {
		var sum float64
		at := origin + c.offset + 0.5
		for _, f := range frames[:n] {
			if t := int(at + f*c.rate); t >= 0 && t < len(rise) {
				sum += float64(rise[t])
			}
		}
		return sum
	}
	// Recording times are caption times * rate + offset; at the end it is turned round.
	span := float64(firstSpan / audio.FrameTime(1))
	within := func(span float64) int {
		n, _ := slices.BinarySearch(frames, span)
		return n
	}
	n := min(max(within(span), 12), mostFirst, len(frames))
	span = max(1, frames[n-1])
	step := float64(onsetStep / audio.FrameTime(1))
	reach := float64(mostOffset / audio.FrameTime(1))
	rateStep := step / span
	var rateGrid []float64
	for r := 0.0; r <= mostRate; r += max(rateStep, 1e-4) {
		rateGrid = append(rateGrid, 1+r, 1-r)
	}
	for _, r := range rates {
		rateGrid = append(rateGrid, 1/r.rate)
	}
	best := make([]candidate, 0, 4*keptTimings)
	keep := func(most int) {
		slices.SortStableFunc(best, func(x, y candidate) int { return cmp.Compare(y.score, x.score) })
		var kept []candidate
		for _, c := range best {
			if len(kept) < most && !slices.ContainsFunc(kept, func(k candidate) bool {
				return math.Abs(k.offset-c.offset) <= step/2 && math.Abs(k.rate-c.rate) <= rateStep/2
			}) {
				kept = append(kept, c)
			}
		}
		best = append(best[:0], kept...)
	}
	// The first search is most of the work: whole frames will do.
	at := make([]int, n)
	for _, rate := range rateGrid {
		for i, f := range frames[:n] {
			at[i] = int(origin + f*rate + 0.5)
		}
		for offset := -reach; offset <= reach; offset += step {
			var sum float32
			for _, t := range at {
				if t += int(offset); uint(t) < uint(len(rise)) {
					sum += rise[t]
				}
			}
			if len(best) < cap(best) || float64(sum) > best[len(best)-1].score {
				best = append(best, candidate{rate, offset, float64(sum)})
				if len(best) >= cap(best)-1 {
					keep(keptTimings)
				}
			}
		}
	}
	keep(keptTimings)
	for last := false; !last; {
		last = n == len(frames)
		for range 2 {
			step, rateStep = max(1, step/2), rateStep/2
			around := best
			best = nil
			for _, c := range around {
				for _, dr := range []float64{-1, 0, 1} {
					for _, do := range []float64{-1, 0, 1} {
						k := candidate{rate: c.rate + dr*rateStep, offset: c.offset + do*step}
						k.score = score(k, n)
						best = append(best, k)
					}
				}
			}
			keep(keptTimings)
		}
		if !last {
			n = max(within(2*span), min(len(frames), n+1))
			span = max(1, frames[n-1])
			step, rateStep = 4, 4/span
		}
	}
	top := best[0]
	// No drift, or a known one, is likelier than one that fits a little better.
	for _, rate := range simpleRates() {
		simple := candidate{rate: 1 / rate}
		for offset := top.offset - 100; offset <= top.offset+100; offset++ {
			c := candidate{rate: 1 / rate, offset: offset}
			if c.score = score(c, len(frames)); c.score > simple.score {
				simple = c
			}
		}
		if simple.score >= simpleShare*top.score {
			top = simple
			break
		}
	}
	// The other offsets at this rate say what chance can do.
	var sum, squares, other float64
	others := 0
	for offset := -reach; offset <= reach; offset += 2 {
		if math.Abs(offset-top.offset) < 100 { // a second
			continue
		}
		s := score(candidate{rate: top.rate, offset: offset}, len(frames))
		sum += s
		squares += s * s
		other = max(other, s)
		others++
	}
	mean := sum / float64(others)
	deviation := math.Sqrt(max(1e-12, squares/float64(others)-mean*mean))
	margin := (top.score - other) / deviation
	rate := 1 / top.rate
	// Recording = (caption - origin) * top.rate + origin + offset.
	offset := origin - rate*(origin+top.offset)
	return Timing{
		Offset:     time.Duration(offset * float64(audio.FrameTime(1))),
		Rate:       rate,
		Confidence: 1 / (1 + math.Exp(doubtfulMargin-margin)),
		Cues:       len(starts),
	}
}

// riseReach is over how many frames to either side the level is compared.
const riseReach = 6

// levelRises is how much the level rises around each frame, on the scale of
// audio.NormalizedEnergy, zero where it falls.
func levelRises(f *audio.Frames) []float32 {
	energy := audio.NormalizedEnergy(f)
	sums := make([]float32, len(energy)+1)
	for i, e := range energy {
		sums[i+1] = sums[i] + min(1, max(0, e))
	}
	rise := make([]float32, len(energy))
	for i := range rise {
		before, after := max(0, i-riseReach), min(len(energy), i+riseReach)
		rise[i] = max(0, (sums[after]-sums[i])-(sums[i]-sums[before])) / riseReach
	}
	return rise
}
