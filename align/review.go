package align

import (
	"cmp"
	"slices"
	"time"

	"cuewright/align/transcript"
	"cuewright/audio"
)

// SaidBy is a sentence and who says it.
type SaidBy struct {
	Sentence
	Speaker string // "" where nobody is named
}

// Review is what of an alignment is worth a look, beside its Unscripted.
type Review struct {
	Doubtful   []SaidBy      // sentences of which it is doubtful whether they are said, in the script's order
	Aside      []SaidBy      // sentences that look like notes but are said, in the script's order
	Unspoken   []SaidBy      // what nobody says, in the script's order: sentences, and what is LeftOut of spoken ones
	Uncertain  []SaidBy      // other spoken sentences whose start is doubtful, the least certain first
	Unscripted time.Duration // how long Alignment.Unscripted lasts in all
}

// Review returns what of the alignment is worth a look. The start of a sentence is
// doubtful where its confidence is below doubtful.
func (a *Alignment) Review(doubtful float64) Review {
	var r Review
	for _, t := range a.Turns {
		for _, s := range t.Sentences {
			if t.Aside && s.Spoken {
				r.Aside = append(r.Aside, SaidBy{s, t.Speaker})
			}
			for _, words := range s.LeftOut() {
				first := words[0]
				part := Sentence{
					Segment: audio.Segment{Start: first.Start, End: first.Start}, Paragraph: s.Paragraph,
					Confidence: first.Confidence, Words: words,
				}
				r.Unspoken = append(r.Unspoken, SaidBy{part, t.Speaker})
			}
			switch {
			case !s.Spoken:
				r.Unspoken = append(r.Unspoken, SaidBy{s, t.Speaker})
			case s.Doubtful:
				r.Doubtful = append(r.Doubtful, SaidBy{s, t.Speaker})
			case s.Confidence < doubtful:
				r.Uncertain = append(r.Uncertain, SaidBy{s, t.Speaker})
			}
		}
	}
	slices.SortStableFunc(r.Uncertain, func(x, y SaidBy) int { return cmp.Compare(x.Confidence, y.Confidence) })
	for _, u := range a.Unscripted {
		r.Unscripted += u.Duration()
	}
	return r
}

// LeftOut returns the words of a spoken sentence that nobody says and that captions lack
// for it, such as a clause that the speaker passes over: a list for each run of them, in
// order. It leaves out asides, which are shown with their sentence, and words that an
// editor inserted. Of a sentence that is not spoken it is empty.
func (s Sentence) LeftOut() [][]Word {
	if !s.Spoken {
		return nil
	}
	var runs [][]Word
	aside := s.Asides()
	open := false // the last run goes on
	for i, w := range s.Words {
		switch {
		case w.Spoken || aside[i]:
			open = false
		case w.Inserted:
		case open:
			runs[len(runs)-1] = append(runs[len(runs)-1], w)
		default:
			runs, open = append(runs, []Word{w}), true
		}
	}
	return runs
}

// Asides reports, of each word of a sentence, whether it is shown although nobody says it:
// asides of a spoken sentence are, see transcript.Asides. They are those that the aligner may pass
// by, found in what of the words is said.
func (s Sentence) Asides() []bool {
	if !s.Spoken {
		return make([]bool, len(s.Words))
	}
	texts := make([]string, len(s.Words))
	for i, w := range s.Words {
		texts[i] = w.Said()
	}
	return transcript.AsideWords(texts)
}

// Confidence returns the share of the script's sentences that are expected to be captioned
// within 0.25 s of where they start, in [0, 1]. A sentence that is not said counts as wrong,
// so that the transcript of another episode is never trusted, and one of which words are
// LeftOut counts by the share of the others.
func (a *Alignment) Confidence() float64 {
	var sum float64
	var n int
	for _, t := range a.Turns {
		for _, s := range t.Sentences {
			n++
			if s.Spoken {
				sum += float64(s.Confidence * s.kept())
			}
		}
	}
	return sum / float64(max(n, 1))
}

// kept returns the share of the words of a spoken sentence that aren't LeftOut, in [0, 1].
func (s Sentence) kept() float64 {
	lost := 0
	for _, words := range s.LeftOut() {
		lost += len(words)
	}
	return 1 - float64(lost)/float64(max(1, len(s.Words)))
}
