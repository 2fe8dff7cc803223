package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"cuewright/cmd/cuewright/batch"
	"cuewright/cmd/cuewright/episode"
)

// testMain is main, but that recordings of some names are the end of the process that
// captions them.
func testMain() {
	if len(os.Args) < 2 || os.Args[1] != batch.ChildCommand {
		main()
		return
	}
	err := batch.Serve(os.Stdin, os.Stdout, func(ctx context.Context, j episode.Job, h episode.Hooks) (*batch.Made, error) {
		switch strings.TrimSuffix(filepath.Base(j.Audio), ".wav") {
		case "panics":
			panic("as it was asked to")
		case "hogs":
			var hoard [][]byte
			for {
				hoard = append(hoard, make([]byte, 16<<20))
				h.Progress("hoarding", float64(len(hoard)))
			}
		case "hangs":
			h.Progress("reading", 0.5)
			time.Sleep(time.Hour)
		case "killed":
			self, err := os.FindProcess(os.Getpid())
			if err != nil {
				return nil, err
			}
			_ = self.Kill()
			select {}
		}
		return batch.Make(ctx, j, h)
	})
	if err != nil {
		os.Stderr.WriteString(err.Error())
		os.Exit(exitError)
	}
}

// alone is a writer that wants one call at a time.
type alone struct {
	t  *testing.T
	mu sync.Mutex
}

func (a *alone) Write(p []byte) (int, error) {
	if !a.mu.TryLock() {
		a.t.Errorf("%q is written amid another line", p)
		return len(p), nil
	}
	defer a.mu.Unlock()
	time.Sleep(time.Millisecond) // a slow terminal
	return len(p), nil
}

// TestLinesAtOnce: episodes end in several goroutines.
func TestLinesAtOnce(t *testing.T) {
	e := batch.Episode{Name: "a"}
	l := newWatcher(false, false, nil, &alone{t: t}, []batch.Episode{e})
	var writers sync.WaitGroup
	for range 40 {
		writers.Go(func() { l.End(&e, batch.Row{Episode: e.Name, Status: batch.StatusFailed}) })
	}
	writers.Wait()
}
