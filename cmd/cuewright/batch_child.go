package main

import (
	"bytes"
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"runtime/metrics"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/urfave/cli/v2"

	"cuewright/subtitles"
)

// Each episode of a batch is captioned by a process of its own, the same program,
// which reads a task from standard input and hands what it made to standard output.
// It writes no file. So a panic, too much memory or too much time end that episode
// alone. Standard input stays open as long as the batch lives: its end is the
// child's, however the batch ended.

// childCommand is the hidden command that is such a process.
const childCommand = "batch-episode"

// task is what a child is given.
type task struct {
	Job    job
	Memory uint64 // the most bytes that it may use; 0 for any number
}

// message is what a child says: how far a stage is, what it made, or an error.
type message struct {
	Stage string
	Share float64 // of the stage, in [0, 1]
	Made  *captioned
	Err   string
}

// captioned is an episode with the bytes of its outputs, in the order of the job's.
type captioned struct {
	Data              [][]byte
	Audio, Transcript inputMark // read before anything else
	Figures           figures
	Warnings          []string
}

// captionFunc captions the episode of a job; tell is told how far it is.
type captionFunc func(j job, tell func(stage string, share float64)) (*captioned, error)

func childAction(c *cli.Context) error {
	// A signal is for the batch, which then says what becomes of us.
	signal.Ignore(os.Interrupt, syscall.SIGTERM)
	return serveTask(c.App.Reader, c.App.Writer, captionEpisode)
}

// serveTask is the child's end.
func serveTask(in io.Reader, out io.Writer, caption captionFunc) error {
	var t task
	if err := gob.NewDecoder(in).Decode(&t); err != nil {
		return fmt.Errorf("%s: is run by batch alone: %w", childCommand, err)
	}
	go func() {
		_, _ = io.Copy(io.Discard, in) // any end is the end
		os.Exit(exitStopped)
	}()
	var mu sync.Mutex // of the encoder
	encoder := gob.NewEncoder(out)
	say := func(m message) {
		mu.Lock()
		defer mu.Unlock()
		if err := encoder.Encode(m); err != nil {
			os.Exit(exitError) // nobody listens
		}
	}
	if t.Memory > 0 {
		go func() {
			for usedMemory() < t.Memory {
				time.Sleep(10 * time.Millisecond)
			}
			say(message{Err: fmt.Sprintf("%s: takes more than %d MB of memory: split it, or give more with --memory or fewer --jobs", t.Job.Audio, t.Memory>>20)})
			os.Exit(exitError)
		}()
	}
	var told time.Time
	made, err := caption(t.Job, func(stage string, share float64) {
		if now := time.Now(); now.Sub(told) > 100*time.Millisecond {
			told = now
			say(message{Stage: stage, Share: share})
		}
	})
	if err != nil {
		say(message{Err: err.Error()})
		return nil
	}
	say(message{Made: made})
	return nil
}

// usedMemory is what the Go runtime holds, in bytes.
func usedMemory() uint64 {
	s := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64() - s[1].Value.Uint64()
}

// captionEpisode is the captionFunc of batch.
func captionEpisode(j job, tell func(stage string, share float64)) (*captioned, error) {
	began := time.Now()
	made := &captioned{}
	inputs := []struct {
		name string
		mark *inputMark
	}{{j.Audio, &made.Audio}, {j.Transcript, &made.Transcript}}
	for _, in := range inputs {
		var err error
		if *in.mark, err = markOf(in.name); err != nil {
			return nil, err
		}
		read, err := fingerprint(in.name)
		if err != nil {
			return nil, err
		}
		in.mark.SHA256 = read.SHA256
	}
	var outputs []output
	for _, name := range j.Outputs {
		format, err := subtitles.FormatOf(name)
		if err != nil {
			return nil, err
		}
		outputs = append(outputs, output{name: name, format: format})
	}
	r, err := j.caption(context.Background(), &progress{tell: tell}, outputs)
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
	for _, o := range r.outputs {
		made.Data = append(made.Data, o.data)
	}
	made.Warnings = r.warnings
	r.took = time.Since(began)
	made.Figures = figuresOf(r)
	return made, nil
}

// self is the running program, even if its file has been replaced by a newer one.
func self() (string, error) {
	if runtime.GOOS == "linux" {
		return "/proc/self/exe", nil
	}
	return os.Executable()
}

// errTimeout is the cause of the end of a child that took too long.
var errTimeout = errors.New("out of time")

// runChild is the parent's end: it has a child do t on so many threads, within limit
// and until ctx ends. The second result is the most memory that the child had, in
// bytes, 0 where that isn't known.
func runChild(ctx context.Context, t task, threads int, limit time.Duration, tell func(stage string, share float64)) (*captioned, int64, error) {
	program, err := self()
	if err != nil {
		return nil, 0, err
	}
	ctx, cancel := context.WithTimeoutCause(ctx, limit, errTimeout)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, childCommand)
	cmd.Args[0] = "cuewright"
	cmd.Env = append(os.Environ(), "GOMAXPROCS="+strconv.Itoa(threads))
	if t.Memory > 0 {
		// From here on the collector works harder, before the guard acts.
		cmd.Env = append(cmd.Env, "GOMEMLIMIT="+strconv.FormatUint(t.Memory/10*9, 10))
	}
	cmd.WaitDelay = time.Second
	apart(cmd)
	var cry head
	cmd.Stderr = &cry
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, 0, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, 0, err
	}
	if err := cmd.Start(); err != nil {
		return nil, 0, fmt.Errorf("%s: no process can be started (%w): give fewer --jobs", t.Job.Audio, underlying(err))
	}
	var last message
	err = gob.NewEncoder(in).Encode(t)
	for decoder := gob.NewDecoder(out); err == nil; {
		var m message
		if err = decoder.Decode(&m); err == nil {
			switch {
			case m.Stage != "":
				tell(m.Stage, m.Share)
			case last.Made == nil:
				last = m
			}
		}
	}
	ended := cmd.Wait()
	peak := peakMemory(cmd)
	switch {
	case last.Made != nil:
		return last.Made, peak, nil
	case last.Err != "":
		return nil, peak, errors.New(last.Err)
	case errors.Is(context.Cause(ctx), errTimeout):
		return nil, peak, fmt.Errorf("%s: took longer than %v and was ended: check that it plays, or give more with --timeout", t.Job.Audio, limit.Round(time.Millisecond))
	case ctx.Err() != nil:
		return nil, peak, ctx.Err()
	}
	reason := "it said nothing"
	if ended != nil {
		reason = ended.Error()
	}
	for line := range strings.Lines(cry.text.String()) {
		if strings.HasPrefix(line, "panic: ") || strings.HasPrefix(line, "fatal error: ") {
			reason = strings.TrimSpace(line)
			break
		}
	}
	if reason == "signal: killed" {
		return nil, peak, fmt.Errorf("%s: its process was killed, maybe because the machine is short of memory: give fewer --jobs", t.Job.Audio)
	}
	return nil, peak, fmt.Errorf("%s: the program crashed (%s): caption it by itself with align, and report what that says", t.Job.Audio, reason)
}

// head keeps the beginning of what is written to it.
type head struct{ text bytes.Buffer }

func (h *head) Write(p []byte) (int, error) {
	const most = 1 << 16
	h.text.Write(p[:min(len(p), most-h.text.Len())])
	return len(p), nil
}
