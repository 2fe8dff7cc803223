package main

import (
	"bufio"
	"fmt"
	"io"

	"github.com/urfave/cli/v2"

	"cuewright/audio"
	"cuewright/cmd/cuewright/episode"
	"cuewright/subtitles/format"
)

func segmentsCommand() *cli.Command {
	return &cli.Command{
		Name:      "segments",
		Usage:     "show where a recording is loud enough to be speech",
		ArgsUsage: "AUDIO",
		Description: "Prints a label track for Audacity (File, Import, Labels): start and end in seconds. AUDIO is a\n" +
			"recording, or - for WAV on standard input.\n" +
			"It goes by energy alone, so that music counts as speech.",
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "json", Usage: "print JSON"},
			trackFlag(),
			maxLengthFlag(),
			quietFlag(),
		},
		Action: func(c *cli.Context) error {
			if c.Args().Len() != 1 {
				return fmt.Errorf("segments: needs one recording: cuewright segments AUDIO")
			}
			bars := newProgress(c.Context, c.App.ErrWriter, c.Bool("quiet"))
			h := hooks(c, bars)
			most, err := maxLength(c)
			if err != nil {
				return err
			}
			read, err := track(c)
			if err != nil {
				return err
			}
			options := episode.RecordingOptions{MaxLength: most, Track: read}
			recording, err := episode.OpenRecording(c.Context, c.Args().First(), options, h)
			if err != nil {
				return err
			}
			defer recording.Close()
			frames, err := recording.Analyze(c.Context, h)
			bars.close()
			if err != nil {
				return err
			}
			if !c.Bool("quiet") {
				warn(c.App.ErrWriter, recording.Warnings())
				noteTrack(c.App.ErrWriter, c.Args().First(), recording.TrackRead())
			}
			segments := audio.Segments(frames, audio.DefaultSegmentOptions())
			if c.Bool("json") {
				return segmentsJSON(c.App.Writer, frames, segments)
			}
			return labelTrack(c.App.Writer, segments)
		},
	}
}

// labelTrack writes segments as Audacity reads and writes labels:
// https://manual.audacityteam.org/man/importing_and_exporting_labels.html
func labelTrack(w io.Writer, segments []audio.Segment) error {
	b := bufio.NewWriter(w)
	for _, s := range segments {
		fmt.Fprintf(b, "%.6f\t%.6f\tspeech\n", s.Start.Seconds(), s.End.Seconds())
	}
	return b.Flush()
}

// segmentsJSON writes {"duration", "segments": [{"start", "end"}]}, in seconds.
func segmentsJSON(w io.Writer, f *audio.Frames, segments []audio.Segment) error {
	all := make([]format.Span, len(segments))
	for i, s := range segments {
		all[i] = format.SpanOf(s)
	}
	return format.WriteJSON(w, struct {
		Duration format.Seconds `json:"duration"`
		Segments []format.Span  `json:"segments"`
	}{format.Seconds(f.Duration()), all}, "  ")
}
