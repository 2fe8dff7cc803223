package transcript

import (
	"errors"
	"strings"
	"time"
)

// Captions are read as a transcript without their times: these have drifted, or the
// program would not be needed. The words, and who says them, stay.

// Line is a line of a cue of captions.
type Line struct {
	Text   string // without markup; labels of speakers may stand in it
	Voice  string // who says it, by the format's own means; "" where that names nobody
	Number int    // of the line in its file, from 1
	Cue    int    // that it stands in, counted from 0, never decreasing
	// Start is when it begins, by the file, if Timed: see Script.Hints.
	Start time.Duration
	Timed bool
}

// FromLines makes a script of the lines of captions. Sentences run on from cue to
// cue, and what rolling captions show twice is taken once and noted.
//
// It returns an error when the lines hold nothing that is said, or far more than an episode
// does.
func FromLines(lines []Line) (*Script, error) {
	var clean []Line
	words := 0
	for _, l := range lines {
		l.Text = strings.TrimSpace(strings.ReplaceAll(normalize(l.Text), "\n", " "))
		l.Voice = strings.TrimSpace(strings.ReplaceAll(normalize(l.Voice), "\n", " "))
		if l.Text != "" {
			clean = append(clean, l)
		}
		if words += wordsIn(l.Text); words > mostWords {
			return nil, errTooManyWords
		}
	}
	once, notes := unroll(clean)
	var all []line
	for _, l := range once {
		all = append(all, line{
			num: l.Number, cue: l.Cue, text: l.Text, voice: l.Voice, voiced: l.Voice != "", hint: hint{at: l.Start, known: l.Timed},
		})
	}
	s := readPage(all, true)
	s.AddNotes(notes)
	if len(s.Turns) == 0 {
		return nil, errors.New("the captions hold nothing that is said: check that this is the right file")
	}
	return s, nil
}

// unroll takes the lines of rolling captions once. These, as video sites write them
// by machine, show each line again above the next one: captions are taken for such
// where three cues and at least a third of all begin with the last line of the cue
// before.
func unroll(lines []Line) (once []Line, repeated []Note) {
	if len(lines) == 0 {
		return nil, nil
	}
	opens := func(i int) bool { return i > 0 && lines[i].Cue != lines[i-1].Cue } // a cue, with another one before it
	repeats := 0
	for i, l := range lines {
		if opens(i) && l.Cue == lines[i-1].Cue+1 && l.Text == lines[i-1].Text {
			repeats++
		}
	}
	if cues := lines[len(lines)-1].Cue + 1; repeats < 3 || repeats*3 < cues {
		return lines, nil
	}
	for i, l := range lines {
		if opens(i) && l.Text == lines[i-1].Text {
			repeated = append(repeated, Note{Reason: "repeated caption", Text: l.Text, Line: l.Number})
			continue
		}
		once = append(once, l)
	}
	return once, repeated
}
