package page

import (
	"cmp"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"math"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"cuewright/audio"
	"cuewright/audio/portable"
	"cuewright/subtitles/readable"
)

// Report is what the page of an episode shows. Times are of the recording.
type Report struct {
	Title, Subtitle string
	Lang            string // BCP 47 tag of the captions, "" where it is not known
	Audio           string // URL of the recording, relative to the page; "" for none
	Duration        time.Duration
	Facts           []Fact
	Levels          []byte // a value for each 10 ms, see Levels; none without a recording
	Speech          []audio.Segment
	Turns           []Turn
	Cues            []Cue
	Words           []Word    // where they are found in the recording, in order
	Findings        []Finding // the worst first
}

// Fact is a figure in the head of the page.
type Fact struct {
	Label, Value string
	Level        Level
}

// Level says how bad something is; "" is nothing bad.
type Level string

// The levels.
const (
	Error   Level = "error"
	Warning Level = "warning"
	Note    Level = "note"
)

// Turn is what a speaker says until another one speaks.
type Turn struct {
	audio.Segment
	Speaker string
}

// Cue is a cue with its lines of text.
type Cue struct {
	audio.Segment
	Speaker    string
	Text       string         // lines parted by \n
	Expected   *time.Duration // where it should start; nil where that is not known
	Confidence *float64       // in its start, in [0, 1]; nil where it is not known
	Level      Level          // of the worst finding about it
}

// Word is a word with its time.
type Word struct {
	audio.Segment
	Text       string
	Confidence float64 // in [0, 1]
}

// Finding is something to look at.
type Finding struct {
	audio.Segment
	Kind     string
	Level    Level
	Message  string
	Text     string         // words it is about
	Cue      *int           // index of the first cue that it is about; nil for none
	Expected *time.Duration // where that should start; nil where it is not known
	Repair   string         // the command that takes it out, "" for none
}

var (
	//go:embed page.html
	frame string
	//go:embed style.css
	style string
	//go:embed common.js
	common string
	//go:embed report.html
	reportBody string
	//go:embed report.js
	reportScript string
	//go:embed table.html
	tableBody string
	//go:embed table.js
	tableScript string
)

// CountFact is a figure that has a level only where it is above zero.
func CountFact(label string, n int, level Level) Fact {
	if n == 0 {
		level = ""
	}
	return Fact{label, strconv.Itoa(n), level}
}

// nounFact is a CountFact whose label is a noun, as one is called and as others are.
func nounFact(one, others string, n int, level Level) Fact {
	if n == 1 {
		others = one
	}
	return CountFact(others, n, level)
}

// sortFindings puts the worst findings first.
func (r *Report) sortFindings() {
	severity := func(f Finding) int { return slices.Index([]Level{Error, Warning, Note}, f.Level) }
	slices.SortStableFunc(r.Findings, func(x, y Finding) int { return cmp.Compare(severity(x), severity(y)) })
}

// Write writes the page. In its JSON -1 stands for what is not known.
func (r *Report) Write(w io.Writer) error {
	ms := func(t time.Duration) int64 { return t.Milliseconds() }
	span := func(s audio.Segment) []any { return []any{ms(s.Start), ms(s.End)} }
	var speakers []string
	numbers := map[string]int{}
	number := func(name string) int {
		k, ok := numbers[name]
		if !ok {
			k = len(speakers)
			numbers[name] = k
			speakers = append(speakers, name)
		}
		return k
	}
	msOf := func(t *time.Duration) int64 {
		if t == nil {
			return -1
		}
		return ms(*t)
	}
	hundredths := func(x float64) float64 { return math.Round(100*x) / 100 }
	lists := map[string][]any{"speech": {}, "turns": {}, "cues": {}, "words": {}, "findings": {}}
	add := func(list string, row ...any) { lists[list] = append(lists[list], row) }
	for _, s := range r.Speech {
		add("speech", span(s)...)
	}
	for _, t := range r.Turns {
		add("turns", append(span(t.Segment), number(t.Speaker))...)
	}
	for _, c := range r.Cues {
		sure := -1.0
		if c.Confidence != nil {
			sure = hundredths(*c.Confidence)
		}
		add("cues", append(span(c.Segment), number(c.Speaker), c.Text, msOf(c.Expected), sure, c.Level)...)
	}
	for _, v := range r.Words {
		add("words", append(span(v.Segment), v.Text, hundredths(v.Confidence))...)
	}
	for _, f := range r.Findings {
		cue := -1
		if f.Cue != nil {
			cue = *f.Cue
		}
		add("findings", append(span(f.Segment), f.Kind, f.Level, f.Message, f.Text, cue, msOf(f.Expected), f.Repair)...)
	}
	facts := [][3]string{}
	for _, f := range r.Facts {
		facts = append(facts, [3]string{f.Label, f.Value, string(f.Level)})
	}
	return write(w, r.Title, reportBody, reportScript, "'self' file:", map[string]any{
		"title": r.Title, "subtitle": r.Subtitle, "lang": r.Lang, "audio": r.Audio, "duration": ms(r.Duration),
		"facts": facts, "levels": base64.StdEncoding.EncodeToString(r.Levels), "speakers": speakers,
		"speech": lists["speech"], "turns": lists["turns"], "cues": lists["cues"], "words": lists["words"],
		"findings": lists["findings"],
	})
}

// Table is rows to sort and to search, as of a batch.
type Table struct {
	Title, Subtitle string
	Facts           []Fact
	Columns         []Column
	Rows            []Row
}

// Column is a column of a table.
type Column struct {
	Name   string
	Number bool // its cells are numbers, and sorted as such
}

// Row is a row of a table.
type Row struct {
	Cells []string // one for each column
	Link  string   // where the first cell leads: a URL relative to the page; "" for nowhere
	Level Level
}

// Write writes the page.
func (t *Table) Write(w io.Writer) error {
	type row struct {
		Cells []string `json:"cells"`
		Link  string   `json:"link"`
		Level Level    `json:"level"`
	}
	rows, columns, facts := []row{}, [][2]any{}, [][3]string{}
	for _, r := range t.Rows {
		rows = append(rows, row(r))
	}
	for _, c := range t.Columns {
		columns = append(columns, [2]any{c.Name, c.Number})
	}
	for _, f := range t.Facts {
		facts = append(facts, [3]string{f.Label, f.Value, string(f.Level)})
	}
	return write(w, t.Title, tableBody, tableScript, "'none'", map[string]any{
		"title": t.Title, "subtitle": t.Subtitle, "facts": facts, "columns": columns, "rows": rows,
	})
}

// write puts a page together. The replacer goes through the frame once, so that
// nothing that is put in is looked at again.
func write(w io.Writer, title, body, script, media string, data any) error {
	encoded, err := json.Marshal(data) // with <, > and & as \u003c and so on
	if err != nil {
		return err
	}
	script = common + script
	policy := fmt.Sprintf("default-src 'none'; script-src '%s'; style-src '%s'; media-src %s; base-uri 'none'; form-action 'none'",
		readable.PolicyHash(script), readable.PolicyHash(style), media)
	_, err = strings.NewReplacer(
		"{{policy}}", policy, "{{title}}", html.EscapeString(title), "{{style}}", style,
		"{{body}}", body, "{{data}}", string(encoded), "{{script}}", script,
	).WriteString(w, frame)
	return err
}

// levelPercentile is the share of the frames that are drawn at less than full height.
const levelPercentile = 0.998

// Levels returns the levels of frames for Report, from dBFS: the square root of the
// amplitude, 255 at that of the loudest frames.
func Levels(dBFS []float32) []byte {
	if len(dBFS) == 0 {
		return nil
	}
	loud := slices.Sorted(slices.Values(dBFS))[int(levelPercentile*float64(len(dBFS)-1))]
	levels := make([]byte, len(dBFS))
	for i, l := range dBFS {
		levels[i] = byte(255 * min(1, portable.Exp(float64(l-loud)*(math.Ln10/40))))
	}
	return levels
}

// FileURL returns a URL that leads from the page to a file: a relative one, or an
// absolute one where the two have nothing in common.
func FileURL(page, file string) (string, error) {
	from, err := filepath.Abs(filepath.Dir(page))
	if err != nil {
		return "", err
	}
	to, err := filepath.Abs(file)
	if err != nil {
		return "", err
	}
	relative, err := filepath.Rel(from, to)
	if err != nil { // another volume
		return (&url.URL{Scheme: "file", Path: "/" + filepath.ToSlash(to)}).String(), nil
	}
	parts := strings.Split(filepath.ToSlash(relative), "/")
	for i, p := range parts {
		parts[i] = url.PathEscape(p)
	}
	// The dot keeps a name with a colon from being taken for a scheme.
	return "./" + strings.Join(parts, "/"), nil
}
