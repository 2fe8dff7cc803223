package subtitles

import (
	"regexp"
	"strings"

	"cuewright/align"
	"cuewright/audio"
	"cuewright/subtitles/transcript"
)

// FromCues is the alignment that cues of a file stand for, so that they can be
// laid out anew or written in the formats of sentences and words. A turn ends
// where the speaker changes or a line begins with a dash, a sentence with a word that ends in . ! or ? or
// their like; words without times share their cue's by their width. Sound cues
// become directions.
func FromCues(cues []Cue, lang string) *align.Alignment {
	a := &align.Alignment{Lang: lang}
	cues, sentenceEnds := sorted(cues), true
	for _, c := range cues {
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
				n := len(a.Turns)
				if n == 0 || a.Turns[n-1].Speaker != l.Speaker || k == 0 && dashed.MatchString(w.Text) {
					a.Turns = append(a.Turns, align.Turn{Segment: audio.Segment{Start: w.Start}, Speaker: l.Speaker, Spoken: true, Confidence: c.Confidence})
					sentenceEnds = true
				}
				t := &a.Turns[len(a.Turns)-1]
				if sentenceEnds {
					t.Sentences = append(t.Sentences, align.Sentence{Segment: audio.Segment{Start: w.Start}, Spoken: true, Confidence: c.Confidence})
				}
				s := &t.Sentences[len(t.Sentences)-1]
				s.Words = append(s.Words, w)
				s.End, t.End = max(s.End, w.End), max(t.End, w.End)
				sentenceEnds = endsSentence(w.Text)
			}
		}
	}
	return a
}

// dashed is said of the first word of a line that is one of two speakers in a cue.
var dashed = regexp.MustCompile(`^[-–—][ \pL\pP]`)

// endsSentence is a guess: abbreviations end one too.
func endsSentence(word string) bool {
	word = strings.TrimRight(word, "\"'”’»)]}」』）")
	return strings.ContainsRune(".!?…。！？؟।", lastRune(word))
}

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
