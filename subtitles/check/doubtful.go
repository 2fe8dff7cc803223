package check

import (
	"context"
	"math"
	"slices"

	"cuewright/align"
	"cuewright/align/transcript"
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

// doubtText finds the cues whose words are not what is said there: others would fit the
// sound as well. Where the captions turned out to be late or early, the recording is listened
// to once more, where the cues should stand. Without a model there is nothing to tell words
// by: the broad classes fit many.
func (c *checker) doubtText(ctx context.Context, script *transcript.Script) error {
	if c.Alignment == nil || c.mismatch != "" || c.o.Align.Model == nil {
		return nil
	}
	contrasts := c.Alignment.Contrasts
	if slices.ContainsFunc(c.trend, Timing.shifts) {
		o := c.o.Align
		o.Claims, o.Progress = c.claims(script), nil
		a, err := align.Align(ctx, c.in.Frames, script, o)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			return nil
		}
		contrasts = a.Contrasts
	}
	c.contrasts = c.excess(contrasts)
	c.weighDoubts()
	return nil
}

// weighDoubts decides by c.contrasts which cues are doubted, and how bad that is. A contrast
// of NaN says nothing, and the least number there is says that the words don't fit in at all.
func (c *checker) weighDoubts() {
	before := -1 // the last cue that could be judged, if it is doubted
	beside := 0  // how many cues that can't be judged lie behind it
	known, doubted := 0, 0
	for i, z := range c.contrasts {
		words := c.cueWords[i]
		switch {
		case len(words) < minDoubted, math.IsNaN(z): // nothing can be said
			beside++
		case z >= doubtfulContrast:
			known++
			before = -1
		case c.tooFast(i): // it stands for too short a time to be judged
			beside++
		default:
			known++
			doubted++
			// By chance one is doubted here and there, but hardly ever two in a row, unless
			// they are parts of one sentence that is hard to hear.
			row := before >= 0 && beside <= mostBeside && !c.goesOn(before, i)
			// A transcript that holds the same words speaks for a cue.
			alone := z < wrongContrast && c.in.Transcript == nil
			c.doubt[i] = pick(alone || row, Error, Warning)
			if row {
				c.doubt[before] = Error
			}
			before, beside = i, 0
		}
	}
	if known >= minJudged && float64(doubted) > mostDoubted*float64(known) {
		c.mismatch = "the recording"
	}
}

// goesOn reports whether cue k begins within the sentence that cue i ends with; both have words.
func (c *checker) goesOn(i, k int) bool {
	words := c.cueWords[i]
	return words[len(words)-1].sentence == c.cueWords[k][0].sentence
}

// excess returns by how much the contrasts of cues exceed what may be expected of wrong
// words. Contrast grows with the square root of the number of phones, and by how much depends
// on the voices and the noise: the median over all cues says it, where there are
// minJudged. Wrong words have some of that, too, as many sounds are alike.
func (c *checker) excess(contrasts []float64) []float64 {
	var scale []float64 // of each cue
	var known []float64
	for i, z := range contrasts {
		scale = append(scale, math.Sqrt(float64(max(1, c.phones(c.cueWords[i])))))
		if len(c.cueWords[i]) >= minDoubted && !math.IsNaN(z) && !math.IsInf(z, 0) {
			known = append(known, z/scale[i])
		}
	}
	usual := 0.0
	if len(known) >= minJudged {
		usual = max(0, median(known))
	}
	all := make([]float64, len(contrasts))
	for i, z := range contrasts {
		all[i] = z - min(wrongShare*usual*scale[i], mostWrong)
	}
	return all
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
		f.weight = TextDoubtful.weight(doubtfulContrast - max(c.contrasts[i], -5))
		c.add(f)
	}
}
