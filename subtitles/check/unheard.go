package check

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"cuewright/align"
	"cuewright/align/transcript"
	"cuewright/audio"
)

// checkUnheard finds captions that the alignment passed by, nobody saying them there,
// and looks for them where something is said that they lack: turns in the wrong order
// leave both. Asides of a sentence that is said may stand there unsaid.
func (c *checker) checkUnheard(ctx context.Context) error {
	if c.Alignment == nil || c.mismatch != "" {
		return nil
	}
	for i := 0; i < len(c.found); {
		if c.found[i].spoken || c.found[i].aside || c.found[i].confidence < minUnspokenConfidence {
			i++
			continue
		}
		confidence := c.found[i].confidence
		var words []word // of the captions
		for ; i < len(c.found) && !c.found[i].spoken && !c.found[i].aside; i++ {
			if k := c.partners[i]; k >= 0 {
				words = append(words, c.words[k])
			}
		}
		if len(words) >= minRun {
			if err := c.reportUnheard(ctx, words, confidence); err != nil {
				return err
			}
		}
	}
	return nil
}

// reportUnheard reports words that the alignment takes to be unsaid where they stand, or
// that they are said elsewhere. It listens for them first: the alignment is not always
// right.
func (c *checker) reportUnheard(ctx context.Context, words []word, confidence float64) error {
	first, last := words[0].cue, words[len(words)-1].cue
	f := Finding{
		Segment: c.extent(first, last), Kind: NotHeard, Level: Error, Cue: first, Cues: last - first + 1,
		Message: fmt.Sprintf("%d words that nobody says here", len(words)), Text: text(words),
		Confidence: confidence, weight: NotHeard.weight(float64(len(words))),
	}
	c.settle(f.Cue, f.Cues)
	if len(words) >= minSought {
		here := audio.Segment{Start: c.trend[first].Recording(words[0].Start), End: c.heard(last).End}
		around := audio.Segment{Start: here.Start - aroundCue, End: here.End + aroundCue}
		start, confidence, err := c.listen(ctx, words, around)
		if err != nil {
			return err
		}
		if d := start - here.Start; confidence >= elsewhereConfidence && d.Abs() <= 2*c.limit(d) {
			return nil
		}
		if start, confidence, err = c.seek(ctx, words); err != nil {
			return err
		}
		if confidence >= elsewhereConfidence {
			f.Kind, f.Expected, f.Error, f.Confidence = Moved, new(start), new(f.Start-start), confidence
			f.Message = fmt.Sprintf("%d words that are said elsewhere: out of order", len(words))
			f.weight += Moved.weight(0)
		}
	}
	c.add(f)
	return nil
}

// seek looks for words in the speech that the alignment found no words for, the nearest
// first, and returns where they most probably start and the confidence in that; 0 where
// they aren't found.
func (c *checker) seek(ctx context.Context, words []word) (start time.Duration, confidence float64, err error) {
	shortest := time.Duration(c.phones(words)) * quickestPhone
	places := slices.Clone(c.Alignment.Unscripted)
	from := words[0].Start
	slices.SortStableFunc(places, func(x, y align.Unscripted) int {
		return cmp.Compare((x.Start - from).Abs(), (y.Start - from).Abs())
	})
	for _, p := range places {
		if p.Duration() < shortest || c.searches >= maxSearches {
			continue
		}
		c.searches++
		at, found, err := c.listen(ctx, words, p.Segment)
		if err != nil {
			return 0, 0, err
		}
		if found > confidence {
			start, confidence = at, found
		}
	}
	return start, confidence, nil
}

// listen aligns words with a part of the recording alone, and returns where they start
// and the mean confidence of those that are heard; 0 where most of them aren't, and no more
// than foundConfidence where others would fit nearly as well.
func (c *checker) listen(
	ctx context.Context, words []word, within audio.Segment,
) (start time.Duration, confidence float64, err error) {
	frames := c.in.Frames
	first := max(0, int((within.Start-listenMargin)/audio.FrameTime(1)))
	end := min(frames.Len(), int((within.End+listenMargin)/audio.FrameTime(1)))
	if first >= end {
		return 0, 0, nil
	}
	o := c.o.Align
	o.Force, o.Progress, o.Lang = true, nil, c.Lang
	part := frames.Part(first, end)
	a, listener, err := align.Listen(ctx, part, scriptOf(words), o)
	if ctx.Err() != nil {
		return 0, 0, ctx.Err()
	}
	if err != nil {
		return 0, 0, nil // too short for the words
	}
	var sum float64
	spoken := 0
	found := alignmentWords(a)
	for _, w := range found {
		if !w.spoken {
			continue
		}
		if spoken == 0 {
			start = audio.FrameTime(first) + w.Start
		}
		spoken++
		sum += w.confidence
	}
	mean := sum / float64(max(1, spoken))
	if float64(spoken) < foundShare*float64(len(found)) || mean < foundConfidence {
		return 0, 0, nil
	}
	if o.Model == nil {
		return start, foundConfidence, nil // broad classes fit any words
	}
	// Models that are adapted to a few words alone fit any of them, too. Of words that are all the
	// same there is no contrast, and nothing is sure.
	all := []align.Claim{{Segment: audio.Segment{End: part.Duration()}, EndWord: len(words)}}
	contrasts, err := listener.Contrasts(ctx, all)
	if err != nil {
		return 0, 0, err
	}
	if !(contrasts[0].Deviations >= elsewhereContrast*math.Sqrt(float64(c.phones(words)))) {
		mean = foundConfidence
	}
	return start, mean, nil
}

// scriptOf returns the script of one turn that words make up.
func scriptOf(words []word) *transcript.Script {
	var turn transcript.Turn
	for _, all := range chunks(words, sentenceOf) {
		var s transcript.Sentence
		for _, w := range all {
			s.Words = append(s.Words, transcript.Word{Text: w.text})
		}
		turn.Sentences = append(turn.Sentences, s)
	}
	return &transcript.Script{Turns: []transcript.Turn{turn}}
}
