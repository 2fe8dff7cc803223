package check

import (
	"fmt"
	"io"
	"math"
	"time"

	"cuewright/subtitles"
	"cuewright/subtitles/format"
)

// Schema names the layout of Document.WriteJSON; its number rises with each change
// that a reader of the layout before would stumble over.
const Schema = "cuewright.check/1"

// Document is a report together with what it is about, to be written for programs.
type Document struct {
	// The names of the inputs as the user gave them; "" for one that was not given.
	Captions, Audio, Transcript, Reference string
	Tolerance                              time.Duration // see Options
	Cues                                   []format.Cue
	Report                                 *Report             // of Cues
	Preset                                 string              // the name of the style that Lint is about
	Lint                                   []subtitles.Finding // their cues are indexes into Cues, or -1
}

// LintCount is how many findings of Lint are of a level or worse.
func (d *Document) LintCount(level Level) (n int) {
	for _, f := range d.Lint {
		if level == Warning || f.Level() == Error {
			n++
		}
	}
	return n
}

// WriteJSON writes all that was found as one JSON document. Times are in seconds; an
// error is positive where the captions are late; cues are numbered from 1.
func (d *Document) WriteJSON(w io.Writer) error {
	return format.WriteJSON(w, d.json(), "  ")
}

// rounded is x with so many decimals.
func rounded(x float64, decimals int) float64 {
	unit := math.Pow10(decimals)
	return math.Round(x*unit) / unit
}

type jsonDocument struct {
	Schema     string          `json:"schema"`
	Captions   string          `json:"captions"`
	Audio      string          `json:"audio,omitempty"`
	Transcript string          `json:"transcript,omitempty"`
	Reference  string          `json:"reference,omitempty"`
	Lang       string          `json:"lang"`
	Tolerance  format.Seconds  `json:"tolerance"`
	Timing     *jsonTiming     `json:"timing,omitempty"`
	Onsets     *jsonTiming     `json:"onsets,omitempty"`
	Coverage   *float64        `json:"coverage,omitempty"`
	Comparison *jsonComparison `json:"comparison,omitempty"`
	Findings   []jsonFinding   `json:"findings"`
	Preset     string          `json:"preset"`
	Lint       []jsonLint      `json:"lint"`
	Cues       []jsonCue       `json:"cues"`
}

type jsonTiming struct {
	Offset     format.Seconds `json:"offset"`
	Rate       float64        `json:"rate"`
	RateName   string         `json:"rateName,omitempty"`
	Confidence float64        `json:"confidence"`
	Cues       int            `json:"cues"`
}

type jsonStats struct {
	Count  int `json:"count"`
	Missed int `json:"missed"`
	*jsonErrors
}

// jsonErrors are those of what was compared; nil for nothing.
type jsonErrors struct {
	Median          format.Seconds     `json:"median"`
	Mean            format.Seconds     `json:"mean"`
	P95             format.Seconds     `json:"p95"`
	Worst           format.Seconds     `json:"worst"`
	Bias            format.Seconds     `json:"bias"`
	Within          map[string]float64 `json:"within"`
	WithinTolerance float64            `json:"withinTolerance"`
}

type jsonComparison struct {
	Cues         *jsonStats    `json:"cues,omitempty"`
	Sentences    *jsonStats    `json:"sentences,omitempty"`
	SentenceEnds *jsonStats    `json:"sentenceEnds,omitempty"`
	Turns        *jsonStats    `json:"turns,omitempty"`
	Words        *jsonStats    `json:"words,omitempty"`
	Speakers     []jsonSpeaker `json:"speakers,omitempty"`
	Reference    int           `json:"referenceWords"`
	Matched      int           `json:"matchedWords"`
	Captions     int           `json:"captionWords"`
}

type jsonSpeaker struct {
	Speaker string `json:"speaker"`
	*jsonStats
}

type jsonFinding struct {
	format.Span
	Kind       Kind            `json:"kind"`
	Level      Level           `json:"level"`
	Message    string          `json:"message"`
	Text       string          `json:"text,omitempty"`
	Cue        int             `json:"cue,omitempty"` // the first, from 1
	Cues       int             `json:"cues,omitempty"`
	Expected   *format.Seconds `json:"expected,omitempty"`
	Error      *format.Seconds `json:"error,omitempty"`
	Confidence float64         `json:"confidence"`
}

type jsonLint struct {
	Cue   int     `json:"cue,omitempty"`  // from 1
	Line  int     `json:"line,omitempty"` // of the file, from 1
	Rule  string  `json:"rule"`
	Level Level   `json:"level"`
	Value float64 `json:"value"`
	Limit float64 `json:"limit"`
}

type jsonCue struct {
	format.Span
	Speaker    string          `json:"speaker,omitempty"`
	Text       string          `json:"text"`
	Expected   *format.Seconds `json:"expected,omitempty"`
	Error      *format.Seconds `json:"error,omitempty"`
	Confidence *float64        `json:"confidence,omitempty"` // of expected
	Onset      *format.Seconds `json:"onset,omitempty"`      // of speech, the nearest
	Findings   []int           `json:"findings,omitempty"`   // indexes into findings
}

// json is the document as it is written. Lists are there even where they are empty.
func (d *Document) json() jsonDocument {
	r := d.Report
	out := jsonDocument{
		Schema: Schema, Captions: d.Captions, Audio: d.Audio, Transcript: d.Transcript, Reference: d.Reference,
		Lang: r.Lang, Tolerance: format.Seconds(d.Tolerance), Comparison: comparisonJSON(r.Comparison),
		Findings: []jsonFinding{}, Preset: d.Preset, Lint: []jsonLint{}, Cues: []jsonCue{},
	}
	if r.Timing != nil {
		out.Timing = timingJSON(*r.Timing)
	}
	if r.Onsets != nil {
		out.Onsets = timingJSON(*r.Onsets)
	}
	if r.Coverage != nil {
		out.Coverage = new(rounded(*r.Coverage, 4))
	}
	for _, f := range r.Findings {
		out.Findings = append(out.Findings, findingJSON(f))
	}
	for _, f := range d.Lint {
		out.Lint = append(out.Lint, jsonLint{f.Cue + 1, f.Line, f.Rule, f.Level(), rounded(f.Value, 3), rounded(f.Limit, 3)})
	}
	for i, cue := range d.Cues {
		out.Cues = append(out.Cues, cueJSON(cue, r.Cues[i]))
	}
	return out
}

func timeJSON(t time.Duration) *format.Seconds {
	s := format.Seconds(t)
	return &s
}

func timingJSON(g Timing) *jsonTiming {
	name := ""
	if g.Rate != 1 {
		name = RateName(g.Rate, RateTolerance)
	}
	return &jsonTiming{format.Seconds(g.Offset), rounded(g.Rate, 6), name, rounded(g.Confidence, 3), g.Cues}
}

func comparisonJSON(c *Comparison) *jsonComparison {
	if c == nil {
		return nil
	}
	out := &jsonComparison{
		Cues: statsJSON(c.Cues), Sentences: statsJSON(c.Sentences), SentenceEnds: statsJSON(c.SentenceEnds),
		Turns: statsJSON(c.Turns), Words: statsJSON(c.Words),
		Reference: c.RefWords, Matched: c.Matched, Captions: c.CaptionWords,
	}
	for _, s := range c.Speakers {
		out.Speakers = append(out.Speakers, jsonSpeaker{s.Speaker, statsJSON(s.Stats)})
	}
	return out
}

// statsJSON is nil for statistics of nothing.
func statsJSON(s Stats) *jsonStats {
	if s.N+s.Missed == 0 {
		return nil
	}
	if s.N == 0 {
		return &jsonStats{Missed: s.Missed}
	}
	within := map[string]float64{}
	for i, t := range Tolerances() {
		within[fmt.Sprint(t.Seconds())] = rounded(s.Within[i], 4)
	}
	return &jsonStats{s.N, s.Missed, &jsonErrors{
		Median: format.Seconds(s.Median), Mean: format.Seconds(s.Mean), P95: format.Seconds(s.P95), Worst: format.Seconds(s.Worst),
		Bias: format.Seconds(s.Bias), Within: within, WithinTolerance: rounded(s.WithinTolerance, 4),
	}}
}

func findingJSON(f Finding) jsonFinding {
	out := jsonFinding{
		Span: format.SpanOf(f.Segment), Kind: f.Kind, Level: f.Level, Message: f.Message, Text: f.Text,
		Confidence: rounded(f.Confidence, 3),
	}
	if f.Cues > 0 {
		out.Cue, out.Cues = f.Cue+1, f.Cues
	}
	if f.Expected != nil {
		out.Expected = timeJSON(*f.Expected)
	}
	if f.Error != nil {
		out.Error = timeJSON(*f.Error)
	}
	return out
}

func cueJSON(cue format.Cue, r CueReport) jsonCue {
	out := jsonCue{Span: format.SpanOf(cue.Segment), Speaker: cue.Speaker(), Text: cue.Text(), Findings: r.Findings}
	if r.Expected != nil {
		out.Expected, out.Error = timeJSON(*r.Expected), timeJSON(cue.Start-*r.Expected)
		out.Confidence = new(rounded(r.Confidence, 3))
	}
	if r.Onset != nil {
		out.Onset = timeJSON(*r.Onset)
	}
	return out
}
