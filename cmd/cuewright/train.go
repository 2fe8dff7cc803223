package main

import (
	"bytes"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/urfave/cli/v2"

	"cuewright/align"
	"cuewright/cmd/cuewright/batch"
	"cuewright/cmd/cuewright/episode"
	"cuewright/cmd/cuewright/internal/show"
)

func trainCommand() *cli.Command {
	return &cli.Command{
		Name:      "train",
		Usage:     "make a model of recordings and their transcripts, for align --model",
		ArgsUsage: "SOURCE...",
		Description: "A SOURCE is a folder, in which each recording has its transcript beside it under the same\n" +
			"name, as for batch, or a manifest: a CSV file whose first line names its columns, of which\n" +
			"audio (a recording or a folder), transcript, language and track count. Ten minutes of\n" +
			"speech are little, an hour is good. The same input makes the same model.",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "write the model to `FILE`"},
			&cli.StringFlag{Name: "root", Usage: "the `FOLDER` that a manifest's names are relative to (default: its own)"},
			&cli.StringFlag{Name: "lang", Usage: "the language where a manifest names none, a `TAG` (default: found by itself)"},
			&cli.BoolFlag{Name: "letters", Usage: "learn letters in the place of phones, for a language without rules of its own"},
			quietFlag(),
		},
		Action: trainAction,
	}
}

func trainAction(c *cli.Context) error {
	sources := c.Args().Slice()
	if len(sources) == 0 {
		return errors.New("train: needs recordings: cuewright train FOLDER -o voices.model")
	}
	if c.String("output") == "" {
		return errors.New("train: say where the model goes: -o voices.model")
	}
	lang, err := episode.Language(c.String("lang"))
	if err != nil {
		return err
	}
	var lessons []batch.Lesson
	var inputs []string
	for _, source := range sources {
		found, leftOver, err := batch.FindLessons(source, c.String("root"), lang)
		if err != nil {
			return err
		}
		for _, line := range leftOver {
			if !c.Bool("quiet") {
				fmt.Fprintln(c.App.ErrWriter, show.Printable(line))
			}
		}
		lessons = append(lessons, found...)
	}
	for _, l := range lessons {
		inputs = append(inputs, l.Audio, l.Transcript)
	}
	out, err := episode.NewOutput(c.String("output"), append(inputs, sources...)...)
	if err != nil {
		return err
	}
	bars := newProgress(c.Context, c.App.ErrWriter, c.Bool("quiet"))
	made, err := batch.Train(c.Context, lessons, c.Bool("letters"), bars.report)
	bars.close()
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := align.WriteModel(&b, made.Model); err != nil {
		return err
	}
	out.Data = b.Bytes()
	if err := episode.WriteOutputs([]episode.Output{*out}); err != nil {
		return err
	}
	warn(c.App.ErrWriter, made.Misnamed)
	if !c.Bool("quiet") {
		for _, read := range made.Tracks {
			fmt.Fprintf(c.App.ErrWriter, "%s: %s; another one by the column track of a manifest\n",
				show.Printable(read.Audio), show.Printable(read.Track))
		}
		letters := ""
		if n := utf8.RuneCountInString(made.Model.Letters()); n > 0 {
			letters = ", " + show.Count(n, "letter")
		}
		fmt.Fprintf(c.App.ErrWriter, "trained on %s, %.1f minutes%s: %s\n",
			show.Count(len(lessons), "recording"), made.Length/60, letters, show.Printable(out.Name))
	}
	return nil
}
