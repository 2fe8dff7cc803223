package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"
	"golang.org/x/text/language"

	"cuewright/align"
	"cuewright/audio"
	"cuewright/subtitles"
)

// job is an episode to caption. It is plain data, so that jobs may come from
// anywhere.
type job struct {
	Audio        string   `json:"audio,omitempty"`
	Transcript   string   `json:"transcript,omitempty"`
	Outputs      []string `json:"outputs"` // the format follows the extension
	Preset       string   `json:"preset"`
	Lang         string   `json:"lang"`          // BCP 47; "" detects it
	Model        string   `json:"model"`         // seedModel, noModel or a file
	Words        bool     `json:"words"`         // write the time of each word
	NoSoundCues  bool     `json:"no_sound_cues"` //
	KeepUnspoken bool     `json:"keep_unspoken"` // show what nobody says
	Force        bool     `json:"force"`         // caption a transcript that seems to be another recording's
}

// result is what became of a job.
type result struct {
	alignment *align.Alignment
	levels    []float32 // of the recording, see audio.Frames
	page      string    // that was written, or ""
	warnings  []string
	outputs   []output
	took      time.Duration
}

func alignCommand() *cli.Command {
	return &cli.Command{
		Name:      "align",
		Usage:     "caption a recording from its transcript",
		ArgsUsage: "AUDIO TRANSCRIPT",
		Description: "Finds the words of TRANSCRIPT in AUDIO, - for WAV on standard input, and writes captions. Without -o\n" +
			"they stand beside AUDIO, as .vtt and .srt. Captions that are there already are replaced.",
		Flags: append([]cli.Flag{
			&cli.StringSliceFlag{Name: "output", Aliases: []string{"o"}, Usage: "write captions to `FILE`, in the format of its extension (" + extensions() + "); may be repeated"},
			htmlFlag(),
		}, captionFlags()...),
		Action: func(c *cli.Context) error {
			args := c.Args()
			switch {
			case args.Len() < 2:
				return fmt.Errorf("align: needs a recording and its transcript: cuewright align AUDIO TRANSCRIPT")
			case args.Len() > 2:
				return fmt.Errorf("align: one argument too many, %q: give one recording and one transcript", args.Get(2))
			}
			j, err := newJob(c)
			if err != nil {
				return err
			}
			floor, err := minConfidence(c)
			if err != nil {
				return err
			}
			j.Audio, j.Transcript, j.Outputs = args.Get(0), args.Get(1), c.StringSlice("output")
			if len(j.Outputs) == 0 && j.Audio == standardInput {
				return errors.New("align: standard input has no name to call the captions by: name them with -o")
			}
			if len(j.Outputs) == 0 {
				stem := strings.TrimSuffix(j.Audio, filepath.Ext(j.Audio))
				j.Outputs = []string{stem + ".vtt", stem + ".srt"}
			}
			html, err := pageOutput(c.String("html"), append([]string{j.Audio, j.Transcript}, j.Outputs...)...)
			if err != nil {
				return err
			}
			bars := newProgress(c.Context, c.App.ErrWriter, c.Bool("quiet"))
			r, err := j.run(c.Context, bars, html)
			bars.close()
			if err != nil {
				return err
			}
			if !c.Bool("quiet") {
				r.summarize(c.App.ErrWriter, j.Audio)
			}
			if got := confidence(r.alignment); got < floor {
				return checkError{fmt.Errorf("%s: confidence is %.3f, below %v: look at what is unspoken and least certain", j.Audio, got, floor)}
			}
			return nil
		},
	}
}

// captionFlags are the options that an episode is captioned by, see newJob.
func captionFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "preset", Aliases: []string{"p"}, Value: subtitles.DefaultPreset().Name, Usage: "lay cues out in the style of `NAME`: " + presetNames()},
		&cli.BoolFlag{Name: "words", Usage: "write the time of each word, where the format can hold it"},
		&cli.StringFlag{Name: "lang", Usage: "the language of the transcript, a `TAG` such as en or de-AT (default: found by itself)"},
		&cli.StringFlag{Name: "model", Value: seedModel, Usage: "tell sounds apart by `MODEL`: seed (built in), none (broad classes of sounds), or a file made by train"},
		&cli.BoolFlag{Name: "no-sound-cues", Usage: "show no cues such as [theme music]"},
		&cli.StringFlag{Name: "unspoken", Value: "drop", Usage: "`WHAT` becomes of sentences that nobody says: drop or keep"},
		&cli.BoolFlag{Name: "force", Usage: "caption even if the transcript seems to be of another recording"},
		minConfidenceFlag(),
		quietFlag(),
	}
}

// newJob is a job with the options of the command line, still without files.
func newJob(c *cli.Context) (job, error) {
	if u := c.String("unspoken"); u != "drop" && u != "keep" {
		return job{}, fmt.Errorf("--unspoken %q: unknown: give drop or keep", u)
	}
	return job{
		Preset: c.String("preset"), Lang: c.String("lang"), Model: c.String("model"),
		Words: c.Bool("words"), NoSoundCues: c.Bool("no-sound-cues"),
		KeepUnspoken: c.String("unspoken") == "keep", Force: c.Bool("force"),
	}, nil
}

func minConfidenceFlag() cli.Flag {
	return &cli.Float64Flag{Name: "min-confidence", Usage: "exit with 1 if the confidence in the whole is below `SHARE`, from 0 to 1"}
}

func minConfidence(c *cli.Context) (float64, error) {
	floor := c.Float64("min-confidence")
	if !(floor >= 0 && floor <= 1) {
		return 0, fmt.Errorf("--min-confidence %v: not a share: give a number from 0 to 1", floor)
	}
	return floor, nil
}

// style is the preset and the language of the job, checked.
func (j job) style() (subtitles.Preset, error) {
	if j.Lang != "" {
		if _, err := language.Parse(j.Lang); err != nil {
			return subtitles.Preset{}, fmt.Errorf("--lang %q: no language tag: give one such as en, de or pt-BR", j.Lang)
		}
	}
	return subtitles.PresetNamed(j.Preset)
}

// run captions the episode and writes html too, unless that is nil. All that can
// be known to be wrong beforehand is found before the work starts; an error leaves
// all outputs as they were.
func (j job) run(ctx context.Context, bars *progress, html *output) (*result, error) {
	began := time.Now()
	outputs, err := checkOutputs(j.Outputs, j.Audio, j.Transcript)
	if err != nil {
		return nil, err
	}
	r, err := j.caption(ctx, bars, outputs)
	if err != nil {
		return nil, err
	}
	all := r.outputs
	if html != nil {
		if html.data, err = alignPage(html.path, j, r); err != nil {
			return nil, err
		}
		r.page = html.name
		all = append(slices.Clone(all), *html)
	}
	if err := writeOutputs(all); err != nil {
		return nil, err
	}
	r.took = time.Since(began)
	return r, nil
}

// caption fills in the outputs, and writes none of them.
func (j job) caption(ctx context.Context, bars *progress, outputs []output) (*result, error) {
	preset, err := j.style()
	if err != nil {
		return nil, err
	}
	options := align.DefaultOptions()
	options.Lang = j.Lang
	if options.Model, err = readModel(j.Model); err != nil {
		return nil, err
	}
	if wantsOrigin(outputs) {
		if err := checkTwice(j.Audio); err != nil {
			return nil, err
		}
	}
	recording, err := openRecording(j.Audio)
	if err != nil {
		if isRecording(j.Transcript) {
			return nil, fmt.Errorf("%s: is no recording, but %s is one: give the recording first, then its transcript", j.Audio, j.Transcript)
		}
		return nil, err
	}
	defer recording.Close()
	script, err := readTranscript(j.Transcript)
	if err != nil {
		return nil, err
	}

	frames, err := audio.Analyze(ctx, bars.reading(recording.Reader))
	if err != nil {
		return nil, err
	}
	options.Progress = bars.stage("aligning")
	options.Force = j.Force
	alignment, err := align.Align(ctx, frames, script, options)
	if errors.Is(err, align.ErrMismatch) {
		return nil, fmt.Errorf("%s: %w, or add --force", j.Audio, err)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", j.Audio, err)
	}

	if !slices.ContainsFunc(alignment.Turns, func(t align.Turn) bool { return t.Spoken }) {
		return nil, fmt.Errorf("%s: nothing of %s is heard in it: is it the transcript of another episode?", j.Audio, j.Transcript)
	}
	warnings := recording.Warnings()
	if alignment.Doubted {
		warnings = append(warnings, fmt.Sprintf("%s: %v", j.Audio, align.ErrMismatch))
	}
	origin, err := j.origin(outputs, recording)
	if err != nil {
		return nil, err
	}
	for i := range outputs {
		o := &outputs[i]
		preset := preset.For(o.format)
		cues := subtitles.Layout(alignment, preset, subtitles.LayoutOptions{NoSounds: j.NoSoundCues, KeepUnspoken: j.KeepUnspoken})
		o.cues, o.findings = len(cues), len(subtitles.Lint(cues, preset))
		var b bytes.Buffer
		err := subtitles.Write(&b, o.format, subtitles.Captions{
			Cues: cues, Preset: preset, Words: j.Words, Lang: alignment.Lang, Alignment: alignment, Origin: origin,
		})
		if err != nil {
			return nil, fmt.Errorf("%s: %w", o.name, err)
		}
		o.data = b.Bytes()
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return &result{alignment: alignment, levels: frames.Level, warnings: warnings, outputs: outputs}, nil
}

func wantsOrigin(outputs []output) bool {
	return slices.ContainsFunc(outputs, func(o output) bool { return o.format == "alignment.json" })
}

// origin says what the outputs are made from, if one of them wants to know it.
func (j job) origin(outputs []output, r *recording) (o subtitles.Origin, err error) {
	if !wantsOrigin(outputs) {
		return o, nil
	}
	o.Version = version()
	if o.Audio, err = r.fingerprint(); err != nil {
		return o, err
	}
	o.Transcript, err = fingerprint(j.Transcript)
	return o, err
}

// The models that are no files.
const (
	seedModel = "seed"
	noModel   = "none"
)

func readModel(name string) (*align.Model, error) {
	switch name {
	case seedModel:
		return align.SeedModel(), nil
	case noModel:
		return nil, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("--model %s: %w: give seed, none or a file made by cuewright train", name, underlying(err))
	}
	defer f.Close()
	m, err := align.ReadModel(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return m, nil
}

func isRecording(name string) bool {
	r, err := audio.Open(name)
	if err != nil {
		return false
	}
	r.Close()
	return true
}

func quietFlag() cli.Flag {
	return &cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "say nothing but errors"}
}

func extensions() string {
	var all []string
	for _, f := range subtitles.Formats() {
		all = append(all, "."+f.Name)
	}
	return strings.Join(all, " ")
}

func presetNames() string {
	var all []string
	for _, p := range subtitles.Presets() {
		all = append(all, p.Name)
	}
	return strings.Join(all, ", ")
}
