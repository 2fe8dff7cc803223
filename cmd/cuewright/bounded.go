package main

import (
	"context"
	"fmt"
	"time"

	"github.com/urfave/cli/v2"

	"cuewright/cmd/cuewright/internal/memory"
)

// bounded returns a command that ends soon after its context, see withinGrace, and, with
// an error, at once where it takes more memory than --memory allows. A batch and its
// children see to both by themselves.
func bounded(command *cli.Command) *cli.Command {
	memoryFlag := memoryFlag("end with an error once it takes more than so many `MB`", "3/4 of the machine's")
	command.Flags = append(command.Flags, memoryFlag)
	action := command.Action
	command.Action = func(c *cli.Context) error {
		most, err := memoryGiven(c)
		if err != nil {
			return err
		}
		if most == 0 {
			most = memory.Most()
		}
		return withinGrace(c.Context, func() error {
			return withinMemory(most, c.Args().First(), func() error { return action(c) })
		})
	}
	return command
}

// stopGrace is how long work has to end by itself once its context has.
const stopGrace = time.Second

// withinGrace returns what work does, or the error of ctx stopGrace after that has ended:
// what waits for input, as on a pipe on which nothing is written, or computes without
// asking whether it still should, is left to end with the process.
func withinGrace(ctx context.Context, work func() error) error {
	done := make(chan error, 1)
	go func() { done <- work() }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	select {
	case err := <-done:
		return err
	case <-time.After(stopGrace):
		return ctx.Err()
	}
}

// withinMemory returns what work on an input does, or an error as soon as the program holds
// so many bytes; the work is left to end with the process then. 0 is no bound.
func withinMemory(bytes uint64, input string, work func() error) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	done, full := make(chan error, 1), make(chan struct{})
	go func() { done <- work() }()
	go func() {
		if memory.Bound(ctx, bytes) {
			close(full)
		}
	}()
	select {
	case err := <-done:
		return err
	case <-full:
		return fmt.Errorf("%s: takes more than %d MB of memory: check what is given, or split it, or allow more by --memory",
			input, bytes>>20)
	}
}
