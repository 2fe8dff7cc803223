package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/urfave/cli/v2"

	"cuewright/cmd/cuewright/batch"
	"cuewright/cmd/cuewright/episode"
	"cuewright/cmd/cuewright/internal/show"
)

func batchCommand() *cli.Command {
	return &cli.Command{
		Name:      "batch",
		Usage:     "caption an archive",
		ArgsUsage: "SOURCE... --out DIR",
		Description: "A SOURCE is a folder, searched at any depth, a file or a glob, of which recordings and\n" +
			"transcripts of one name make an episode, or a manifest: CSV with a header, or JSON lines,\n" +
			"with audio, transcript, and if you like output (a name in DIR without extension), language,\n" +
			"preset, lexicon, fps, track and encoding. What DIR holds already and has not changed is left\n" +
			"as it is, so that the same command goes on after any end. At last a table is written:\n" +
			"DIR/report.csv, .json and .html.",
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "out", Usage: "write captions and the table into `DIR`, which is made if need be"},
			&cli.StringSliceFlag{
				Name: "format", Value: cli.NewStringSlice("vtt,srt"),
				Usage: "write captions in these `FORMATS` (" + extensions() + ")",
			},
			&cli.IntFlag{
				Name: "jobs", DefaultText: "as many as cores, fewer where memory is short",
				Usage: "caption `N` episodes at once, each on its share of the cores",
			},
			&cli.Float64Flag{Name: "timeout", Value: 1, Usage: "end an episode that takes longer than `N` times its length, or a minute"},
			memoryFlag("end an episode that takes more than so many `MB`", "its share of 3/4 of the machine's"),
			&cli.StringFlag{
				Name:  "shard",
				Usage: "caption part `K/N` of the episodes; auto takes it from Slurm or AWS Batch, auto/N from Kubernetes, too",
			},
			&cli.BoolFlag{Name: "dry-run", Usage: "show what would be captioned, and write nothing"},
			&cli.BoolFlag{Name: "json", Usage: "print what happens as JSON, an object a line"},
		}, captionFlags()...),
		Subcommands: []*cli.Command{batchReportCommand()},
		Action:      batchAction,
	}
}

func batchAction(c *cli.Context) error {
	sources, out := c.Args().Slice(), c.String("out")
	switch {
	case len(sources) == 0:
		return errors.New("batch: needs recordings: cuewright batch FOLDER --out DIR")
	case out == "":
		return errors.New("batch: say where the captions go: --out DIR")
	}
	floor, err := minConfidence(c)
	if err != nil {
		return err
	}
	var options batch.Options
	var b *batch.Batch
	err = withinGrace(c.Context, func() (err error) {
		if options, err = batchOptions(c); err == nil {
			b, err = batch.New(c.Context, sources, out, options)
		}
		return err
	})
	if err != nil {
		return err
	}
	if b.Found == 0 {
		showTable(c.App.ErrWriter, b.Table(nil))
		return fmt.Errorf("%s: no recording with a transcript: put NAME.txt beside NAME.wav, or give a manifest",
			strings.Join(sources, " "))
	}
	if c.Bool("dry-run") {
		return showPlan(c.App.Writer, b, c.Bool("json"))
	}

	name := options.Shard.TableName()
	folder, err := batch.OpenFolder(out)
	if err != nil {
		return err
	}
	defer folder.Close()
	if err := withinGrace(c.Context, func() error { return folder.CheckTable(name) }); err != nil {
		return err
	}
	began := time.Now()
	rows, err := runBatch(c, b, folder)
	if err != nil {
		return err
	}
	table := b.Table(rows)
	if err := withinGrace(c.Context, func() error { return table.Write(folder, name) }); err != nil {
		return err
	}
	if stderr := c.App.ErrWriter; !c.Bool("quiet") && !c.Bool("json") {
		showTable(stderr, table)
		summarizeBatch(stderr, b, rows, time.Since(began))
		fmt.Fprintf(stderr, "table: %s\n", show.Printable(filepath.Join(out, name+".csv")))
	}
	if n := table.Count(batch.StatusOpen); n > 0 {
		return stoppedError{fmt.Errorf("stopped, %d of %s not done: the same command goes on from here",
			n, show.Count(len(rows), "episode"))}
	}
	return checkTable(table, out, name, floor)
}

// batchOptions returns the options of the command line.
func batchOptions(c *cli.Context) (o batch.Options, err error) {
	if o.Shard, err = batch.ParseShard(c.String("shard"), os.Getenv); err != nil {
		return o, fmt.Errorf("--shard %w", err)
	}
	if o.Episode, err = newOptions(c); err != nil {
		return o, err
	}
	if err := o.Episode.Validate(); err != nil {
		return o, err
	}
	if _, err := episode.ReadModel(o.Episode.Model); err != nil {
		return o, err
	}
	if o.MaxLength, err = maxLength(c); err != nil {
		return o, err
	}
	o.Jobs, o.Timeout = c.Int("jobs"), c.Float64("timeout")
	switch {
	case o.Jobs < 0 || c.IsSet("jobs") && o.Jobs == 0:
		return o, fmt.Errorf("--jobs %d: give a number from 1 on", o.Jobs)
	case !(o.Timeout > 0 && o.Timeout <= 1e6):
		return o, fmt.Errorf("--timeout %v: give a number above 0: of times the length of an episode", o.Timeout)
	}
	if o.Memory, err = memoryGiven(c); err != nil {
		return o, err
	}
	if o.Formats, err = batch.ParseFormats(strings.Join(c.StringSlice("format"), ",")); err != nil {
		return o, fmt.Errorf("--format %w", err)
	}
	return o, nil
}

// runBatch runs the batch, showing how far it is.
func runBatch(c *cli.Context, b *batch.Batch, folder *batch.Folder) ([]batch.Row, error) {
	watch := newWatcher(c.Bool("json"), c.Bool("quiet"), c.App.Writer, c.App.ErrWriter, b.Episodes)
	defer watch.close()
	signal.Ignore(syscall.SIGPIPE) // a reader of our output that is gone stops nothing
	return b.Run(c.Context, folder, watch)
}

// childCommand returns the hidden command by which a batch captions an episode.
func childCommand() *cli.Command {
	return &cli.Command{
		Name: batch.ChildCommand, Hidden: true,
		Action: func(c *cli.Context) error {
			// A signal is for the batch, which decides what becomes of this process.
			signal.Ignore(os.Interrupt, syscall.SIGTERM)
			err := batch.Serve(c.App.Reader, c.App.Writer, batch.Make)
			if errors.Is(err, batch.ErrAbandoned) {
				return stoppedError{err}
			}
			return err
		},
	}
}

// showPlan shows what running the batch would do.
func showPlan(w io.Writer, b *batch.Batch, asJSON bool) error {
	t := b.Table(b.Plan())
	if asJSON {
		v := &events{out: w}
		for _, r := range t.Episodes {
			v.write(event{Event: "plan", Episode: r.Episode, Row: &r})
		}
	} else {
		listPlan(w, b, t)
	}
	if n := t.Count(batch.StatusFailed); n > 0 {
		return checkError{fmt.Errorf("%s can't be done", show.Count(n, "episode"))}
	}
	return nil
}
