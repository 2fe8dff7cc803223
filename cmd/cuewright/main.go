package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"

	"cuewright/cmd/cuewright/internal/show"
)

// The exit codes.
const (
	exitDone    = 0   // everything was done
	exitFailed  = 1   // everything was done, and the result failed its check or is of no use
	exitError   = 2   // the command line or a file is not as it should be
	exitStopped = 130 // stopped by Ctrl-C or SIGTERM
)

// checkError means that the result was written, but failed a check that the user asked
// for, or is of no use.
type checkError struct{ error }

// memoryReserve is how much more memory than is in use the garbage collector lets
// the program have, in per cent. What is in use are large arrays without pointers,
// which cost it next to nothing to look through: with 10 in place of the usual 100,
// 85 minutes take 100 MB less, two fifths of the peak, and hardly longer.
const memoryReserve = 10

// stoppedError means that work was stopped, and says how much of it is done.
type stoppedError struct{ error }

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(memoryReserve)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program at once
	os.Exit(run(ctx, os.Args, os.Stdin, os.Stdout, os.Stderr))
}

// run runs the command line args, of which the first is the program's name, and
// returns its exit code. It stops when ctx ends.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	app := newApp(stdin, stdout, stderr)
	args, err := arrange(app, args)
	if err == nil {
		err = app.RunContext(ctx, args)
	}
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(stderr, "cuewright: stopped, nothing written")
		return exitStopped
	}
	fmt.Fprintln(stderr, "cuewright:", show.Printable(strings.TrimSpace(err.Error())))
	if _, failed := errors.AsType[checkError](err); failed {
		return exitFailed
	}
	if _, stopped := errors.AsType[stoppedError](err); stopped {
		return exitStopped
	}
	return exitError
}
