package subtitles

import (
	"cmp"
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

type jsonWord struct {
	Text     string `json:"text"`
	Glued    bool   `json:"glued,omitempty"`
	Inserted bool   `json:"inserted,omitempty"`
	format.Span
	Spoken     bool        `json:"spoken"`
	Confidence probability `json:"confidence"`
}

type jsonSentence struct {
	Text string `json:"text"`
	format.Span
	Paragraph  int         `json:"paragraph"`
	Spoken     bool        `json:"spoken"`
	Confidence probability `json:"confidence"`
	Doubtful   bool        `json:"doubtful,omitempty"`
	Words      []jsonWord  `json:"words"`
}

type jsonTurn struct {
	Speaker string `json:"speaker"`
	Aside   bool   `json:"aside,omitempty"`
	format.Span
	Spoken     bool           `json:"spoken"`
	Confidence probability    `json:"confidence"`
	Sentences  []jsonSentence `json:"sentences"`
}

type jsonKind struct {
	Kind string `json:"kind"`
	Text string `json:"text,omitempty"`
	format.Span
	Leads   bool `json:"leads,omitempty"`
	Trails  bool `json:"trails,omitempty"`
	Melodic bool `json:"melodic,omitempty"`
}

type jsonChapter struct {
	Title string         `json:"title"`
	Start format.Seconds `json:"start"`
}

type jsonMisfit struct {
	Text  string         `json:"text"`
	Count int            `json:"count"`
	Start format.Seconds `json:"start"`
}

// alignmentFile is an .alignment.json. Times are in seconds from the start of the
// recording, an end is the first moment after; confidences are in [0, 1] as in align;
// lists are in the order of time or of the script; a word that is "glued" has no space
// before it.
type alignmentFile struct {
	Schema string `json:"schema"`
	Origin
	Lang       string         `json:"lang"`
	Verdict    string         `json:"verdict,omitempty"` // of verdicts
	Duration   format.Seconds `json:"duration"`
	Turns      []jsonTurn     `json:"turns"`
	Speech     []format.Span  `json:"speech"`
	Unscripted []jsonKind     `json:"unscripted"`
	Directions []jsonKind     `json:"directions"`
	Chapters   []jsonChapter  `json:"chapters,omitempty"`
	Title      string         `json:"title,omitempty"` // of the page
	Misfits    []jsonMisfit   `json:"misfits,omitempty"`
}

// directionKinds are the names of transcript.Kind in an .alignment.json.
var directionKinds = [...]string{
	transcript.Other: "other", transcript.Music: "music", transcript.Sound: "sound",
	transcript.ClipBegin: "clip begin", transcript.ClipEnd: "clip end",
}

// unscriptedKinds are the names of align.UnscriptedKind in an .alignment.json.
var unscriptedKinds = [...]string{align.UnscriptedSpeech: "speech", align.UnscriptedMusic: "music"}

// verdicts are the names of align.Verdict in an .alignment.json; there is none where the pair
// fits.
var verdicts = [...]string{
	align.Fits: "", align.Doubtful: "doubtful", align.TooShort: "too short", align.TooNoisy: "too noisy",
	align.Mismatched: "mismatched",
}

// writeAlignmentJSON writes all that is known.
func writeAlignmentJSON(w io.Writer, c *Captions) error {
	a := c.Alignment
	file := alignmentFile{
		Schema: AlignmentSchema, Origin: c.Origin, Lang: a.Lang, Verdict: verdicts[a.Verdict], Duration: format.Seconds(a.Duration()),
		Turns: []jsonTurn{}, Speech: []format.Span{}, Unscripted: []jsonKind{}, Directions: []jsonKind{}, // never null
	}
	for _, t := range a.Turns {
		turn := jsonTurn{t.Speaker, t.Aside, format.SpanOf(t.Segment), t.Spoken, probability(t.Confidence), []jsonSentence{}}
		for _, s := range t.Sentences {
			turn.Sentences = append(turn.Sentences, jsonSentenceOf(s))
		}
		file.Turns = append(file.Turns, turn)
	}
	for _, s := range a.Speech {
		file.Speech = append(file.Speech, format.SpanOf(s))
	}
	for _, u := range a.Unscripted {
		file.Unscripted = append(file.Unscripted, jsonKind{
			Kind: unscriptedKinds[u.Kind], Span: format.SpanOf(u.Segment), Melodic: u.Melodic,
		})
	}
	for _, d := range a.Directions {
		file.Directions = append(file.Directions, jsonKind{
			Kind: directionKinds[d.Kind], Text: d.Text, Span: format.SpanOf(d.Segment), Leads: d.Leads, Trails: d.Trails,
		})
	}
	for _, h := range a.Chapters {
		file.Chapters = append(file.Chapters, jsonChapter{h.Title, format.Seconds(h.Start)})
	}
	file.Title = a.Title
	for _, m := range a.Misfits {
		file.Misfits = append(file.Misfits, jsonMisfit{m.Text, m.Count, format.Seconds(m.Start)})
	}
	return format.WriteJSON(w, file, " ")
}

func jsonSentenceOf(s align.Sentence) jsonSentence {
	words := []jsonWord{}
	for _, w := range s.Words {
		words = append(words, jsonWord{w.Text, w.Glued, w.Inserted, format.SpanOf(w.Segment), w.Spoken, probability(w.Confidence)})
	}
	confidence := probability(s.Confidence)
	return jsonSentence{joined(s.Words), format.SpanOf(s.Segment), s.Paragraph, s.Spoken, confidence, s.Doubtful, words}
}

// alignmentSchema is AlignmentSchema without its number.
var alignmentSchema = AlignmentSchema[:strings.LastIndex(AlignmentSchema, "/")+1]

func isAlignmentJSON(text string) bool {
	return strings.HasPrefix(text, "{") && strings.Contains(text[:min(len(text), 200)], alignmentSchema)
}

// readAlignmentJSON is the inverse of writeAlignmentJSON, to the millisecond. It has no
// warnings: what is wrong with a file of ours is an error.
func readAlignmentJSON(text string) (*align.Alignment, []format.Warning, error) {
	var file alignmentFile
	if err := json.Unmarshal([]byte(text), &file); err != nil {
		return nil, nil, fmt.Errorf("it is no %s: %w", AlignmentSchema, err)
	}
	if file.Schema != AlignmentSchema {
		return nil, nil, fmt.Errorf("its schema is %q, not %q: make it anew with cuewright align", file.Schema, AlignmentSchema)
	}
	a, err := file.alignment()
	return a, nil, err
}

// ReadOrigin returns the origin that a decoded .alignment.json names. It is zero for any
// other file: a TextGrid names none.
func ReadOrigin(text string) Origin {
	var file struct {
		Schema string `json:"schema"`
		Origin
	}
	if err := json.Unmarshal([]byte(text), &file); err != nil || file.Schema != AlignmentSchema {
		return Origin{}
	}
	return file.Origin
}

// kindIn returns the number of a kind by its name among names; what says of what it is.
func kindIn(names []string, name, what string) (int, error) {
	if i := slices.Index(names, name); i >= 0 {
		return i, nil
	}
	return 0, fmt.Errorf("no kind of %s is named %q: they are %q", what, name, names)
}

// alignment returns what the file holds; the error names all of its segments that end
// before they start, and all kinds that there are none of.
func (f *alignmentFile) alignment() (*align.Alignment, error) {
	var errs []error
	segment := func(s format.Span) audio.Segment {
		start, end := time.Duration(s.Start), time.Duration(s.End)
		if end < start {
			errs = append(errs, fmt.Errorf("a segment runs from %v to %v: it ends before it starts", start, end))
			end = start
		}
		return audio.Segment{Start: start, End: end}
	}
	a := &align.Alignment{Segment: audio.Segment{End: time.Duration(f.Duration)}, Lang: f.Lang}
	verdict, err := kindIn(verdicts[:], f.Verdict, "verdict")
	errs = append(errs, err)
	a.Verdict = align.Verdict(verdict)
	for _, t := range f.Turns {
		turn := align.Turn{
			Segment: segment(t.Span), Speaker: format.ShortName(t.Speaker), Aside: t.Aside, Spoken: t.Spoken,
			Confidence: float64(t.Confidence),
		}
		for _, s := range t.Sentences {
			sentence := align.Sentence{
				Segment: segment(s.Span), Paragraph: s.Paragraph, Spoken: s.Spoken, Confidence: float64(s.Confidence),
				Doubtful: s.Doubtful,
			}
			for _, w := range s.Words {
				sentence.Words = append(sentence.Words, align.Word{
					Segment: segment(w.Span), Text: w.Text, Glued: w.Glued, Inserted: w.Inserted,
					Spoken: w.Spoken, Confidence: float64(w.Confidence),
				})
			}
			turn.Sentences = append(turn.Sentences, sentence)
		}
		a.Turns = append(a.Turns, turn)
	}
	for _, s := range f.Speech {
		a.Speech = append(a.Speech, segment(s))
	}
	for _, u := range f.Unscripted {
		kind, err := kindIn(unscriptedKinds[:], u.Kind, "unscripted audio")
		errs = append(errs, err)
		a.Unscripted = append(a.Unscripted, align.Unscripted{
			Segment: segment(u.Span), Kind: align.UnscriptedKind(kind), Melodic: u.Melodic,
		})
	}
	for _, d := range f.Directions {
		kind, err := kindIn(directionKinds[:], d.Kind, "direction")
		errs = append(errs, err)
		a.Directions = append(a.Directions, align.Direction{
			Segment: segment(d.Span), Kind: transcript.Kind(kind), Text: d.Text, Leads: d.Leads, Trails: d.Trails,
		})
	}
	for _, c := range f.Chapters {
		a.Chapters = append(a.Chapters, align.Chapter{Start: time.Duration(c.Start), Title: c.Title})
	}
	a.Title = f.Title
	for _, m := range f.Misfits {
		a.Misfits = append(a.Misfits, align.Misfit{Text: m.Text, Count: m.Count, Start: time.Duration(m.Start)})
	}
	slices.SortStableFunc(a.Chapters, func(a, b align.Chapter) int { return cmp.Compare(a.Start, b.Start) })
	return a, errors.Join(errs...)
}
