package subtitles

import (
	"errors"
	"strings"

	"cuewright/align"
	"cuewright/align/transcript"
	"cuewright/subtitles/format"
)

// ReadAlignment reads a decoded file that holds turns, sentences and words, of the
// format of that name, see Detect: the .alignment.json that Write writes, or a Praat
// TextGrid. The words of a TextGrid without word times have empty segments at their
// sentence's start. The warnings are of what is left out of it. The error is ErrNoAlignment
// for another format.
func ReadAlignment(kind, text string) (*align.Alignment, []format.Warning, error) {
	read := alignmentReader(kind)
	if read == nil {
		return nil, nil, ErrNoAlignment
	}
	return read(text)
}

// ErrNoAlignment is returned for a file that holds cues alone: see Read.
var ErrNoAlignment = errors.New("this is neither an .alignment.json nor a TextGrid")

// alignmentReader returns what reads a format of sentences and words; nil for cues.
func alignmentReader(kind string) func(string) (*align.Alignment, []format.Warning, error) {
	for _, f := range alignmentFormats() {
		if strings.EqualFold(f.Name, kind) {
			return f.read
		}
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
