package check

import (
	"context"
	"math"

	"cuewright/align"
	"cuewright/align/transcript"
	"cuewright/audio"
)

// claims returns what each cue says of the recording: that its words are said while it
// stands. A cue whose words are not in a row in the script claims nothing.
func (c *checker) claims(script *transcript.Script) []align.Claim {
	all := make([]align.Claim, len(c.in.Cues))
	words := scriptWords(script)
	var paired []word // those of the script that have a partner
	for i, k := range match(keys(words), keys(c.words)) {
		if k >= 0 {
			w := words[i]
			w.cue = c.words[k].cue
			paired = append(paired, w)
		}
	}
	for _, in := range chunks(paired, cueOf) {
		cue, first, end := in[0].cue, in[0].written, in[len(in)-1].written+1
		if len(in) == len(c.cueWords[cue]) && end-first <= len(in) {
			all[cue] = align.Claim{Segment: c.heard(cue), FirstWord: first, EndWord: end}
		}
	}
	return all
}

// holdText holds the words of each cue to the sound where the cue stands, and finds those that
// are not what is said there: others would fit as well. Without a model there is nothing to tell
// words by: the broad classes fit many.
func (c *checker) holdText(ctx context.Context, script *transcript.Script) error {
	if c.listener == nil || c.mismatch != "" || c.o.Align.Model == nil {
		return nil
	}
	c.claimed = c.claims(script)
	contrasts, err := c.listener.Contrasts(ctx, c.claimed)
	if err != nil {
		return err
	}
	for _, contrast := range contrasts {
		c.shares = append(c.shares, contrast.Share)
	}
	c.weighDoubts()
	return nil
}

// weighDoubts decides by c.shares which cues are doubted, and how bad that is. A share of NaN
// says nothing, and the least number there is says that the words don't fit in at all.
func (c *checker) weighDoubts() {
	var known []float64
	for i, share := range c.shares {
		if c.sayable(i) >= minDoubted && !math.IsNaN(share) && !c.tooFast(i) {
			known = append(known, share)
		}
	}
	usual := 1.0
	if len(known) >= minJudged {
		usual = median(known)
	}
	c.leastShare = min(leastShare, usualShare*max(0, usual))
	before := -1 // the last cue that could be judged, if it is doubted
	beside := 0  // how many cues that can't be judged lie behind it
	for i, share := range c.shares {
		switch {
		case c.sayable(i) < minDoubted, math.IsNaN(share): // nothing can be said
			beside++
		case share >= c.leastShare:
			before = -1
		case c.tooFast(i): // it stands for too short a time to be judged
			beside++
		default:
			// By chance one is doubted here and there, but hardly ever two in a row, unless
			// they are parts of one sentence that is hard to hear.
			row := before >= 0 && beside <= mostBeside && !c.goesOn(before, i)
			// A transcript that holds the same words speaks for a cue.
			alone := share < wrongShare*c.leastShare && c.in.Transcript == nil
			c.doubt[i] = pick(alone || row, Error, Warning)
			if row {
				c.doubt[before] = Error
			}
			before, beside = i, 0
		}
	}
	switch fits := c.Alignment != nil && c.Alignment.Verdict == align.Fits; {
	case usual >= mismatchShare:
	case fits: // the words are the recording's, and the times are wrong: nothing can be said where the cues stand
		clear(c.doubt)
	default:
		c.mismatch = "the recording"
	}
}

// goesOn reports whether cue k begins within the sentence that cue i ends with; both have words.
func (c *checker) goesOn(i, k int) bool {
	words := c.cueWords[i]
	return words[len(words)-1].sentence == c.cueWords[k][0].sentence
}

// wrongWhereFound reports whether the words of a cue, which is doubted, fit no better where the
// alignment has them: they are wrong rather than in the wrong place.
func (c *checker) wrongWhereFound(ctx context.Context, cue int) (bool, error) {
	if c.doubt[cue] == "" || c.in.Reference != nil {
		return false, nil
	}
	claim := c.claimed[cue]
	claim.Segment = audio.Segment{}
	for i, k := range c.partners {
		if k < 0 || c.words[k].cue != cue || !c.found[i].spoken {
			continue
		}
		if w := c.found[i]; claim.End == 0 {
			claim.Segment = w.Segment
		} else {
			claim.End = max(claim.End, w.End)
		}
	}
	if claim.End == 0 {
		return true, nil // it has none of them
	}
	there, err := c.listener.Contrasts(ctx, []align.Claim{claim})
	if err != nil {
		return false, err
	}
	return there[0].Share < c.leastShare, nil
}

// reportDoubtful reports the cues that are doubted, where nothing else is known of them.
func (c *checker) reportDoubtful() {
	for i, level := range c.doubt {
		if level == "" || c.settled[i] {
			continue
		}
		f := c.cueFinding(i, TextDoubtful, level)
		f.Message = "the words fit the sound no better than others would"
		f.Confidence = pick(level == Error, wrongConfidence, doubtedConfidence)
		f.weight = TextDoubtful.weight(c.leastShare - max(c.shares[i], -1))
		c.add(f)
	}
}
