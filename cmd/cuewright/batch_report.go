package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"cuewright/cmd/cuewright/batch"
)

func batchReportCommand() *cli.Command {
	return &cli.Command{
		Name:      "report",
		Usage:     "merge the tables of shards",
		ArgsUsage: "DIR...",
		Description: "Merges the tables that the shards of a batch left in each DIR. From one DIR it writes\n" +
			"report.csv, report.json and report.html there; from several it needs --out. A shard without a table is\n" +
			"reported, and counts as failed.",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "out", Usage: "write the tables into `DIR`"},
			&cli.BoolFlag{Name: "json", Usage: "print the table as JSON"},
			minConfidenceFlag(),
			quietFlag(),
		},
		Action: batchReportAction,
	}
}

func batchReportAction(c *cli.Context) error {
	floor, err := minConfidence(c)
	if err != nil {
		return err
	}
	out := c.String("out")
	switch {
	case c.Args().Len() == 0:
		return errors.New("batch report: needs the output folder of a batch: cuewright batch report DIR")
	case c.Args().Len() == 1 && out == "":
		out = c.Args().First()
	case out == "":
		return errors.New("batch report: say where the merged table goes: --out DIR")
	}
	merged, missing, err := batch.MergeTables(c.Args().Slice())
	if err != nil {
		return err
	}
	folder, err := batch.OpenFolder(out)
	if err != nil {
		return err
	}
	defer folder.Close()
	name := batch.Shard{}.TableName()
	if err := merged.Write(folder, name); err != nil {
		return err
	}
	if c.Bool("json") {
		if err := merged.WriteJSON(c.App.Writer); err != nil {
			return err
		}
	} else if !c.Bool("quiet") {
		showTable(c.App.Writer, merged)
	}
	err = checkTable(merged, out, name, floor)
	if len(missing) > 0 {
		absent := fmt.Errorf("no table of shard %s: run it again", strings.Join(missing, ", "))
		if err != nil {
			absent = fmt.Errorf("%w; %w", absent, err)
		}
		err = checkError{absent}
	}
	return err
}
