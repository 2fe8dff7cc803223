package main

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"cuewright/audio"
	"cuewright/subtitles/check"
	"cuewright/subtitles/format"
)

// checkSchema names the layout of check --json; its number rises with each change
// that a reader of the one before would stumble over.
const checkSchema = "cuewright.check/1"

// print tells a person what was found.
func (r *checkResult) print(w io.Writer) error {
	var b bytes.Buffer
	p := r.report
	fmt.Fprintf(&b, "%s: %s, language %s\n", printable(r.job.Captions), count(len(r.cues), "cue"), p.Lang)
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
				c.Matched, c.RefWords, pick(r.job.Transcript != "", "the transcript", "the reference"), count(c.CaptionWords-c.Matched, "word"))
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
		fmt.Fprintf(t, "%s\t%d\t%d\t", printable(s.name), s.N, s.Missed)
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
	fmt.Fprintf(w, "\n%s, %s\n", count(errors, "error"), count(warnings, "warning"))
	for _, f := range p.Findings[:min(len(p.Findings), maxShown)] {
		fmt.Fprintf(w, "  %s  %-7s  %-12s  %s", clock(f.Start), f.Level, f.Kind, printable(f.Message))
		if f.Located && f.Cues > 0 {
			fmt.Fprintf(w, ", should be at %s", clock(f.Expected))
		}
		if f.Text != "" {
			fmt.Fprintf(w, ": %s", shorten(printable(f.Text)))
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
	command := fmt.Sprintf("cuewright convert %s %s", shellWord(r.job.Captions), shellWord(strings.TrimSuffix(r.job.Captions, ext)+"-fixed"+ext))
	if g.Rate != 1 {
		stretch := check.RateName(1/g.Rate, rateError)
		if stretch == "" {
			stretch = fmt.Sprintf("%.6f", 1/g.Rate)
		}
		command += " --stretch " + stretch
	}
	return command + fmt.Sprintf(" --shift %.3fs", -g.Offset.Seconds()/g.Rate)
}

// plainWord matches what a shell takes as it is.
var plainWord = regexp.MustCompile(`^[\pL\pN_./][\pL\pN_./-]*$`)

// shellWord is a file's name as it is typed in a shell, to be copied without harm.
func shellWord(name string) string {
	if plainWord.MatchString(name) {
		return name
	}
	if strings.HasPrefix(name, "-") {
		name = "./" + name
	}
	return "'" + strings.ReplaceAll(printable(name), "'", `'\''`) + "'"
}

// maxShown is how many findings are shown to people.
const maxShown = 40

// against says what the times are compared with.
func (r *checkResult) against() string {
	switch {
	case r.job.Reference != "":
		return "errors against " + printable(r.job.Reference)
	case r.report.Alignment != nil:
		return "errors against the words as they are found in the recording anew"
	}
	return "words against " + printable(r.job.Transcript)
}

func (r *checkResult) printTiming(w io.Writer) {
	say := func(g check.Timing, how string) {
		rate := ""
		if g.Rate != 1 {
			rate = fmt.Sprintf(", drifting by %+.3f %%", 100*(g.Rate-1))
			if name := check.RateName(g.Rate, rateError); name != "" {
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

// rateError is how far a rate may lie from the one it is named after.
const rateError = 2e-5

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
		count(r.lintCount(check.Error), "error"), count(len(r.lint)-r.lintCount(check.Error), "warning"), strings.Join(parts, ", "))
}

// pick is a where yes is true, else b.
func pick[T any](yes bool, a, b T) T {
	if yes {
		return a
	}
	return b
}

// shorten cuts an excerpt down to what fits a line.
func shorten(s string) string {
	if text := []rune(s); len(text) > maxExcerpt {
		return string(text[:maxExcerpt-1]) + "…"
	}
	return s
}

// csv writes a line for each cue: times in seconds, empty where they aren't known.
func (r *checkResult) csv(w io.Writer) error {
	c := csv.NewWriter(w)
	records := [][]string{{"cue", "start", "end", "speaker", "text", "expected", "error", "confidence", "onset", "findings", "lint"}}
	lint := make([][]string, len(r.cues))
	for _, f := range r.lint {
		lint[f.Cue] = append(lint[f.Cue], f.Rule)
	}
	for i, cue := range r.cues {
		k := r.report.Cues[i]
		record := []string{fmt.Sprint(i + 1), secondsText(cue.Start), secondsText(cue.End), cueSpeaker(cue), cue.Text(), "", "", "", "", "", strings.Join(lint[i], "; ")}
		if k.Known {
			record[5], record[6], record[7] = secondsText(k.Expected), secondsText(cue.Start-k.Expected), fmt.Sprintf("%.3f", k.Confidence)
		}
		if k.Onset >= 0 {
			record[8] = secondsText(k.Onset)
		}
		var kinds []string
		for _, f := range k.Findings {
			kinds = append(kinds, string(r.report.Findings[f].Kind))
		}
		record[9] = strings.Join(slices.Compact(kinds), "; ")
		for _, k := range []int{3, 4} { // a stranger's
			record[k] = harmless(record[k])
		}
		records = append(records, record)
	}
	return c.WriteAll(records)
}

func secondsText(t time.Duration) string {
	return fmt.Sprintf("%.3f", t.Round(time.Millisecond).Seconds())
}

// jsonSeconds is a time in seconds, to the millisecond.
type jsonSeconds time.Duration

func (s jsonSeconds) MarshalJSON() ([]byte, error) { return []byte(secondsText(time.Duration(s))), nil }

type jsonSpan struct {
	Start jsonSeconds `json:"start"`
	End   jsonSeconds `json:"end"`
}

func spanOf(s audio.Segment) jsonSpan { return jsonSpan{jsonSeconds(s.Start), jsonSeconds(s.End)} }

type jsonTiming struct {
	Offset     jsonSeconds `json:"offset"`
	Rate       float64     `json:"rate"`
	RateName   string      `json:"rateName,omitempty"`
	Confidence float64     `json:"confidence"`
	Cues       int         `json:"cues"`
}

func timingOf(g check.Timing) *jsonTiming {
	name := ""
	if g.Rate != 1 {
		name = check.RateName(g.Rate, rateError)
	}
	return &jsonTiming{jsonSeconds(g.Offset), rounded(g.Rate, 6), name, rounded(g.Confidence, 3), g.Cues}
}

type jsonStats struct {
	Count  int `json:"count"`
	Missed int `json:"missed"`
	*jsonErrors
}

// jsonErrors are those of what was compared; nil for nothing.
type jsonErrors struct {
	Median          jsonSeconds        `json:"median"`
	Mean            jsonSeconds        `json:"mean"`
	P95             jsonSeconds        `json:"p95"`
	Worst           jsonSeconds        `json:"worst"`
	Bias            jsonSeconds        `json:"bias"`
	Within          map[string]float64 `json:"within"`
	WithinTolerance float64            `json:"withinTolerance"`
}

func statsOf(s check.Stats) *jsonStats {
	if s.N+s.Missed == 0 {
		return nil
	}
	if s.N == 0 {
		return &jsonStats{Missed: s.Missed}
	}
	within := map[string]float64{}
	for i, t := range check.Tolerances {
		within[fmt.Sprint(t.Seconds())] = rounded(s.Within[i], 4)
	}
	return &jsonStats{s.N, s.Missed, &jsonErrors{jsonSeconds(s.Median), jsonSeconds(s.Mean), jsonSeconds(s.P95), jsonSeconds(s.Worst), jsonSeconds(s.Bias), within, rounded(s.WithinTolerance, 4)}}
}

type jsonFinding struct {
	jsonSpan
	Kind       check.Kind   `json:"kind"`
	Level      check.Level  `json:"level"`
	Message    string       `json:"message"`
	Text       string       `json:"text,omitempty"`
	Cue        int          `json:"cue,omitempty"` // the first, from 1
	Cues       int          `json:"cues,omitempty"`
	Expected   *jsonSeconds `json:"expected,omitempty"`
	Error      *jsonSeconds `json:"error,omitempty"`
	Confidence float64      `json:"confidence"`
}

type jsonSpeaker struct {
	Speaker string `json:"speaker"`
	*jsonStats
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

type jsonCue struct {
	jsonSpan
	Speaker    string       `json:"speaker,omitempty"`
	Text       string       `json:"text"`
	Expected   *jsonSeconds `json:"expected,omitempty"`
	Error      *jsonSeconds `json:"error,omitempty"`
	Confidence *float64     `json:"confidence,omitempty"` // of expected
	Onset      *jsonSeconds `json:"onset,omitempty"`      // of speech, the nearest
	Findings   []int        `json:"findings,omitempty"`   // indexes into findings
}

type jsonLint struct {
	Cue   int         `json:"cue"` // from 1
	Rule  string      `json:"rule"`
	Level check.Level `json:"level"`
	Value float64     `json:"value"`
	Limit float64     `json:"limit"`
}

// json writes all that was found. Times are in seconds; an error is positive where
// the captions are late; cues are numbered from 1.
func (r *checkResult) json(w io.Writer) error {
	p := r.report
	doc := struct {
		Schema     string          `json:"schema"`
		Captions   string          `json:"captions"`
		Audio      string          `json:"audio,omitempty"`
		Transcript string          `json:"transcript,omitempty"`
		Reference  string          `json:"reference,omitempty"`
		Lang       string          `json:"lang"`
		Tolerance  jsonSeconds     `json:"tolerance"`
		Timing     *jsonTiming     `json:"timing,omitempty"`
		Onsets     *jsonTiming     `json:"onsets,omitempty"`
		Coverage   *float64        `json:"coverage,omitempty"`
		Comparison *jsonComparison `json:"comparison,omitempty"`
		Findings   []jsonFinding   `json:"findings"`
		Preset     string          `json:"preset"`
		Lint       []jsonLint      `json:"lint"`
		Cues       []jsonCue       `json:"cues"`
	}{
		Schema: checkSchema, Captions: r.job.Captions, Audio: r.job.Audio, Transcript: r.job.Transcript, Reference: r.job.Reference,
		Lang: p.Lang, Tolerance: jsonSeconds(r.job.Tolerance), Findings: []jsonFinding{}, Preset: r.preset.Name, Lint: []jsonLint{}, Cues: []jsonCue{},
	}
	if p.Timing.Cues > 0 {
		doc.Timing = timingOf(p.Timing)
	}
	if r.frames != nil {
		doc.Onsets = timingOf(p.Onsets)
		coverage := rounded(p.Coverage, 4)
		doc.Coverage = &coverage
	}
	if c := p.Comparison; c != nil {
		doc.Comparison = &jsonComparison{
			Cues: statsOf(c.Cues), Sentences: statsOf(c.Sentences), SentenceEnds: statsOf(c.SentenceEnds), Turns: statsOf(c.Turns), Words: statsOf(c.Words),
			Reference: c.RefWords, Matched: c.Matched, Captions: c.CaptionWords,
		}
		for _, s := range c.Speakers {
			doc.Comparison.Speakers = append(doc.Comparison.Speakers, jsonSpeaker{s.Speaker, statsOf(s.Stats)})
		}
	}
	at := func(t time.Duration) *jsonSeconds { s := jsonSeconds(t); return &s }
	for _, f := range p.Findings {
		out := jsonFinding{jsonSpan: spanOf(f.Segment), Kind: f.Kind, Level: f.Level, Message: f.Message, Text: f.Text, Confidence: rounded(f.Confidence, 3)}
		if f.Cues > 0 {
			out.Cue, out.Cues = f.Cue+1, f.Cues
		}
		if f.Located {
			out.Expected = at(f.Expected)
		}
		if f.Error != 0 {
			out.Error = at(f.Error)
		}
		doc.Findings = append(doc.Findings, out)
	}
	for _, f := range r.lint {
		doc.Lint = append(doc.Lint, jsonLint{f.Cue + 1, f.Rule, lintLevel(f), rounded(f.Value, 3), rounded(f.Limit, 3)})
	}
	for i, cue := range r.cues {
		k := p.Cues[i]
		out := jsonCue{jsonSpan: spanOf(cue.Segment), Speaker: cueSpeaker(cue), Text: cue.Text(), Findings: k.Findings}
		if k.Known {
			sure := rounded(k.Confidence, 3)
			out.Expected, out.Error, out.Confidence = at(k.Expected), at(cue.Start-k.Expected), &sure
		}
		if k.Onset >= 0 {
			out.Onset = at(k.Onset)
		}
		doc.Cues = append(doc.Cues, out)
	}
	return printJSON(w, doc)
}

// rounded is x with so many decimals.
func rounded(x float64, decimals int) float64 {
	unit := math.Pow10(decimals)
	return math.Round(x*unit) / unit
}

// cueSpeaker is who says a cue, as far as it is known: its first line's.
func cueSpeaker(c format.Cue) string {
	if len(c.Lines) == 0 {
		return ""
	}
	return c.Lines[0].Speaker
}
