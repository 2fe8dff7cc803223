package subtitles

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"cuewright/align"
	"cuewright/align/transcript"
	"cuewright/audio"
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

// ErrNoAlignment says that a file holds cues alone: see Read.
var ErrNoAlignment = errors.New("this is neither an .alignment.json nor a TextGrid")

// alignmentReader is what reads a file of sentences and words; nil for cues.
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

// sentenceCues are a cue for each spoken sentence, and one for each sound.
func sentenceCues(a *align.Alignment) []format.Cue {
	var cues []format.Cue
	for _, t := range a.Turns {
		for _, s := range t.Sentences {
			if words := shown(s, false); s.Spoken && len(words) > 0 {
				cues = append(cues, format.Cue{Segment: s.Segment, Confidence: s.Confidence, Lines: []format.Line{{Speaker: t.Speaker, Words: cueWords(words)}}})
			}
		}
	}
	for _, d := range a.Directions {
		if d.Duration() > 0 && (d.Kind == transcript.Music || d.Kind == transcript.Sound) {
			word := format.Word{Segment: d.Segment, Text: "[" + soundText(d.Text) + "]", Confidence: 1}
			cues = append(cues, format.Cue{Segment: d.Segment, Confidence: 1, Lines: []format.Line{{Sound: true, Words: []format.Word{word}}}})
		}
	}
	return format.Sorted(cues)
}

// alignmentSchema is AlignmentSchema without its number.
var alignmentSchema = AlignmentSchema[:strings.LastIndex(AlignmentSchema, "/")+1]

// segment checks what a file holds.
func (s jsonSegment) segment() (audio.Segment, error) {
	if s.End < s.Start {
		return audio.Segment{}, fmt.Errorf("a segment runs from %v to %v: it ends before it starts", time.Duration(s.Start), time.Duration(s.End))
	}
	return audio.Segment{Start: time.Duration(s.Start), End: time.Duration(s.End)}, nil
}

// readAlignmentJSON is the inverse of writeAlignmentJSON, to the millisecond.
func readAlignmentJSON(text string) (*align.Alignment, error) {
	var file struct {
		Schema     string         `json:"schema"`
		Lang       string         `json:"lang"`
		Duration   format.Seconds `json:"duration"`
		Turns      []jsonTurn     `json:"turns"`
		Speech     []jsonSegment  `json:"speech"`
		Unscripted []jsonKind     `json:"unscripted"`
		Directions []jsonKind     `json:"directions"`
	}
	if err := json.Unmarshal([]byte(text), &file); err != nil {
		return nil, fmt.Errorf("it is no %s: %w", AlignmentSchema, err)
	}
	if file.Schema != AlignmentSchema {
		return nil, fmt.Errorf("its schema is %q, not %q: make it anew with cuewright align", file.Schema, AlignmentSchema)
	}
	var errs []error
	segment := func(s jsonSegment) audio.Segment {
		out, err := s.segment()
		errs = append(errs, err)
		return out
	}
	a := &align.Alignment{Segment: audio.Segment{End: time.Duration(file.Duration)}, Lang: file.Lang}
	for _, t := range file.Turns {
		turn := align.Turn{Segment: segment(t.jsonSegment), Speaker: t.Speaker, Spoken: t.Spoken, Confidence: float64(t.Confidence)}
		for _, s := range t.Sentences {
			sentence := align.Sentence{Segment: segment(s.jsonSegment), Paragraph: s.Paragraph, Spoken: s.Spoken, Confidence: float64(s.Confidence)}
			for _, w := range s.Words {
				sentence.Words = append(sentence.Words, align.Word{
					Segment: segment(w.jsonSegment), Text: w.Text, Glued: w.Glued, Spoken: w.Spoken, Confidence: float64(w.Confidence)})
			}
			turn.Sentences = append(turn.Sentences, sentence)
		}
		a.Turns = append(a.Turns, turn)
	}
	for _, s := range file.Speech {
		a.Speech = append(a.Speech, segment(s))
	}
	for _, u := range file.Unscripted {
		kind := align.UnscriptedSpeech
		if u.Kind == "music" {
			kind = align.UnscriptedMusic
		}
		a.Unscripted = append(a.Unscripted, align.Unscripted{Segment: segment(u.jsonSegment), Kind: kind})
	}
	for _, d := range file.Directions {
		kind := max(0, slices.Index(directionKinds[:], d.Kind))
		a.Directions = append(a.Directions, align.Direction{Segment: segment(d.jsonSegment), Kind: transcript.Kind(kind), Text: d.Text})
	}
	return a, errors.Join(errs...)
}

// directionKinds are the names of transcript.Kind in an .alignment.json.
var directionKinds = [...]string{
	transcript.Other: "other", transcript.Music: "music", transcript.Sound: "sound",
	transcript.ClipBegin: "clip begin", transcript.ClipEnd: "clip end",
}
