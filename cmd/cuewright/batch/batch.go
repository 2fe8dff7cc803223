package batch

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"cuewright/cmd/cuewright/episode"
	"cuewright/cmd/cuewright/internal/memory"
	"cuewright/subtitles"
)

const (
	// episodeMemory is what an episode of two hours takes, and half as much again, in
	// bytes: by it the default of Options.Jobs is chosen.
	episodeMemory = 500 << 20
	// leastLength is the length that a shorter episode is taken to have for the timeout.
	leastLength = time.Minute
	// busyWait is how often a lock is asked for that another run has.
	busyWait = 200 * time.Millisecond
)

// Options of a batch.
type Options struct {
	Episode episode.Options // of each episode, but for what a manifest says of it
	Formats []string        // of the captions, see ParseFormats
	Shard   Shard
	Jobs    int     // episodes at once; 0: as many as cores, fewer where memory is short
	Memory  uint64  // of each episode, in bytes; 0: its share of 3/4 of the machine's
	Timeout float64 // how many times its length an episode may take, above 0
	// MaxLength is how long a recording may be; 0 for audio.MaxLength.
	MaxLength time.Duration
}

// Batch is episodes to caption.
type Batch struct {
	Episodes []Episode // of the shard, by name
	Found    int       // episodes of all shards
	Jobs     int       // episodes at once

	strays  []stray
	shard   Shard
	recipe  recipe // of all episodes; their inputs and options of their own are added
	memory  uint64 // of each, in bytes; 0 for any number
	timeout float64
	peak    atomic.Int64 // the most memory that an episode took, in bytes
}

// Monitor is told how far a batch is. Its methods may be called from several goroutines
// at once.
type Monitor interface {
	Start(e *Episode)
	Progress(e *Episode, stage string, share float64)
	End(e *Episode, r Row) // also of episodes without a start
}

// New finds the episodes of sources, which are to be captioned into the folder out.
// Episodes that can't be captioned are among them, with their errors.
func New(ctx context.Context, sources []string, out string, o Options) (*Batch, error) {
	b := &Batch{Jobs: o.Jobs, shard: o.Shard, memory: o.Memory, timeout: o.Timeout}
	b.share()
	var err error
	if b.recipe.Program, err = programVersion(ctx); err != nil {
		return nil, err
	}
	b.recipe.Options.Outputs = o.Formats
	if m := o.Episode.Model; m != episode.SeedModel && m != episode.NoModel {
		read, err := episode.Fingerprint(ctx, m)
		if err != nil {
			return nil, err
		}
		b.recipe.Options.Model = read.SHA256
	}
	if o.Episode.PresetText, err = episode.PresetText(o.Episode.Preset); err != nil {
		return nil, err
	}
	if o.Episode.LexiconText, err = episode.LexiconText(o.Episode.Lexicon); err != nil {
		return nil, err
	}
	if _, err := episode.ReadLexicon(o.Episode.Lexicon, o.Episode.LexiconText); err != nil {
		return nil, err
	}
	episodes, strays, err := findEpisodes(sources, out, o.Episode, o.Formats)
	if err != nil {
		return nil, err
	}
	measure(episodes)
	for i := range episodes {
		episodes[i].MaxLength, episodes[i].Folder = o.MaxLength, out
	}
	b.Episodes, b.Found, b.strays = o.Shard.share(episodes), len(episodes), strays
	return b, nil
}

// share chooses the number of jobs and the memory of each where they aren't given.
func (b *Batch) share() {
	cores := runtime.GOMAXPROCS(0)
	total := memory.Most() // 0: no bound but the one that is given
	if b.Jobs == 0 {
		b.Jobs = cores
		if total > 0 {
			b.Jobs = max(1, min(cores, int(total/max(b.memory, episodeMemory))))
		}
	}
	if b.memory == 0 {
		b.memory = total / uint64(b.Jobs)
	}
}

// programVersion returns the version of the program, or names a build that has none by
// its bytes.
func programVersion(ctx context.Context) (string, error) {
	v := episode.Version()
	if v != "(devel)" && !strings.HasSuffix(v, "+dirty") {
		return v, nil
	}
	name, err := self()
	if err != nil {
		return "", err
	}
	read, err := episode.Fingerprint(ctx, name)
	return v + " " + read.SHA256[:min(16, len(read.SHA256))], err
}

// ParseFormats takes names of formats separated by commas, in any case.
func ParseFormats(list string) ([]string, error) {
	var names []string
	for name := range strings.SplitSeq(list, ",") {
		name, err := subtitles.FormatOf("." + strings.TrimPrefix(strings.TrimSpace(name), "."))
		if err != nil {
			return nil, err
		}
		if slices.Contains(names, name) {
			return nil, fmt.Errorf("%s: names %s twice: name each once", list, name)
		}
		names = append(names, name)
	}
	return names, nil
}

// PeakMemory returns the most memory that an episode took, in bytes; 0 where that is not
// known.
func (b *Batch) PeakMemory() int64 { return b.peak.Load() }

// Plan returns the rows of episodes that Run would caption, and of those that can't be.
func (b *Batch) Plan() []Row {
	var rows []Row
	for i := range b.Episodes {
		e := &b.Episodes[i]
		r := e.row(StatusOpen, e.Err)
		if e.Err != nil {
			r.Status = StatusFailed
		}
		rows = append(rows, r)
	}
	return rows
}

// Table returns the table of what became of the episodes. Files that belong to none are
// in the table of the first shard alone.
func (b *Batch) Table(rows []Row) *Table {
	t := &Table{Schema: tableSchema, Program: b.recipe.Program, Shard: b.shard.index, Shards: b.shard.of}
	if b.shard.index <= 1 {
		for _, s := range b.strays {
			t.Episodes = append(t.Episodes, Row{Episode: s.name, Status: StatusUnpaired, Error: s.name + ": " + s.why})
		}
	}
	t.Episodes = append(t.Episodes, rows...)
	sortRows(t.Episodes)
	return t
}

// row returns what became of the episode, without figures.
func (e *Episode) row(status string, err error) Row {
	r := Row{Episode: e.Name, Status: status, Audio: e.Audio, Transcript: e.Transcript}
	if err != nil {
		r.Error = err.Error()
	}
	return r
}

// Run captions the episodes into f, the longest first, and returns a row for each. When
// ctx ends, so do those that are running; they are open then, as are those that it did not
// come to. An error is one that all episodes would meet.
func (b *Batch) Run(ctx context.Context, f *Folder, m Monitor) ([]Row, error) {
	ctx, end := context.WithCancelCause(ctx)
	defer end(nil)
	rows := make([]Row, len(b.Episodes))
	for i := range rows {
		rows[i] = b.Episodes[i].row(StatusOpen, nil)
	}
	q := &queue{waiting: longestFirst(b.Episodes)}
	busy := make([]bool, len(rows)) // each is one worker's at a time
	work := func() {
		for {
			i, ok := q.take()
			if !ok || ctx.Err() != nil {
				return
			}
			if busy[i] {
				select {
				case <-time.After(busyWait):
				case <-ctx.Done():
				}
			}
			e := &b.Episodes[i]
			if busy[i] = !tryLock(f.locks, key(e.Name)); busy[i] {
				q.put(i)
				continue
			}
			r, err := b.caption(ctx, e, f, m)
			unlock(f.locks, key(e.Name))
			if err != nil {
				end(err)
				return
			}
			if rows[i] = r; r.Status != StatusOpen {
				m.End(e, r)
			}
		}
	}
	var workers sync.WaitGroup
	for range min(b.Jobs, len(rows)) {
		workers.Go(work)
	}
	workers.Wait()
	if lost, ok := errors.AsType[lostError](context.Cause(ctx)); ok {
		return nil, lost
	}
	return rows, nil
}

// queue is the episodes that wait for a worker, by their indexes.
type queue struct {
	mu      sync.Mutex
	waiting []int
}

func (q *queue) take() (int, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.waiting) == 0 {
		return 0, false
	}
	i := q.waiting[0]
	q.waiting = q.waiting[1:]
	return i, true
}

func (q *queue) put(i int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.waiting = append(q.waiting, i)
}

// caption captions an episode unless that has been done. The error is a lostError.
func (b *Batch) caption(ctx context.Context, e *Episode, f *Folder, m Monitor) (Row, error) {
	began := time.Now()
	s, err := b.captionOnce(ctx, e, f, m)
	if lost, ok := errors.AsType[lostError](err); ok {
		return Row{}, lost
	}
	if err != nil && ctx.Err() != nil {
		return e.row(StatusOpen, nil), nil
	}
	if err != nil {
		return e.row(StatusFailed, err), nil
	}
	r := e.row(StatusDone, nil)
	r.Error = s.Problem
	r.Figures, r.Warnings, r.Again, r.Took = &s.Figures, s.Warnings, s.again, time.Since(began)
	return r, nil
}

func (b *Batch) captionOnce(ctx context.Context, e *Episode, f *Folder, m Monitor) (*sidecar, error) {
	if e.Err != nil {
		return nil, e.Err
	}
	r := b.recipe
	r.Options = e.Job
	r.Options.Audio, r.Options.Transcript, r.Options.Folder, r.Options.MaxLength = "", "", "", 0
	r.Options.Outputs = b.recipe.Options.Outputs
	r.Options.Model = cmp.Or(b.recipe.Options.Model, e.Model)
	if r.Options.PresetText != "" {
		r.Options.Preset = "" // what the file holds counts, not its name
	}
	if text := r.Options.LexiconText; text != "" {
		r.Options.Lexicon, r.Options.LexiconText = sum([]byte(text)), ""
	}
	s, err := f.finished(ctx, e, r)
	if s != nil || err != nil {
		return s, f.judge(err)
	}
	m.Start(e)
	limits := childLimits{
		threads: max(1, runtime.GOMAXPROCS(0)/b.Jobs),
		time:    time.Duration(min(b.timeout*float64(max(e.Length, leastLength)), math.MaxInt64/2)),
	}
	made, peak, err := runChild(ctx, task{e.Job, b.memory}, limits,
		func(stage string, share float64) { m.Progress(e, stage, share) })
	for seen := b.peak.Load(); peak > seen && !b.peak.CompareAndSwap(seen, peak); seen = b.peak.Load() {
	}
	if err != nil {
		return nil, episode.Stale(err, f.there(e))
	}
	return f.commit(e, made, r)
}
