package check

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"cuewright/align"
	"cuewright/audio"
	"cuewright/subtitles/format"
)

// checkFilled finds cues under which somebody speaks for longer than their words take: words are
// missing there, whichever they are. There are two signs of that. The alignment hears speech that
// is none of the captions' words, while the cue stands for longer than its own words take. Or the
// cue has more speech than a slow speaker needs for its words: the aligner stretches what words
// there are where a sentence goes on in the next cue.
func (c *checker) checkFilled(ctx context.Context) error {
	if c.Alignment == nil || c.mismatch != "" {
		return nil
	}
	pace := c.pace()
	if pace == 0 {
		return nil
	}
	unscripted, others := c.unscriptedSpeech(), c.saidInCues()
	for i, words := range c.cueWords {
		if len(words) == 0 || c.settled[i] || c.holdsSound(i) {
			continue
		}
		at := c.heard(i)
		takes := time.Duration(c.phones(words)) * pace
		spare := min(total(within(unscripted, at)), at.Duration()-takes)
		if c.sayable(i) >= minDoubted {
			own := total(without(within(c.Speech, at), others.under(at, i)))
			spare = max(spare, own-seconds(slowSpeech*takes.Seconds()))
		}
		if spare < minUncovered {
			continue
		}
		f := c.cueFinding(i, TooFewWords, c.levelOfUncaptioned(at, true))
		f.Message = fmt.Sprintf("%.1f s of speech more than its words take", spare.Seconds())
		f.Confidence, f.weight = 0.9, TooFewWords.weight(spare.Seconds())
		c.add(f)
		wrong, err := c.wrongWhereFound(ctx, i)
		if err != nil {
			return err
		}
		if !wrong { // they fit a part of the sound, and are doubted for the rest of it alone
			c.settle(i, 1)
		}
	}
	return nil
}

// unscriptedSpeech returns what the alignment takes to be speech without words, in order.
func (c *checker) unscriptedSpeech() (all []audio.Segment) {
	for _, u := range c.Alignment.Unscripted {
		if u.Kind == align.UnscriptedSpeech {
			all = append(all, u.Segment)
		}
	}
	return all
}

// pace returns how much speech a phone takes under the cues, in the median; 0 where there are too
// few of them to tell.
func (c *checker) pace() time.Duration {
	var all []float64
	for i, words := range c.cueWords {
		if n := c.phones(words); n >= minPaced {
			all = append(all, total(within(c.Speech, c.heard(i))).Seconds()/float64(n))
		}
	}
	if len(all) < minJudged {
		return 0
	}
	return seconds(median(all))
}

// holdsSound reports whether a cue announces a sound beside its words, such as laughter, or holds
// brackets of another kind.
func (c *checker) holdsSound(cue int) bool {
	return slices.ContainsFunc(c.in.Cues[cue].Lines, func(l format.Line) bool {
		return l.Sound || strings.ContainsAny(l.Text(), "[(♩♪♫♬")
	})
}

// saidInCue is where the alignment heard a word of a cue.
type saidInCue struct {
	audio.Segment
	cue int
}

// wordsOfCues are in the order of their times.
type wordsOfCues []saidInCue

// saidInCues returns where the words of the captions are heard.
func (c *checker) saidInCues() (all wordsOfCues) {
	for i, k := range c.partners {
		if k >= 0 && c.found[i].spoken {
			all = append(all, saidInCue{c.found[i].Segment, c.words[k].cue})
		}
	}
	slices.SortStableFunc(all, func(x, y saidInCue) int { return cmp.Compare(x.Start, y.Start) })
	return all
}

// under returns where words of other cues than the given one are heard in s.
func (all wordsOfCues) under(s audio.Segment, cue int) (others []audio.Segment) {
	first, _ := slices.BinarySearchFunc(all, s.Start, func(w saidInCue, t time.Duration) int { return cmp.Compare(w.End, t) })
	for _, w := range all[first:] {
		if w.Start >= s.End {
			break
		}
		if w.cue != cue {
			others = append(others, w.Segment)
		}
	}
	return others
}
