package main

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"cuewright/cmd/cuewright/internal/show"
	"cuewright/subtitles/check"
)

// print tells a person what was found.
func (r *checkResult) print(w io.Writer) error {
	var b bytes.Buffer
	p := r.report
	fmt.Fprintf(&b, "%s: %s, language %s\n", show.Printable(r.job.Captions), show.Count(len(r.cues), "cue"), p.Lang)
	// What follows of a mismatch is of little use: it comes first.
	mismatch := slices.ContainsFunc(p.Findings, func(f check.Finding) bool { return f.Kind == check.Mismatch })
	if mismatch {
		r.printFindings(&b)
		if r.frames != nil { // a timing follows
			b.WriteByte('\n')
		}
	}
	r.printTiming(&b)
	if c := p.Comparison; c != nil {
		r.printErrors(&b)
		if r.job.Transcript != "" || r.job.Reference != "" {
			fmt.Fprintf(&b, "the captions hold %d of the %d words of %s, and %s besides\n",
				c.Matched, c.RefWords, pick(r.job.Transcript != "", "the transcript", "the reference"), show.Count(c.CaptionWords-c.Matched, "word"))
		}
	}
	if r.frames != nil {
		var speech time.Duration
		for _, s := range p.Speech {
			speech += s.Duration()
		}
		fmt.Fprintf(&b, "%.1f %% of %.0f s of speech are under cues\n", 100*p.Coverage, speech.Seconds())
	}

	if !mismatch {
		r.printFindings(&b)
	}
	if repair := r.repair(); repair != "" {
		fmt.Fprintf(&b, "to take the %s out: %s\n", pick(p.Timing.Rate == 1, "offset", "drift"), repair)
	}
	r.printLint(&b)
	_, err := w.Write(b.Bytes())
	return err
}

// printErrors writes the statistics of the errors, as far as there are any.
func (r *checkResult) printErrors(w *bytes.Buffer) {
	type row struct {
		name string
		check.Stats
	}
	c := r.report.Comparison
	all := []row{{"cue starts", c.Cues}, {"sentence starts", c.Sentences}, {"sentence ends", c.SentenceEnds}, {"turn starts", c.Turns}, {"word starts", c.Words}}
	if !slices.ContainsFunc(all, func(s row) bool { return s.N > 0 }) {
		fmt.Fprintf(w, "\n%s: no start could be compared\n", r.against())
		return
	}
	fmt.Fprintf(w, "\n%s, in seconds; missed: without a partner; bias: late if positive\n", r.against())
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(t, "\tcount\tmissed\tmedian\tmean\t95 %\tworst\tbias\t")
	for _, tolerance := range check.Tolerances {
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
			fmt.Fprintln(t, strings.Repeat("–\t", 5+len(check.Tolerances)))
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
		fmt.Fprintf(w, "%.1f %% of the cues start within %v\n", 100*c.Cues.WithinTolerance, r.job.Tolerance)
	}
}

// printFindings writes how many findings there are, and the worst of them.
func (r *checkResult) printFindings(w io.Writer) {
	p := r.report
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
		fmt.Fprintf(w, "  %s  %-7s  %-12s  %s", show.Clock(f.Start), f.Level, f.Kind, show.Printable(f.Message))
		if f.Located && f.Cues > 0 {
			fmt.Fprintf(w, ", should be at %s", show.Clock(f.Expected))
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

// repair is the command that takes an offset or a drift of all cues out; "" where
// there is none.
func (r *checkResult) repair() string {
	g := r.report.Timing
	if !slices.ContainsFunc(r.report.Findings, func(f check.Finding) bool { return f.Kind == check.Offset || f.Kind == check.Drift }) {
		return ""
	}
	ext := filepath.Ext(r.job.Captions)
	command := fmt.Sprintf("cuewright convert %s %s", show.ShellWord(r.job.Captions), show.ShellWord(strings.TrimSuffix(r.job.Captions, ext)+"-fixed"+ext))
	if g.Rate != 1 {
		stretch := check.RateName(1/g.Rate, check.RateTolerance)
		if stretch == "" {
			stretch = fmt.Sprintf("%.6f", 1/g.Rate)
		}
		command += " --stretch " + stretch
	}
	return command + fmt.Sprintf(" --shift %.3fs", -g.Offset.Seconds()/g.Rate)
}

// maxShown is how many findings are shown to people.
const maxShown = 40

// against says what the times are compared with.
func (r *checkResult) against() string {
	switch {
	case r.job.Reference != "":
		return "errors against " + show.Printable(r.job.Reference)
	case r.report.Alignment != nil:
		return "errors against the words as they are found in the recording anew"
	}
	return "words against " + show.Printable(r.job.Transcript)
}

func (r *checkResult) printTiming(w io.Writer) {
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
	if r.report.Comparison != nil && r.report.Timing.Cues > 0 {
		say(r.report.Timing, fmt.Sprintf("the words of %d cues", r.report.Timing.Cues))
	}
	if r.frames != nil {
		say(r.report.Onsets, "onsets of speech alone")
	}
}

func (r *checkResult) printLint(w io.Writer) {
	if len(r.lint) == 0 {
		fmt.Fprintf(w, "\nstyle %s: no rule broken\n", r.preset.Name)
		return
	}
	counts := map[string]int{}
	var rules []string
	for _, f := range r.lint {
		if counts[f.Rule] == 0 {
			rules = append(rules, f.Rule)
		}
		counts[f.Rule]++
	}
	var parts []string
	for _, rule := range rules {
		parts = append(parts, fmt.Sprintf("%s %d", rule, counts[rule]))
	}
	fmt.Fprintf(w, "\nstyle %s: %s, %s: %s\n", r.preset.Name,
		show.Count(r.document().LintCount(check.Error), "error"), show.Count(len(r.lint)-r.document().LintCount(check.Error), "warning"), strings.Join(parts, ", "))
}

// pick is a where yes is true, else b.
func pick[T any](yes bool, a, b T) T {
	if yes {
		return a
	}
	return b
}

// document is what was found, for programs.
func (r *checkResult) document() *check.Document {
	return &check.Document{
		Captions: r.job.Captions, Audio: r.job.Audio, Transcript: r.job.Transcript, Reference: r.job.Reference,
		Tolerance: r.job.Tolerance, Cues: r.cues, Report: r.report, Preset: r.preset.Name, Lint: r.lint,
	}
}
