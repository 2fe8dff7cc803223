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
	Color  string // in which it ends, as a label before that may have another; "" for the usual one
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
			num: l.Number, cue: l.Cue, text: l.Text, voice: l.Voice, voiced: l.Voice != "", color: l.Color,
			hint: hint{at: l.Start, known: l.Timed},
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

// behindDash returns the label in brackets that may stand behind the dash of another one: -[Ada] text. In pages these
// are items of lists.
func behindDash(l label) label {
	if l.form != arrow || !l.dash {
		return l
	}
	named := readBracketed(l.rest)
	if named.form != bracketed || strings.TrimSpace(unmark(named.rest)) == "" {
		return l
	}
	named.dash = true
	return named
}

// captionTurns finds the turns of captions that their labels don't announce. A label holds up to a
// line of another colour than what is said behind it, which is that of somebody who isn't named. A
// dash says the same, but where it opens a cue in which another line has a dash and a label: there
// it only parts the two, and who spoke before goes on.
func captionTurns(script []item) {
	speaker, said, color := "", false, "" // color is that of what the speaker said
	for i := range script {
		it := &script[i]
		if l := it.label; l.form == bracketed && l.dash && !it.isName { // what is in the brackets is text
			rest, _ := cutDash(it.text)
			it.isName, it.label = true, label{rest: rest, form: arrow, dash: true}
		}
		switch {
		case !it.speech() || it.voiced:
			continue
		case it.label.dash && it.label.name == "" && opensShared(script, i, speaker):
			it.isName, it.text, it.label = false, it.label.rest, label{}
			it.plain = strings.TrimSpace(unmark(it.text))
		case it.isName:
			speaker, said = it.label.name, false
		case said && speaker != "" && it.color != color:
			it.isName, it.label = true, label{rest: it.text, form: arrow}
			speaker = ""
		}
		if !said && !(it.isName && it.label.rest == "") {
			said, color = true, it.color
		}
	}
}

// opensShared reports whether item i opens a cue in which another speaker than that one has a dash and a label.
func opensShared(script []item, i int, speaker string) bool {
	if i > 0 && script[i-1].cue == script[i].cue {
		return false
	}
	for k := i + 1; k < len(script) && script[k].cue == script[i].cue; k++ {
		if l := script[k].label; script[k].isName && l.dash && l.name != "" {
			return !strings.EqualFold(l.name, speaker)
		}
	}
	return false
}
