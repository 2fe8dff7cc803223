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

// reportTiming reports an offset or a drift of all cues.
func (c *checker) reportTiming(g Timing, how string) {
	all := audio.Segment{End: c.duration}
	for _, cue := range c.in.Cues {
		all.End = max(all.End, cue.End)
	}
	f := Finding{
		Segment: all, Level: Error, Cues: len(c.in.Cues), Error: new(g.Offset), Confidence: g.Confidence,
	}
	switch {
	case g.Rate != 1:
		f.Kind = Drift
		f.Message = fmt.Sprintf("the captions run %.2f%% too %s", 100*math.Abs(g.Rate-1), pick(g.Rate > 1, "slow", "fast"))
		if name := RateName(g.Rate, RateTolerance); name != "" {
			f.Message = fmt.Sprintf("the captions' times are stretched by %.5f, which is %s", g.Rate, name)
		}
		begin := pick(g.Offset.Abs() < 10*time.Millisecond, "on time", late(g.Offset))
		f.Message += fmt.Sprintf(", and begin %s, %s", begin, how)
	case g.shifts(c.slack):
		f.Kind = Offset
		f.Message = fmt.Sprintf("all cues come %s, %s", late(g.Offset), how)
	default:
		return
	}
	f.weight = f.Kind.weight(1)
	c.add(f)
}

// late returns a difference of times in words.
func late(d time.Duration) string {
	return fmt.Sprintf("%.2f s %s", d.Abs().Seconds(), pick(d >= 0, "late", "early"))
}

// how returns what tells when a cue should start, in words.
func (c *checker) how() string {
	return pick(c.in.Reference != nil, "by the reference", "by the words")
}

// findTiming estimates the timing of the cues from the points, and reports it.
func (c *checker) findTiming(points []point) {
	if len(points) == 0 {
		return
	}
	all := trends(points)
	main := slices.MaxFunc(all, func(x, y stretch) int { return (x.end - x.first) - (y.end - y.first) })
	c.Timing = &main.Timing
	from := 0 // the first cue of the stretch
	for i, s := range all {
		to := len(c.trend)
		if i+1 < len(all) {
			to = points[all[i+1].first].cue
		}
		if s.Confidence >= minTimingConfidence {
			if s.shifts(c.slack) {
				for k := from; k < to; k++ {
					c.trend[k] = s.Timing
				}
			}
			if len(all) == 1 {
				c.reportTiming(s.Timing, c.how())
			} else if s.shifts(c.slack) && to > from {
				c.reportStretch(s.Timing, from, to)
			}
		}
		from = max(from, to)
	}
}

// points notes when each cue should start, and returns the cues of which that is known
// for sure, in the order of the recording.
func (c *checker) points() []point {
	var points []point
	for _, s := range c.Comparison.starts {
		r := c.ref[s.ref]
		c.Cues[s.cue].Expected, c.Cues[s.cue].Confidence = new(r.Start), r.confidence
		if r.confidence >= minStartConfidence {
			points = append(points, point{s.cue, r.Start, r.Start + s.error, r.confidence, c.slack})
		}
	}
	slices.SortStableFunc(points, func(x, y point) int { return cmp.Compare(x.heard, y.heard) })
	return points
}

// reportStretch reports the offset of cues [from, to).
func (c *checker) reportStretch(g Timing, from, to int) {
	c.add(Finding{
		Segment: c.extent(from, to-1), Kind: Shift, Level: Error, Cue: from, Cues: to - from,
		Message: fmt.Sprintf("%d cues come %s, %s", to-from, late(g.Offset), c.how()),
		Error:   new(g.Offset), Expected: new(g.Recording(c.in.Cues[from].Start)), Confidence: g.Confidence, weight: Shift.weight(1),
	})
}

// offTrend returns the cues that are off the timing of their stretch by more than the
// limit, in order. Cues in a row by the same time make one run; one between them may be
// missing.
func (c *checker) offTrend(points []point) (runs [][]point) {
	slices.SortStableFunc(points, func(x, y point) int { return cmp.Compare(x.cue, y.cue) })
	open := false // the last run may go on
	for _, p := range points {
		d := c.lateness(p)
		if d.Abs() <= c.limit(d) || c.spared(p, d) {
			open = false
			continue
		}
		if open {
			run := &runs[len(runs)-1]
			if last := (*run)[len(*run)-1]; (c.lateness(last)-d).Abs() <= onTrend+c.slack && p.cue <= last.cue+2 {
				*run = append(*run, p)
				continue
			}
		}
		runs, open = append(runs, []point{p}), true
	}
	return runs
}

// lateness returns how late a cue comes by the timing of its stretch; negative: early.
func (c *checker) lateness(p point) time.Duration { return p.shown - c.trend[p.cue].caption(p.heard) }

// reportMisplaced reports a run of cues that are off the timing of the rest by the same
// time. A single cue is listened to again first: the words may be wrong instead. Where that is
// open, both are reported.
func (c *checker) reportMisplaced(ctx context.Context, run []point) error {
	first, last := run[0], run[len(run)-1]
	var errors []float64
	confidence, wrong := 1.0, false
	if len(run) == 1 {
		var err error
		if wrong, err = c.wrongWhereFound(ctx, first.cue); err != nil {
			return err
		}
		if wrong && c.doubt[first.cue] == Error {
			return nil // it is reported as doubtful
		}
	}
	for _, p := range run {
		errors = append(errors, c.lateness(p).Seconds())
		confidence = min(confidence, p.confidence)
		if !wrong {
			c.settle(p.cue, 1)
		}
	}
	if len(run) == 1 && c.in.Reference == nil && c.relistened < maxRelistened {
		c.relistened++
		ok, err := c.heardInPlace(ctx, first.cue)
		if ok || err != nil {
			return err
		}
	}
	e := seconds(median(errors))
	// A few cues in a row weigh what they would one by one, not what a stretch does.
	weight := Misplaced.weight(e.Abs().Seconds() * float64(len(run)))
	f := Finding{
		Segment: c.extent(first.cue, last.cue), Kind: Misplaced, Level: Error, Cue: first.cue, Cues: last.cue - first.cue + 1,
		Message: fmt.Sprintf("the cue comes %s, %s", late(e), c.how()), Text: c.in.Cues[first.cue].Text(),
		Error: new(e), Expected: new(first.heard), Confidence: confidence, weight: weight,
	}
	if wrong {
		f.Message += ", which are hard to hear there"
		f.Confidence = min(f.Confidence, doubtedConfidence)
	}
	if len(run) > 1 {
		f.Kind = Shift
		f.Message = fmt.Sprintf("%d cues come %s, %s", len(run), late(e), c.how())
	}
	c.add(f)
	return nil
}

// heardInPlace reports whether the words of a cue, looked for around it alone, are heard
// where it stands. Fewer than minSought words are looked for together with those behind them:
// alone they fit anywhere, so that the aligner has no confidence in them.
func (c *checker) heardInPlace(ctx context.Context, cue int) (bool, error) {
	at, words, last := c.heard(cue), c.cueWords[cue], cue
	for len(words) < minSought && last+1 < len(c.cueWords) {
		last++
		words = slices.Concat(words, c.cueWords[last])
	}
	around := audio.Segment{Start: at.Start - aroundCue, End: c.heard(last).End + aroundCue}
	start, confidence, err := c.listen(ctx, words, around)
	d := start - at.Start - c.slack
	return confidence > 0 && d.Abs() <= c.limit(d), err
}

// limit returns how far a cue may come late, or early where d is negative.
func (c *checker) limit(d time.Duration) time.Duration {
	return c.o.Tolerance + c.slack + pick(d > 0, c.o.Preset.Late, c.o.Preset.Early)
}

// spared reports whether a cue that the words put elsewhere begins close to an onset of
// speech: the words may as well be wrong. d is how late the cue comes.
func (c *checker) spared(p point, d time.Duration) bool {
	if c.in.Reference != nil || d.Abs() > maxSpared || len(c.onsets) == 0 {
		return false
	}
	at := c.trend[p.cue].Recording(p.shown)
	return (nearest(c.onsets, at) - at).Abs() <= onsetReach
}

// heard returns where in the recording a cue lies by the timing of its stretch.
func (c *checker) heard(cue int) audio.Segment {
	g, s := c.trend[cue], c.in.Cues[cue].Segment
	return audio.Segment{Start: g.Recording(s.Start), End: g.Recording(s.End)}
}
