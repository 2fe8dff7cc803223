package episode

import (
	"fmt"
	"slices"
	"time"

	"cuewright/align"
	"cuewright/align/transcript"
)

// Doubtful is the confidence below which the start of a sentence is uncertain: one in
// ten of those at it is wrong, fewer above, and a list of such sends people to look at
// what is right.
const Doubtful = 0.9

// leastConfidence is the confidence of an episode below which its captions are of no use:
// two of three would have to be set right.
const leastConfidence = 0.35

// leastInDoubt is the same where it is doubtful whether the transcript is the recording's:
// half of it has to be expected to be right.
const leastInDoubt = 0.5

// hopeless is the confidence of an episode below which its captions are of no use even if all
// of its words are heard: a transcript in the wrong order, or that of another recording where
// no model tells so.
const hopeless = 0.2

// mostUnscripted is the share of a recording's speech from which on it is a warning that the
// transcript lacks it: half as much as it holds. Of the bench's right pairs two have a part that
// the page lacks, of 0.18 and 0.22, about what advertisements take of an episode that is captioned
// as it should be; all others are below 0.05.
const mostUnscripted = 1. / 3

// problemOf returns why the captions of an alignment are of no use, "" where they may be of
// use, as where there is too little to tell.
func problemOf(a *align.Alignment) string {
	confidence := a.Confidence()
	switch {
	case a.Verdict == align.Mismatched:
		return align.ErrMismatch.Error()
	case a.Verdict == align.TooShort:
		return ""
	case a.Verdict != align.Fits:
		if confidence >= leastInDoubt {
			return ""
		}
		return doubt(a)
	case confidence >= leastConfidence:
		return ""
	case confidence < hopeless:
		return "hardly any sentence can be trusted: check the pair"
	case heard(a) < 0.5: // else a few sentences, the first words of which are uncertain
		return "most of the transcript is not heard: check the pair"
	}
	return ""
}

// heard returns the share of the words that are spoken, in [0, 1].
func heard(a *align.Alignment) float64 {
	spoken, all := 0, 0
	for _, t := range a.Turns {
		for _, s := range t.Sentences {
			for _, w := range s.Words {
				all++
				if w.Spoken {
					spoken++
				}
			}
		}
	}
	return float64(spoken) / float64(max(1, all))
}

// doubt returns what is doubtful of a pair that may be one, "" where nothing is.
func doubt(a *align.Alignment) string {
	switch a.Verdict {
	case align.Doubtful:
		return "its words sound little more like the transcript's than other words do: check the pair"
	case align.TooShort:
		return "its transcript has too few words, or it is too short itself, to tell whether the two belong together: check the pair"
	case align.TooNoisy:
		return "its words don't sound like the transcript's, but the noise is too loud to tell: check the pair"
	}
	return ""
}

// Of the times that a transcript gives, as the export of another program does, so many have to be
// off by so much before that is said.
const (
	hintOff    = 3 * time.Second
	hintShare  = 0.75
	hintsLeast = 3
)

// misguided returns a warning where the times that a transcript gives disagree with the sound
// throughout, "" elsewhere. They decide nothing, but whoever wrote them may want to know.
func misguided(a *align.Alignment, hints []transcript.Hint) string {
	var turns []align.Turn // of the script, which has no asides
	for _, t := range a.Turns {
		if !t.Aside {
			turns = append(turns, t)
		}
	}
	var off []time.Duration
	wrong := 0
	for _, h := range hints {
		if h.Turn >= len(turns) || h.Sentence >= len(turns[h.Turn].Sentences) {
			continue
		}
		if s := turns[h.Turn].Sentences[h.Sentence]; s.Spoken {
			off = append(off, s.Start-h.At)
			if (s.Start - h.At).Abs() > hintOff {
				wrong++
			}
		}
	}
	if len(off) < hintsLeast || float64(wrong) < hintShare*float64(len(off)) {
		return ""
	}
	slices.Sort(off)
	middle := off[len(off)/2]
	which := "early"
	if middle < 0 {
		which = "late"
	}
	return fmt.Sprintf("its times are about %v too %s throughout: they were not used", middle.Abs().Round(time.Second/10), which)
}

// lacking returns a warning where the transcript lacks much of what is said, "" elsewhere.
func lacking(a *align.Alignment) string {
	var speech, unscripted time.Duration
	for _, s := range a.Speech {
		speech += s.Duration()
		for _, u := range a.Unscripted {
			switch over := s.Overlap(u.Segment); u.Kind {
			case align.UnscriptedSpeech:
				unscripted += over
			case align.UnscriptedMusic:
				speech -= over // it is loud enough for speech, and is none
			}
		}
	}
	if speech <= 0 || unscripted.Seconds() < mostUnscripted*speech.Seconds() {
		return ""
	}
	return fmt.Sprintf("for %v of its speech, %.0f %%, there is no transcript: look at what is unscripted",
		unscripted.Round(time.Second), 100*unscripted.Seconds()/speech.Seconds())
}
