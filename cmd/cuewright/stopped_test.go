package main

import (
	"context"
	"io"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"cuewright/cmd/cuewright/internal/sample"
)

// countdown is a context that ends when it has been asked so many times.
type countdown struct {
	context.Context
	mu   sync.Mutex
	left int
	done chan struct{}
}

func newCountdown(asks int) *countdown {
	return &countdown{Context: context.Background(), left: asks, done: make(chan struct{})}
}

func (c *countdown) ask() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.left--; c.left == 0 {
		close(c.done)
	}
}

func (c *countdown) Done() <-chan struct{} {
	c.ask()
	return c.done
}

func (c *countdown) Err() error {
	c.ask()
	select {
	case <-c.done:
		return context.Canceled
	default:
		return nil
	}
}

// TestStopped stops the command at ever later points of its work: each time it
// says so and leaves no file, until it isn't stopped any more.
func TestStopped(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := sample.MakeShort(dir); err != nil {
		t.Fatal(err)
	}
	args := []string{"cuewright", "align", filepath.Join(dir, "short.wav"), filepath.Join(dir, "short.txt")}
	stops := 0
	for asks := 1; ; asks += 1 + asks/2 {
		var stderr strings.Builder
		code := run(newCountdown(asks), args, strings.NewReader(""), io.Discard, &stderr)
		files, err := filepath.Glob(filepath.Join(dir, "*"))
		if err != nil {
			t.Fatal(err)
		}
		if code == exitDone {
			if len(files) != 4 {
				t.Errorf("done, and there are %q", files)
			}
			break
		}
		stops++
		if code != exitStopped || len(files) != 2 || !strings.Contains(stderr.String(), "stopped") {
			t.Fatalf("stopped at %d: exit code %d, %s, files %q", asks, code, stderr.String(), files)
		}
	}
	if stops < 3 {
		t.Errorf("the work could be stopped at %d points only", stops)
	}
}
