package check

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"cuewright/audio"
	"cuewright/subtitles/format"
)

// shown returns where in the recording cues with words stand, by their starts, widened by
// edge. A sound cue holds nothing of what is said.
func (c *checker) shown() (all []audio.Segment) {
	for i := range c.in.Cues {
		at := c.heard(i)
		if len(c.cueWords[i]) > 0 && (c.duration == 0 || at.Start < c.duration) {
			all = append(all, audio.Segment{Start: at.Start - edge, End: at.End + edge})
		}
	}
	sortByStart(all)
	return all
}

// bareSpeech returns the speech that is under no cue with words.
func (c *checker) bareSpeech() []audio.Segment { return without(c.Speech, c.shown()) }

// checkCoverage finds speech without cues, and cues without speech.
func (c *checker) checkCoverage() {
	for i, cue := range c.in.Cues {
		if len(c.onsets) > 0 {
			c.Cues[i].Onset = new(nearest(c.onsets, cue.Start))
		}
		at := c.heard(i)
		if c.duration > 0 && at.Start >= c.duration {
			f := c.cueFinding(i, PastEnd, Error)
			f.Message = fmt.Sprintf("the recording ends before it, at %s", format.Clock(c.duration, ".", 1))
			c.add(f)
			continue
		}
		if len(c.cueWords[i]) > 0 {
			c.checkSpeechUnder(i, at)
		}
	}
	shown := c.shown()
	bare := without(c.Speech, shown)
	coverage := 1.0
	if speech := total(c.Speech); speech > 0 {
		coverage = float64(speech-total(bare)) / float64(speech)
	}
	c.Coverage = &coverage
	c.reportUncovered(bare, shown)
}

// cueFinding returns a finding about one cue that is certain.
func (c *checker) cueFinding(cue int, kind Kind, level Level) Finding {
	return Finding{
		Segment: c.in.Cues[cue].Segment, Kind: kind, Level: level, Text: c.in.Cues[cue].Text(), Cue: cue, Cues: 1, Confidence: 1,
		weight: kind.weight(1),
	}
}

// checkSpeechUnder finds a cue over silence or music; at is where it lies in the
// recording.
func (c *checker) checkSpeechUnder(cue int, at audio.Segment) {
	r, doubted := c.Cues[cue], c.doubt[cue] != ""
	heard := r.Expected != nil && r.Confidence >= minHeardConfidence && !doubted
	if c.settled[cue] || heard || at.Duration() <= 0 {
		return
	}
	under := func(all []audio.Segment) float64 { return float64(total(within(all, at))) / float64(at.Duration()) }
	var f Finding
	switch speech, sound := under(c.Speech), under(c.sounds); {
	case sound > 1-silentShare:
		f = c.cueFinding(cue, OverMusic, Warning)
		f.Message = "the cue stands over music"
	case speech+sound < silentShare:
		f = c.cueFinding(cue, OverSilence, Warning)
		f.Message = "the cue stands over silence"
	default:
		return
	}
	f.Confidence = 0.8
	// A recognizer makes up words where there are none. Asides may be there to be looked at.
	unsaid := c.Alignment != nil && c.mismatch == "" && f.Kind == OverSilence && !c.said[cue] && c.sayable(cue) > 0
	if doubted || unsaid {
		f.Level, f.Confidence = Error, wrongConfidence
		f.Message += ", and its words are not heard"
	}
	c.add(f)
	c.settle(cue, 1)
}

// reportUncovered reports speech that is bare of captions. What lies between the same
// cues, where these are shown, is one finding.
func (c *checker) reportUncovered(bare, shown []audio.Segment) {
	confidence := 0.6
	if c.Alignment != nil {
		// Words that the captions hold are said there and shown elsewhere: that is
		// reported of their cues.
		var said []audio.Segment
		for i, k := range c.partners {
			if k >= 0 && c.found[i].spoken && c.found[i].confidence >= minHeardConfidence {
				said = append(said, c.found[i].Segment)
			}
		}
		bare = without(bare, said)
		confidence = 0.9
	}
	for i := 0; i < len(bare); {
		gap := bare[i]
		sum := gap.Duration()
		for i++; i < len(bare) && !overlapsAny(shown, audio.Segment{Start: gap.Start, End: bare[i].End}); i++ {
			gap.End = bare[i].End
			sum += bare[i].Duration()
		}
		if sum < minUncovered {
			continue
		}
		f := Finding{
			Segment: gap, Kind: Uncovered, Confidence: confidence,
			Message:  fmt.Sprintf("%.1f s of speech without captions", sum.Seconds()),
			Expected: new(gap.Start), weight: Uncovered.weight(sum.Seconds()),
		}
		severe := true
		if cue := c.soundCue(gap); cue >= 0 {
			f.Kind, f.Cue, f.Cues, f.Text, f.Expected = SoundOverSpeech, cue, 1, c.in.Cues[cue].Text(), nil
			f.Message += " but for a sound"
			severe = sum >= severeSound // it may be that sound: laughter is taken for speech, too
		}
		f.Level = c.levelOfUncaptioned(gap, severe)
		c.add(f)
	}
}

// levelOfUncaptioned returns how bad it is that captions lack what is said in a stretch of the
// recording, where it is severe or not by itself. Where there are words to go by, only speech
// that holds some of them is an error: the transcript may lack it, too, as it lacks
// advertisements.
func (c *checker) levelOfUncaptioned(at audio.Segment, severe bool) Level {
	if c.Comparison != nil && (c.in.Transcript != nil || c.in.Reference != nil) {
		severe = overlapsAny(c.missing, at)
	}
	return pick(severe, Error, Warning)
}

// soundCue returns the index of the first cue without words that stands over a stretch of
// the recording, -1 where there is none.
func (c *checker) soundCue(at audio.Segment) int {
	for i, words := range c.cueWords {
		if len(words) == 0 && len(c.in.Cues[i].Lines) > 0 && c.heard(i).Overlap(at) > 0 {
			return i
		}
	}
	return -1
}

// checkSpeed finds cues that stand for too short a time to hear their words.
func (c *checker) checkSpeed() {
	for i := range c.cueWords {
		if n := c.sayable(i); n >= 2 && c.tooFast(i) {
			f := c.cueFinding(i, TooFast, Warning)
			f.Message = fmt.Sprintf("%d words in %.2f s: nobody speaks so fast", n, c.in.Cues[i].Duration().Seconds())
			c.add(f)
		}
	}
}

// tooFast reports whether nobody could say the words of a cue while it stands.
func (c *checker) tooFast(cue int) bool {
	length := max(c.in.Cues[cue].Duration()+2*c.slack, time.Millisecond) // both ends are rounded
	return float64(c.phones(c.cueWords[cue])) > fastestSpeech*length.Seconds()
}

// sayable returns how many words of a cue are said or may be: all but silent asides.
func (c *checker) sayable(cue int) int {
	return count(c.cueWords[cue], func(w word) bool { return w.spoken })
}

// phones returns how many phones the words have that are said or may be.
func (c *checker) phones(words []word) int {
	var texts []string
	for _, w := range words {
		if w.spoken || !w.aside {
			texts = append(texts, w.text)
		}
	}
	n := 0
	for _, w := range c.o.Align.Lexicon.Sentence(texts, c.Lang) {
		n += len(w.Phones)
	}
	return n
}

func sortByStart(all []audio.Segment) {
	slices.SortFunc(all, func(x, y audio.Segment) int { return cmp.Compare(x.Start, y.Start) })
}

// total returns the sum of the durations.
func total(all []audio.Segment) (sum time.Duration) {
	for _, s := range all {
		sum += s.Duration()
	}
	return sum
}

// within returns what of all, which are disjoint and in order, lies in s.
func within(all []audio.Segment, s audio.Segment) (inside []audio.Segment) {
	first, _ := slices.BinarySearchFunc(all, s.Start, func(x audio.Segment, t time.Duration) int { return cmp.Compare(x.End, t) })
	for _, x := range all[first:] {
		if x.Start >= s.End {
			break
		}
		if x = (audio.Segment{Start: max(x.Start, s.Start), End: min(x.End, s.End)}); x.Start < x.End {
			inside = append(inside, x)
		}
	}
	return inside
}

// without returns what of all lies in none of gone. Both are in the order of their
// starts; those of all are disjoint, and so are those of the result.
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

// nearest returns the time in all, which is in order and not empty, next to t.
func nearest(all []time.Duration, t time.Duration) time.Duration {
	i, _ := slices.BinarySearch(all, t)
	if i == len(all) || i > 0 && t-all[i-1] < all[i]-t {
		i--
	}
	return all[i]
}
