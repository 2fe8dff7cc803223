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
// to once more, where the cues should stand.
func (c *checker) doubtText(ctx context.Context, script *transcript.Script) error {
	if c.Alignment == nil || c.mismatch != "" {
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
	before := -1 // the last cue that could be doubted, if it is
	known, doubted := 0, 0
	for i, z := range c.contrasts {
		switch {
		case len(c.cueWords[i]) < minDoubted, math.IsNaN(z): // nothing can be said
		case z >= doubtfulContrast:
			known++
			before = -1
		case c.tooFast(i): // it stands for too short a time to be judged
		default:
			known++
			doubted++
			// By chance one is doubted here and there, but hardly ever two in a row, unless
			// they are parts of one sentence that is hard to hear.
			row := before >= 0 && c.cueWords[before][0].sentence != c.cueWords[i][0].sentence
			// A transcript that holds the same words speaks for a cue.
			alone := z < wrongContrast && c.in.Transcript == nil
			c.doubt[i] = pick(alone || row, Error, Warning)
			if row {
				c.doubt[before] = Error
			}
			before = i
		}
	}
	if known >= minJudged && float64(doubted) > mostDoubted*float64(known) {
		c.mismatch = "the recording"
	}
	return nil
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
