package check

import (
	"math"
	"slices"
	"time"

	"cuewright/audio/portable"
)

// Where words say when cues are heard, the timing of captions is a line through points,
// (when a cue is heard, when it is shown). Some points are far off: cues that were moved,
// and words that were found in the wrong place. The line is therefore a robust one: its
// slope is the median of slopes of pairs (Theil 1950, in the incomplete form that takes
// each point once), and least squares are taken only of the points near it. Where no one
// line holds for most points, the captions are cut into stretches with an offset each
// (binary segmentation, Scott & Knott 1974, by the sum of absolute errors).

// point is a cue whose place in the recording is known.
type point struct {
	cue          int           // its index
	heard, shown time.Duration // when its first word is said, and when it appears
	confidence   float64       // of heard, in [0, 1]
	slack        time.Duration // that shown may be off, as it is rounded
}

// stretch is points[first:end] that one timing holds for.
type stretch struct {
	first, end int
	Timing
}

const (
	// onTrend is how far a cue may lie from the timing of the rest to count for it.
	onTrend = 300 * time.Millisecond
	// trendShare is the least share of cues that a timing has to hold for, and
	// minTrend the fewest cues that have one.
	trendShare = 0.7
	minTrend   = 5
	// minDrift is the least drift from the first cue to the last that is reported;
	// captions are timed to some tens of milliseconds.
	minDrift = 150 * time.Millisecond
	// asGood is by how much less a simpler timing's confidence may be for it to be
	// preferred.
	asGood = 0.02
	// oneOffset is the share of a stretch that an offset has to hold for so that it is
	// not cut further, and maxCuts bounds how often it is cut.
	oneOffset = 0.9
	maxCuts   = 8
	// cutGain is what a cut has to bring the sum of the absolute errors down to.
	cutGain = 0.9
	// minDeviation is the least standard deviation of a cue's start, in seconds.
	minDeviation = 0.02
)

// trends returns how the times of captions run against the recording: one timing where
// there is one, else an offset for each of the stretches between which they jump, as
// they do where an advertisement was put in or taken out. Points are in the order of
// heard; there is at least one.
func trends(points []point) []stretch {
	whole := stretch{0, len(points), line(points)}
	if len(points) < 2*minTrend || whole.Confidence >= trendShare {
		return []stretch{whole}
	}
	var all []stretch
	var held float64 // how many points the stretches hold for
	var split func(first, end, cuts int)
	split = func(first, end, cuts int) {
		g := constant(points[first:end])
		if g.Confidence < oneOffset && end-first >= 2*minTrend && cuts < maxCuts {
			if at, ok := jump(points[first:end]); ok {
				split(first, first+at, cuts+1)
				split(first+at, end, cuts+1)
				return
			}
		}
		all = append(all, stretch{first, end, g})
		held += float64(g.Confidence * float64(end-first))
	}
	split(0, len(points), 0)
	if held < trendShare*float64(len(points)) {
		return []stretch{whole}
	}
	return all
}

// jump returns where points fall best into two stretches of one offset each: where the
// sum of the absolute differences from their medians is least. It reports false where
// no cut brings that sum down by enough.
func jump(points []point) (at int, ok bool) {
	cost := func(points []point) float64 {
		m := constant(points).Offset
		var sum float64
		for _, p := range points {
			sum += (p.shown - p.heard - m).Abs().Seconds()
		}
		return sum
	}
	least := cutGain * cost(points)
	try := func(from, to, step int) {
		for k := max(minTrend, from); k <= min(len(points)-minTrend, to); k += step {
			if c := cost(points[:k]) + cost(points[k:]); c < least {
				at, least, ok = k, c, true
			}
		}
	}
	coarse := 1 + len(points)/100
	try(0, len(points), coarse)
	if ok {
		try(at-coarse, at+coarse, 1)
	}
	return at, ok
}

// constant returns the median offset of points.
func constant(points []point) Timing {
	d := make([]float64, len(points))
	for i, p := range points {
		d[i] = (p.shown - p.heard).Seconds()
	}
	g := Timing{Offset: seconds(median(d)), Rate: 1, Cues: len(points)}
	return g.confident(points)
}

// atRate returns the timing of that rate, with the median offset of points.
func atRate(rate float64, points []point) Timing {
	d := make([]float64, len(points))
	for i, p := range points {
		d[i] = p.shown.Seconds() - float64(rate*p.heard.Seconds())
	}
	return Timing{Offset: seconds(median(d)), Rate: rate, Cues: len(points)}
}

// confident returns g with the share of points that it holds for as its confidence;
// few points are worth less.
func (g Timing) confident(points []point) Timing {
	n := 0
	for _, p := range points {
		if (p.shown - g.caption(p.heard)).Abs() <= onTrend+p.slack {
			n++
		}
	}
	g.Confidence = float64(n) / float64(max(1, len(points))) * (1 - portable.Exp(-float64(n)/3))
	return g
}

// line returns the straight line through most of the points. Where the drift may be
// chance there is none, and where it may be a known conversion it is that.
func line(points []point) Timing {
	flat := constant(points)
	if len(points) < 2*minTrend {
		return flat
	}
	rate, ok := medianSlope(points)
	if !ok {
		return flat
	}
	g, chance, ok := leastSquares(points, atRate(rate, points))
	if !ok {
		return flat
	}
	span := (points[len(points)-1].heard - points[0].heard).Seconds()
	drift := math.Abs(g.Rate - 1)
	if drift <= chance || drift*span < minDrift.Seconds() && flat.Confidence >= g.Confidence-asGood {
		return flat
	}
	for _, known := range conversions() {
		if math.Abs(g.Rate-known.rate) <= chance {
			if exact := atRate(known.rate, points).confident(points); exact.Confidence >= g.Confidence-asGood {
				return exact
			}
		}
	}
	return g
}

// medianSlope returns the median of the slopes of pairs half of all points apart, and
// false where all are heard at once.
func medianSlope(points []point) (slope float64, ok bool) {
	n := len(points)
	var slopes []float64
	for i := range n / 2 {
		p, q := points[i], points[i+n-n/2]
		if x := (q.heard - p.heard).Seconds(); x > 0 {
			slopes = append(slopes, (q.shown-p.shown).Seconds()/x)
		}
	}
	return median(slopes), len(slopes) > 0
}

// leastSquares returns the regression line of the points near g, and how far its rate
// may be from the truth by chance: four standard errors. It reports false where too few
// points are near g.
func leastSquares(points []point, g Timing) (fit Timing, chance float64, ok bool) {
	var sx, sy, sxx, sxy, n float64
	var errors []float64
	for _, p := range points {
		e := (p.shown - g.caption(p.heard)).Abs()
		if e > onTrend+p.slack {
			continue
		}
		x, y := p.heard.Seconds(), p.shown.Seconds()
		sx, sy, sxx, sxy, n = sx+x, sy+y, sxx+float64(x*x), sxy+float64(x*y), n+1
		errors = append(errors, e.Seconds())
	}
	spread := sxx - sx*sx/n
	if n < minTrend || spread <= 0 {
		return g, 0, false
	}
	fit = Timing{Rate: (sxy - sx*sy/n) / spread, Cues: len(points)}
	fit.Offset = seconds((sy - float64(fit.Rate*sx)) / n)
	// 1.48 times the median absolute error estimates the standard deviation.
	chance = 4 * max(minDeviation, 1.48*median(errors)) / math.Sqrt(spread)
	return fit.confident(points), chance, true
}

// median sorts x and returns its middle, 0 of none.
func median(x []float64) float64 {
	if len(x) == 0 {
		return 0
	}
	slices.Sort(x)
	return x[len(x)/2]
}
