package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/KimMachineGun/automemlimit/memlimit"
	"github.com/urfave/cli/v2"

	"cuewright/cmd/cuewright/internal/show"
	"cuewright/subtitles"
)

const (
	// episodeMemory is what an episode of two hours takes, and half as much again, in
	// bytes: by it the default of --jobs is chosen.
	episodeMemory = 500 << 20
	// memoryShare is how much of the machine's memory all jobs together may take.
	memoryShare = 0.75
	// leastLength is the length that a shorter episode is taken to have for --timeout.
	leastLength = time.Minute
	// busyWait is how often a lock is asked for that another run has.
	busyWait = 200 * time.Millisecond
)

// batch captions episodes into a folder.
type batch struct {
	folder   *folder
	episodes []episode
	recipe   recipe // of all episodes; their inputs and options of their own are added
	jobs     int    // episodes at once
	memory   uint64 // of each, in bytes; 0 for any number
	timeout  float64
	watch    monitor

	peak atomic.Int64 // the most memory that an episode took, in bytes
}

func batchCommand() *cli.Command {
	return &cli.Command{
		Name:      "batch",
		Usage:     "caption an archive",
		ArgsUsage: "SOURCE... --out DIR",
		Description: "A SOURCE is a folder, searched at any depth, a file or a glob, of which recordings and\n" +
			"transcripts of one stem make an episode, or a manifest: CSV with a header, or JSON lines,\n" +
			"with audio, transcript, and if you like output (a name in DIR without extension), language\n" +
			"and preset. What DIR holds already and has not changed is left as it is, so that the same\n" +
			"command goes on after any end. At last a table is written: DIR/report.csv, .json and .html.",
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "out", Usage: "write captions and the table into `DIR`, which is made if need be"},
			&cli.StringFlag{Name: "format", Value: "vtt,srt", Usage: "write captions in these `FORMATS` (" + extensions() + ")"},
			&cli.IntFlag{Name: "jobs", Usage: "caption `N` episodes at once, each on its share of the cores", DefaultText: "as many as cores, fewer where memory is short"},
			&cli.Float64Flag{Name: "timeout", Value: 1, Usage: "end an episode that takes longer than `N` times its length, or a minute"},
			&cli.IntFlag{Name: "memory", Usage: "end an episode that takes more than so many `MB`", DefaultText: "its share of 3/4 of the machine's"},
			&cli.StringFlag{Name: "shard", Usage: "caption part `K/N` of the episodes; auto takes it from Slurm or AWS Batch, auto/N from Kubernetes, too"},
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
	part, err := parseShard(c.String("shard"), os.Getenv)
	if err != nil {
		return err
	}
	floor, err := minConfidence(c)
	if err != nil {
		return err
	}
	b, options, err := newBatch(c)
	if err != nil {
		return err
	}
	episodes, strays, err := findEpisodes(sources, out, options, b.recipe.Options.Outputs)
	if err != nil {
		return err
	}
	measure(episodes)
	b.episodes = part.share(episodes)
	result := &table{Schema: tableSchema, Program: b.recipe.Program, Shard: part.index, Shards: part.of}
	if part.index <= 1 {
		for _, s := range strays {
			result.Episodes = append(result.Episodes, row{
				Episode: s.name, Status: statusUnpaired, Error: s.name + ": " + s.why,
			})
		}
	}
	if len(episodes) == 0 {
		result.show(c.App.ErrWriter)
		return fmt.Errorf("%s: no recording with a transcript: put NAME.txt beside NAME.wav, or give a manifest", strings.Join(sources, " "))
	}
	if c.Bool("dry-run") {
		return b.plan(c, result)
	}

	if b.folder, err = openFolder(out); err != nil {
		return err
	}
	defer b.folder.close()
	stdout, stderr := c.App.Writer, c.App.ErrWriter
	b.watch = newMonitor(c.Bool("json"), c.Bool("quiet"), stdout, stderr, b.episodes)
	began := time.Now()
	rows, err := b.run(c.Context)
	b.watch.close()
	if err != nil {
		return err
	}
	result.Episodes = append(result.Episodes, rows...)
	sortRows(result.Episodes)
	if err := result.write(b.folder, part.table()); err != nil {
		return err
	}
	if !c.Bool("quiet") && !c.Bool("json") {
		result.show(stderr)
		b.summarize(stderr, rows, time.Since(began))
		fmt.Fprintf(stderr, "table: %s\n", show.Printable(filepath.Join(out, part.table()+".csv")))
	}
	if n := result.count(statusOpen); n > 0 {
		return stoppedError{fmt.Errorf("stopped, %d of %s not done: the same command goes on from here", n, show.Count(len(rows), "episode"))}
	}
	return result.check(floor)
}

// newBatch is a batch by its flags, still without episodes, and the options of each.
func newBatch(c *cli.Context) (*batch, job, error) {
	fail := func(format string, args ...any) (*batch, job, error) { return nil, job{}, fmt.Errorf(format, args...) }
	options, err := newJob(c)
	if err != nil {
		return nil, job{}, err
	}
	if _, err := options.style(); err != nil {
		return nil, job{}, err
	}
	if _, err := readModel(options.Model); err != nil {
		return nil, job{}, err
	}
	b := &batch{jobs: c.Int("jobs"), timeout: c.Float64("timeout"), memory: uint64(max(0, c.Int("memory"))) << 20}
	switch {
	case b.jobs < 0 || c.IsSet("jobs") && b.jobs == 0:
		return fail("--jobs %d: give a number from 1 on", b.jobs)
	case !(b.timeout > 0 && b.timeout <= 1e6):
		return fail("--timeout %v: give a number above 0: of times the length of an episode", b.timeout)
	case c.Int("memory") < 0 || c.IsSet("memory") && b.memory == 0:
		return fail("--memory %d: give a number of MB from 1 on", c.Int("memory"))
	}
	cores := runtime.GOMAXPROCS(0)
	total, err := memlimit.ApplyRatio(memlimit.ApplyFallback(memlimit.FromCgroup, memlimit.FromSystem), memoryShare)()
	if err != nil {
		total = 0 // not known: no guard but --memory
	}
	if b.jobs == 0 {
		b.jobs = cores
		if total > 0 {
			b.jobs = max(1, min(cores, int(total/max(b.memory, episodeMemory))))
		}
	}
	if b.memory == 0 {
		b.memory = total / uint64(b.jobs)
	}

	if b.recipe.Program, err = programVersion(); err != nil {
		return nil, job{}, err
	}
	if b.recipe.Options.Outputs, err = parseFormats(c.String("format")); err != nil {
		return nil, job{}, err
	}
	if m := options.Model; m != seedModel && m != noModel {
		read, err := fingerprint(m)
		if err != nil {
			return nil, job{}, err
		}
		b.recipe.Options.Model = read.SHA256
	}
	return b, options, nil
}

// programVersion is version, or names a build that has none by its bytes.
func programVersion() (string, error) {
	v := version()
	if v != "(devel)" && !strings.HasSuffix(v, "+dirty") {
		return v, nil
	}
	name, err := self()
	if err != nil {
		return "", err
	}
	read, err := fingerprint(name)
	return v + " " + read.SHA256[:min(16, len(read.SHA256))], err
}

// parseFormats takes names separated by commas, in any case.
func parseFormats(list string) ([]string, error) {
	var names []string
	for name := range strings.SplitSeq(list, ",") {
		name, err := subtitles.FormatOf("." + strings.TrimPrefix(strings.TrimSpace(name), "."))
		if err != nil {
			return nil, fmt.Errorf("--format %w", err)
		}
		if slices.Contains(names, name) {
			return nil, fmt.Errorf("--format %s: names %s twice: name each once", list, name)
		}
		names = append(names, name)
	}
	return names, nil
}

// plan shows what run would do.
func (b *batch) plan(c *cli.Context, t *table) error {
	var length time.Duration
	for i := range b.episodes {
		e := &b.episodes[i]
		length += e.length
		r := e.row(statusOpen, e.err)
		if e.err != nil {
			r.Status = statusFailed
		}
		t.Episodes = append(t.Episodes, r)
	}
	sortRows(t.Episodes)
	if w := c.App.Writer; c.Bool("json") {
		v := &events{out: json.NewEncoder(w)}
		for _, r := range t.Episodes {
			v.write(event{Event: "plan", Episode: r.Episode, Row: &r})
		}
	} else {
		b.showPlan(w, t, length)
	}
	if n := t.count(statusFailed); n > 0 {
		return checkError{fmt.Errorf("%s can't be done", show.Count(n, "episode"))}
	}
	return nil
}

// showPlan shows a person what run would do.
func (b *batch) showPlan(w io.Writer, t *table, length time.Duration) {
	for _, r := range t.Episodes {
		if r.Status == statusOpen {
			fmt.Fprintf(w, "%s: %s + %s\n", show.Printable(r.Episode), show.Printable(r.Audio), show.Printable(r.Transcript))
		}
	}
	for _, r := range t.Episodes {
		switch r.Status {
		case statusFailed:
			fmt.Fprintf(w, "can't be done: %s: %s\n", show.Printable(r.Episode), show.Printable(r.Error))
		case statusUnpaired:
			fmt.Fprintf(w, "belongs to no episode: %s\n", show.Printable(r.Error))
		}
	}
	fmt.Fprintf(w, "%s, about %v, %d at once\n", show.Count(t.count(statusOpen), "episode"), length.Round(time.Second), b.jobs)
}

// summarize tells what this run has done.
func (b *batch) summarize(w io.Writer, rows []row, took time.Duration) {
	var done, again int
	var length float64
	for _, r := range rows {
		switch {
		case r.Status != statusDone:
		case r.again:
			again++
		default:
			done++
			length += r.Figures.Length
		}
	}
	fmt.Fprintf(w, "%s captioned", show.Count(done, "episode"))
	if again > 0 {
		fmt.Fprintf(w, ", %d unchanged", again)
	}
	if done > 0 {
		fmt.Fprintf(w, "; %v in %v, %.0f times real time", time.Duration(length*float64(time.Second)).Round(time.Second),
			took.Round(100*time.Millisecond), length/took.Seconds())
	}
	if peak := b.peak.Load(); peak > 0 {
		fmt.Fprintf(w, "; an episode took at most %d MB, %d at once", peak>>20, b.jobs)
	}
	fmt.Fprintln(w)
}

// row is what became of the episode, without figures.
func (e *episode) row(status string, err error) row {
	r := row{Episode: e.name, Status: status, Audio: e.Audio, Transcript: e.Transcript}
	if err != nil {
		r.Error = err.Error()
	}
	return r
}

// run captions the episodes, the longest first, and returns a row for each. When ctx
// ends, it lets the running ones finish; a signal after that ends them. Those that it
// did not come to are open. The error is one that all would meet.
func (b *batch) run(ctx context.Context) ([]row, error) {
	running, end := context.WithCancelCause(context.WithoutCancel(ctx))
	defer end(nil)
	signal.Ignore(syscall.SIGPIPE) // a reader of our output that is gone stops nothing
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(signals)
	go func() {
		select {
		case <-ctx.Done():
		case <-running.Done():
			return
		}
		b.watch.note("stopping: waiting for the episodes under way, Ctrl-C again ends them")
		for n := 0; n < 2; n++ { // the first of them ended ctx
			select {
			case <-signals:
			case <-running.Done():
				return
			}
		}
		end(context.Canceled)
	}()

	rows := make([]row, len(b.episodes))
	for i := range rows {
		rows[i] = b.episodes[i].row(statusOpen, nil)
	}
	var mu sync.Mutex // of waiting
	waiting := longestFirst(b.episodes)
	busy := make([]bool, len(rows)) // each is one worker's at a time
	take := func() (int, bool) {
		mu.Lock()
		defer mu.Unlock()
		if len(waiting) == 0 || ctx.Err() != nil || running.Err() != nil {
			return 0, false
		}
		i := waiting[0]
		waiting = waiting[1:]
		return i, true
	}
	var workers sync.WaitGroup
	for range min(b.jobs, len(rows)) {
		workers.Go(func() {
			for i, ok := take(); ok; i, ok = take() {
				if busy[i] {
					select {
					case <-time.After(busyWait):
					case <-ctx.Done():
					}
				}
				e := &b.episodes[i]
				if busy[i] = !tryLock(b.folder.locks, key(e.name)); busy[i] {
					mu.Lock()
					waiting = append(waiting, i)
					mu.Unlock()
					continue
				}
				r, err := b.caption(running, e)
				unlock(b.folder.locks, key(e.name))
				if err != nil {
					end(err)
					return
				}
				if rows[i] = r; r.Status != statusOpen {
					b.watch.end(e, r)
				}
			}
		})
	}
	workers.Wait()
	if lost, ok := errors.AsType[lostError](context.Cause(running)); ok {
		return nil, lost
	}
	return rows, nil
}

// caption captions an episode unless that has been done. The error is a lostError.
func (b *batch) caption(ctx context.Context, e *episode) (row, error) {
	began := time.Now()
	s, err := b.captionOnce(ctx, e)
	if lost, ok := errors.AsType[lostError](err); ok {
		return row{}, lost
	}
	if err != nil && ctx.Err() != nil {
		return e.row(statusOpen, nil), nil
	}
	if err != nil {
		return e.row(statusFailed, err), nil
	}
	r := e.row(statusDone, nil)
	r.Figures, r.Warnings, r.again, r.took = &s.Figures, s.Warnings, s.again, time.Since(began)
	return r, nil
}

func (b *batch) captionOnce(ctx context.Context, e *episode) (*sidecar, error) {
	if e.err != nil {
		return nil, e.err
	}
	r := b.recipe
	r.Options = e.job
	r.Options.Audio, r.Options.Transcript, r.Options.Outputs = "", "", b.recipe.Options.Outputs
	r.Options.Model = cmp.Or(b.recipe.Options.Model, e.Model)
	s, err := b.folder.finished(e, r)
	if s != nil || err != nil {
		return s, b.folder.judge(err)
	}
	b.watch.start(e)
	limit := time.Duration(min(b.timeout*float64(max(e.length, leastLength)), math.MaxInt64/2))
	made, peak, err := runChild(ctx, task{e.job, b.memory}, max(1, runtime.GOMAXPROCS(0)/b.jobs), limit,
		func(stage string, share float64) { b.watch.progress(e, stage, share) })
	for seen := b.peak.Load(); peak > seen && !b.peak.CompareAndSwap(seen, peak); seen = b.peak.Load() {
	}
	if err != nil {
		return nil, err
	}
	return b.folder.commit(e, made, r)
}
