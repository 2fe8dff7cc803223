package episode

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"cuewright/align"
	"cuewright/align/pronounce"
	"cuewright/audio"
	"cuewright/cmd/cuewright/internal/show"
	"cuewright/cmd/cuewright/page"
	"cuewright/subtitles"
	"cuewright/subtitles/check"
	"cuewright/subtitles/format"
)

// CheckJob is captions to check, and what against.
type CheckJob struct {
	Audio, Transcript, Captions, Reference string // "": not given
	Tolerance                              time.Duration
	Preset                                 string        // a name or a file, see Options
	FPS                                    string        // of the film, see Options
	Audience                               string        // see Options
	Lang                                   string        // BCP 47 tag; "" detects the language
	Lexicon                                string        // a file, see Options
	Model                                  string        // SeedModel, NoModel or a file
	HTML                                   string        // the page to write; "" for none
	Encoding                               string        // of the captions; "" for one that is found
	Track                                  int           // of the recording, see RecordingOptions
	MaxLength                              time.Duration // of the recording; 0 for audio.MaxLength
}

// CheckResult is what became of a CheckJob.
type CheckResult struct {
	Document *check.Document
	Warnings []string // about the captions, and the recording
	Track    string   // see Recording.TrackRead

	frames *audio.Frames // nil without a recording
	kind   string        // the format of the captions, by what the file holds
	other  string        // the same where kind is empty, see format.OtherName
}

// Check checks captions, and writes the page if there is to be one.
func Check(ctx context.Context, j CheckJob, h Hooks) (*CheckResult, error) {
	preset, err := Options{Preset: j.Preset, FPS: j.FPS, Audience: j.Audience, Lang: j.Lang}.preset()
	if err != nil {
		return nil, err
	}
	o := check.Options{Tolerance: j.Tolerance, Preset: preset, Align: align.DefaultOptions()}
	o.Align.Lang = j.Lang
	o.Align.Progress = h.stage(StageAligning)
	if o.Align.Model, err = ReadModel(j.Model); err != nil {
		return nil, err
	}
	if o.Align.Lexicon, err = ReadLexicon(j.Lexicon, ""); err != nil {
		return nil, err
	}
	inputs := []string{j.Audio, j.Transcript, j.Captions, j.Reference}
	html, err := pageOutput(j.HTML, slices.Concat(modelFile(j.Model), presetFile(j.Preset), lexiconFile(j.Lexicon), inputs)...)
	if err != nil {
		return nil, err
	}
	r := &CheckResult{}
	in, cues, warnings, err := r.read(ctx, j, h)
	if err != nil {
		return nil, err
	}
	var from []int
	in.Cues, from = check.InOrder(cues)
	report, err := check.Check(ctx, in, o)
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, fmt.Errorf("%s: %w", j.Captions, err)
	}
	r.tellLanguage(j, report, cues)
	// The style is that of the file as it is, order included, and of its format, whatever
	// it is called, in its language.
	file := subtitles.FormatNamed(cmp.Or(r.kind, r.other, "csv")) // exports of other programs are as tables are
	style := preset.For(file.Name).ForViewers(cmp.Or(j.Lang, report.Lang), subtitles.Audience(j.Audience))
	style.Label = format.OwnLabel // what the text has, not what the style asks for
	if file.OneLine {
		style.LineWidth *= style.Lines
	}
	lint := append(subtitles.LintFile(cues, warnings), subtitles.Lint(cues, style)...)
	for i := range lint {
		lint[i].Cue = slices.Index(from, lint[i].Cue)
	}
	r.Document = &check.Document{
		Captions: j.Captions, Audio: j.Audio, Transcript: j.Transcript, Reference: j.Reference,
		Tolerance: j.Tolerance, Cues: in.Cues, Report: report, Preset: preset.Name, Lint: lint,
	}
	if html == nil {
		return r, nil
	}
	if html.Data, err = r.page(html.path); err != nil {
		return nil, err
	}
	return r, WriteOutputs([]Output{*html})
}

// tellLanguage warns of a language that was not given and that the text leaves open, and of one that
// was given and that the captions aren't in.
func (r *CheckResult) tellLanguage(j CheckJob, report *check.Report, cues []format.Cue) {
	switch {
	case j.Lang != "":
		if note := misnamed(j.Lang, plainText(cues)); note != "" {
			r.Warnings = append(r.Warnings, j.Captions+": "+note)
		}
	case report.Alignment != nil:
		for _, note := range languageNotes(report.Alignment) {
			r.Warnings = append(r.Warnings, cmp.Or(j.Transcript, j.Captions)+": "+note)
		}
	case report.Lang == pronounce.Undetermined && wordy(plainText(cues)):
		r.Warnings = append(r.Warnings, j.Captions+": its language isn't known: give --lang")
	}
}

// read reads the inputs, the recording last: it takes longest. The cues are in the order
// of the file.
func (r *CheckResult) read(ctx context.Context, j CheckJob, h Hooks) (
	in check.Input, cues []format.Cue, warnings []format.Warning, err error,
) {
	if err := checkStdin(j.Audio, j.Transcript); err != nil {
		return in, nil, nil, err
	}
	var recording *Recording
	if j.Audio != "" {
		options := RecordingOptions{j.MaxLength, j.Track, j.language}
		if recording, err = OpenRecording(ctx, j.Audio, options, h); err != nil {
			if isRecording(ctx, j.Captions) {
				err = fmt.Errorf("%s: is no recording, but %s is one: give the recording first, and the captions last",
					j.Audio, j.Captions)
			}
			return in, nil, nil, err
		}
		defer recording.Close()
	}
	d, cues, warnings, err := readCaptions(j.Captions, j.Encoding)
	if err != nil {
		if (d == nil || d.kind == "") && j.swapped() {
			err = fmt.Errorf("%s: there are no cues, but %s has some: give the captions last", j.Captions, j.Transcript)
		}
		return in, nil, nil, err
	}
	r.kind, r.other, r.Warnings = d.kind, format.OtherName(d.text), d.told(warnings)
	if j.Reference != "" {
		if in.Reference, err = readReference(j.Reference); err != nil {
			return in, nil, nil, err
		}
	}
	if j.Transcript != "" {
		if in.Transcript, _, err = ReadTranscript(j.Transcript, "", h); err != nil {
			return in, nil, nil, err
		}
	}
	if recording != nil {
		if r.frames, err = recording.Analyze(ctx, h); err != nil {
			return in, nil, nil, err
		}
		in.Frames, r.Track = r.frames, recording.TrackRead()
		r.Warnings = append(r.Warnings, recording.Warnings()...)
	}
	return in, cues, warnings, nil
}

// language returns the language of the captions, "" where they can't be read beforehand.
func (j *CheckJob) language() string {
	if info, err := os.Stat(j.Captions); j.Lang != "" || err != nil || !info.Mode().IsRegular() {
		return j.Lang
	}
	_, cues, _, err := readCaptions(j.Captions, j.Encoding)
	if err != nil {
		return ""
	}
	return known(pronounce.Detect(plainText(cues)))
}

// swapped reports whether the transcript reads as captions, and these as a transcript.
func (j *CheckJob) swapped() bool {
	if j.Transcript == "" || j.Transcript == StandardInput {
		return false
	}
	if _, _, _, err := readCaptions(j.Transcript, ""); err != nil {
		return false
	}
	_, _, err := ReadTranscript(j.Captions, j.Encoding, Hooks{})
	return err == nil
}

// page returns the bytes of the page of the check, to be written to path.
func (r *CheckResult) page(path string) ([]byte, error) {
	k := page.Check{Path: path, Recording: played(r.Document.Audio), Document: r.Document, Repair: r.Repair()}
	if r.frames != nil {
		k.Levels = r.frames.Level
	}
	return pageBytes(k.Report())
}

// Repair returns the command that takes an offset or a drift of all cues out; "" where
// there is none. It writes the format that the name of the captions says, or else, where
// no captions are written by that name, as with .dfxp, the one that they are in.
func (r *CheckResult) Repair() string {
	d := r.Document
	if !slices.ContainsFunc(d.Report.Findings, func(f check.Finding) bool { return f.Kind.Repairable() }) {
		return ""
	}
	ext := filepath.Ext(d.Captions)
	name, err := subtitles.FormatOf(d.Captions)
	if err == nil {
		ext = d.Captions[len(d.Captions)-len("."+name):] // which may hold a full stop, as .alignment.json
	}
	fixed := strings.TrimSuffix(d.Captions, ext) + "-fixed"
	if other := err != nil || subtitles.FormatNamed(name).WriteOnly; other && r.kind != "" {
		ext = "." + r.kind
	}
	fixed += ext
	command := fmt.Sprintf("cuewright convert %s %s", show.ShellWord(d.Captions), show.ShellWord(fixed))
	g := d.Report.Timing
	if g.Rate != 1 {
		stretch := check.RateName(1/g.Rate, check.RateTolerance)
		if stretch == "" {
			stretch = fmt.Sprintf("%.6f", 1/g.Rate)
		}
		command += " --stretch " + stretch
	}
	return command + fmt.Sprintf(" --shift %.3fs", -g.Offset.Seconds()/g.Rate)
}

// Limits are what captions have to keep; nil or "" limits nothing.
type Limits struct {
	MaxP95      *time.Duration // of the errors of cue starts
	MinCoverage *float64       // of speech, and of words, in [0, 1]
	Lint        check.Level    // no broken rule of this level or worse
	FailOn      check.Level    // no finding of this level or worse
}

// Broken names each limit that the captions break, or that nothing could be said about.
// Captions of something else keep no limit.
func (r *CheckResult) Broken(l Limits) (broken []string) {
	say := func(format string, args ...any) { broken = append(broken, fmt.Sprintf(format, args...)) }
	d := r.Document
	if l == (Limits{}) {
		return nil
	}
	if i := slices.IndexFunc(d.Report.Findings, func(f check.Finding) bool { return f.Kind == check.Mismatch }); i >= 0 {
		say("%s", d.Report.Findings[i].Message)
	}
	if l.FailOn != "" {
		if n := d.Report.Count(l.FailOn); n > 0 {
			say("--fail-on %s: %s", l.FailOn, show.Count(n, "finding"))
		}
	}
	c := d.Report.Comparison
	if l.MaxP95 != nil {
		switch {
		case c == nil || c.Cues.N == 0:
			say("--max-p95 %v: no cue could be compared", *l.MaxP95)
		case c.Cues.P95 > *l.MaxP95:
			say("--max-p95 %v: it is %.3fs", *l.MaxP95, c.Cues.P95.Seconds())
		}
	}
	if l.MinCoverage != nil {
		if c := d.Report.Coverage; c != nil && *c < *l.MinCoverage {
			say("--min-coverage %v: %.3f of the speech is under cues", *l.MinCoverage, *c)
		}
		if d.Audio == "" || d.Transcript != "" {
			if words := r.words(); words < *l.MinCoverage {
				say("--min-coverage %v: %.3f of the words are in the captions", *l.MinCoverage, words)
			}
		}
	}
	if l.Lint != "" {
		if n := d.LintCount(l.Lint); n > 0 {
			say("--lint %s: %s of the style %s", l.Lint, show.Count(n, "broken rule"), d.Preset)
		}
	}
	return broken
}

// words returns the share of the words that the captions have to hold, all of the
// transcript or those of the reference that are said, that they do hold.
func (r *CheckResult) words() float64 {
	c := r.Document.Report.Comparison
	if c == nil || c.RefWords == 0 {
		return 0
	}
	return float64(c.Matched) / float64(c.RefWords)
}
