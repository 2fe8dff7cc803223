package check

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"cuewright/audio"
)

// tellTiming finds an offset and a drift.
func (c *checker) tellTiming(g Timing, how string) {
	all := audio.Segment{End: c.Duration}
	for _, cue := range c.in.Cues {
		all.End = max(all.End, cue.End)
	}
	f := Finding{Segment: all, Level: Error, Cues: len(c.in.Cues), Error: g.Offset, Confidence: g.Confidence, weight: 1e8}
	if g.Rate != 1 {
		f.Kind = Drift
		f.Message = fmt.Sprintf("the captions run %.2f%% too %s", 100*math.Abs(g.Rate-1), pick(g.Rate > 1, "slow", "fast"))
		if name := RateName(g.Rate, RateTolerance); name != "" {
			f.Message = fmt.Sprintf("the captions' times are stretched by %.5f, which is %s", g.Rate, name)
		}
		f.Message += fmt.Sprintf(", and begin %s, %s", pick(g.Offset.Abs() < 10*time.Millisecond, "on time", late(g.Offset)), how)
		c.add(f)
	} else if g.shifts() {
		f.Kind = Offset
		f.Message = fmt.Sprintf("all cues come %s, %s", late(g.Offset), how)
		c.add(f)
	}
}

// late says a difference of time in words.
func late(d time.Duration) string {
	return fmt.Sprintf("%.2f s %s", d.Abs().Seconds(), pick(d >= 0, "late", "early"))
}

// timing finds how the cues run against the reference, and those that run
// otherwise.
func (c *checker) timing(ctx context.Context) error {
	var points []point
	for _, s := range c.Comparison.starts {
		r := c.ref[s.ref]
		c.Cues[s.cue].Expected, c.Cues[s.cue].Confidence = new(r.Start), r.confidence
		if r.confidence >= sureStart {
			points = append(points, point{s.cue, r.Start, r.Start + s.error, r.confidence})
		}
	}
	if len(points) == 0 {
		return nil
	}
	slices.SortStableFunc(points, func(x, y point) int { return cmp.Compare(x.heard, y.heard) })
	all := trends(points)
	main := slices.MaxFunc(all, func(x, y stretch) int { return (x.end - x.first) - (y.end - y.first) })
	c.Timing = &main.Timing
	how := pick(c.in.Reference != nil, "by the reference", "by the words")
	from := 0
	for i, s := range all {
		to := len(c.trend)
		if i+1 < len(all) {
			to = points[all[i+1].first].cue
		}
		for k := from; k < to; k++ {
			if s.Confidence >= leastConfidence && s.shifts() {
				c.trend[k] = s.Timing
			}
		}
		switch {
		case s.Confidence < leastConfidence:
		case len(all) == 1:
			c.tellTiming(s.Timing, how)
		case s.shifts() && to > from:
			c.add(Finding{
				Segment: c.extent(from, to-1), Kind: Shift, Level: Error,
				Message: fmt.Sprintf("%d cues come %s, %s", to-from, late(s.Offset), how),
				Cue:     from, Cues: to - from, Error: s.Offset, Confidence: s.Confidence,
				Expected: new(s.Recording(c.in.Cues[from].Start)), weight: 1e7,
			})
		}
		from = max(from, to)
	}
	return c.misplaced(ctx, points, how)
}

// misplaced finds cues that lie off the timing of the rest. Several in a row by
// the same time are one finding.
func (c *checker) misplaced(ctx context.Context, points []point, how string) (failed error) {
	var run []point
	opinions := 0
	off := func(p point) time.Duration { return p.shown - c.trend[p.cue].Caption(p.heard) }
	flush := func() {
		if len(run) == 0 {
			return
		}
		var errors []float64
		sure := 1.0
		last := run[len(run)-1].cue
		for _, p := range run {
			errors = append(errors, off(p).Seconds())
			sure = min(sure, p.confidence)
			c.settle(p.cue, 1)
		}
		first := run[0]
		e := seconds(median(errors))
		if len(run) == 1 && opinions < mostOpinions && c.in.Reference == nil {
			opinions++
			at := c.heard(first.cue)
			start, sure, err := c.hear(ctx, c.cueWords(first.cue), audio.Segment{Start: at.Start - aroundCue, End: at.End + aroundCue})
			if err != nil {
				failed = err
			}
			if d := start - at.Start; sure > 0 && d.Abs() <= c.limit(d) {
				run = nil
				return
			}
		}
		f := Finding{
			Segment: c.extent(first.cue, last), Kind: Misplaced, Level: Error,
			Message: fmt.Sprintf("the cue comes %s, %s", late(e), how), Text: c.in.Cues[first.cue].Text(),
			Cue: first.cue, Cues: last - first.cue + 1, Error: e, Expected: new(first.heard), Confidence: sure,
			weight: e.Abs().Seconds() * float64(len(run)),
		}
		if len(run) > 1 {
			f.Kind = Shift
			f.Message = fmt.Sprintf("%d cues come %s, %s", len(run), late(e), how)
		}
		c.add(f)
		run = nil
	}
	slices.SortStableFunc(points, func(x, y point) int { return cmp.Compare(x.cue, y.cue) })
	for _, p := range points {
		d := off(p)
		if d.Abs() <= c.limit(d) || c.spared(p, d) {
			flush()
			continue
		}
		if n := len(run); n > 0 && ((off(run[n-1])-d).Abs() > onTrend || p.cue > run[n-1].cue+2) {
			flush()
		}
		run = append(run, p)
	}
	flush()
	return failed
}

// limit is how far a cue may come late, or early where d is negative.
func (c *checker) limit(d time.Duration) time.Duration {
	return c.o.Tolerance + pick(d > 0, c.o.Preset.Late, c.o.Preset.Early)
}

// spared says whether a cue that the words have elsewhere begins with an onset of
// speech close by: the words may as well be wrong.
func (c *checker) spared(p point, d time.Duration) bool {
	if c.in.Reference != nil || d.Abs() > mostSpared || len(c.begins) == 0 {
		return false
	}
	at := c.trend[p.cue].Recording(p.shown)
	return (nearest(c.begins, at) - at).Abs() <= onsetReach
}

// heard is where in the recording a cue lies by the timing of its stretch.
func (c *checker) heard(i int) audio.Segment {
	g, s := c.trend[i], c.in.Cues[i].Segment
	return audio.Segment{Start: g.Recording(s.Start), End: g.Recording(s.End)}
}
