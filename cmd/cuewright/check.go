package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"cuewright/align"
	"cuewright/audio"
	"cuewright/subtitles"
	"cuewright/subtitles/check"
	"cuewright/subtitles/format"
)

// checkJob is captions to check, and what against.
type checkJob struct {
	Audio, Transcript, Captions, Reference string // "": not given
	Tolerance                              time.Duration
	Preset                                 string
	Lang                                   string // BCP 47; "" detects it
	Model                                  string // seedModel, noModel or a file
	HTML                                   string // "": no page
	Limits                                 limits
}

// limits are what the captions have to keep; a negative value or "" limits nothing.
type limits struct {
	MaxP95      time.Duration // of the errors of cue starts
	MinCoverage float64       // of speech, and of words
	Lint        check.Level   // and worse
}

// checkResult is what became of a checkJob.
type checkResult struct {
	job    checkJob
	cues   []format.Cue // in the order of their starts
	report *check.Report
	preset subtitles.Preset
	lint   []subtitles.Finding
	frames *audio.Frames // nil without a recording
	notes  []string
}

func checkCommand() *cli.Command {
	return &cli.Command{
		Name:      "check",
		Usage:     "check whether captions fit a recording, a transcript or a reference",
		ArgsUsage: "[AUDIO [TRANSCRIPT]] CAPTIONS",
		Description: "Says by how much the times of CAPTIONS are wrong, and where: against AUDIO, in which the words of\n" +
			"the captions or of TRANSCRIPT are found anew, or against the times of a --reference. With TRANSCRIPT\n" +
			"or a reference it also says which words are missing, out of order or under another's name. Captions\n" +
			"may have any form that convert reads.",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "reference", Aliases: []string{"r"}, Usage: "compare with the times of `FILE`, captions or an alignment"},
			&cli.StringFlag{Name: "tolerance", Value: check.DefaultTolerance.String(), Usage: "take a start for wrong that is off by more than `TIME`, and what the preset allows"},
			&cli.StringFlag{Name: "preset", Aliases: []string{"p"}, Value: subtitles.DefaultPreset().Name, Usage: "lint by the style of `NAME`: " + presetNames()},
			&cli.StringFlag{Name: "lang", Usage: "the language of the captions, a `TAG` such as en or de-AT (default: found by itself)"},
			&cli.StringFlag{Name: "model", Value: seedModel, Usage: "tell sounds apart by `MODEL`, see align"},
			&cli.BoolFlag{Name: "json", Usage: "print all that is found as JSON"},
			&cli.BoolFlag{Name: "csv", Usage: "print a table of the cues as CSV"},
			htmlFlag(),
			&cli.StringFlag{Name: "max-p95", DefaultText: "no limit", Usage: "exit with 1 if more than 5 % of the cues start further off than `TIME`"},
			&cli.Float64Flag{Name: "min-coverage", Value: -1, DefaultText: "no limit", Usage: "exit with 1 if the captions hold less than this `SHARE` of the speech, or of the words of the transcript or reference"},
			&cli.StringFlag{Name: "lint", Usage: "exit with 1 if cues break the rules of the preset: `LEVEL` error for those that players stumble over, warning for any"},
			quietFlag(),
		},
		Action: func(c *cli.Context) error {
			j, err := newCheckJob(c)
			if err != nil {
				return err
			}
			bars := newProgress(c.Context, c.App.ErrWriter, c.Bool("quiet"))
			r, err := j.run(c.Context, bars)
			bars.close()
			if err != nil {
				return err
			}
			stdout := c.App.Writer
			switch {
			case c.Bool("json"):
				err = r.json(stdout)
			case c.Bool("csv"):
				err = r.csv(stdout)
			case !c.Bool("quiet"):
				warn(c.App.ErrWriter, r.notes)
				err = r.print(stdout)
			}
			if err != nil {
				return err
			}
			return r.broken()
		},
	}
}

func htmlFlag() cli.Flag {
	return &cli.StringFlag{Name: "html", Usage: "write a page to look at and listen to, `FILE`.html"}
}

func newCheckJob(c *cli.Context) (checkJob, error) {
	j := checkJob{
		Reference: c.String("reference"), Preset: c.String("preset"),
		Lang: c.String("lang"), Model: c.String("model"), HTML: c.String("html"),
		Limits: limits{MaxP95: -1, MinCoverage: c.Float64("min-coverage"), Lint: check.Level(c.String("lint"))},
	}
	var err error
	if j.Tolerance, err = parseTime("--tolerance", c.String("tolerance")); err != nil {
		return j, err
	}
	if c.IsSet("max-p95") {
		if j.Limits.MaxP95, err = parseTime("--max-p95", c.String("max-p95")); err != nil {
			return j, err
		}
	}
	args := c.Args().Slice()
	switch len(args) {
	case 1:
		j.Captions = args[0]
		if j.Reference == "" {
			return j, errors.New("check: needs something to check against: cuewright check AUDIO CAPTIONS, or check CAPTIONS --reference FILE")
		}
	case 2:
		j.Audio, j.Captions = args[0], args[1]
	case 3:
		j.Audio, j.Transcript, j.Captions = args[0], args[1], args[2]
	case 0:
		return j, errors.New("check: needs captions: cuewright check AUDIO CAPTIONS")
	default:
		return j, fmt.Errorf("check: one argument too many, %q: give a recording, a transcript and captions", args[3])
	}
	if j.Transcript != "" && j.Reference != "" {
		return j, errors.New("check: a transcript and a --reference: give one of them")
	}
	if j.Tolerance <= 0 {
		return j, fmt.Errorf("--tolerance %v: give a time above 0, such as 0.25s", j.Tolerance)
	}
	if c.IsSet("max-p95") && j.Limits.MaxP95 < 0 {
		return j, fmt.Errorf("--max-p95 %v: give a time from 0 on, such as 0.3s", j.Limits.MaxP95)
	}
	if m := j.Limits.MinCoverage; c.IsSet("min-coverage") && !(m >= 0 && m <= 1) {
		return j, fmt.Errorf("--min-coverage %v: not a share: give a number from 0 to 1", m)
	}
	if l := j.Limits.Lint; l != "" && l != check.Error && l != check.Warning {
		return j, fmt.Errorf("--lint %q: unknown: give error or warning", l)
	}
	if c.Bool("json") && c.Bool("csv") {
		return j, errors.New("--json and --csv: give one of them")
	}
	return j, nil
}

// run checks the captions, and writes the page if there is to be one.
func (j checkJob) run(ctx context.Context, bars *progress) (*checkResult, error) {
	preset, err := job{Preset: j.Preset, Lang: j.Lang}.style()
	if err != nil {
		return nil, err
	}
	o := check.Options{Tolerance: j.Tolerance, Preset: preset, Align: align.DefaultOptions()}
	o.Align.Lang = j.Lang
	if o.Align.Model, err = readModel(j.Model); err != nil {
		return nil, err
	}
	html, err := pageOutput(j.HTML, j.Audio, j.Transcript, j.Captions, j.Reference)
	if err != nil {
		return nil, err
	}
	r := &checkResult{job: j}
	var recording *recording
	if j.Audio != "" {
		if recording, err = openRecording(j.Audio); err != nil {
			if isRecording(j.Captions) {
				return nil, fmt.Errorf("%s: is no recording, but %s is one: give the recording first, and the captions last", j.Audio, j.Captions)
			}
			return nil, err
		}
		defer recording.Close()
	}
	cues, err := readCaptions(j.Captions)
	if err != nil {
		return nil, err
	}
	sorted, from := check.InOrder(cues)
	r.cues = sorted
	in := check.Input{Cues: sorted}
	if j.Reference != "" {
		if in.Reference, err = readReference(j.Reference); err != nil {
			return nil, err
		}
	}
	if j.Transcript != "" {
		if in.Transcript, err = readTranscript(j.Transcript); err != nil {
			return nil, err
		}
	}
	if recording != nil {
		if r.frames, err = audio.Analyze(ctx, bars.reading(recording.Reader)); err != nil {
			return nil, err
		}
		r.notes = recording.Warnings()
		o.Align.Progress = bars.stage("aligning")
	}
	in.Frames = r.frames
	if r.report, err = check.Check(ctx, in, o); err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, fmt.Errorf("%s: %w", j.Captions, err)
	}
	format, err := subtitles.FormatOf(j.Captions)
	if err != nil { // read by what it holds
		format = "srt"
	}
	r.preset = preset.For(format)
	// The style is that of the file as it is, order included.
	r.lint = subtitles.Lint(cues, r.preset)
	for i := range r.lint {
		r.lint[i].Cue = slices.Index(from, r.lint[i].Cue)
	}
	if html != nil {
		if html.data, err = checkPage(r, html.path); err != nil {
			return nil, err
		}
		if err := writeOutputs([]output{*html}); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// pageOutput is the page of that name, which may be written; nil for "".
func pageOutput(name string, inputs ...string) (*output, error) {
	if name == "" {
		return nil, nil
	}
	o := &output{name: name, path: name, format: "html"}
	if lower := strings.ToLower(name); !strings.HasSuffix(lower, ".html") && !strings.HasSuffix(lower, ".htm") {
		return nil, fmt.Errorf("--html %s: would not be opened as a page: give a name that ends in .html", name)
	}
	if err := o.check(inputs); err != nil {
		return nil, fmt.Errorf("--html %s: %w", name, err)
	}
	return o, nil
}

// readReference reads an alignment, or else captions.
func readReference(name string) (*check.Reference, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("%s: the reference can't be opened (%w): check the name", name, underlying(err))
	}
	a, err := subtitles.ReadAlignment(bytes.NewReader(data), name)
	if err == nil {
		return check.ReferenceOfAlignment(a), nil
	}
	if !errors.Is(err, subtitles.ErrNoAlignment) {
		return nil, err
	}
	cues, err := subtitles.Read(bytes.NewReader(data), name)
	if err != nil {
		return nil, err
	}
	ref, err := check.ReferenceOfCues(cues)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return ref, nil
}

// broken is a checkError that names each limit that the captions break, or that
// nothing could be said about.
func (r *checkResult) broken() error {
	var broken []string
	say := func(format string, args ...any) { broken = append(broken, fmt.Sprintf(format, args...)) }
	l, c := r.job.Limits, r.report.Comparison
	if l.MaxP95 >= 0 {
		switch {
		case c == nil || c.Cues.N == 0:
			say("--max-p95 %v: no cue could be compared", l.MaxP95)
		case c.Cues.P95 > l.MaxP95:
			say("--max-p95 %v: it is %.3fs", l.MaxP95, c.Cues.P95.Seconds())
		}
	}
	if l.MinCoverage >= 0 {
		if r.frames != nil && r.report.Coverage < l.MinCoverage {
			say("--min-coverage %v: %.3f of the speech is under cues", l.MinCoverage, r.report.Coverage)
		}
		if r.job.Audio == "" || r.job.Transcript != "" {
			if words := r.words(); words < l.MinCoverage {
				say("--min-coverage %v: %.3f of the words are in the captions", l.MinCoverage, words)
			}
		}
	}
	if l.Lint != "" {
		if n := r.lintCount(l.Lint); n > 0 {
			say("--lint %s: %s of the style %s", l.Lint, count(n, "broken rule"), r.preset.Name)
		}
	}
	if broken == nil {
		return nil
	}
	return checkError{fmt.Errorf("%s: limit broken: %s", r.job.Captions, strings.Join(broken, "; "))}
}

// words is the share of the words of the transcript or reference, as far as they
// are said, that the captions hold.
func (r *checkResult) words() float64 {
	c := r.report.Comparison
	if c == nil || c.RefWords == 0 {
		return 0
	}
	return float64(c.Matched) / float64(c.RefWords)
}

// lintLevel is how bad a broken rule is: players stumble over cues that are out of
// order, overlap or hold nothing; the rest is style.
func lintLevel(f subtitles.Finding) check.Level {
	switch f.Rule {
	case subtitles.RuleOrder, subtitles.RuleOverlap, subtitles.RuleNoText:
		return check.Error
	}
	return check.Warning
}

// lintCount is how many findings are of a level or worse.
func (r *checkResult) lintCount(level check.Level) (n int) {
	for _, f := range r.lint {
		if level == check.Warning || lintLevel(f) == check.Error {
			n++
		}
	}
	return n
}
