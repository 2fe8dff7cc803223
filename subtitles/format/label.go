package format

import (
	"regexp"
	"slices"
	"strings"
)

// Label is how a change of speaker is written out in text that can't mark its
// speakers otherwise.
type Label int

// The labels. Dashes mark the lines of a cue that holds two speakers and name
// nobody.
const (
	NoLabel      Label = iota
	NameLabel          // Name: on a change of speaker
	CapsLabel          // NAME: on a change of speaker
	ChevronLabel       // >> NAME: on a change of speaker
	DashLabel          // - before each line of two speakers in one cue
)

// Dash marks a speaker's line where a cue has two of them, see DashLabel.
const Dash = "-"

// Of returns what a viewer reads before the first words of a new speaker; "" where
// the label names nobody, or there is no name.
func (l Label) Of(speaker string) string {
	speaker = Clean(speaker)
	switch {
	case speaker == "":
		return ""
	case l == NameLabel:
		return speaker + ":"
	case l == CapsLabel:
		return strings.ToUpper(speaker) + ":"
	case l == ChevronLabel:
		return ">> " + strings.ToUpper(speaker) + ":"
	}
	return ""
}

// SpeakersBefore returns for each cue who spoke last before it, as Texts takes it: the speaker
// of the last line that is no sound, "" where there is none.
func SpeakersBefore(cues []Cue) []string {
	before := make([]string, len(cues))
	speaker := ""
	for i, c := range cues {
		before[i] = speaker
		if n := len(c.Lines); n > 0 && !c.Lines[n-1].Sound {
			speaker = c.Lines[n-1].Speaker
		}
	}
	return before
}

// Texts returns what a viewer reads in a cue: its lines with their labels, without the
// empty ones. A label stands where the speaker is another one than before; before the cue
// that is the given one, see SpeakersBefore.
func (l Label) Texts(c Cue, before string) []string {
	var texts []string
	for _, r := range l.rows(c, before) {
		texts = append(texts, r.text)
	}
	return texts
}

// row is a line of a cue as a viewer reads it, and who says it. The text of a row to be
// written is a label and words.
type row struct {
	speaker, text string
	label         string // with the space behind it
	words         []Word
	shared        bool   // several voices share it
	spans         []span // the text of one that was read, where it has styles
}

// severalSpeakers reports whether rows have more than one speaker.
func severalSpeakers(rows []row) bool {
	return slices.ContainsFunc(rows, func(r row) bool { return r.speaker != rows[0].speaker })
}

// startsVoice reports whether another speaker than before begins with rows[i].
func startsVoice(rows []row, i int) bool { return i == 0 || rows[i].speaker != rows[i-1].speaker }

// rows returns the Texts of a cue with their speakers.
func (l Label) rows(c Cue, before string) []row {
	speaker := before
	lines := c.Lines
	dashes := l == DashLabel && c.HasSeveralSpeakers()
	var rows []row
	for k, line := range lines {
		text, label := Clean(line.Text()), ""
		switch {
		case line.Sound:
		case dashes && (k == 0 || line.Speaker != lines[k-1].Speaker):
			label = Dash
		case line.Speaker != speaker:
			if label = l.Of(line.Speaker); label != "" && text != "" {
				label += " "
			}
		}
		if !line.Sound {
			speaker = line.Speaker
		}
		switch n := len(rows); {
		case label+text == "":
		case line.Beside && l == NoLabel && n > 0 && text != "":
			r := &rows[n-1]
			if !r.shared {
				r.words, r.shared = slices.Clip(r.words), true // which are the cue's
			}
			r.words = append(r.words, line.Words...)
		default:
			rows = append(rows, row{speaker: Clean(line.Speaker), text: label + text, label: label, words: line.Words})
		}
	}
	for i := range rows {
		if rows[i].shared {
			rows[i].text = Clean(joined(rows[i].words))
		}
	}
	return rows
}

// IsDashed reports whether text begins as a line of one of two speakers in a cue.
func IsDashed(text string) bool { return dashed.MatchString(text) }

// Dashes are the signs that mark one of two speakers: hyphens, dashes, bars and the minus sign.
const Dashes = "-‐‑‒–—―−"

var dashed = regexp.MustCompile(`^[` + Dashes + `][ \pL\pP]`)
