package check

import (
	"math"
	"slices"
	"time"
)

// point is a cue whose place in the recording is known.
type point struct {
	cue          int
	heard, shown time.Duration
	confidence   float64 // of heard
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
	// leastTrend the fewest cues that have one.
	trendShare = 0.7
	leastTrend = 5
	// leastDrift is the least drift from the first cue to the last that is told
	// from none; captions are timed to some tens of milliseconds.
	leastDrift = 150 * time.Millisecond
)

// trends is how the times of captions run against the recording: one timing where
// there is one, else an offset for each of the stretches between which they jump,
// as they do where an advertisement was put in or taken out. Points are in the
// order of heard.
func trends(points []point) []stretch {
	whole := stretch{0, len(points), line(points)}
	if len(points) < 2*leastTrend || whole.Confidence >= trendShare {
		return []stretch{whole}
	}
	var all []stretch
	var held float64
	var split func(first, end, depth int)
	split = func(first, end, depth int) {
		g := constant(points[first:end])
		at := -1
		if g.Confidence < 0.9 && end-first >= 2*leastTrend && depth < 8 {
			at = jump(points[first:end])
		}
		if at < 0 {
			all = append(all, stretch{first, end, g})
			held += g.Confidence * float64(end-first)
			return
		}
		split(first, first+at, depth+1)
		split(first+at, end, depth+1)
	}
	split(0, len(points), 0)
	if held < trendShare*float64(len(points)) {
		return []stretch{whole}
	}
	return all
}

// jump is where points fall best into two stretches of one offset each: where the
// sum of the distances from their medians is least. -1: nowhere.
func jump(points []point) int {
	cost := func(points []point) float64 {
		m := constant(points).Offset
		var sum float64
		for _, p := range points {
			sum += (p.shown - p.heard - m).Abs().Seconds()
		}
		return sum
	}
	best, least := -1, 0.9*cost(points)
	try := func(from, to, step int) {
		for at := max(leastTrend, from); at <= min(len(points)-leastTrend, to); at += step {
			if c := cost(points[:at]) + cost(points[at:]); c < least {
				best, least = at, c
			}
		}
	}
	coarse := 1 + len(points)/100
	try(0, len(points), coarse)
	if best >= 0 {
		try(best-coarse, best+coarse, 1)
	}
	return best
}

// constant is the median offset of points.
func constant(points []point) Timing {
	d := make([]float64, len(points))
	for i, p := range points {
		d[i] = (p.shown - p.heard).Seconds()
	}
	g := Timing{Offset: seconds(median(d)), Rate: 1, Cues: len(points)}
	return g.confident(points)
}

// confident counts the share of points that g holds for; few are worth less.
func (g Timing) confident(points []point) Timing {
	n := 0
	for _, p := range points {
		if (p.shown - g.Caption(p.heard)).Abs() <= onTrend {
			n++
		}
	}
	g.Confidence = float64(n) / float64(max(1, len(points))) * (1 - math.Exp(-float64(n)/3))
	return g
}

// line is the straight line through most of the points: the median of the slopes
// of pairs half of all points apart (Theil's incomplete method), then least squares
// through what lies near it. Where the drift may be chance, there is none.
func line(points []point) Timing {
	n := len(points)
	flat := constant(points)
	if n < 2*leastTrend {
		return flat
	}
	var slopes []float64
	for i := range n / 2 {
		p, q := points[i], points[i+n-n/2]
		if x := (q.heard - p.heard).Seconds(); x > 0 {
			slopes = append(slopes, (q.shown-p.shown).Seconds()/x)
		}
	}
	if len(slopes) == 0 {
		return flat
	}
	rate := median(slopes)
	d := make([]float64, n)
	for i, p := range points {
		d[i] = p.shown.Seconds() - rate*p.heard.Seconds()
	}
	g := Timing{Offset: seconds(median(d)), Rate: rate, Cues: n}
	var sx, sy, sxx, sxy, m float64
	var errors []float64
	for _, p := range points {
		e := (p.shown - g.Caption(p.heard)).Abs()
		if e > onTrend {
			continue
		}
		x, y := p.heard.Seconds(), p.shown.Seconds()
		sx, sy, sxx, sxy, m = sx+x, sy+y, sxx+x*x, sxy+x*y, m+1
		errors = append(errors, e.Seconds())
	}
	spread := sxx - sx*sx/m
	if m < leastTrend || spread <= 0 {
		return flat
	}
	g.Rate = (sxy - sx*sy/m) / spread
	g.Offset = seconds((sy - g.Rate*sx) / m)
	// 1.48 times the median distance estimates the standard deviation.
	chance := 4 * max(0.02, 1.48*median(errors)) / math.Sqrt(spread)
	span := (points[n-1].heard - points[0].heard).Seconds()
	g = g.confident(points)
	if drift := math.Abs(g.Rate - 1); drift <= chance || drift*span < leastDrift.Seconds() && flat.Confidence >= g.Confidence-0.02 {
		return flat
	}
	for _, r := range conversions() {
		if math.Abs(g.Rate-r.rate) <= chance {
			exact := Timing{Rate: r.rate, Cues: n}
			for i, p := range points {
				d[i] = p.shown.Seconds() - r.rate*p.heard.Seconds()
			}
			exact.Offset = seconds(median(d))
			if exact = exact.confident(points); exact.Confidence >= g.Confidence-0.02 {
				return exact
			}
		}
	}
	return g
}

// median sorts x and returns its middle, 0 of none.
func median(x []float64) float64 {
	if len(x) == 0 {
		return 0
	}
	slices.Sort(x)
	return x[len(x)/2]
}
