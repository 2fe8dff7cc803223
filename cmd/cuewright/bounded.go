package main

import (
	"context"
	"fmt"
	"time"

	"github.com/urfave/cli/v2"

	"cuewright/cmd/cuewright/internal/memory"
)

// stopGrace is how long a command has to end by itself once its context has.
const stopGrace = time.Second

// bounded returns a command that ends stopGrace after its context at the latest: what waits
// for input, as on a pipe on which nothing is written, or computes without asking whether it
// still should, is left to end with the process. So is what takes more memory than --memory
// allows, at once. A batch and its children end by themselves.
func bounded(command *cli.Command) *cli.Command {
	command.Flags = append(command.Flags, memoryFlag("end with an error once it takes more than so many `MB`", "3/4 of the machine's"))
	action := command.Action
	command.Action = func(c *cli.Context) error {
		most, err := memoryGiven(c)
		if err != nil {
			return err
		}
		if most == 0 {
			most = memory.Most()
		}
		done, full := make(chan error, 1), make(chan struct{})
		go func() { done <- action(c) }()
		ctx, cancel := context.WithCancel(context.WithoutCancel(c.Context))
		defer cancel()
		go func() {
			if memory.Bound(ctx, most) {
				close(full)
			}
		}()
		select {
		case err := <-done:
			return err
		case <-full:
			return fmt.Errorf("%s: takes more than %d MB of memory: check what is given, or split it, or allow more by --memory",
				c.Args().First(), most>>20)
		case <-c.Context.Done():
		}
		select {
		case err := <-done:
			return err
		case <-time.After(stopGrace):
			return c.Context.Err()
		}
	}
	return command
}
