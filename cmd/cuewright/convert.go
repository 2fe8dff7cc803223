package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"cuewright/cmd/cuewright/episode"
	"cuewright/cmd/cuewright/internal/show"
	"cuewright/subtitles"
	"cuewright/subtitles/format"
)

func convertCommand() *cli.Command {
	return &cli.Command{
		Name:      "convert",
		Usage:     "turn captions into another format",
		ArgsUsage: "IN OUT",
		Description: "Reads the captions IN, of " + subtitles.Readable() + ",\n" +
			"or what another tool exported with times,\n" +
			"and writes them as OUT, in the format of its extension: " + extensions() + ".\n" +
			"- is standard input as IN, and standard output as OUT.\n" +
			"Cues stay as they are unless --preset lays them out anew. A time t becomes t * stretch + shift.",
		Flags: []cli.Flag{
			&cli.StringFlag{
				Name: "preset", Aliases: []string{"p"},
				Usage: "lay the cues out anew in the style of `NAME`: " + presetNames() + ", or a file, see presets",
			},
			audienceFlag("with --preset, lay out for `WHOM`"),
			fpsFlag("begin and end cues with frames of a film that has `RATE` a second"),
			speakersFlag(),
			formatFlag("OUT, if that is -,"),
			&cli.BoolFlag{
				Name:  "words",
				Usage: "write the time of each word of an .alignment.json or .TextGrid, too, where OUT can hold it, and words in place of cues to .json",
			},
			&cli.StringFlag{
				Name:  "audio",
				Usage: "let a page (.read.html) or an overlay (.smil) play `FILE`, or the address https://... (default: that of an .alignment.json)",
			},
			&cli.StringFlag{Name: "shift", Usage: "show everything later by `TIME`, such as 2.5s or 1m30s; earlier with a minus"},
			&cli.StringFlag{Name: "stretch", Usage: "multiply all times by `FACTOR`, such as 1.001 or 25/23.976"},
			&cli.StringFlag{Name: "lang", Usage: "the language of the captions, a `TAG` such as en or de-AT (default: found by itself)"},
			encodingFlag("IN"),
			quietFlag(),
		},
		Action: convertAction,
	}
}

func convertAction(c *cli.Context) error {
	if c.Args().Len() != 2 {
		return errors.New("convert: needs two files: cuewright convert IN OUT")
	}
	v := episode.Conversion{
		In: c.Args().Get(0), Out: c.Args().Get(1),
		Preset: c.String("preset"), Audience: c.String("audience"), FPS: c.String("fps"), Speakers: c.String("speakers"),
		Words: c.Bool("words"), Lang: c.String("lang"), Audio: c.String("audio"), Stretch: 1,
	}
	v.OpenStdin = stdin(c)
	var err error
	if v.Format, err = formatOfStdout(c, v.Out); err != nil {
		return err
	}
	if v.Encoding, err = encoding(c); err != nil {
		return err
	}
	if s := c.String("shift"); s != "" {
		if v.Shift, err = parseTime("--shift", s); err != nil {
			return err
		}
	}
	if s := c.String("stretch"); s != "" {
		if v.Stretch, err = parseStretch(s); err != nil {
			return err
		}
	}
	made, err := episode.Convert(c.Context, v)
	if err != nil {
		return err
	}
	if err := writeStdout(c, made.Output); err != nil || c.Bool("quiet") {
		return err
	}
	var warnings []string
	if made.Dropped > 0 {
		warnings = append(warnings,
			fmt.Sprintf("%s: %s left out that would come before 0:00", v.In, show.Count(made.Dropped, "cue")))
	}
	to := subtitles.FormatNamed(made.Output.Format)
	i := slices.IndexFunc(made.Lost, func(l format.Loss) bool { return l.Attribute == format.WordTimes })
	if i >= 0 && to.ByWord && !v.Words {
		warnings = append(warnings, v.In+": the times of words are left out: --words writes words in place of cues")
		made.Lost = slices.Delete(made.Lost, i, i+1)
	}
	if len(made.Lost) > 0 {
		warnings = append(warnings, fmt.Sprintf("%s: left out, as %s can't hold it: %s", v.In, to.Title, lostList(made.Lost)))
	}
	warn(c.App.ErrWriter, append(warnings, made.Warnings...))
	wrote(c.App.ErrWriter, made.Output)
	return nil
}

// lostList returns what a format can't hold, for people.
func lostList(lost []format.Loss) string {
	var all []string
	for _, l := range lost {
		if l.PerCue() {
			all = append(all, fmt.Sprintf("%s (%s)", l.Attribute, show.Count(l.Count, "cue")))
		} else {
			all = append(all, show.Count(l.Count, l.Attribute.String()))
		}
	}
	return strings.Join(all, ", ")
}
