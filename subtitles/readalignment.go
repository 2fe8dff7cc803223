package subtitles

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"cuewright/align"
	"cuewright/align/transcript"
	"cuewright/subtitles/format"
)

// ReadAlignment reads a file that holds turns, sentences and words: the
// .alignment.json that Write writes, or a Praat TextGrid, told apart by the
// extension of name or else by what they hold; name also opens the errors. The
// words of a TextGrid without word times have empty segments at their sentence's
// start. The error is ErrNoAlignment for a file of another kind.
func ReadAlignment(r io.Reader, name string) (*align.Alignment, error) {
	text, err := readText(r)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	read := alignmentReader(text, name)
	if read == nil {
		return nil, ErrNoAlignment
	}
	a, err := read(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return a, nil
}

// ErrNoAlignment is returned for a file that holds cues alone: see Read.
var ErrNoAlignment = errors.New("this is neither an .alignment.json nor a TextGrid")

// alignmentReader returns what reads a file of sentences and words; nil for cues.
func alignmentReader(text, name string) func(string) (*align.Alignment, error) {
	lower := strings.ToLower(name)
	switch {
	case strings.HasSuffix(lower, ".textgrid"), strings.HasPrefix(text, `File type = "ooTextFile`):
		return readTextGrid
	case strings.HasSuffix(lower, ".alignment.json"),
		strings.HasPrefix(text, "{") && strings.Contains(text[:min(len(text), 200)], alignmentSchema):
		return readAlignmentJSON
	}
	return nil
}

// sentenceCues returns a cue for each spoken sentence, and one for each sound.
func sentenceCues(a *align.Alignment) []format.Cue {
	var cues []format.Cue
	for _, t := range a.Turns {
		for _, s := range t.Sentences {
			if words := shown(s, false); s.Spoken && len(words) > 0 {
				lines := []format.Line{{Speaker: t.Speaker, Words: cueWords(words)}}
				cues = append(cues, format.Cue{Segment: s.Segment, Confidence: s.Confidence, Lines: lines})
			}
		}
	}
	for _, d := range a.Directions {
		if d.Duration() > 0 && (d.Kind == transcript.Music || d.Kind == transcript.Sound) {
			lines := []format.Line{soundLine("["+soundText(d.Text)+"]", d.Segment)}
			cues = append(cues, format.Cue{Segment: d.Segment, Confidence: 1, Lines: lines})
		}
	}
	return format.Sorted(cues)
}
