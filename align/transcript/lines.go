package transcript

import (
	"errors"
	"slices"
)

// Line is a line of a cue of captions.
type Line struct {
	Text   string // without markup; labels of speakers may stand in it
	Voice  string // who says it, by the format's own means; "" where that names nobody
	Number int    // of the line in its file, from 1
	Cue    int    // that it stands in, counted from 0, never decreasing
}

// FromLines makes a script of the lines of captions: sentences run on from cue to
// cue, and what rolling captions show twice is taken once.
//
// It returns an error when the lines hold nothing that is said.
func FromLines(lines []Line) (*Script, error) {
	var all []line
	for _, l := range lines {
		if text := clean(l.Text); text != "" {
			all = append(all, line{num: l.Number, text: text, voice: l.Voice, voiced: l.Voice != ""})
		}
	}
	s := readPage(all, true)
	slices.SortStableFunc(s.Notes, func(a, b Note) int { return a.Line - b.Line })
	if len(s.Turns) == 0 {
		return nil, errors.New("the captions hold nothing that is said")
	}
	return s, nil
}
