package main

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"cuewright/cmd/cuewright/episode"
	"cuewright/cmd/cuewright/internal/show"
	"cuewright/subtitles/check"
	"cuewright/subtitles/format"
)

// printCheck shows a person what was found.
func printCheck(w io.Writer, r *episode.CheckResult) error {
	var b bytes.Buffer
	d := r.Document
	p := d.Report
	fmt.Fprintf(&b, "%s: %s, language %s\n", show.Printable(d.Captions), show.Count(len(d.Cues), "cue"), p.Lang)
	// What follows of a mismatch is of little use: it comes first.
	mismatch := slices.ContainsFunc(p.Findings, func(f check.Finding) bool { return f.Kind == check.Mismatch })
	if mismatch {
		printFindings(&b, d)
		if p.Timing != nil || p.Onsets != nil || p.Coverage != nil && p.Comparison == nil { // a line follows
			b.WriteByte('\n')
		}
	}
	printTiming(&b, d)
	if c := p.Comparison; c != nil {
		printErrors(&b, d)
		if d.Transcript != "" || d.Reference != "" {
			other := "the reference"
			if d.Transcript != "" {
				other = "the transcript"
			}
			fmt.Fprintf(&b, "the captions hold %d of the %d words of %s, and %s besides\n",
				c.Matched, c.RefWords, other, show.Count(c.CaptionWords-c.Matched, "word"))
		}
	}
	if p.Coverage != nil {
		var speech time.Duration
		for _, s := range p.Speech {
			speech += s.Duration()
		}
		fmt.Fprintf(&b, "%.1f %% of %.0f s of speech are under cues\n", 100**p.Coverage, speech.Seconds())
	}

	if !mismatch {
		printFindings(&b, d)
	}
	if repair := r.Repair(); repair != "" {
		what := "drift"
		if p.Timing.Rate == 1 {
			what = "offset"
		}
		fmt.Fprintf(&b, "to take the %s out: %s\n", what, repair)
	}
	printLint(&b, d)
	_, err := w.Write(b.Bytes())
	return err
}

// printErrors writes the statistics of the errors, as far as there are any.
func printErrors(w *bytes.Buffer, d *check.Document) {
	type row struct {
		name string
		check.Stats
	}
	c := d.Report.Comparison
	all := []row{
		{"cue starts", c.Cues}, {"sentence starts", c.Sentences}, {"sentence ends", c.SentenceEnds}, {"turn starts", c.Turns},
		{"word starts", c.Words},
	}
	if !slices.ContainsFunc(all, func(s row) bool { return s.N > 0 }) {
		fmt.Fprintf(w, "\n%s: no start could be compared\n", against(d))
		return
	}
	fmt.Fprintf(w, "\n%s, in seconds; missed: without a partner; bias: late if positive\n", against(d))
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(t, "\tcount\tmissed\tmedian\tmean\t95 %\tworst\tbias\t")
	for _, tolerance := range check.Tolerances() {
		fmt.Fprintf(t, "≤%v\t", tolerance.Seconds())
	}
	fmt.Fprintln(t)
	for _, s := range c.Speakers {
		all = append(all, row{cmp.Or(s.Speaker, "(nobody named)"), s.Stats})
	}
	for _, s := range all {
		if s.N+s.Missed == 0 {
			continue
		}
		fmt.Fprintf(t, "%s\t%d\t%d\t", show.Printable(s.name), s.N, s.Missed)
		if s.N == 0 {
			fmt.Fprintln(t, strings.Repeat("–\t", 5+len(check.Tolerances())))
			continue
		}
		for _, d := range []time.Duration{s.Median, s.Mean, s.P95, s.Worst} {
			fmt.Fprintf(t, "%.3f\t", d.Seconds())
		}
		fmt.Fprintf(t, "%+.3f\t", s.Bias.Seconds())
		for _, share := range s.Within {
			fmt.Fprintf(t, "%.1f%%\t", 100*share)
		}
		fmt.Fprintln(t)
	}
	t.Flush() // a Buffer takes all
	if c.Cues.N > 0 {
		fmt.Fprintf(w, "%.1f %% of the cues start within %v\n", 100*c.Cues.WithinTolerance, d.Tolerance)
	}
}

// printFindings writes how many findings there are, and the worst of them.
func printFindings(w io.Writer, d *check.Document) {
	p := d.Report
	errors, warnings := 0, 0
	for _, f := range p.Findings {
		if f.Level == check.Error {
			errors++
		} else {
			warnings++
		}
	}
	fmt.Fprintf(w, "\n%s, %s\n", show.Count(errors, "error"), show.Count(warnings, "warning"))
	for _, f := range p.Findings[:min(len(p.Findings), maxShown)] {
		fmt.Fprintf(w, "  %s  %-7s  %-12s  %s", format.Clock(f.Start, ".", 3), f.Level, f.Kind, show.Printable(f.Message))
		if f.Expected != nil && f.Cues > 0 {
			fmt.Fprintf(w, ", should be at %s", format.Clock(*f.Expected, ".", 3))
		}
		if f.Text != "" {
			fmt.Fprintf(w, ": %s", show.Excerpt(f.Text))
		}
		fmt.Fprintln(w)
	}
	if more := len(p.Findings) - maxShown; more > 0 {
		fmt.Fprintf(w, "  and %d more\n", more)
	}
}

// maxShown is how many findings are shown to people.
const maxShown = 40

// against names what the times are compared with.
func against(d *check.Document) string {
	switch {
	case d.Reference != "":
		return "errors against " + show.Printable(d.Reference)
	case d.Report.Alignment != nil:
		return "errors against the words as they are found in the recording anew"
	}
	return "words against " + show.Printable(d.Transcript)
}

func printTiming(w io.Writer, d *check.Document) {
	say := func(g check.Timing, how string) {
		rate := ""
		if g.Rate != 1 {
			rate = fmt.Sprintf(", drifting by %+.3f %%", 100*(g.Rate-1))
			if name := check.RateName(g.Rate, check.RateTolerance); name != "" {
				rate += " (" + name + ")"
			}
		}
		fmt.Fprintf(w, "offset %+.3f s%s, by %s, confidence %.2f\n", g.Offset.Seconds(), rate, how, g.Confidence)
	}
	if d.Report.Comparison != nil && d.Report.Timing != nil && d.Report.Timing != d.Report.Onsets {
		say(*d.Report.Timing, fmt.Sprintf("the words of %d cues", d.Report.Timing.Cues))
	}
	if d.Report.Onsets != nil {
		say(*d.Report.Onsets, "onsets of speech alone")
	}
}

func printLint(w io.Writer, d *check.Document) {
	if len(d.Lint) == 0 {
		fmt.Fprintf(w, "\nstyle %s: no rule broken\n", d.Preset)
		return
	}
	counts := map[string]int{}
	var rules []string
	for _, f := range d.Lint {
		if counts[f.Rule] == 0 {
			rules = append(rules, f.Rule)
		}
		counts[f.Rule]++
	}
	var parts []string
	for _, rule := range rules {
		parts = append(parts, fmt.Sprintf("%s %d", rule, counts[rule]))
	}
	errors := d.LintCount(check.Error)
	fmt.Fprintf(w, "\nstyle %s: %s, %s: %s\n", d.Preset,
		show.Count(errors, "error"), show.Count(len(d.Lint)-errors, "warning"), strings.Join(parts, ", "))
}
