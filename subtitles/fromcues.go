package subtitles

import (
	"slices"
	"strings"

	"cuewright/align"
	"cuewright/align/transcript"
	"cuewright/audio"
	"cuewright/subtitles/format"
)

// FromCues returns the alignment that cues of a file stand for, so that they can be
// laid out anew or written in the formats of sentences and words. A turn ends
// where the speaker changes or a line begins with a dash, and is cut into sentences
// as a transcript is; words without times share their cue's by their width. Sound
// cues become directions.
func FromCues(cues []format.Cue, lang string) *align.Alignment {
	return fromCues(cues, lang, func(int, int, int) bool { return false })
}

// fromCues is FromCues, with other places where a turn begins: by the indices of a cue, in
// the order of their starts, of its line and of the word in that.
func fromCues(cues []format.Cue, lang string, begins func(cue, line, word int) bool) *align.Alignment {
	a := &align.Alignment{Lang: lang}
	var words []align.Word // of the last turn
	var sure []float64     // the confidence of each one's cue
	speaker := ""
	endTurn := func() {
		if len(words) > 0 {
			a.Turns = append(a.Turns, turnOf(speaker, words, sure))
			words, sure = nil, nil
		}
	}
	for at, c := range format.Sorted(cues) {
		spreadWords(&c)
		a.End = max(a.End, c.End)
		var sounds []string // of the lines before, without one of speech between them
		endSound := func() {
			if len(sounds) > 0 {
				text := strings.Join(sounds, " ")
				a.Directions = append(a.Directions, align.Direction{Segment: c.Segment, Kind: transcript.Sound, Text: text})
				sounds = nil
			}
		}
		for i, l := range c.Lines {
			if l.Sound {
				sounds = append(sounds, strings.Trim(l.Text(), "[]"))
				continue
			}
			endSound()
			for k, w := range l.Words {
				if speaker != l.Speaker || k == 0 && format.IsDashed(l.Text()) || begins(at, i, k) {
					endTurn()
				}
				speaker = l.Speaker
				words = append(words, align.Word{
					Segment: w.Segment, Text: w.Text, Glued: w.Glued, Spoken: true, Confidence: w.Confidence,
				})
				sure = append(sure, c.Confidence)
			}
		}
		endSound()
	}
	endTurn()
	return a
}

// turnOf returns a turn of these words, cut into sentences.
func turnOf(speaker string, words []align.Word, sure []float64) align.Turn {
	t := align.Turn{Speaker: speaker, Spoken: true, Confidence: sure[0], Segment: audio.Segment{Start: words[0].Start}}
	for _, sentence := range sentencesIn(len(words), func(i int) string { return words[i].Text }) {
		s := align.Sentence{Spoken: true, Confidence: sure[0], Words: words[:sentence:sentence]}
		s.Start = words[0].Start
		for _, w := range s.Words {
			s.End = max(s.End, w.End)
		}
		t.End = max(t.End, s.End)
		t.Sentences = append(t.Sentences, s)
		words, sure = words[sentence:], sure[sentence:]
	}
	return t
}

// sentencesIn returns how many of n words each sentence has.
func sentencesIn(n int, text func(i int) string) []int {
	words := make([]transcript.Word, n)
	for i := range words {
		words[i].Text = text(i)
	}
	var lengths []int
	for _, s := range transcript.SplitSentences(words) {
		lengths = append(lengths, len(s))
	}
	return lengths
}

// spreadWords gives the words of a cue times where it has none.
func spreadWords(c *format.Cue) {
	var widths []int
	timed := false
	lines := make([]format.Line, len(c.Lines))
	for i, l := range c.Lines {
		l.Words = slices.Clone(l.Words)
		lines[i] = l
		for _, w := range l.Words {
			widths = append(widths, format.Columns(w.Text)+1)
			timed = timed || w.End > w.Start
		}
	}
	c.Lines = lines
	if timed {
		return
	}
	parts := format.Apportion(c.Segment, widths)
	for _, l := range lines {
		for k := range l.Words {
			l.Words[k].Segment = parts[0]
			parts = parts[1:]
		}
	}
}
