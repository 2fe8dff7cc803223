package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/urfave/cli/v2"

	"cuewright/cmd/cuewright/episode"
	"cuewright/subtitles"
)

func presetsCommand() *cli.Command {
	return &cli.Command{
		Name:      "presets",
		Usage:     "print the styles of captions",
		ArgsUsage: "[NAME|FILE]",
		Description: "Prints a table of the presets; or all of the one of that NAME, or of a preset FILE, as a preset file\n" +
			"that may be changed and given to --preset: cuewright presets netflix > mine.toml",
		Action: presetsAction,
	}
}

func presetsAction(c *cli.Context) error {
	if c.Args().Len() > 1 {
		return fmt.Errorf("presets: one argument too many, %q: give one preset", c.Args().Get(1))
	}
	if c.Args().Len() == 0 {
		return listPresets(c.App.Writer)
	}
	p, err := episode.ReadPreset(c.Args().First(), "")
	if err != nil {
		return err
	}
	_, err = c.App.Writer.Write(p.TOML())
	return err
}

// listPresets prints the presets with their main figures.
func listPresets(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "preset\tcolumns a line\tlines\tfastest reading\tshortest\tlongest\tgap\tspeakers")
	for _, p := range subtitles.Presets() {
		width := fmt.Sprint(p.LineWidth)
		if p.PlainLineWidth > 0 {
			width = fmt.Sprintf("%d or %d", p.LineWidth, p.PlainLineWidth)
		}
		shortest := seconds(p.Shortest)
		if p.ShortestPerWord > 0 {
			shortest = seconds(p.ShortestPerWord) + " a word"
		}
		fmt.Fprintf(t, "%s\t%s\t%d\t%s\t%s\t%s\t%s\t%s\n", p.Name, width, p.Lines, speed(p.Speed), shortest,
			seconds(p.Longest), seconds(p.Gap), p.Label.Of("Name"))
	}
	return t.Flush()
}

// seconds returns a time for people.
func seconds(d time.Duration) string {
	if d == 0 {
		return "none"
	}
	return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%.3f", d.Seconds()), "0"), ".") + " s"
}

// speed returns a reading speed for people.
func speed(s subtitles.ReadingSpeed) string {
	var all []string
	if s.CharsPerSecond > 0 {
		all = append(all, fmt.Sprintf("%v columns/s", s.CharsPerSecond))
	}
	if s.WordsPerMinute > 0 {
		all = append(all, fmt.Sprintf("%v words/min", s.WordsPerMinute))
	}
	return strings.Join(all, ", ")
}

func presetNames() string {
	var all []string
	for _, p := range subtitles.Presets() {
		all = append(all, p.Name)
	}
	return strings.Join(all, ", ")
}
