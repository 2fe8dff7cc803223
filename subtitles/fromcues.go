package subtitles

import (
	"regexp"
	"strings"

	"cuewright/align"
	"cuewright/align/transcript"
	"cuewright/audio"
)

// FromCues is the alignment that cues of a file stand for, so that they can be
// laid out anew or written in the formats of sentences and words. A turn ends
// where the speaker changes or a line begins with a dash, and is cut into sentences
// as a transcript is; words without times share their cue's by their width. Sound
// cues become directions.
func FromCues(cues []Cue, lang string) *align.Alignment {
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
	for _, c := range sorted(cues) {
		spreadWords(&c)
		a.End = max(a.End, c.End)
		for i, l := range c.Lines {
			if l.Sound {
				text := strings.Trim(l.Text(), "[]")
				if n := len(a.Directions); i > 0 && c.Lines[i-1].Sound {
					a.Directions[n-1].Text += " " + text
					continue
				}
				a.Directions = append(a.Directions, align.Direction{Segment: c.Segment, Kind: transcript.Sound, Text: text})
				continue
			}
			for k, w := range l.Words {
				if speaker != l.Speaker || k == 0 && dashed.MatchString(w.Text) {
					endTurn()
				}
				speaker = l.Speaker
				words, sure = append(words, w), append(sure, c.Confidence)
			}
		}
	}
	endTurn()
	return a
}

// turnOf is a turn of these words, cut into sentences.
func turnOf(speaker string, words []align.Word, sure []float64) align.Turn {
	t := align.Turn{Speaker: speaker, Spoken: true, Confidence: sure[0], Segment: audio.Segment{Start: words[0].Start}}
	for _, sentence := range sentencesIn(len(words), func(i int) string { return words[i].Text }) {
		s := align.Sentence{Spoken: true, Confidence: sure[0], Segment: audio.Segment{Start: words[0].Start}, Words: words[:sentence:sentence]}
		for _, w := range s.Words {
			s.End = max(s.End, w.End)
		}
		t.End = max(t.End, s.End)
		t.Sentences = append(t.Sentences, s)
		words, sure = words[sentence:], sure[sentence:]
	}
	return t
}

// sentencesIn is how many of n words each sentence has.
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

// dashed is said of the first word of a line that is one of two speakers in a cue.
var dashed = regexp.MustCompile(`^[-–—][ \pL\pP]`)

// spreadWords gives the words of a cue times where it has none.
func spreadWords(c *Cue) {
	lines := make([]Line, len(c.Lines))
	total, timed := 0, false
	for i, l := range c.Lines {
		l.Words = append([]align.Word(nil), l.Words...)
		lines[i] = l
		for _, w := range l.Words {
			total += columns(w.Text) + 1
			timed = timed || w.End > w.Start
		}
	}
	c.Lines = lines
	if timed || total == 0 {
		return
	}
	sum := 0
	for i := range lines {
		for k := range lines[i].Words {
			w := &lines[i].Words[k]
			w.Start = share(c.Segment, sum, total)
			sum += columns(w.Text) + 1
			w.End = share(c.Segment, sum, total)
		}
	}
}
