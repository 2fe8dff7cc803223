package main

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/urfave/cli/v2"

	"cuewright/cmd/cuewright/internal/show"
	"cuewright/cmd/cuewright/page"
	"cuewright/subtitles/check"
)

// tableSchema names the layout of report.json; its number rises with each change that
// a reader of the one before would stumble over.
const tableSchema = "cuewright.report/1"

// table is what became of the episodes of a batch, or of a shard of it.
type table struct {
	Schema   string `json:"schema"`
	Program  string `json:"program"`         // its version
	Shard    int    `json:"shard,omitempty"` // from 1; 0 for the whole
	Shards   int    `json:"shards,omitempty"`
	Episodes []row  `json:"episodes"` // by name
}

// row is a line of a table.
type row struct {
	Episode    string   `json:"episode"` // the name of its outputs, without extension
	Status     string   `json:"status"`
	Audio      string   `json:"audio"`
	Transcript string   `json:"transcript"`
	Figures    *figures `json:"figures,omitempty"` // of what is done
	Warnings   []string `json:"warnings,omitempty"`
	Error      string   `json:"error,omitempty"`

	again bool          // done by a run before
	took  time.Duration // by this run
}

// What becomes of an episode, or of a file that belongs to none.
const (
	statusDone     = "done"
	statusFailed   = "failed"
	statusOpen     = "open" // the batch was stopped before it
	statusUnpaired = "unpaired"
)

// figures are what is known of a captioned episode.
type figures struct {
	Length     float64 `json:"length"` // of the recording, in seconds
	Turns      int     `json:"turns"`
	Cues       int     `json:"cues"`       // of the first format
	Confidence float64 `json:"confidence"` // in [0, 1]
	Unscripted float64 `json:"unscripted"` // share of the length, in [0, 1]
	Unspoken   int     `json:"unspoken"`   // sentences that nobody says
	Lint       int     `json:"lint"`       // findings in the cues of the first format
	Took       float64 `json:"took"`       // in seconds
}

func figuresOf(r *result) figures {
	a := r.alignment
	f := figures{
		Length: thousandths(a.End.Seconds()), Turns: len(a.Turns), Cues: r.outputs[0].cues, Lint: r.outputs[0].findings,
		Confidence: thousandths(confidence(a)), Took: thousandths(r.took.Seconds()),
	}
	for _, t := range a.Turns {
		for _, s := range t.Sentences {
			if !s.Spoken {
				f.Unspoken++
			}
		}
	}
	var outside time.Duration
	for _, u := range a.Unscripted {
		outside += u.Duration()
	}
	f.Unscripted = thousandths(outside.Seconds() / a.End.Seconds())
	return f
}

func thousandths(x float64) float64 { return math.Round(1000*x) / 1000 }

// count is how many rows have a status.
func (t *table) count(status string) (n int) {
	for _, r := range t.Episodes {
		if r.Status == status {
			n++
		}
	}
	return n
}

// below is how many episodes are less sure than floor.
func (t *table) below(floor float64) (n int) {
	for _, r := range t.Episodes {
		if r.Status == statusDone && r.Figures.Confidence < floor {
			n++
		}
	}
	return n
}

// check is an error where an episode failed, wasn't reached, or is less sure than floor.
func (t *table) check(floor float64) error {
	var parts []string
	for _, p := range []struct {
		n    int
		what string
	}{
		{t.count(statusFailed), "failed"},
		{t.count(statusOpen), "not done yet"},
		{t.below(floor), fmt.Sprintf("with a confidence below %v", floor)},
	} {
		if p.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", p.n, p.what))
		}
	}
	if parts == nil {
		return nil
	}
	return checkError{fmt.Errorf("of %s: %s", show.Count(len(t.Episodes)-t.count(statusUnpaired), "episode"), strings.Join(parts, ", "))}
}

func (t *table) json() ([]byte, error) {
	var b bytes.Buffer
	err := show.JSON(&b, t)
	return b.Bytes(), err
}

func (t *table) csv() ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	records := [][]string{{
		"episode", "status", "length", "turns", "cues", "confidence", "unscripted", "unspoken", "lint", "took", "error", "warnings", "audio", "transcript",
	}}
	for _, r := range t.Episodes {
		record := []string{r.Episode, r.Status}
		if f := r.Figures; f == nil {
			record = append(record, make([]string, 8)...)
		} else {
			for _, n := range []float64{f.Length, float64(f.Turns), float64(f.Cues), f.Confidence, f.Unscripted, float64(f.Unspoken), float64(f.Lint), f.Took} {
				record = append(record, strconv.FormatFloat(n, 'f', -1, 64))
			}
		}
		record = append(record, r.Error, strings.Join(r.Warnings, "; "), r.Audio, r.Transcript)
		for i := range record {
			record[i] = check.SafeCell(record[i])
		}
		records = append(records, record)
	}
	err := w.WriteAll(records)
	return b.Bytes(), err
}

// html is the table as a page to sort and to search.
func (t *table) html() ([]byte, error) {
	p := page.Table{
		Title:    "Episodes",
		Subtitle: "captioned by cuewright " + t.Program,
		Facts: []page.Fact{
			page.CountFact("done", t.count(statusDone), ""),
			page.CountFact("failed", t.count(statusFailed), page.Error),
			page.CountFact("not done yet", t.count(statusOpen), page.Warning),
		},
	}
	for _, c := range []struct {
		name   string
		number bool
	}{
		{"episode", false}, {"status", false}, {"confidence", true}, {"length, s", true}, {"turns", true}, {"cues", true},
		{"unscripted, %", true}, {"unspoken", true}, {"lint", true}, {"what is wrong", false},
	} {
		p.Columns = append(p.Columns, page.Column{Name: c.name, Number: c.number})
	}
	for _, r := range t.Episodes {
		cells := []string{r.Episode, r.Status}
		if f := r.Figures; f == nil {
			cells = append(cells, make([]string, 7)...)
		} else {
			cells = append(cells, fmt.Sprintf("%.3f", f.Confidence), fmt.Sprintf("%.0f", f.Length), fmt.Sprint(f.Turns), fmt.Sprint(f.Cues),
				fmt.Sprintf("%.1f", 100*f.Unscripted), fmt.Sprint(f.Unspoken), fmt.Sprint(f.Lint))
		}
		row := page.Row{Cells: append(cells, strings.Join(append(slices.Clone(r.Warnings), r.Error), " "))}
		switch r.Status {
		case statusFailed:
			row.Level = page.Error
		case statusOpen, statusUnpaired:
			row.Level = page.Warning
		}
		p.Rows = append(p.Rows, row)
	}
	var b bytes.Buffer
	err := p.Write(&b)
	return b.Bytes(), err
}

// write puts the table into the folder, for people and for programs.
func (t *table) write(f *folder, name string) error {
	for _, file := range []struct {
		extension string
		bytes     func() ([]byte, error)
	}{{".csv", t.csv}, {".json", t.json}, {".html", t.html}} {
		data, err := file.bytes()
		if err != nil {
			return err
		}
		if err := f.table(name+file.extension, data); err != nil {
			if _, lost := errors.AsType[lostError](err); lost {
				return err
			}
			return fmt.Errorf("%s: can't be written: %w", filepath.Join(f.name, name+file.extension), underlying(err))
		}
	}
	return nil
}

// worst is how many episodes are shown.
const worst = 20

// show shows a person which episodes to open: what failed, then the least sure.
func (t *table) show(w io.Writer) {
	rows := slices.DeleteFunc(slices.Clone(t.Episodes), func(r row) bool { return r.Status == statusUnpaired || r.Status == statusOpen })
	sureness := func(r row) float64 {
		if r.Figures == nil {
			return -1
		}
		return r.Figures.Confidence
	}
	slices.SortStableFunc(rows, func(a, b row) int { return cmp.Compare(sureness(a), sureness(b)) })
	if len(rows) > 0 {
		tab := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
		fmt.Fprintln(tab, "confidence\tunscripted\tunspoken\tlint\tlength\tepisode")
		for _, r := range rows[:min(len(rows), worst)] {
			if f := r.Figures; f != nil {
				fmt.Fprintf(tab, "%.2f\t%.0f %%\t%d\t%d\t%v\t%s\n", f.Confidence, 100*f.Unscripted, f.Unspoken, f.Lint,
					time.Duration(f.Length*float64(time.Second)).Round(time.Second), show.Printable(r.Episode))
			} else {
				fmt.Fprintf(tab, "failed\t\t\t\t\t%s\n\t\t\t\t\t  %s\n", show.Printable(r.Episode), show.Printable(r.Error))
			}
		}
		tab.Flush()
		if more := len(rows) - worst; more > 0 {
			fmt.Fprintf(w, "and %d more\n", more)
		}
	}
	var strays []string
	for _, r := range t.Episodes {
		if r.Status == statusUnpaired {
			strays = append(strays, show.Printable(r.Error))
		}
	}
	if len(strays) > 0 {
		fmt.Fprintf(w, "belonging to no episode, %s:\n", show.Count(len(strays), "file"))
		for _, s := range strays[:min(len(strays), maxListed)] {
			fmt.Fprintf(w, "  %s\n", s)
		}
		if more := len(strays) - maxListed; more > 0 {
			fmt.Fprintf(w, "  and %d more\n", more)
		}
	}
}

var (
	tableName = regexp.MustCompile(`(?i)^report(-\d+-of-\d+)?\.(csv|json|html)$`)
	shardName = regexp.MustCompile(`^report-\d+-of-\d+\.json$`)
)

// isTable says whether an output would have the name of a table.
func isTable(name string) bool { return tableName.MatchString(name) }

func batchReportCommand() *cli.Command {
	return &cli.Command{
		Name:      "report",
		Usage:     "merge the tables of shards",
		ArgsUsage: "DIR...",
		Description: "Merges the tables that the shards of a batch left in each DIR. From one DIR it writes\n" +
			"report.csv, report.json and report.html there; from several it needs --out. A shard without a table is\n" +
			"told, and counts as failed.",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "out", Usage: "write the tables into `DIR`"},
			&cli.BoolFlag{Name: "json", Usage: "print the table as JSON"},
			minConfidenceFlag(),
			quietFlag(),
		},
		Action: func(c *cli.Context) error {
			floor, err := minConfidence(c)
			if err != nil {
				return err
			}
			out := c.String("out")
			switch {
			case c.Args().Len() == 0:
				return errors.New("batch report: needs the output folder of a batch: cuewright batch report DIR")
			case c.Args().Len() == 1 && out == "":
				out = c.Args().First()
			case out == "":
				return errors.New("batch report: say where the merged table goes: --out DIR")
			}
			merged, missing, err := mergeTables(c.Args().Slice())
			if err != nil {
				return err
			}
			f, err := openFolder(out)
			if err != nil {
				return err
			}
			defer f.close()
			if err := merged.write(f, "report"); err != nil {
				return err
			}
			if c.Bool("json") {
				if err := show.JSON(c.App.Writer, merged); err != nil {
					return err
				}
			} else if !c.Bool("quiet") {
				merged.show(c.App.Writer)
			}
			err = merged.check(floor)
			if len(missing) > 0 {
				err = checkError{errors.Join(fmt.Errorf("no table of shard %s: run it again", strings.Join(missing, ", ")), err)}
			}
			return err
		},
	}
}

// mergeTables reads the tables of each folder: those of its shards where there are
// any, else that of the whole. It also names the shards that have none.
func mergeTables(dirs []string) (merged *table, missing []string, err error) {
	merged = &table{Schema: tableSchema, Program: version()}
	shards, seen := 0, map[int]string{}
	for _, dir := range dirs {
		entries, err := os.ReadDir(dir)
		if err != nil {
			return nil, nil, fmt.Errorf("%s: can't be read (%w): give the output folder of a batch", dir, underlying(err))
		}
		var names []string
		for _, entry := range entries {
			if shardName.MatchString(entry.Name()) {
				names = append(names, entry.Name())
			}
		}
		if len(names) == 0 {
			names = []string{"report.json"}
		}
		for _, name := range names {
			name = filepath.Join(dir, name)
			t, err := readTable(name)
			if err != nil {
				return nil, nil, err
			}
			if t.Shards > 0 {
				if shards > 0 && t.Shards != shards {
					return nil, nil, fmt.Errorf("%s: is of %d shards, and another table of %d: remove the tables that don't count any more", name, t.Shards, shards)
				}
				if other := seen[t.Shard]; other != "" {
					return nil, nil, fmt.Errorf("%s: is of the same shard as %s: remove the one that doesn't count any more", name, other)
				}
				shards, seen[t.Shard] = t.Shards, name
			}
			merged.Episodes = append(merged.Episodes, t.Episodes...)
		}
	}
	for k := 1; k <= shards; k++ {
		if seen[k] == "" {
			missing = append(missing, fmt.Sprintf("%d/%d", k, shards))
		}
	}
	sortRows(merged.Episodes)
	return merged, missing, nil
}

func sortRows(rows []row) {
	slices.SortStableFunc(rows, func(a, b row) int {
		return cmp.Or(cmp.Compare(a.Episode, b.Episode), cmp.Compare(a.Audio, b.Audio))
	})
}

func readTable(name string) (*table, error) {
	data, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: there is no table: give the output folder of a batch", name)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: can't be read: %w", name, underlying(err))
	}
	t := &table{}
	if err := json.Unmarshal(data, t); err != nil || t.Schema != tableSchema {
		return nil, fmt.Errorf("%s: is no table of cuewright batch: remove it, or give another folder", name)
	}
	for _, r := range t.Episodes {
		if r.Status == statusDone && r.Figures == nil {
			return nil, fmt.Errorf("%s: %s is done without figures: run the batch again", name, r.Episode)
		}
	}
	return t, nil
}
