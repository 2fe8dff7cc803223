package check

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"cuewright/audio"
)

// coverage finds speech without cues, and cues without speech.
func (c *checker) coverage(music []audio.Segment) {
	c.Speech = without(c.Speech, music)
	var shown []audio.Segment
	worded := map[int]bool{}
	for _, w := range c.words {
		worded[w.cue] = true
	}
	for i, cue := range c.in.Cues {
		if len(c.begins) > 0 {
			c.Cues[i].Onset = new(nearest(c.begins, cue.Start))
		}
		at := c.heard(i)
		if c.Duration > 0 && at.Start >= c.Duration {
			c.add(Finding{
				Segment: cue.Segment, Kind: PastEnd, Level: Error, Text: c.in.Cues[i].Text(), Cue: i, Cues: 1, Confidence: 1, weight: 50,
				Message: fmt.Sprintf("the recording ends before it, at %s", clock(c.Duration)),
			})
			continue
		}
		if !worded[i] {
			continue
		}
		shown = append(shown, audio.Segment{Start: at.Start - edge, End: at.End + edge})
		c.cueOverNothing(i, at, music)
	}
	slices.SortFunc(shown, func(x, y audio.Segment) int { return cmp.Compare(x.Start, y.Start) })
	bare := without(c.Speech, shown)
	var speech, covered time.Duration
	for _, s := range c.Speech {
		speech += s.Duration()
	}
	covered = speech
	for _, s := range bare {
		covered -= s.Duration()
	}
	c.Coverage = 1
	if speech > 0 {
		c.Coverage = float64(covered) / float64(speech)
	}
	// Words that the captions hold are said there, and shown elsewhere: that is told
	// of their cues.
	if c.Alignment != nil {
		var said []audio.Segment
		for i, k := range match(keys(c.found), keys(c.words)) {
			if k >= 0 && c.found[i].spoken && c.found[i].confidence >= 0.5 {
				said = append(said, c.found[i].Segment)
			}
		}
		bare = without(bare, said)
	}
	// What lies between the same cues is one finding.
	for i := 0; i < len(bare); {
		gap := bare[i]
		sum := gap.Duration()
		for i++; i < len(bare) && !overlapsAny(shown, audio.Segment{Start: gap.Start, End: bare[i].End}); i++ {
			gap.End = bare[i].End
			sum += bare[i].Duration()
		}
		if sum < leastUncovered {
			continue
		}
		c.add(Finding{
			Segment: gap, Kind: Uncovered, Level: pick(sum >= 5*time.Second, Error, Warning), Confidence: pick(c.Alignment != nil, 0.9, 0.6),
			Message: fmt.Sprintf("%.1f s of speech without captions", sum.Seconds()), Expected: new(gap.Start), weight: 10 * sum.Seconds(),
		})
	}
}

// cueOverNothing finds a cue over silence or music.
func (c *checker) cueOverNothing(i int, at audio.Segment, music []audio.Segment) {
	if c.settled[i] || c.Cues[i].Expected != nil && c.Cues[i].Confidence >= 0.5 || at.Duration() <= 0 {
		return
	}
	under := func(all []audio.Segment) float64 {
		var sum time.Duration
		for _, s := range all {
			sum += s.Overlap(at)
		}
		return float64(sum) / float64(at.Duration())
	}
	f := Finding{Segment: c.in.Cues[i].Segment, Level: Warning, Text: c.in.Cues[i].Text(), Cue: i, Cues: 1, Confidence: 0.8, weight: 20}
	switch speech, played := under(c.Speech), under(music); {
	case played > 1-silentShare:
		f.Kind, f.Message = OverMusic, "the cue stands over music"
	case speech+played < silentShare:
		f.Kind, f.Message = OverSilence, "the cue stands over silence"
	default:
		return
	}
	c.add(f)
	c.settle(i, 1)
}

// speed finds cues that stand for too short a time to hear their words.
func (c *checker) speed() {
	for first := 0; first < len(c.words); {
		end := first
		for end < len(c.words) && c.words[end].cue == c.words[first].cue {
			end++
		}
		words, i := c.words[first:end], c.words[first].cue
		first = end
		length := c.in.Cues[i].Duration()
		if rate := float64(c.units(words)) / max(length, time.Millisecond).Seconds(); len(words) > 1 && rate > fastestSpeech {
			c.add(Finding{
				Segment: c.in.Cues[i].Segment, Kind: TooFast, Level: Warning, Text: c.in.Cues[i].Text(), Cue: i, Cues: 1, Confidence: 1, weight: 5,
				Message: fmt.Sprintf("%d words in %.2f s: nobody speaks so fast", len(words), length.Seconds()),
			})
		}
	}
}

// without is what of all lies in none of gone; both in order and disjoint, save
// that gone may overlap.
func without(all, gone []audio.Segment) []audio.Segment {
	var left []audio.Segment
	k := 0
	for _, s := range all {
		for k > 0 && gone[k-1].End > s.Start {
			k--
		}
		for k < len(gone) && gone[k].End <= s.Start {
			k++
		}
		for j := k; j < len(gone) && gone[j].Start < s.End; j++ {
			if gone[j].Start > s.Start {
				left = append(left, audio.Segment{Start: s.Start, End: gone[j].Start})
			}
			s.Start = max(s.Start, gone[j].End)
		}
		if s.Start < s.End {
			left = append(left, s)
		}
	}
	return left
}

func overlapsAny(all []audio.Segment, s audio.Segment) bool {
	return slices.ContainsFunc(all, func(x audio.Segment) bool { return x.Overlap(s) > 0 })
}

// nearest is the time in all, which is in order, next to t.
func nearest(all []time.Duration, t time.Duration) time.Duration {
	i, _ := slices.BinarySearch(all, t)
	if i == len(all) || i > 0 && t-all[i-1] < all[i]-t {
		i--
	}
	return all[i]
}
