package page

import (
	"fmt"
	"path/filepath"
	"strings"

	"cuewright/cmd/cuewright/internal/show"
	"cuewright/subtitles/check"
)

// Check is captions that were checked.
type Check struct {
	Path      string    // where the page will lie: its links are relative to that
	Recording string    // the file to play, "" for none
	Levels    []float32 // of its frames in dBFS, see audio.Frames
	Document  *check.Document
	Repair    string // the command that takes an offset or a drift out
}

// Report returns the report of the check, with the broken rules of the style among its
// findings.
func (k *Check) Report() (*Report, error) {
	d := k.Document
	s := source{k.Path, k.Recording, k.Levels, d.Report.Speech, d.Report.Alignment, d.Cues}
	r, err := s.report()
	if err != nil {
		return nil, err
	}
	var against []string
	for _, name := range []string{d.Audio, d.Transcript, d.Reference} {
		if name != "" {
			against = append(against, filepath.Base(name))
		}
	}
	r.Title, r.Lang = filepath.Base(d.Captions), d.Report.Lang
	r.Subtitle = fmt.Sprintf("checked against %s · language %s · style %s", strings.Join(against, ", "), r.Lang, d.Preset)
	for i, c := range d.Report.Cues {
		cue := &r.Cues[i]
		if c.Expected != nil {
			cue.Expected, cue.Confidence = c.Expected, new(c.Confidence)
		}
		for _, f := range c.Findings {
			if level := Level(d.Report.Findings[f].Level); cue.Level != Error {
				cue.Level = level
			}
		}
	}
	r.Findings = append(k.findings(), k.lint()...)
	r.sortFindings()
	r.Facts = k.facts()
	return r, nil
}

// findings returns those of the check itself.
func (k *Check) findings() (all []Finding) {
	for _, f := range k.Document.Report.Findings {
		out := Finding{
			Segment: f.Segment, Kind: string(f.Kind), Level: Level(f.Level), Message: f.Message, Text: f.Text, Expected: f.Expected,
		}
		if f.Cues > 0 {
			out.Cue = new(f.Cue)
		}
		if f.Kind.Repairable() {
			out.Repair = k.Repair
		}
		all = append(all, out)
	}
	return all
}

// lint returns a finding for each broken rule of the style: where it is broken first, and
// how often it is.
func (k *Check) lint() (all []Finding) {
	times := map[string]int{}
	for _, f := range k.Document.Lint {
		times[f.Rule]++
	}
	for _, f := range k.Document.Lint {
		n := times[f.Rule]
		if n == 0 {
			continue // shown already
		}
		times[f.Rule] = 0
		level := Note
		if f.Level() == check.Error {
			level = Error
		}
		found := Finding{Kind: "style: " + f.Rule, Level: level}
		if f.Cue >= 0 {
			cue := k.Document.Cues[f.Cue]
			found.Segment, found.Text, found.Cue = cue.Segment, cue.Text(), new(f.Cue)
		}
		if found.Message = show.Count(n, "time") + ", for the first time "; f.Line > 0 {
			found.Message += fmt.Sprintf("in line %d of the file", f.Line)
		} else {
			found.Message += fmt.Sprintf("here: %.4g, and %.4g is allowed", f.Value, f.Limit)
		}
		all = append(all, found)
	}
	return all
}

func (k *Check) facts() []Fact {
	d, r := k.Document, k.Document.Report
	counts := map[check.Level]int{}
	for _, f := range r.Findings {
		counts[f.Level]++
	}
	facts := []Fact{
		nounFact("error", "errors", counts[check.Error], Error),
		nounFact("warning", "warnings", counts[check.Warning], Warning),
	}
	add := func(label, format string, value float64) {
		facts = append(facts, Fact{Label: label, Value: fmt.Sprintf(format, value)})
	}
	if n, errors := len(d.Lint), d.LintCount(check.Error); n > 0 {
		level := Warning
		if errors > 0 {
			level = Error
		}
		facts = append(facts, Fact{"style", show.Count(errors, "error") + ", " + show.Count(n-errors, "warning"), level})
	}
	if r.Timing != nil {
		add("offset", "%+.2f s", r.Timing.Offset.Seconds())
		add("drift", "%+.2f %%", 100*(r.Timing.Rate-1))
	}
	if r.Comparison != nil && r.Comparison.Cues.N > 0 {
		add("median error", "%.2f s", r.Comparison.Cues.Median.Seconds())
		add("95 % within", "%.2f s", r.Comparison.Cues.P95.Seconds())
	}
	if r.Coverage != nil {
		add("of the speech covered", "%.1f %%", 100**r.Coverage)
	}
	return facts
}
