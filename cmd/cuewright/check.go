package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"cuewright/cmd/cuewright/episode"
	"cuewright/subtitles"
	"cuewright/subtitles/check"
)

func checkCommand() *cli.Command {
	return &cli.Command{
		Name:      "check",
		Usage:     "check whether captions fit a recording, a transcript or a reference",
		ArgsUsage: "[AUDIO [TRANSCRIPT]] CAPTIONS",
		Description: "Says by how much the times of CAPTIONS are wrong, and where: against AUDIO, in which the words of\n" +
			"the captions or of TRANSCRIPT are found anew, or against the times of a --reference. With TRANSCRIPT\n" +
			"or a reference it also says which words are missing, out of order or under another's name. Without\n" +
			"one, 1.5 s of speech that no words of the captions account for is an error. Captions may have any form\n" +
			"that convert reads.",
		Flags:  checkFlags(),
		Action: checkAction,
	}
}

func checkFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{
			Name: "reference", Aliases: []string{"r"},
			Usage: "compare with the times of `FILE`, captions or an alignment",
		},
		&cli.StringFlag{
			Name: "tolerance", Value: check.DefaultTolerance.String(),
			Usage: "take a start for wrong that is off by more than `TIME`, and what the preset allows",
		},
		&cli.StringFlag{
			Name: "preset", Aliases: []string{"p"}, Value: subtitles.DefaultPreset().Name,
			Usage: "lint by the style of `NAME`: " + presetNames() + ", or a file, see presets",
		},
		audienceFlag("lint captions for `WHOM`"),
		fpsFlag("lint by what the style asks of films of `RATE` frames a second"),
		&cli.StringFlag{Name: "lang", Usage: "the language of the captions, a `TAG` such as en or de-AT (default: found by itself)"},
		encodingFlag("CAPTIONS"),
		lexiconFlag(),
		&cli.StringFlag{Name: "model", Value: episode.SeedModel, Usage: "tell sounds apart by `MODEL`, see align"},
		&cli.BoolFlag{Name: "json", Usage: "print all that is found as JSON"},
		&cli.BoolFlag{Name: "csv", Usage: "print a table of the cues as CSV"},
		htmlFlag(),
		&cli.StringFlag{
			Name: "max-p95", DefaultText: "no limit",
			Usage: "exit with 1 if more than 5 % of the cues start further off than `TIME`",
		},
		&cli.Float64Flag{
			Name: "min-coverage", DefaultText: "no limit",
			Usage: "exit with 1 if the captions hold less than this `SHARE` of the speech, or of the words of the transcript or reference",
		},
		&cli.StringFlag{
			Name:  "fail-on",
			Usage: "exit with 1 if anything is found: `LEVEL` error for what is wrong, warning for what seems so, too",
		},
		&cli.StringFlag{
			Name:  "lint",
			Usage: "exit with 1 if cues break the rules of the preset: `LEVEL` error for those that players stumble over, warning for any",
		},
		trackFlag(),
		maxLengthFlag(),
		quietFlag(),
	}
}

func checkAction(c *cli.Context) error {
	j, limits, err := newCheckJob(c)
	if err != nil {
		return err
	}
	bars := newProgress(c.Context, c.App.ErrWriter, c.Bool("quiet"))
	r, err := episode.Check(c.Context, j, hooks(c, bars))
	bars.close()
	if err != nil {
		return err
	}
	stdout := c.App.Writer
	switch {
	case c.Bool("json"):
		err = r.Document.WriteJSON(stdout)
	case c.Bool("csv"):
		err = r.Document.WriteCSV(stdout)
	case !c.Bool("quiet"):
		warn(c.App.ErrWriter, r.Warnings)
		noteTrack(c.App.ErrWriter, j.Audio, r.Track)
		err = printCheck(stdout, r)
	}
	if err != nil {
		return err
	}
	if broken := r.Broken(limits); broken != nil {
		return checkError{fmt.Errorf("%s: limit broken: %s", j.Captions, strings.Join(broken, "; "))}
	}
	return nil
}

func newCheckJob(c *cli.Context) (j episode.CheckJob, l episode.Limits, err error) {
	j = episode.CheckJob{
		Reference: c.String("reference"), Preset: c.String("preset"), Audience: c.String("audience"), FPS: c.String("fps"),
		Lexicon: c.String("lexicon"), Model: c.String("model"), HTML: c.String("html"),
	}
	if j.Lang, err = episode.Language(c.String("lang")); err != nil {
		return j, l, err
	}
	if j.Tolerance, err = parseTime("--tolerance", c.String("tolerance")); err != nil {
		return j, l, err
	}
	if j.Track, err = track(c); err != nil {
		return j, l, err
	}
	if j.Encoding, err = encoding(c); err != nil {
		return j, l, err
	}
	if j.MaxLength, err = maxLength(c); err != nil {
		return j, l, err
	}
	if c.IsSet("max-p95") {
		most, err := parseTime("--max-p95", c.String("max-p95"))
		if err != nil {
			return j, l, err
		}
		l.MaxP95 = &most
	}
	if err := checkArguments(&j, c.Args().Slice()); err != nil {
		return j, l, err
	}
	if j.Tolerance <= 0 {
		return j, l, fmt.Errorf("--tolerance %v: give a time above 0, such as 0.25s", j.Tolerance)
	}
	if l.MaxP95 != nil && *l.MaxP95 < 0 {
		return j, l, fmt.Errorf("--max-p95 %v: give a time from 0 on, such as 0.3s", *l.MaxP95)
	}
	if c.IsSet("min-coverage") {
		least := c.Float64("min-coverage")
		if !(least >= 0 && least <= 1) {
			return j, l, fmt.Errorf("--min-coverage %v: not a share: give a number from 0 to 1", least)
		}
		l.MinCoverage = &least
	}
	if l.Lint, err = parseLevel(c, "lint"); err != nil {
		return j, l, err
	}
	if l.FailOn, err = parseLevel(c, "fail-on"); err != nil {
		return j, l, err
	}
	if c.Bool("json") && c.Bool("csv") {
		return j, l, errors.New("--json and --csv: give one of them")
	}
	return j, l, nil
}

// parseLevel takes the level that a flag is given, "" where it is not.
func parseLevel(c *cli.Context, flag string) (check.Level, error) {
	l := check.Level(c.String(flag))
	if l != "" && l != check.Error && l != check.Warning {
		return "", fmt.Errorf("--%s %q: unknown: give error or warning", flag, l)
	}
	return l, nil
}

// checkArguments fills in the files that are no flags.
func checkArguments(j *episode.CheckJob, args []string) error {
	switch len(args) {
	case 0:
		return errors.New("check: needs captions: cuewright check AUDIO CAPTIONS")
	case 1:
		j.Captions = args[0]
		if j.Reference == "" {
			return errors.New("check: needs something to check against: cuewright check AUDIO CAPTIONS, or check CAPTIONS --reference FILE")
		}
	case 2:
		j.Audio, j.Captions = args[0], args[1]
	case 3:
		j.Audio, j.Transcript, j.Captions = args[0], args[1], args[2]
	default:
		return fmt.Errorf("check: one argument too many, %q: give a recording, a transcript and captions", args[3])
	}
	if j.Transcript != "" && j.Reference != "" {
		return errors.New("check: a transcript and a --reference: give one of them")
	}
	return nil
}
