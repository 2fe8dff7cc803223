package format

import (
	"cmp"
	"slices"
	"strings"
)

// Label is how the text of cues tells a viewer who speaks.
type Label int

// The labels. Dashes mark the lines of a cue that holds two speakers and name nobody.
const (
	NoLabel      Label = iota
	OwnLabel           // of each line its own, see Line.Label: what the text of a file has
	NameLabel          // Name: on a change of speaker
	CapsLabel          // NAME: on a change of speaker
	ChevronLabel       // >> NAME: on a change of speaker
	BracketLabel       // [Name] on a change of speaker, and dashes as DashLabel
	DashLabel          // - before each line of two speakers in one cue
)

// Dash marks a speaker's line where a cue has two of them, see DashLabel.
const Dash = "-"

// HasDashes reports whether dashes mark the lines of two speakers in a cue.
func (l Label) HasDashes() bool { return l == DashLabel || l == BracketLabel }

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
	case l == BracketLabel:
		return "[" + speaker + "]"
	}
	return ""
}

// Ellipsis marks where the name of a label was cut off, and NameEnds are the signs behind which a name says what its
// bearer is.
const (
	Ellipsis = "…"
	NameEnds = ",;([" + "，、（"
)

// isShort reports whether a label may call a speaker by short, see Line.Short: by the last words of the name, of all
// of it or of what stands before a comma or a bracket, in any case, or by what is left of it, with an ellipsis for the rest.
func isShort(short, speaker string) bool {
	fold := func(s string) string { return strings.ToLower(strings.ToUpper(s)) } // as labels in capitals have it
	short, speaker = fold(short), fold(Clean(speaker))
	if end, ok := strings.CutPrefix(short, Ellipsis); ok {
		return end != "" && strings.HasSuffix(speaker, end)
	}
	if start, ok := strings.CutSuffix(short, Ellipsis); ok {
		return start != "" && strings.Contains(" "+speaker, " "+start)
	}
	_, rest, found := strings.Cut(" "+speaker, " "+short)
	rest = strings.TrimLeft(rest, " ")
	return short != "" && (strings.HasSuffix(speaker, " "+short) || found && strings.IndexAny(rest, NameEnds) == 0)
}

// SpeakersBefore returns for each cue who spoke last before it, as Texts takes it: the speaker
// of the last line that is no sound, "" where there is none. With always it is "" for all of
// them, so that each cue has a label.
func SpeakersBefore(cues []Cue, always bool) []string {
	before := make([]string, len(cues))
	if always {
		return before
	}
	speaker := ""
	for i, c := range cues {
		before[i] = speaker
		if n := len(c.Lines); n > 0 && !c.Lines[n-1].isSound() {
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
	form          Label  // that was taken off the text of one that was read
	short         string // name that this label had, see Line.Short
	words         []Word
	shared        bool   // several voices share it
	sound         bool   // it is one, or of one
	spans         []span // the text of one that was read, where it has styles
}

// severalSpeakers reports whether rows have more than one speaker.
func severalSpeakers(rows []row) bool {
	return slices.ContainsFunc(rows, func(r row) bool { return r.speaker != rows[0].speaker })
}

// startsVoice reports whether another speaker than before begins with rows[i].
func startsVoice(rows []row, i int) bool { return i == 0 || rows[i].speaker != rows[i-1].speaker }

// Before returns what stands before the text of each line of a cue, with the space behind it;
// before is who spoke before the cue, as for Texts.
func (l Label) Before(c Cue, before string) []string {
	labels := make([]string, len(c.Lines))
	dashes := c.HasSeveralSpeakers() && !slices.ContainsFunc(c.Lines, Line.isGlued) && (l.HasDashes() ||
		l == OwnLabel && slices.ContainsFunc(c.Lines, func(line Line) bool { return line.Label.HasDashes() }))
	speaker := before
	for k, line := range c.Lines {
		if line.isSound() || k > 0 && line.isGlued() {
			continue // a voice that begins within a word has no room for a label
		}
		form, label := l, ""
		if l == OwnLabel {
			form = line.Label
		}
		if l == OwnLabel || line.Speaker != speaker {
			label = form.Of(cmp.Or(line.Short, line.Speaker))
		}
		speaker = line.Speaker
		if label != "" && !line.isEmpty() {
			label += " "
		}
		if dashes && (k == 0 || line.Speaker != c.Lines[k-1].Speaker) {
			label = Dash + label
		}
		labels[k] = label
	}
	return labels
}

// joins reports whether a line shares the row of the line before it, as a second voice without
// a label does.
func (l Label) joins(line Line, label string) bool {
	return line.Beside && (l == NoLabel || label == "" && (l == OwnLabel || line.isGlued()))
}

// isGlued reports whether the line goes on with the last word of the line beside it.
func (l Line) isGlued() bool { return l.Beside && len(l.Words) > 0 && l.Words[0].Glued }

// rows returns the Texts of a cue with their speakers.
func (l Label) rows(c Cue, before string) []row {
	var rows []row
	labels := l.Before(c, before)
	for k, line := range c.Lines {
		text, label := Clean(line.Text()), labels[k]
		switch n := len(rows); {
		case label+text == "":
		case l.joins(line, label) && n > 0 && text != "":
			r := &rows[n-1]
			if !r.shared {
				r.words, r.shared = slices.Clip(r.words), true // which are the cue's
			}
			r.words, r.sound = append(r.words, line.Words...), r.sound && line.Sound
		default:
			rows = append(rows, row{speaker: Clean(line.Speaker), text: label + text, label: label, words: line.Words, sound: line.Sound})
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
func IsDashed(text string) bool { return dashed().MatchString(text) }

// Dashes are the signs that mark one of two speakers: hyphens, dashes, bars and the minus sign.
const Dashes = "-‐‑‒–—―−"

var dashed = lazyRegexp(`^[` + Dashes + `][ \pL\pP]`)
