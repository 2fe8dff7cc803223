package subtitles

import (
	"errors"
	"fmt"
	"io"

	"cuewright/align/transcript"
	"cuewright/subtitles/format"
)

// Read reads a caption file, see format.Read; its format is found by format.Detect,
// and name opens the errors. A cue whose times are wrong is an error that names its
// line.
//
// The files that ReadAlignment reads are taken too, a cue for each sentence.
func Read(r io.Reader, name string) ([]format.Cue, error) {
	text, err := readText(r)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if read := alignmentReader(text, name); read != nil {
		a, err := read(text)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		return sentenceCues(a), nil
	}
	kind := format.Detect(name, text)
	if kind == "" {
		kind = "srt" // which has no sign but its times, and these may come late
	}
	f, err := format.Read(kind, text)
	switch {
	case len(f.Warnings) > 0:
		err = f.Warnings[0]
	case err == nil && len(f.Cues) == 0:
		err = errors.New("there are no cues: give WebVTT, SubRip, TTML, ASS, Podcasting 2.0 JSON, TextGrid or .alignment.json")
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return f.Cues, nil
}

// readText reads a whole file of text, see format.Decode.
func readText(r io.Reader) (string, error) {
	data, err := io.ReadAll(io.LimitReader(r, format.MaxSize+1))
	if err != nil {
		return "", err
	}
	return format.Decode(data)
}

// TranscriptLines returns the lines of cues as transcript.FromLines takes them, in
// the order of the cues.
func TranscriptLines(cues []format.Cue) []transcript.Line {
	var lines []transcript.Line
	for i, c := range cues {
		for _, l := range c.Lines {
			if text := l.Text(); text != "" {
				lines = append(lines, transcript.Line{Text: text, Voice: l.Speaker, Number: l.Number, Cue: i})
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
		if n.Stray {
			reason = "outside of cues"
		}
		notes = append(notes, transcript.Note{Reason: reason, Text: n.Text, Line: n.Number})
	}
	s.AddNotes(notes)
	return s, nil
}
