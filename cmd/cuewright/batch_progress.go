package main

import (
	"context"
	"fmt"
	"io"
	"math"
	"strings"
	"sync"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"cuewright/cmd/cuewright/batch"
	"cuewright/cmd/cuewright/episode"
	"cuewright/cmd/cuewright/internal/show"
	"cuewright/subtitles/format"
)

// watcher shows how far a batch is.
type watcher interface {
	batch.Monitor
	close() // after all else
}

// tally counts what has been done, and estimates from that how long the rest takes.
type tally struct {
	mu          sync.Mutex
	began       time.Time
	total, done int
	failed      int
	left        time.Duration // of recordings still to be done
	worked      time.Duration // of recordings done by this run
}

func newTally(episodes []batch.Episode) *tally {
	t := &tally{began: time.Now(), total: len(episodes)}
	for _, e := range episodes {
		t.left += e.Length
	}
	return t
}

// add counts an episode and returns how many are done now.
func (t *tally) add(e *batch.Episode, r batch.Row) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.done++
	t.left -= e.Length
	if !r.Again {
		t.worked += e.Length
	}
	if r.Status == batch.StatusFailed {
		t.failed++
	}
	return t.done
}

// String returns the line of the whole.
func (t *tally) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	s := fmt.Sprintf("%d of %s", t.done, show.Count(t.total, "episode"))
	if t.failed > 0 {
		s += fmt.Sprintf(", %d failed", t.failed)
	}
	if t.worked > 0 {
		left := time.Duration(time.Since(t.began).Seconds() / t.worked.Seconds() * float64(t.left))
		s += fmt.Sprintf(", %v left", left.Round(time.Second))
	}
	return s
}

// newWatcher chooses by what looks on: a program, a terminal, a log or nobody.
func newWatcher(asJSON, quiet bool, stdout, stderr io.Writer, episodes []batch.Episode) watcher {
	t := newTally(episodes)
	switch {
	case asJSON:
		return &events{tally: t, out: stdout}
	case quiet:
		return &lines{tally: t, out: io.Discard}
	case !isTerminal(stderr):
		return &lines{tally: t, out: stderr}
	}
	b := &bars{
		tally:   t,
		all:     mpb.NewWithContext(context.Background(), mpb.WithOutput(stderr), mpb.WithWidth(64)),
		running: map[*batch.Episode]*mpb.Bar{},
	}
	b.whole = b.all.AddBar(int64(max(1, t.left/time.Millisecond)), mpb.BarPriority(len(episodes)+1),
		mpb.AppendDecorators(decor.Any(func(decor.Statistics) string { return t.String() })))
	return b
}

// lines writes a line for each episode.
type lines struct {
	*tally
	mu  sync.Mutex // of out
	out io.Writer
}

func (l *lines) Start(*batch.Episode)                     {}
func (l *lines) Progress(*batch.Episode, string, float64) {}
func (l *lines) close()                                   {}

func (l *lines) End(e *batch.Episode, r batch.Row) {
	n := l.add(e, r)
	if text := endLine(r); text != "" {
		l.mu.Lock()
		defer l.mu.Unlock()
		fmt.Fprintf(l.out, "%*d/%d  %s\n", len(fmt.Sprint(l.total)), n, l.total, text)
	}
}

// endLine returns what a person wants to know at once; "" for what was done before.
func endLine(r batch.Row) string {
	switch {
	case r.Status == batch.StatusFailed:
		return fmt.Sprintf("%s: failed: %s", show.Printable(r.Episode), show.Printable(r.Error))
	case r.Again:
		return ""
	}
	line := fmt.Sprintf("%s: confidence %.2f, %v in %v", show.Printable(r.Episode), r.Figures.Confidence,
		time.Duration(r.Figures.Length).Round(time.Second), r.Took.Round(10*time.Millisecond))
	if track := r.Figures.Track; track != "" {
		line += "; " + show.Printable(track)
	}
	if len(r.Warnings) > 0 {
		line += "; warning: " + show.Printable(strings.Join(r.Warnings, "; "))
	}
	if r.Error != "" {
		line += "; " + show.Printable(r.Error)
	}
	return line
}

// bars draws a bar for each running episode above one for the whole.
type bars struct {
	*tally
	all     *mpb.Progress
	whole   *mpb.Bar
	mu      sync.Mutex // of running
	running map[*batch.Episode]*mpb.Bar
}

func (b *bars) Start(e *batch.Episode) {
	const width = 24
	name := []rune(show.Printable(e.Name))
	if len(name) > width {
		name = append([]rune{'…'}, name[len(name)-width+1:]...)
	}
	bar := b.all.AddBar(1000, mpb.BarRemoveOnComplete(),
		mpb.PrependDecorators(decor.Name(string(name), decor.WC{W: width + 1, C: decor.DindentRight})),
		mpb.AppendDecorators(decor.Percentage(decor.WC{W: 5})))
	b.mu.Lock()
	defer b.mu.Unlock()
	b.running[e] = bar
}

// readingShare is how much of an episode's time goes into reading its recording,
// about.
const readingShare = 0.2

func (b *bars) Progress(e *batch.Episode, stage string, share float64) {
	if stage == episode.StageReading {
		share *= readingShare
	} else {
		share = readingShare + float64((1-readingShare)*share)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.running[e].SetCurrent(min(int64(1000*share), 999)) // End alone ends it
}

func (b *bars) End(e *batch.Episode, r batch.Row) {
	b.add(e, r)
	b.mu.Lock()
	bar := b.running[e]
	delete(b.running, e)
	b.mu.Unlock()
	if bar != nil {
		bar.Abort(true)
		bar.Wait()
	}
	if r.Status == batch.StatusFailed {
		fmt.Fprintln(b.all, endLine(r)) // above the bars
	}
	b.whole.IncrInt64(int64(e.Length / time.Millisecond))
}

func (b *bars) close() {
	b.mu.Lock()
	for _, bar := range b.running { // of episodes that were stopped
		bar.Abort(true)
	}
	b.mu.Unlock()
	b.whole.Abort(true)
	b.all.Wait()
}

// events writes a JSON object a line: {"event": "start" | "progress" | "end", "episode"},
// with the stage and its share of "progress", and the row of "end". A dry run has
// {"event": "plan", "episode", "row"} alone.
type events struct {
	*tally
	mu  sync.Mutex
	out io.Writer
}

type event struct {
	Event   string     `json:"event"`
	Episode string     `json:"episode,omitempty"`
	Stage   string     `json:"stage,omitempty"`
	Share   float64    `json:"share,omitempty"`
	Again   bool       `json:"unchanged,omitempty"` // done by a run before
	Done    int        `json:"done,omitempty"`      // episodes so far
	Total   int        `json:"total,omitempty"`
	Row     *batch.Row `json:"row,omitempty"`
}

func (v *events) write(e event) {
	v.mu.Lock()
	defer v.mu.Unlock()
	_ = format.WriteJSON(v.out, e, "") // the batch goes on without its reader
}

func (v *events) Start(e *batch.Episode) { v.write(event{Event: "start", Episode: e.Name}) }

func (v *events) Progress(e *batch.Episode, stage string, share float64) {
	v.write(event{Event: "progress", Episode: e.Name, Stage: stage, Share: math.Round(1000*share) / 1000})
}

func (v *events) End(e *batch.Episode, r batch.Row) {
	v.write(event{Event: "end", Episode: e.Name, Again: r.Again, Done: v.add(e, r), Total: v.total, Row: &r})
}

func (v *events) close() {}
