package main

import (
	"fmt"
	"slices"

	"github.com/urfave/cli/v2"

	"cuewright/cmd/cuewright/episode"
)

// formatFlag names the format of what goes to standard output, which the usage calls what.
func formatFlag(what string) cli.Flag {
	return &cli.StringFlag{Name: "format", Usage: "write " + what + " in the format `NAME`, such as vtt or html"}
}

// formatOfStdout returns the value of formatFlag, which only what goes to standard output has.
func formatOfStdout(c *cli.Context, outputs ...string) (string, error) {
	format := c.String("format")
	if format != "" && !slices.Contains(outputs, episode.StandardOutput) {
		return "", fmt.Errorf("--format %s: is for standard output, -: the format of a file is that of its extension", format)
	}
	return format, nil
}

// writeStdout writes the output that is for standard output, if one is. Where nobody reads that any more, the
// system ends the program, as others in a pipe.
func writeStdout(c *cli.Context, outputs ...episode.Output) error {
	for _, o := range outputs {
		if !o.IsStandard() {
			continue
		}
		if _, err := c.App.Writer.Write(o.Data); err != nil {
			return fmt.Errorf("standard output: can't be written (%w): make room or write elsewhere", episode.Underlying(err))
		}
	}
	return nil
}
