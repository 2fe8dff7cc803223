package main

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"cuewright/cmd/cuewright/batch"
	"cuewright/cmd/cuewright/internal/show"
)

// listPlan shows a person what running the batch would do.
func listPlan(w io.Writer, b *batch.Batch, t *batch.Table) {
	for _, r := range t.Episodes {
		if r.Status == batch.StatusOpen {
			fmt.Fprintf(w, "%s: %s + %s\n", show.Printable(r.Episode), show.Printable(r.Audio), show.Printable(r.Transcript))
		}
	}
	for _, r := range t.Episodes {
		switch r.Status {
		case batch.StatusFailed:
			fmt.Fprintf(w, "can't be done: %s: %s\n", show.Printable(r.Episode), show.Printable(r.Error))
		case batch.StatusUnpaired:
			fmt.Fprintf(w, "belongs to no episode: %s\n", show.Printable(r.Error))
		}
	}
	var length time.Duration
	for i := range b.Episodes {
		length += b.Episodes[i].Length
	}
	fmt.Fprintf(w, "%s, about %v, %d at once\n",
		show.Count(t.Count(batch.StatusOpen), "episode"), length.Round(time.Second), b.Jobs)
}

// summarizeBatch shows a person what this run has done.
func summarizeBatch(w io.Writer, b *batch.Batch, rows []batch.Row, took time.Duration) {
	var done, again int
	var length time.Duration
	for _, r := range rows {
		switch {
		case r.Status != batch.StatusDone:
		case r.Again:
			again++
		default:
			done++
			length += time.Duration(r.Figures.Length)
		}
	}
	fmt.Fprintf(w, "%s captioned", show.Count(done, "episode"))
	if again > 0 {
		fmt.Fprintf(w, ", %d unchanged", again)
	}
	if done > 0 {
		fmt.Fprintf(w, "; %v in %v, %.0f times real time",
			length.Round(time.Second), took.Round(100*time.Millisecond), length.Seconds()/took.Seconds())
	}
	if peak := b.PeakMemory(); peak > 0 {
		fmt.Fprintf(w, "; an episode took at most %d MB, %d at once", peak>>20, b.Jobs)
	}
	fmt.Fprintln(w)
}

// worst is how many episodes are shown.
const worst = 20

// showTable shows a person which episodes to open, the worst first.
func showTable(w io.Writer, t *batch.Table) {
	rows := slices.DeleteFunc(t.WorstFirst(), func(r batch.Row) bool {
		return r.Status == batch.StatusUnpaired || r.Status == batch.StatusOpen
	})
	if len(rows) > 0 {
		tab := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
		fmt.Fprintln(tab, "confidence\tunscripted\tunspoken\tdoubtful\tlint\tlength\tepisode")
		for _, r := range rows[:min(len(rows), worst)] {
			if f := r.Figures; f != nil {
				fmt.Fprintf(tab, "%.2f\t%.0f %%\t%d\t%d\t%d\t%v\t%s\n", f.Confidence, 100*f.Unscripted, f.Unspoken, f.Doubtful, f.Lint,
					time.Duration(f.Length).Round(time.Second), show.Printable(r.Episode))
				for _, text := range r.Warnings {
					fmt.Fprintf(tab, "\t\t\t\t\t\t  warning: %s\n", show.Printable(text))
				}
				if r.Error != "" {
					fmt.Fprintf(tab, "\t\t\t\t\t\t  %s\n", show.Printable(r.Error))
				}
			} else {
				fmt.Fprintf(tab, "failed\t\t\t\t\t\t%s\n\t\t\t\t\t\t  %s\n", show.Printable(r.Episode), show.Printable(r.Error))
			}
		}
		tab.Flush()
		if more := len(rows) - worst; more > 0 {
			fmt.Fprintf(w, "and %d more\n", more)
		}
	}
	var strays []string
	for _, r := range t.Episodes {
		if r.Status == batch.StatusUnpaired {
			strays = append(strays, show.Printable(r.Error))
		}
	}
	list(w, fmt.Sprintf("belonging to no episode, %s:", show.Count(len(strays), "file")), strays, maxListed)
}

// checkTable returns an error where an episode failed, wasn't reached, or is less sure
// than floor. It names the file that says which, name in the folder dir without extension.
func checkTable(t *batch.Table, dir, name string, floor float64) error {
	var parts []string
	for _, p := range []struct {
		n    int
		what string
	}{
		{t.Count(batch.StatusFailed), "failed"},
		{t.Count(batch.StatusOpen), "not done yet"},
		{t.OfNoUse(), "of no use"},
		{t.Below(floor), fmt.Sprintf("with a confidence below %v", floor)},
	} {
		if p.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", p.n, p.what))
		}
	}
	if parts == nil {
		return nil
	}
	all := len(t.Episodes) - t.Count(batch.StatusUnpaired)
	return checkError{fmt.Errorf("of %s: %s: see %s", show.Count(all, "episode"), strings.Join(parts, ", "),
		filepath.Join(dir, name+".csv"))}
}
