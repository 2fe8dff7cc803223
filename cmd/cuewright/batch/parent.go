package batch

import (
	"bytes"
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"time"

	"cuewright/cmd/cuewright/episode"
)

// self returns the running program, even if its file has been replaced by a newer one.
func self() (string, error) {
	if runtime.GOOS == "linux" {
		return "/proc/self/exe", nil
	}
	return os.Executable()
}

// errTimeout is the cause of the end of a child that took too long.
var errTimeout = errors.New("out of time")

// childLimits are what a child may take.
type childLimits struct {
	threads int
	time    time.Duration
}

// runChild is the parent's end: it has a child do t within limits and until ctx ends.
// The second result is the most memory that the child had, in bytes, 0 where that is
// not known.
func runChild(ctx context.Context, t task, l childLimits, tell func(stage string, share float64)) (*Made, int64, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, l.time, errTimeout)
	defer cancel()
	cmd, err := childCommand(ctx, t, l.threads)
	if err != nil {
		return nil, 0, err
	}
	var crash head
	cmd.Stderr = &crash
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, 0, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, 0, err
	}
	// The end of its input is the child's. It ends what it has started; killed, it couldn't.
	cmd.Cancel = in.Close
	if err := cmd.Start(); err != nil {
		return nil, 0, fmt.Errorf("%s: no process can be started (%w): give fewer --jobs", t.Job.Audio, episode.Underlying(err))
	}
	last := converse(in, out, t, tell)
	ended := cmd.Wait()
	peak := peakMemory(cmd)
	switch {
	case last.Made != nil:
		return last.Made, peak, nil
	case errors.Is(context.Cause(ctx), errTimeout): // whatever it says of its end
		return nil, peak, fmt.Errorf("%s: took longer than %v and was ended: check that it plays, or give more with --timeout",
			t.Job.Audio, l.time.Round(time.Millisecond))
	case ctx.Err() != nil:
		return nil, peak, ctx.Err()
	case last.Err != "":
		return nil, peak, errors.New(last.Err)
	}
	reason := crash.reason(ended)
	if reason == "signal: killed" {
		return nil, peak, fmt.Errorf("%s: its process was killed, maybe because the machine is short of memory: give fewer --jobs",
			t.Job.Audio)
	}
	return nil, peak, fmt.Errorf("%s: the program crashed (%s): caption it by itself with align, and report what that says",
		t.Job.Audio, reason)
}

// childCommand returns the process of a child on so many threads, which hasn't started.
func childCommand(ctx context.Context, t task, threads int) (*exec.Cmd, error) {
	program, err := self()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, program, ChildCommand)
	cmd.Args[0] = "cuewright"
	cmd.Env = append(os.Environ(), "GOMAXPROCS="+strconv.Itoa(threads))
	cmd.WaitDelay = time.Second
	apart(cmd)
	return cmd, nil
}

// converse sends the child its task and reads its messages until it closes out. It
// returns the message with its result or its error; an empty one where none came.
func converse(in io.Writer, out io.Reader, t task, tell func(stage string, share float64)) (last message) {
	err := gob.NewEncoder(in).Encode(t)
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
	return last
}

// head keeps the beginning of what is written to it.
type head struct{ text bytes.Buffer }

func (h *head) Write(p []byte) (int, error) {
	const most = 1 << 16
	h.text.Write(p[:min(len(p), most-h.text.Len())])
	return len(p), nil
}

// reason returns why a process crashed, by what it wrote and by how it ended.
func (h *head) reason(ended error) string {
	for line := range strings.Lines(h.text.String()) {
		if strings.HasPrefix(line, "panic: ") || strings.HasPrefix(line, "fatal error: ") {
			return strings.TrimSpace(line)
		}
	}
	if ended != nil {
		return ended.Error()
	}
	return "it said nothing"
}
