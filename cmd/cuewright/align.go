package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"cuewright/cmd/cuewright/episode"
)

func alignCommand() *cli.Command {
	return &cli.Command{
		Name:      "align",
		Usage:     "caption a recording from its transcript",
		ArgsUsage: "AUDIO TRANSCRIPT",
		Description: "Finds the words of TRANSCRIPT in AUDIO, - for WAV on standard input, and writes captions. Without -o\n" +
			"they stand beside AUDIO, as .vtt and .srt, and those that are there already are kept: see --overwrite.\n" +
			"A file that -o names is replaced; - is standard output.",
		Flags: append([]cli.Flag{
			&cli.StringSliceFlag{
				Name: "output", Aliases: []string{"o"},
				Usage: "write captions to `FILE`, in the format of its extension (" + extensions() + "); may be repeated",
			},
			formatFlag("-o -"),
			&cli.BoolFlag{Name: "overwrite", Usage: "without -o, replace the captions beside AUDIO"},
			htmlFlag(),
			&cli.StringFlag{Name: "trace", Hidden: true, Usage: "write what each pass of the alignment found into `DIR`, as TextGrids"},
		}, captionFlags()...),
		Action: alignAction,
	}
}

func alignAction(c *cli.Context) error {
	j, err := newJob(c)
	if err != nil {
		return err
	}
	floor, err := minConfidence(c)
	if err != nil {
		return err
	}
	given := c.StringSlice("output")
	j.Outputs, err = alignOutputs(j.Audio, given)
	if err != nil {
		return err
	}
	if j.Format, err = formatOfStdout(c, j.Outputs...); err != nil {
		return err
	}
	j.Fresh = len(given) == 0 && !c.Bool("overwrite")
	bars := newProgress(c.Context, c.App.ErrWriter, c.Bool("quiet"))
	r, err := episode.Run(c.Context, j, hooks(c, bars))
	bars.close()
	if err != nil {
		return err
	}
	if err := writeStdout(c, r.Outputs...); err != nil {
		return err
	}
	if !c.Bool("quiet") {
		summarize(c.App.ErrWriter, j, r)
	}
	if r.Problem != "" {
		return checkError{errors.New(r.Problem)}
	}
	if got := r.Alignment.Confidence(); got < floor {
		return checkError{fmt.Errorf("%s: confidence is %.3f, below %v: look at what is unspoken and least certain",
			j.Audio, got, floor)}
	}
	return nil
}

// newJob returns the job of the command line, still without outputs.
func newJob(c *cli.Context) (episode.Job, error) {
	args := c.Args()
	switch {
	case args.Len() < 2:
		return episode.Job{}, fmt.Errorf("align: needs a recording and its transcript: cuewright align AUDIO TRANSCRIPT")
	case args.Len() > 2:
		return episode.Job{}, fmt.Errorf("align: one argument too many, %q: give one recording and one transcript", args.Get(2))
	}
	options, err := newOptions(c)
	if err != nil {
		return episode.Job{}, err
	}
	most, err := maxLength(c)
	return episode.Job{
		Audio: args.Get(0), Transcript: args.Get(1), Options: options, MaxLength: most,
		HTML: c.String("html"), TraceDir: c.String("trace"),
	}, err
}

// alignOutputs returns the captions to write: those given, or else two beside the
// recording.
func alignOutputs(recording string, given []string) ([]string, error) {
	if len(given) > 0 {
		return given, nil
	}
	if recording == episode.StandardInput {
		return nil, errors.New("align: standard input has no name to call the captions by: name them with -o")
	}
	stem := strings.TrimSuffix(recording, filepath.Ext(recording))
	return []string{stem + ".vtt", stem + ".srt"}, nil
}
