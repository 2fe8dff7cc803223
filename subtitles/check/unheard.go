package check

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"cuewright/align"
	"cuewright/align/pronounce"
	"cuewright/align/transcript"
	"cuewright/audio"
)

const (
	// mostSearches bounds how often unheard words are looked for elsewhere.
	mostSearches = 40
	// leastSought is the fewest words that are looked for: fewer are found
	// anywhere.
	leastSought = 5
	// quickestUnit is the least time that a sound takes in a long stretch.
	quickestUnit = 40 * time.Millisecond
	// foundShare and foundConfidence are what words have to reach to count as heard,
	// and elsewhereConfidence what they have to reach to count as said elsewhere.
	// Turns that were swapped reached 0.98 and more, other words 0.95 at the most.
	foundShare, foundConfidence = 0.8, 0.8
	elsewhereConfidence         = 0.97
	// mostOpinions bounds how many misplaced cues are listened to again.
	mostOpinions = 100
	// aroundCue is how far around it: to where it would be found if it were wrong
	// by a little.
	aroundCue = 1500 * time.Millisecond
	// margin is what is taken of the recording to both sides of where they are
	// looked for.
	margin = 200 * time.Millisecond
)

// unheard finds captions that the alignment passed by, nobody saying them there,
// and looks for them where something is said that they lack: turns in the wrong
// order leave both.
func (c *checker) unheard(ctx context.Context) error {
	if c.Alignment == nil {
		return nil
	}
	ref := c.found
	at := match(keys(ref), keys(c.words))
	searches := 0
	for i := 0; i < len(ref); {
		if ref[i].spoken || ref[i].confidence < sureUnspoken {
			i++
			continue
		}
		first := i
		for i < len(ref) && !ref[i].spoken {
			i++
		}
		var held []word // by the captions
		for k := first; k < i; k++ {
			if at[k] >= 0 {
				held = append(held, c.words[at[k]])
			}
		}
		if len(held) < leastRun {
			continue
		}
		last := held[len(held)-1].cue
		f := Finding{
			Segment: c.extent(held[0].cue, last), Kind: NotHeard, Level: Error,
			Message: fmt.Sprintf("%d words that nobody says here", len(held)), Text: text(held), Cue: held[0].cue, Cues: last - held[0].cue + 1,
			Confidence: ref[first].confidence, weight: 1000 + float64(len(held)),
		}
		if len(held) >= leastSought {
			// They may be said here, after all: the alignment is not always right.
			here := audio.Segment{Start: c.trend[f.Cue].Recording(held[0].Start), End: c.heard(last).End}
			start, sure, err := c.hear(ctx, held, audio.Segment{Start: here.Start - aroundCue, End: here.End + aroundCue})
			if err != nil {
				return err
			}
			if d := start - here.Start; sure >= elsewhereConfidence && d.Abs() <= 2*c.limit(d) {
				c.settle(f.Cue, f.Cues)
				continue
			}
			if start, sure, err = c.seek(ctx, held, &searches); err != nil {
				return err
			}
			if sure >= elsewhereConfidence {
				f.Kind, f.Expected, f.Error, f.Confidence = Moved, new(start), f.Start-start, sure
				f.Message = fmt.Sprintf("%d words that are said elsewhere: out of order", len(held))
				f.weight += 1e4
			}
		}
		c.add(f)
		c.settle(f.Cue, f.Cues)
	}
	return nil
}

// seek looks for words in the speech that the alignment found no words for, and
// says where they start and how sure that is; 0 where they aren't found.
func (c *checker) seek(ctx context.Context, words []word, searches *int) (start time.Duration, sure float64, err error) {
	least := time.Duration(c.units(words)) * quickestUnit
	places := slices.Clone(c.Alignment.Unscripted)
	near := words[0].Start
	slices.SortStableFunc(places, func(x, y align.Unscripted) int {
		return cmp.Compare((x.Start - near).Abs(), (y.Start - near).Abs())
	})
	for _, p := range places {
		if p.Duration() < least || *searches >= mostSearches {
			continue
		}
		*searches++
		at, confidence, err := c.hear(ctx, words, p.Segment)
		if err != nil {
			return 0, 0, err
		}
		if confidence > sure {
			start, sure = at, confidence
		}
	}
	return start, sure, nil
}

// hear aligns words with a part of the recording alone, and says where they start
// and how sure that is; 0 where most of them aren't found.
func (c *checker) hear(ctx context.Context, words []word, within audio.Segment) (start time.Duration, sure float64, err error) {
	s := &transcript.Script{Turns: []transcript.Turn{{}}}
	t := &s.Turns[0]
	for i, w := range words {
		if i == 0 || w.sentence != words[i-1].sentence {
			t.Sentences = append(t.Sentences, transcript.Sentence{})
		}
		sentence := &t.Sentences[len(t.Sentences)-1]
		sentence.Words = append(sentence.Words, transcript.Word{Text: w.text})
	}
	frames := c.in.Frames
	first := max(0, int((within.Start-margin)/audio.FrameTime(1)))
	end := min(frames.Len(), int((within.End+margin)/audio.FrameTime(1)))
	if first >= end {
		return 0, 0, nil
	}
	o := c.o.Align
	o.Force, o.Progress, o.Lang = true, nil, c.Lang
	a, err := align.Align(ctx, frames.Part(first, end), s, o)
	if ctx.Err() != nil {
		return 0, 0, ctx.Err()
	}
	if err != nil {
		return 0, 0, nil // too short for the words
	}
	var sum float64
	spoken, all := 0, 0
	for _, w := range alignmentWords(a) {
		all++
		if w.spoken {
			if spoken == 0 {
				start = audio.FrameTime(first) + w.Start
			}
			spoken++
			sum += w.confidence
		}
	}
	mean := sum / float64(max(1, spoken))
	if float64(spoken) < foundShare*float64(all) || mean < foundConfidence {
		return 0, 0, nil
	}
	return start, mean, nil
}

// units is how many sounds the words have.
func (c *checker) units(words []word) int {
	var texts []string
	for _, w := range words {
		texts = append(texts, w.text)
	}
	n := 0
	for _, u := range pronounce.Sentence(texts, c.Lang) {
		n += len(u.Phones)
	}
	return n
}
