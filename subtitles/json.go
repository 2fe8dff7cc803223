package subtitles

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"cuewright/align"
	"cuewright/audio"
)

// seconds is a time in a JSON file, to the millisecond.
type seconds time.Duration

func (s seconds) MarshalJSON() ([]byte, error) {
	return fmt.Appendf(nil, "%.3f", time.Duration(s).Round(time.Millisecond).Seconds()), nil
}

// probability is written with as many digits as it deserves.
type probability float64

func (p probability) MarshalJSON() ([]byte, error) {
	return fmt.Appendf(nil, "%.3f", float64(p)), nil
}

func writeIndented(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	return e.Encode(v)
}

// writePodcastJSON writes the JSON of Podcasting 2.0, a segment a cue:
// https://github.com/Podcastindex-org/podcast-namespace, transcripts.md.
func writePodcastJSON(w io.Writer, c *Captions) error {
	type segment struct {
		Speaker   string  `json:"speaker,omitempty"`
		StartTime seconds `json:"startTime"`
		EndTime   seconds `json:"endTime"`
		Body      string  `json:"body"`
	}
	file := struct {
		Version  string    `json:"version"`
		Segments []segment `json:"segments"`
	}{"1.0.0", []segment{}}
	for _, cue := range c.Cues {
		var words []align.Word
		for _, l := range cue.Lines {
			words = append(words, l.Words...)
		}
		file.Segments = append(file.Segments, segment{
			clean(cue.Lines[0].Speaker), seconds(cue.Start), seconds(cue.End), clean(joined(words)),
		})
	}
	return writeIndented(w, file)
}

// AlignmentSchema names the layout of .alignment.json; its number rises with each
// change that a reader of the one before would stumble over.
const AlignmentSchema = "cuewright.alignment/1"

// Input is a file that an alignment was made from.
type Input struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"` // hexadecimal
}

// Origin says what an alignment was made by and from.
type Origin struct {
	Version    string `json:"version"` // of the program
	Audio      Input  `json:"audio"`
	Transcript Input  `json:"transcript"`
}

type jsonSegment struct {
	Start seconds `json:"start"`
	End   seconds `json:"end"`
}

func segmentOf(s audio.Segment) jsonSegment { return jsonSegment{seconds(s.Start), seconds(s.End)} }

type jsonWord struct {
	Text  string `json:"text"`
	Glued bool   `json:"glued,omitempty"`
	jsonSegment
	Spoken     bool        `json:"spoken"`
	Confidence probability `json:"confidence"`
}

type jsonSentence struct {
	Text string `json:"text"`
	jsonSegment
	Paragraph  int         `json:"paragraph"`
	Spoken     bool        `json:"spoken"`
	Confidence probability `json:"confidence"`
	Words      []jsonWord  `json:"words"`
}

type jsonTurn struct {
	Speaker string `json:"speaker"`
	jsonSegment
	Spoken     bool           `json:"spoken"`
	Confidence probability    `json:"confidence"`
	Sentences  []jsonSentence `json:"sentences"`
}

type jsonKind struct {
	Kind string `json:"kind"`
	Text string `json:"text,omitempty"`
	jsonSegment
}

// writeAlignmentJSON writes all that is known. Times are in seconds from the
// start of the recording, an end is the first moment after; confidences are in
// [0, 1] as in align; lists are in the order of time or of the script; a word that
// is "glued" has no space before it.
func writeAlignmentJSON(w io.Writer, c *Captions) error {
	a := c.Alignment
	if a == nil {
		return errNoAlignment
	}
	file := struct {
		Schema string `json:"schema"`
		Origin
		Lang       string        `json:"lang"`
		Duration   seconds       `json:"duration"`
		Turns      []jsonTurn    `json:"turns"`
		Speech     []jsonSegment `json:"speech"`
		Unscripted []jsonKind    `json:"unscripted"`
		Directions []jsonKind    `json:"directions"`
	}{
		AlignmentSchema, c.Origin, a.Lang, seconds(a.Duration()),
		[]jsonTurn{}, []jsonSegment{}, []jsonKind{}, []jsonKind{},
	}
	for _, t := range a.Turns {
		turn := jsonTurn{t.Speaker, segmentOf(t.Segment), t.Spoken, probability(t.Confidence), []jsonSentence{}}
		for _, s := range t.Sentences {
			sentence := jsonSentence{joined(s.Words), segmentOf(s.Segment), s.Paragraph, s.Spoken, probability(s.Confidence), []jsonWord{}}
			for _, w := range s.Words {
				sentence.Words = append(sentence.Words, jsonWord{w.Text, w.Glued, segmentOf(w.Segment), w.Spoken, probability(w.Confidence)})
			}
			turn.Sentences = append(turn.Sentences, sentence)
		}
		file.Turns = append(file.Turns, turn)
	}
	for _, s := range a.Speech {
		file.Speech = append(file.Speech, segmentOf(s))
	}
	for _, u := range a.Unscripted {
		kind := "speech"
		if u.Kind == align.UnscriptedMusic {
			kind = "music"
		}
		file.Unscripted = append(file.Unscripted, jsonKind{Kind: kind, jsonSegment: segmentOf(u.Segment)})
	}
	for _, d := range a.Directions {
		file.Directions = append(file.Directions, jsonKind{directionKinds[d.Kind], d.Text, segmentOf(d.Segment)})
	}
	return writeIndented(w, file)
}
