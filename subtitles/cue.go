// Package subtitles lays an alignment out as cues and writes and reads caption
// files.
package subtitles

import (
	"strings"

	"cuewright/align"
	"cuewright/audio"
)

// Cue is what a viewer sees at once.
type Cue struct {
	audio.Segment
	Lines      []Line  // 1 to the preset's lines
	Confidence float64 // of its first word's start, see align.Word
}

// Text is the text of the cue in one line.
func (c Cue) Text() string {
	var lines []string
	for _, l := range c.Lines {
		lines = append(lines, l.Text())
	}
	return strings.Join(lines, " ")
}

// Line is one line of a cue, said by one speaker.
type Line struct {
	Speaker string // "" where nobody is named, and for sound cues
	Sound   bool   // a sound such as [theme music], not speech; its line is one Word
	// Words of a file that has no word times have empty segments. A line without
	// words is the place of a label too long to share a line with its text.
	Words []align.Word
}

// Text is the words of the line as they are written, single spaces between those
// that aren't glued.
func (l Line) Text() string { return joined(l.Words) }

func joined(words []align.Word) string {
	var b strings.Builder
	for i, w := range words {
		if i > 0 && !w.Glued {
			b.WriteByte(' ')
		}
		b.WriteString(w.Text)
	}
	return b.String()
}

// shown are the words of a sentence that are spoken, or all of them, in clean
// text. A word is glued to the one that is shown before it where it was so to all
// that are left out between them.
func shown(s align.Sentence, unspoken bool) []align.Word {
	var words []align.Word
	glued := true
	for _, w := range s.Words {
		w.Text = clean(w.Text)
		w.Glued = w.Glued && glued
		if glued = true; w.Text == "" || !w.Spoken && !unspoken {
			glued = w.Glued
			continue
		}
		words = append(words, w)
	}
	return words
}

// dash marks a speaker's line where a cue has two of them.
const dash = "-"

// texts is what a viewer reads in cue i where speakers are named by p's label:
// its lines without the empty ones. A label stands where the speaker is another
// one than before.
func (p Preset) texts(cues []Cue, i int) []string {
	speaker := ""
	for k := i - 1; k >= 0; k-- {
		if lines := cues[k].Lines; len(lines) > 0 && !lines[len(lines)-1].Sound {
			speaker = lines[len(lines)-1].Speaker
			break
		}
	}
	lines := cues[i].Lines
	dashes := p.Label == DashLabel && severalSpeakers(lines)
	var texts []string
	for k, line := range lines {
		text := clean(line.Text())
		switch {
		case line.Sound:
		case dashes && (k == 0 || line.Speaker != lines[k-1].Speaker):
			text = dash + text
		case line.Speaker != speaker:
			if label := p.label(line.Speaker); label != "" {
				text = strings.TrimSpace(label + " " + text)
			}
		}
		if !line.Sound {
			speaker = line.Speaker
		}
		if text != "" {
			texts = append(texts, text)
		}
	}
	return texts
}

func severalSpeakers(lines []Line) bool {
	for _, l := range lines {
		if l.Speaker != lines[0].Speaker {
			return true
		}
	}
	return false
}
