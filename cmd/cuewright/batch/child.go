package batch

import (
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"cuewright/cmd/cuewright/episode"
	"cuewright/cmd/cuewright/internal/memory"
)

// Each episode of a batch is captioned by a process of its own, the same program,
// which reads a task from standard input and hands what it made to standard output.
// It writes no file. So a panic, too much memory or too much time end that episode
// alone. Standard input stays open as long as the batch lives: its end is the
// child's, however the batch ended.

// ChildCommand is the name of the hidden command that is such a process: it calls Serve.
const ChildCommand = "batch-episode"

// task is what a child is given.
type task struct {
	Job    episode.Job
	Memory uint64 // the most bytes that it may use; 0 for any number
}

// message is what a child reports: how far a stage is, what it made, or an error.
type message struct {
	Stage string
	Share float64 // of the stage, in [0, 1]
	Made  *Made
	Err   string
}

// Made is an episode with the bytes of its outputs, in the order of the job's.
type Made struct {
	Data              [][]byte
	Audio, Transcript InputMark // read before anything else
	Figures           Figures
	Warnings          []string
	Problem           string // see episode.Result
}

// ErrAbandoned is returned by Serve when the batch has ended, or no longer listens.
var ErrAbandoned = errors.New("the batch has ended")

const (
	// progressPause is the least time between two messages on progress.
	progressPause = 100 * time.Millisecond
	// endPause is how long work has to end once its context has.
	endPause = 300 * time.Millisecond
)

// Serve is the child's end: it reads a task from in, has work do it, and writes to out
// what came of that. It returns once the batch knows, or has ended: then the context of work
// ends, so that what that has started does, too. Work may run on after an error, and the
// process has to end.
func Serve(in io.Reader, out io.Writer, work func(context.Context, episode.Job, episode.Hooks) (*Made, error)) error {
	var t task
	if err := gob.NewDecoder(in).Decode(&t); err != nil {
		return fmt.Errorf("%s: is run by batch alone: %w", ChildCommand, err)
	}
	ends := newEnds()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	worked := make(chan struct{})
	go func() {
		_, _ = io.Copy(io.Discard, in) // any end is the end
		ends.end(ErrAbandoned)
	}()
	var mu sync.Mutex // of the encoder
	encoder := gob.NewEncoder(out)
	say := func(m message) {
		mu.Lock()
		defer mu.Unlock()
		if err := encoder.Encode(m); err != nil {
			ends.end(ErrAbandoned) // nobody listens
		}
	}
	go func() {
		if !memory.Bound(ctx, t.Memory) {
			return
		}
		err := fmt.Errorf("%s: takes more than %d MB of memory: split it, or give more with --memory or fewer --jobs",
			t.Job.Audio, t.Memory>>20)
		say(message{Err: err.Error()})
		ends.end(err)
	}()
	go func() {
		defer close(worked)
		var told time.Time
		made, err := work(ctx, t.Job, episode.Hooks{Progress: func(stage string, share float64) {
			if now := time.Now(); now.Sub(told) > progressPause {
				told = now
				say(message{Stage: stage, Share: share})
			}
		}})
		if err != nil {
			say(message{Err: err.Error()})
		} else {
			say(message{Made: made})
		}
		ends.end(nil)
	}()
	err := <-ends.first
	cancel()
	select {
	case <-worked:
	case <-time.After(endPause):
	}
	return err
}

// ends keeps the first of several ends.
type ends struct{ first chan error }

func newEnds() ends { return ends{make(chan error, 1)} }

func (e ends) end(err error) {
	select {
	case e.first <- err:
	default:
	}
}

// Make captions the episode of a job for Serve. It is an error where an input is written
// to meanwhile.
func Make(ctx context.Context, j episode.Job, h episode.Hooks) (*Made, error) {
	began := time.Now()
	made := &Made{}
	inputs := []struct {
		name string
		mark *InputMark
	}{{j.Audio, &made.Audio}, {j.Transcript, &made.Transcript}}
	for _, in := range inputs {
		var err error
		if *in.mark, err = markOf(in.name); err != nil {
			return nil, err
		}
		read, err := episode.Fingerprint(ctx, in.name)
		if err != nil {
			return nil, err
		}
		in.mark.SHA256 = read.SHA256
	}
	r, err := episode.Render(ctx, j, h)
	if err != nil {
		return nil, err
	}
	for _, in := range inputs {
		now, err := markOf(in.name)
		if err != nil {
			return nil, err
		}
		if now.Size != in.mark.Size || !now.Modified.Equal(in.mark.Modified) {
			return nil, fmt.Errorf("%s: was written to meanwhile: try again when it is finished", in.name)
		}
	}
	for _, o := range r.Outputs {
		made.Data = append(made.Data, o.Data)
	}
	made.Warnings, made.Problem = r.Warnings, r.Problem
	if w := j.Unshown(r.Alignment); w != "" { // which the summary of one episode lists
		made.Warnings = append(made.Warnings, w)
	}
	r.Took = time.Since(began)
	made.Figures = figuresOf(r)
	return made, nil
}
