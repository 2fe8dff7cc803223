package batch

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"cuewright/cmd/cuewright/episode"
	"cuewright/cmd/cuewright/page"
	"cuewright/subtitles/format"
)

// tableSchema names the layout of report.json; its number rises with each change that
// a reader of the one before would stumble over.
const tableSchema = "cuewright.report/1"

// Table is what became of the episodes of a batch, or of a shard of it.
type Table struct {
	Schema   string `json:"schema"`
	Program  string `json:"program"`         // its version
	Shard    int    `json:"shard,omitempty"` // from 1; 0 for the whole
	Shards   int    `json:"shards,omitempty"`
	Episodes []Row  `json:"episodes"` // by name
}

// Row is a line of a table.
type Row struct {
	Episode    string   `json:"episode"` // the name of its outputs, without extension
	Status     string   `json:"status"`
	Audio      string   `json:"audio"`
	Transcript string   `json:"transcript"`
	Figures    *Figures `json:"figures,omitempty"` // of what is done
	Warnings   []string `json:"warnings,omitempty"`
	Error      string   `json:"error,omitempty"` // why it failed, or why what is done is of no use

	Again bool          `json:"-"` // done by a run before
	Took  time.Duration `json:"-"` // by this run
}

// What becomes of an episode, or of a file that belongs to none.
const (
	StatusDone     = "done"
	StatusFailed   = "failed"
	StatusOpen     = "open" // the batch was stopped before it
	StatusUnpaired = "unpaired"
)

// Figures are what is known of a captioned episode.
type Figures struct {
	Length     format.Seconds `json:"length"` // of the recording
	Turns      int            `json:"turns"`
	Cues       int            `json:"cues"`       // of the first format
	Confidence float64        `json:"confidence"` // in [0, 1]
	Unscripted float64        `json:"unscripted"` // share of the length, in [0, 1]
	Unspoken   int            `json:"unspoken"`   // sentences and clauses that nobody says
	Doubtful   int            `json:"doubtful"`   // sentences of which it is doubtful whether they are said
	Lint       int            `json:"lint"`       // findings in the cues of the first format
	Took       format.Seconds `json:"took"`
}

func figuresOf(r *episode.Result) Figures {
	a := r.Alignment
	review := a.Review(episode.Doubtful)
	return Figures{
		Length: format.Seconds(a.End), Turns: len(a.Turns), Cues: r.Outputs[0].Cues, Lint: r.Outputs[0].Findings,
		Confidence: thousandths(a.Confidence()), Took: format.Seconds(r.Took),
		Unspoken: len(review.Unspoken), Doubtful: len(review.Doubtful),
		Unscripted: thousandths(review.Unscripted.Seconds() / a.End.Seconds()),
	}
}

// seconds returns t as the tables for people and spreadsheets show it.
func seconds(t format.Seconds) float64 { return thousandths(time.Duration(t).Seconds()) }

func thousandths(x float64) float64 { return math.Round(1000*x) / 1000 }

// Count returns how many rows have a status.
func (t *Table) Count(status string) (n int) {
	for _, r := range t.Episodes {
		if r.Status == status {
			n++
		}
	}
	return n
}

// OfNoUse returns how many episodes have captions that are of no use.
func (t *Table) OfNoUse() (n int) {
	for _, r := range t.Episodes {
		if r.Status == StatusDone && r.Error != "" {
			n++
		}
	}
	return n
}

// Below returns how many episodes are less sure than floor.
func (t *Table) Below(floor float64) (n int) {
	for _, r := range t.Episodes {
		if r.Status == StatusDone && r.Figures.Confidence < floor {
			n++
		}
	}
	return n
}

// WriteJSON writes the table as a JSON document.
func (t *Table) WriteJSON(w io.Writer) error { return format.WriteJSON(w, t, "  ") }

// WriteCSV writes the table with a line for each episode.
func (t *Table) WriteCSV(w io.Writer) error {
	records := [][]string{{
		"episode", "status", "length", "turns", "cues", "confidence", "unscripted", "unspoken", "doubtful", "lint", "took",
		"error", "warnings", "audio", "transcript",
	}}
	for _, r := range t.Episodes {
		record := []string{r.Episode, r.Status}
		if f := r.Figures; f == nil {
			record = append(record, make([]string, 9)...)
		} else {
			for _, n := range []float64{
				seconds(f.Length), float64(f.Turns), float64(f.Cues), f.Confidence, f.Unscripted, float64(f.Unspoken), float64(f.Doubtful),
				float64(f.Lint), seconds(f.Took),
			} {
				record = append(record, strconv.FormatFloat(n, 'f', -1, 64))
			}
		}
		record = append(record, r.Error, strings.Join(r.Warnings, "; "), r.Audio, r.Transcript)
		for i := range record {
			record[i] = format.SafeCell(record[i])
		}
		records = append(records, record)
	}
	return csv.NewWriter(w).WriteAll(records)
}

// writeHTML writes the table as a page to sort and to search, the worst first.
func (t *Table) writeHTML(w io.Writer) error {
	p := page.Table{
		Title:    "Episodes",
		Subtitle: "captioned by cuewright " + t.Program,
		Facts: []page.Fact{
			page.CountFact("done", t.Count(StatusDone), ""),
			page.CountFact("failed", t.Count(StatusFailed), page.Error),
			page.CountFact("of no use", t.OfNoUse(), page.Error),
			page.CountFact("not done yet", t.Count(StatusOpen), page.Warning),
		},
	}
	for _, c := range []struct {
		name   string
		number bool
	}{
		{"episode", false}, {"status", false}, {"confidence", true}, {"length, s", true}, {"turns", true}, {"cues", true},
		{"unscripted, %", true}, {"unspoken", true}, {"doubtful", true}, {"lint", true}, {"what is wrong", false},
	} {
		p.Columns = append(p.Columns, page.Column{Name: c.name, Number: c.number})
	}
	for _, r := range t.WorstFirst() {
		cells := []string{r.Episode, r.Status}
		if f := r.Figures; f == nil {
			cells = append(cells, make([]string, 8)...)
		} else {
			cells = append(cells, fmt.Sprintf("%.3f", f.Confidence), fmt.Sprintf("%.0f", seconds(f.Length)), fmt.Sprint(f.Turns),
				fmt.Sprint(f.Cues), fmt.Sprintf("%.1f", 100*f.Unscripted), fmt.Sprint(f.Unspoken),
				fmt.Sprint(f.Doubtful), fmt.Sprint(f.Lint))
		}
		row := page.Row{Cells: append(cells, strings.Join(append(slices.Clone(r.Warnings), r.Error), " "))}
		switch {
		case r.Error != "" && r.Status != StatusUnpaired: // failed, or of no use
			row.Level = page.Error
		case r.Status != StatusDone || len(r.Warnings) > 0:
			row.Level = page.Warning
		}
		p.Rows = append(p.Rows, row)
	}
	return p.Write(w)
}

// tableFiles are the files of a table.
var tableFiles = []struct {
	extension string
	write     func(*Table, io.Writer) error
}{{".csv", (*Table).WriteCSV}, {".json", (*Table).WriteJSON}, {".html", (*Table).writeHTML}}

// CheckTable returns an error where the table of that name, without extension, would take
// the place of a file that is not the batch's own.
func (f *Folder) CheckTable(name string) error {
	for _, file := range tableFiles {
		k := key(name + file.extension)
		f.lock(k) // another run may be about to write it
		err := f.checkTable(name + file.extension)
		unlock(f.locks, k)
		if err != nil {
			return err
		}
	}
	return nil
}

// Write puts the table into the folder, for people and for programs, under a name
// without extension, see Shard.TableName: all of it or, where one of its files would take the
// place of somebody else's, nothing.
func (t *Table) Write(f *Folder, name string) error {
	var names []string
	var data [][]byte
	for _, file := range tableFiles {
		var b bytes.Buffer
		if err := file.write(t, &b); err != nil {
			return err
		}
		names, data = append(names, name+file.extension), append(data, b.Bytes())
	}
	return f.tables(names, data)
}

// WorstFirst returns the rows in the order in which they are worth a look: what failed; what is
// of no use; the others, those with a warning or many uncertain sentences first, then those with
// doubtful sentences, each of these by their confidence; and last what was not reached, and what
// belongs to no episode. A doubtful sentence is one of many in an episode, and comes behind what
// is about all of it.
func (t *Table) WorstFirst() []Row {
	rank := func(r Row) int {
		switch {
		case r.Status == StatusFailed:
			return 0
		case r.Status != StatusDone:
			return 5
		case r.Error != "":
			return 1
		case len(r.Warnings) > 0 || r.Figures.Confidence < episode.Doubtful:
			return 2
		case r.Figures.Doubtful > 0:
			return 3
		}
		return 4
	}
	rows := slices.Clone(t.Episodes)
	slices.SortStableFunc(rows, func(a, b Row) int {
		order := cmp.Compare(rank(a), rank(b))
		if order != 0 || a.Figures == nil || b.Figures == nil {
			return order
		}
		return cmp.Compare(a.Figures.Confidence, b.Figures.Confidence)
	})
	return rows
}

func sortRows(rows []Row) {
	slices.SortStableFunc(rows, func(a, b Row) int {
		return cmp.Or(cmp.Compare(a.Episode, b.Episode), cmp.Compare(a.Audio, b.Audio))
	})
}
