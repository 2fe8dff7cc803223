package subtitles

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"cuewright/align/transcript"
	"cuewright/audio"
	"cuewright/subtitles/format"
)

// Detect returns the name of the format of a decoded file, one of Formats, by what it
// holds and, where that doesn't tell, by the extension of its name; "" where it has none
// of these formats, as a page of text.
func Detect(name, text string) string {
	named := ""
	for _, f := range alignmentFormats() {
		switch {
		case f.WriteOnly:
		case f.detect(text):
			return f.Name
		case strings.HasSuffix(strings.ToLower(name), "."+strings.ToLower(f.Name)):
			named = f.Name
		}
	}
	if named != "" {
		name = "" // .alignment.json is not .json
	}
	return cmp.Or(format.Detect(name, text), named)
}

// Read returns the cues of a decoded file, and what is wrong with them, as ReadFile does.
func Read(kind, text string) ([]format.Cue, []format.Warning, error) {
	f, err := ReadFile(kind, text)
	if err != nil {
		return nil, nil, err
	}
	return f.Cues, f.Warnings, nil
}

// ReadFile returns what a decoded file of the format of that name holds, see Detect and
// format.Read; an alignment has a cue for each sentence.
// Files that hold no cues of any format, whatever their name says, may be of one that is only read, see
// format.ReadOther, or an export of another program with times, see transcript.Entries.
// Cues whose times are wrong are left out, with a warning that names their line. A file
// without any others is an error that does so, or names the first line that looks like times.
func ReadFile(kind, text string) (*format.File, error) {
	f := &format.File{}
	var err error
	if read := alignmentReader(kind); read != nil {
		a, warnings, failed := read(text)
		if failed == nil {
			return &format.File{Cues: sentenceCues(a), Warnings: warnings}, nil
		}
		err = failed
	} else if kind != "" {
		f, err = format.Read(kind, text)
	}
	if len(f.Cues) == 0 {
		turns := kind == "" && transcript.IsTurns(text) // times may stand before its paragraphs, as in LRC
		if other, ok := format.ReadOther(text); ok && !turns {
			f, err = other, nil
		} else if kind == "" {
			if f, err = readExport(text); err != nil {
				err = fmt.Errorf("there are no cues: %w", err)
			}
		}
	}
	f.Cues = slices.DeleteFunc(f.Cues, func(c format.Cue) bool { return c.End <= c.Start })
	for _, n := range f.Notes {
		if n.Stray {
			f.Warnings = append(f.Warnings, format.Warning{Kind: format.Hidden, Number: n.Number,
				Text: "text outside of cues, which players don't show: it is left out"})
		}
	}
	slices.SortStableFunc(f.Warnings, func(a, b format.Warning) int { return cmp.Compare(a.Number, b.Number) })
	left := slices.IndexFunc(f.Warnings, func(w format.Warning) bool { return w.Kind == format.LeftOut })
	switch {
	case err != nil && left >= 0:
		return nil, fmt.Errorf("%w; before that, %w", err, f.Warnings[left])
	case err != nil:
		return nil, err
	case len(f.Cues) == 0 && left >= 0:
		return nil, f.Warnings[left]
	case len(f.Cues) == 0:
		if w, ok := format.Suspect(text); ok {
			return nil, fmt.Errorf("there are no cues, but line %d %s", w.Number, w.Text)
		}
		return nil, errors.New("there are no cues: give " + Readable())
	}
	return f, nil
}

// readExport returns the entries of the export of another program as cues; none for any other text.
func readExport(text string) (*format.File, error) {
	exported, _, err := transcript.Entries(text)
	var entries []format.Entry
	var notes []format.Note
	for _, e := range exported {
		if e.End == 0 && transcript.IsDirection(e.Text) {
			notes = append(notes, format.Note{Text: e.Text, Number: e.Line, Stray: true})
			continue
		}
		entries = append(entries, format.Entry{
			Segment: audio.Segment{Start: e.Start, End: e.End}, Speaker: e.Speaker, Text: e.Text, Number: e.Line,
			Unit: e.Unit, Shared: e.Shared,
		})
	}
	f := format.FromEntries(entries)
	f.Notes = notes
	return f, err
}

// TranscriptLines returns the lines of cues as transcript.FromLines takes them, in
// the order of the cues.
func TranscriptLines(cues []format.Cue) []transcript.Line {
	var lines []transcript.Line
	number := 0 // never goes back, though a line of lyrics that recurs stands above those before it
	for i, c := range cues {
		timed := c.End > c.Start // of its first line
		for _, l := range c.Lines {
			if text := l.Text(); text != "" {
				number = max(number, l.Number)
				lines = append(lines, transcript.Line{
					Text: text, Voice: l.Speaker, Color: l.Words[len(l.Words)-1].Style().Color,
					Number: number, Cue: i, Start: c.Start, Timed: timed,
				})
				timed = false
			}
		}
	}
	return lines
}

// Script returns the script of a caption file. What the file holds beside its cues
// are notes. It returns an error when nothing is said in the file.
func Script(f *format.File) (*transcript.Script, error) {
	s, err := transcript.FromLines(TranscriptLines(f.Cues))
	if err != nil {
		return nil, err
	}
	var notes []transcript.Note
	for _, n := range f.Notes {
		reason := "caption file's note"
		switch {
		case n.Stray:
			reason = "outside of cues"
		case n.Repeated:
			reason = "repeated caption"
		}
		notes = append(notes, transcript.Note{Reason: reason, Text: n.Text, Line: n.Number})
	}
	s.AddNotes(notes)
	return s, nil
}
