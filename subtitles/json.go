package subtitles

import (
	"fmt"
	"io"

	"cuewright/align"
	"cuewright/audio"
	"cuewright/subtitles/format"
)

// probability is written with as many digits as it deserves.
type probability float64

func (p probability) MarshalJSON() ([]byte, error) {
	return fmt.Appendf(nil, "%.3f", float64(p)), nil
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
	Start format.Seconds `json:"start"`
	End   format.Seconds `json:"end"`
}

func segmentOf(s audio.Segment) jsonSegment {
	return jsonSegment{format.Seconds(s.Start), format.Seconds(s.End)}
}

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
	file := struct {
		Schema string `json:"schema"`
		Origin
		Lang       string         `json:"lang"`
		Duration   format.Seconds `json:"duration"`
		Turns      []jsonTurn     `json:"turns"`
		Speech     []jsonSegment  `json:"speech"`
		Unscripted []jsonKind     `json:"unscripted"`
		Directions []jsonKind     `json:"directions"`
	}{
		AlignmentSchema, c.Origin, a.Lang, format.Seconds(a.Duration()),
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
	return format.WriteJSON(w, file)
}
